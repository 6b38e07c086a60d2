/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a socket file comes into being, also over the remains of a driver that was killed.
 * Called by driver/link_server and driver/observer.
 * Owns nothing: the descriptor and the file are the caller's.
 */
#include "driver/listen_socket.h"

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/service.h"

/* One peer and a few that are turned away at once: what the kernel may queue meanwhile. */
#define BACKLOG 8

/* Whether somebody answers on the socket file, or it is somebody else's. */
static bool
is_alive(const struct sockaddr_un *address)
{
	_autoclose_ int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct stat status;

	/* A file that is no socket is refused just as a dead one is, but is not ours to remove. */
	if (lstat(address->sun_path, &status) == 0 && !S_ISSOCK(status.st_mode))
		return true;
	if (fd < 0 || connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0)
		return true;
	/* Full queue: alive. Another kind of socket: not ours to remove. */
	return errno != ECONNREFUSED && errno != ENOENT;
}

int
listen_socket_open(const char *path, int *out)
{
	_autoclose_ int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const struct sockaddr *any = (const struct sockaddr *)&address;

	*out = service_socket(path);
	/* Without its file nobody finds the manager's, however long it listens. */
	if (*out >= 0 && access(path, F_OK) == 0)
		return 0;
	if (fd < 0)
		return -errno;
	if (g_strlcpy(address.sun_path, path, sizeof(address.sun_path)) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	if (bind(fd, any, sizeof(address)) < 0) {
		if (errno != EADDRINUSE)
			return -errno;
		if (is_alive(&address))
			return -EADDRINUSE;
		if (unlink(path) < 0 || bind(fd, any, sizeof(address)) < 0)
			return -errno;
	}
	/* Everybody may knock; SO_PEERCRED decides who is let in. */
	if (chmod(path, 0666) < 0 || listen(fd, BACKLOG) < 0) {
		int error = -errno;

		(void)unlink(path);
		return error;
	}
	*out = steal_fd(&fd);
	return 0;
}

void
listen_socket_close(int fd, const char *path)
{
	if (!service_owns_socket(fd))
		(void)unlink(path);
	close(fd);
}
