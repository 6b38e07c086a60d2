/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SSIP's lines: an answer is any number of "NNN-value" and one "NNN words"; codes from 700 on are
 * events, which come whenever they like but never inside an answer.
 * Called by the dispatcher and the loop; never waits.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include "daemon/voice/ssip.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/cleanup.h"

/* Design: what cannot sound within 2 s has failed. Every answer is an acknowledgement, given before
 * anything is said. */
#define ANSWER_MS 2000
/* The lines that we ask for are short; more than this without an end is no SSIP. */
#define LINE_MAX_BYTES 4096

struct ssip {
	const struct ssip_events *events;
	void *data;
	int fd;
	guint source;
	guint deadline; /* an answer is to come */
	bool broken;
	size_t used;
	char value[64]; /* of the first line of the answer that is coming in */
	bool has_value;
	char bytes[LINE_MAX_BYTES];
};

static void
clear_source(guint *source)
{
	if (*source)
		g_source_remove(*source);
	*source = 0;
}

static gboolean
on_deadline(gpointer data)
{
	struct ssip *ssip = data;

	ssip->deadline = 0;
	ssip->events->lost(ssip->data);
	return G_SOURCE_REMOVE;
}

static gboolean
on_broken(gpointer data)
{
	return on_deadline(data);
}

void
ssip_break(struct ssip *ssip)
{
	ssip->broken = true;
	clear_source(&ssip->source);
	clear_source(&ssip->deadline);
	ssip->deadline = g_idle_add_full(G_PRIORITY_DEFAULT, on_broken, ssip, NULL);
}

/* The last line of an answer or event; false: the connection is not ours any more. */
static bool
finish(struct ssip *ssip, unsigned code)
{
	g_autofree char *value = g_strdup(ssip->has_value ? ssip->value : "");

	ssip->has_value = false;
	if (code >= 700) {
		ssip->events->event(ssip->data, code, (uint32_t)g_ascii_strtoull(value, NULL, 10));
		return true;
	}
	/* An answer to nothing: not a speech-dispatcher. */
	if (!ssip->deadline)
		return false;
	clear_source(&ssip->deadline);
	ssip->events->answer(ssip->data, code, value);
	return true;
}

static bool
take_line(struct ssip *ssip, const char *line)
{
	bool well = g_ascii_isdigit(line[0]) && g_ascii_isdigit(line[1]) &&
		    g_ascii_isdigit(line[2]) && (line[3] == '-' || line[3] == ' ');

	if (!well)
		return false;
	if (line[3] == ' ')
		return finish(ssip, (unsigned)g_ascii_strtoull(line, NULL, 10));
	if (!ssip->has_value)
		g_strlcpy(ssip->value, line + 4, sizeof(ssip->value));
	ssip->has_value = true;
	return true;
}

static gboolean
on_readable(gint fd, GIOCondition condition, gpointer data)
{
	struct ssip *ssip = data;
	ssize_t size = read(fd, ssip->bytes + ssip->used, sizeof(ssip->bytes) - ssip->used);
	char *end;
	bool well;

	(void)condition;
	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return G_SOURCE_CONTINUE;
	well = size > 0;
	ssip->used += well ? (size_t)size : 0;
	while (well && !ssip->broken && (end = memchr(ssip->bytes, '\n', ssip->used))) {
		g_autofree char *line = g_strndup(ssip->bytes, (size_t)(end - ssip->bytes));

		ssip->used -= (size_t)(end + 1 - ssip->bytes);
		memmove(ssip->bytes, end + 1, ssip->used);
		well = take_line(ssip, g_strchomp(line));
	}
	if (ssip->broken)
		return G_SOURCE_REMOVE;
	if (well && ssip->used < sizeof(ssip->bytes))
		return G_SOURCE_CONTINUE;
	ssip->source = 0;
	ssip_break(ssip);
	return G_SOURCE_REMOVE;
}

int
ssip_new(const char *path, const struct ssip_events *events, void *data, struct ssip **out)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	_autoclose_ int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct ssip *ssip;

	if (fd < 0)
		return -errno;
	if (g_strlcpy(address.sun_path, path, sizeof(address.sun_path)) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	/* Of a Unix socket there is no "in progress": done, nobody there, or a full queue. */
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	ssip = g_new0(struct ssip, 1);
	ssip->events = events;
	ssip->data = data;
	ssip->fd = steal_fd(&fd);
	ssip->source = g_unix_fd_add(ssip->fd, G_IO_IN | G_IO_HUP, on_readable, ssip);
	*out = ssip;
	return 0;
}

struct ssip *
ssip_unref(struct ssip *ssip)
{
	if (!ssip)
		return NULL;
	clear_source(&ssip->source);
	clear_source(&ssip->deadline);
	close(ssip->fd);
	g_free(ssip);
	return NULL;
}

bool
ssip_waits(const struct ssip *ssip)
{
	return ssip->deadline != 0;
}

void
ssip_send(struct ssip *ssip, const char *line)
{
	g_autofree char *bytes = g_strconcat(line, "\r\n", NULL);
	size_t size = strlen(bytes);

	if (ssip->broken)
		return;
	/* A socket holds far more than one line: one that is full is not read. */
	if (send(ssip->fd, bytes, size, MSG_NOSIGNAL) != (ssize_t)size) {
		ssip_break(ssip);
		return;
	}
	ssip->deadline = g_timeout_add(ANSWER_MS, on_deadline, ssip);
}
