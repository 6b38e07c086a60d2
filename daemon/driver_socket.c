/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A SOCK_SEQPACKET connection to a path, made without waiting.
 * Called by daemon/driver_link.
 * Owns nothing after it returns.
 */
#include "daemon/driver_socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "common/cleanup.h"

int
driver_socket_connect(const char *path, int *out)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	_autoclose_ int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -errno;
	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	memcpy(address.sun_path, path, strlen(path) + 1);
	/* On a socket of this kind a connection is there at once or not at all. */
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	*out = steal_fd(&fd);
	return 0;
}
