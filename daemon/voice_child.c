/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Starting, hearing and ending one voice process. posix_spawn(), since a daemon that holds a large
 * address space must not copy its page tables to speak again within 100 ms.
 * Called by daemon/speech in the daemon's loop; owns the socket's end and the process' handle.
 *
 * The process is reaped here and nowhere else, so that its number is its own until then: GLib's
 * child watch reaps it before it tells, and a kill() in between could meet a stranger.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/voice_child.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/cleanup.h"

/* A voice that ends well does so within a few ms (measured); half a second does not hold up a
 * logout. */
#define END_MS 500

struct voice_child {
	int fd;
	pid_t pid;   /* 0 once reaped */
	int process; /* pidfd: readable when it has ended; -1: there is none */
	guint link_source;
	guint process_source;
	const struct voice_child_events *events;
	void *data;
};

static void
gone(struct voice_child *child)
{
	if (child->link_source)
		g_source_remove(child->link_source);
	child->link_source = 0;
	child->events->gone(child->data);
}

static gboolean
on_link(gint fd, GIOCondition condition, gpointer data)
{
	struct voice_child *child = data;
	char buffer[PACKET_SIZE_MAX] __attribute__((aligned(8)));
	enum packet_fault fault;
	int size = packet_receive(fd, &voice_link_protocol, PACKET_FROM_SERVER, buffer, &fault);

	(void)condition;
	/* One message a turn: what a message leads to may end this child. */
	if (size > 0) {
		child->events->message(child->data, (const void *)buffer);
		return G_SOURCE_CONTINUE;
	}
	if (size == -EAGAIN)
		return G_SOURCE_CONTINUE;
	if (size == -EPROTO)
		g_warning("A message from the voice %s. The voice is replaced.",
			  packet_fault_to_str(fault));
	child->link_source = 0;
	gone(child);
	return G_SOURCE_REMOVE;
}

static void
reap(struct voice_child *child)
{
	while (child->pid && waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
		;
	child->pid = 0;
}

static void
child_free(struct voice_child *child)
{
	if (child->process_source)
		g_source_remove(child->process_source);
	if (child->process >= 0)
		close(child->process);
	g_free(child);
}

static void
ended(struct voice_child *child)
{
	child->process_source = 0;
	if (child->fd < 0)
		child_free(child); /* nobody's any more */
	else if (child->link_source)
		gone(child); /* usually its socket has said so before */
}

static gboolean
on_exit_of_child(gint fd, GIOCondition condition, gpointer data)
{
	(void)fd;
	(void)condition;
	reap(data);
	ended(data);
	return G_SOURCE_REMOVE;
}

static void
on_reaped(GPid pid, gint status, gpointer data)
{
	struct voice_child *child = data;

	(void)pid;
	(void)status;
	child->pid = 0;
	ended(child);
}

/* Before Linux 5.3 there is no handle, and GLib's way has to do. */
static void
watch_process(struct voice_child *child)
{
	child->process = (int)syscall(SYS_pidfd_open, child->pid, 0);
	child->process_source =
	    child->process < 0 ? g_child_watch_add(child->pid, on_reaped, child)
			       : g_unix_fd_add(child->process, G_IO_IN, on_exit_of_child, child);
}

static int
spawn(const char *program, char **argv, int link, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	sigset_t usual;
	int error;

	/* The daemon's signal mask and handlers are not the voice's. */
	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGTERM);
	sigaddset(&usual, SIGINT);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	/* Also right when link is that number: dup2 in a spawn then clears close-on-exec. */
	posix_spawn_file_actions_adddup2(&actions, link, VOICE_LINK_FD);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	error = posix_spawn(pid, program, &actions, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return -error;
}

int
voice_child_new(const char *program, const char *const *arguments,
		const struct voice_child_events *events, void *data, struct voice_child **out)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	int pair[2];
	pid_t pid;
	int error;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	g_ptr_array_add(argv, (gpointer)program);
	for (const char *const *argument = arguments; argument && *argument; argument++)
		g_ptr_array_add(argv, (gpointer)*argument);
	g_ptr_array_add(argv, NULL);
	error = spawn(program, (char **)argv->pdata, pair[1], &pid);
	close(pair[1]);
	if (error) {
		close(pair[0]);
		return error;
	}
	*out = g_new0(struct voice_child, 1);
	(*out)->fd = pair[0];
	(*out)->pid = pid;
	(*out)->events = events;
	(*out)->data = data;
	(*out)->link_source = g_unix_fd_add(pair[0], G_IO_IN, on_link, *out);
	watch_process(*out);
	return 0;
}

int
voice_child_send(struct voice_child *child, const struct packet_header *message)
{
	return packet_send(child->fd, message);
}

/* Everything but the process. */
static void
detach(struct voice_child *child)
{
	if (child->link_source)
		g_source_remove(child->link_source);
	close(child->fd);
	child->fd = -1;
}

struct voice_child *
voice_child_kill(struct voice_child *child)
{
	if (!child)
		return NULL;
	detach(child);
	if (child->pid)
		kill(child->pid, SIGKILL); /* freed when it has ended */
	else
		child_free(child);
	return NULL;
}

struct voice_child *
voice_child_unref(struct voice_child *child)
{
	struct pollfd ended;

	if (!child)
		return NULL;
	detach(child);
	ended = (struct pollfd){.fd = child->process, .events = POLLIN};
	if (child->pid && poll(&ended, 1, END_MS) <= 0)
		kill(child->pid, SIGKILL);
	reap(child);
	child_free(child);
	return NULL;
}
