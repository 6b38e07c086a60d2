/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sidetouchctl's end of the observers' link; see observe.h.
 * Called by ctl/record and ctl/monitor.
 * Owns nothing but what struct observe holds.
 */
#include "ctl/observe.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/driver_socket.h"

G_DEFINE_QUARK(sidetouch - observe - error - quark, observe_error)

static const char *
connect_words(int error)
{
	switch (-error) {
	case ENOENT:
	case ECONNREFUSED:
		return _("The touch driver is not running. Start it with: systemctl start "
			 "sidetouch-driver");
	case EACCES:
	case EPERM:
		return _(
		    "The touch driver may not be asked by you. Check the rights of its socket.");
	case ENAMETOOLONG:
		return _("The path of the driver's socket is too long. Give a shorter one with "
			 "--socket.");
	default:
		return g_strerror(-error);
	}
}

static const char *
refusal_words(enum observe_refusal reason)
{
	switch (reason) {
	case OBSERVE_REFUSED_USER:
		return _("Only the user who is at the screen may watch its touches. Log in at the "
			 "device itself.");
	case OBSERVE_REFUSED_BUSY:
		return _(
		    "Touches are being recorded or watched already. End the other sidetouchctl "
		    "first.");
	case OBSERVE_REFUSED_DAEMON:
		return _(
		    "sidetouchd does not run for you, and nobody is watched without its saying "
		    "so. Start it with: systemctl --user start sidetouchd");
	case OBSERVE_REFUSED_PANEL:
		return _("The touchscreen has gone, or is not in use.");
	}
	return _("The driver does not say why it will not have us.");
}

/* Signals become something that can be waited for beside the socket. */
static int
open_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool
fail(GError **error, enum observe_error code, const char *words)
{
	g_set_error_literal(error, OBSERVE_ERROR, code, words);
	return false;
}

/* Until the driver is READY, at most as long as it would wait for us. */
static bool
hear_panels(struct observe *observe, GError **error)
{
	gint64 deadline = g_get_monotonic_time() + (gint64)OBSERVE_START_MS * 1000;
	union observe_message message;

	for (;;) {
		struct pollfd poll_fd = {.fd = observe->fd, .events = POLLIN};
		gint64 left_ms = (deadline - g_get_monotonic_time()) / 1000;

		if (left_ms <= 0 || poll(&poll_fd, 1, (int)left_ms) <= 0)
			return fail(
			    error, OBSERVE_ERROR_FAULT,
			    _("The touch driver does not answer. Restart it with: systemctl "
			      "restart sidetouch-driver"));
		switch (observe_next(observe, &message, error)) {
		case 1:
			break;
		case 0:
			return fail(error, OBSERVE_ERROR_AWAY, _("Ended before it began."));
		default: /* error */
			return false;
		}
		if (message.header.type == OBSERVE_READY)
			return true;
		if (message.header.type == OBSERVE_PANEL)
			g_array_append_val(observe->panels, message.panel);
	}
}

bool
observe_open(struct observe *observe, const char *path, GError **error)
{
	g_autofree char *socket_path = g_strconcat(path, OBSERVE_SUFFIX, NULL);
	int r;

	*observe = (struct observe){.fd = -1, .signal_fd = open_signals()};
	observe->panels = g_array_new(FALSE, FALSE, sizeof(struct observe_panel));
	r = driver_socket_connect(socket_path, &observe->fd);
	if (r < 0) {
		observe->fd = -1;
		return fail(error, OBSERVE_ERROR_AWAY, connect_words(r));
	}
	return hear_panels(observe, error);
}

bool
observe_start(struct observe *observe, enum observe_role role, uint32_t panel, GError **error)
{
	struct observe_start start = {.role = role, .panel = panel};

	packet_init(&observe_protocol, &start.header, OBSERVE_START, sizeof(start));
	if (packet_send(observe->fd, &start.header) == 0)
		return true;
	return fail(error, OBSERVE_ERROR_AWAY, _("The touch driver has gone."));
}

/* 1: taken; 0: there is none; -1: error. */
static int
receive(struct observe *observe, union observe_message *message, GError **error)
{
	enum packet_fault fault;
	int r = packet_receive(observe->fd, &observe_protocol, PACKET_FROM_SERVER, message, &fault);

	if (r == -EAGAIN)
		return 0;
	if (r == -EPROTO)
		fail(error, OBSERVE_ERROR_FAULT,
		     _("The touch driver does not speak our language. Install the same version of "
		       "all parts of Sidetouch."));
	else if (r < 0)
		fail(error, OBSERVE_ERROR_AWAY,
		     _("The touch driver hung up: it has gone, or it was not heard fast enough."));
	else if (message->header.type == OBSERVE_REFUSED)
		fail(error, OBSERVE_ERROR_REFUSED,
		     refusal_words((enum observe_refusal)message->refused.reason));
	else
		return 1;
	return -1;
}

int
observe_next(struct observe *observe, union observe_message *message, GError **error)
{
	struct pollfd fds[] = {{.fd = observe->fd, .events = POLLIN},
			       {.fd = observe->signal_fd, .events = POLLIN}};

	for (;;) {
		/* What was told before the signal is taken before it. */
		int r = receive(observe, message, error);

		if (r != 0)
			return r;
		if (fds[1].revents & POLLIN)
			return 0;
		if (poll(fds, G_N_ELEMENTS(fds), -1) < 0 && errno != EINTR) {
			fail(error, OBSERVE_ERROR_FAULT, g_strerror(errno));
			return -1;
		}
	}
}

void
observe_close(struct observe *observe)
{
	if (observe->fd >= 0)
		close(observe->fd);
	if (observe->signal_fd >= 0)
		close(observe->signal_fd);
	g_clear_pointer(&observe->panels, g_array_unref);
}
