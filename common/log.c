/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Logging that never waits. GLib's own way to journald sends on a blocking socket: with a journald
 * that is stopped the first line would hold up a driver that has the panel. So does what libraries
 * (ALSA, JACK, PulseAudio, espeak-ng) print by themselves, hence the stream itself does not wait.
 * Called by the main() of the driver, the daemon and the voice.
 * Owns one struct log for the rest of the process.
 */
#include "common/log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pipe that says it can be written to takes so much at once (pipe(7)); longer lines are cut. */
#define LINE_MAX_SIZE PIPE_BUF

struct log {
	bool journald; /* reads the stream: it wants a priority before each line, sd-daemon(3) */
	gint lost;
};

/* Only sockets can be asked not to wait for this one write; a file's flags are shared with others.
 */
static bool
try_write(const char *line, size_t size)
{
	struct pollfd pollfd = {.fd = STDERR_FILENO, .events = POLLOUT};

	if (send(STDERR_FILENO, line, size, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)size)
		return true;
	if (errno != ENOTSOCK)
		return false;
	/* A pipe that nobody reads any more is an error here, not a SIGPIPE. */
	return poll(&pollfd, 1, 0) == 1 && pollfd.revents == POLLOUT &&
	       write(STDERR_FILENO, line, size) == (ssize_t)size;
}

/* The number that syslog(3) has for it. */
static int
priority_of(GLogLevelFlags level)
{
	if (level & G_LOG_LEVEL_ERROR)
		return 3;
	if (level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING))
		return 4;
	if (level & G_LOG_LEVEL_MESSAGE)
		return 5;
	return level & G_LOG_LEVEL_INFO ? 6 : 7;
}

static bool
write_line(const struct log *log, GLogLevelFlags level, const char *text)
{
	g_autofree char *line =
	    log->journald ? g_strdup_printf("<%d>%s", priority_of(level), text) : g_strdup(text);
	size_t size = MIN(strlen(line), LINE_MAX_SIZE - 1);

	/* Each line of one would be a message of its own, and only the first has its priority. */
	for (size_t i = 0; log->journald && i < size; i++)
		if (line[i] == '\n')
			line[i] = ' ';
	line[size] = '\n'; /* in the place of its NUL, or of what is cut off */
	return try_write(line, size + 1);
}

static char *
text_of(const struct log *log, GLogLevelFlags level, const GLogField *fields, gsize count)
{
	if (!log->journald)
		return g_log_writer_format_fields(level, fields, count,
						  g_log_writer_supports_color(STDERR_FILENO));
	for (gsize i = 0; i < count; i++) {
		if (strcmp(fields[i].key, "MESSAGE") == 0)
			return fields[i].length < 0
				   ? g_strdup(fields[i].value)
				   : g_strndup(fields[i].value, (gsize)fields[i].length);
	}
	return g_strdup("");
}

static const char *
domain_of(const GLogField *fields, gsize count)
{
	for (gsize i = 0; i < count; i++) {
		if (strcmp(fields[i].key, "GLIB_DOMAIN") == 0)
			return fields[i].value;
	}
	return NULL;
}

static void
tell_lost(struct log *log)
{
	gint lost = g_atomic_int_get(&log->lost);
	g_autofree char *text = NULL;

	if (lost == 0)
		return;
	text = g_strdup_printf("%d line%s of this log %s lost, because nothing read it", lost,
			       lost == 1 ? "" : "s", lost == 1 ? "is" : "are");
	if (write_line(log, G_LOG_LEVEL_WARNING, text))
		g_atomic_int_add(&log->lost, -lost);
}

static GLogWriterOutput
on_log(GLogLevelFlags level, const GLogField *fields, gsize count, void *data)
{
	struct log *log = data;
	g_autofree char *text = NULL;

	if (g_log_writer_default_would_drop(level, domain_of(fields, count)))
		return G_LOG_WRITER_HANDLED;
	tell_lost(log);
	text = text_of(log, level, fields, count);
	if (!write_line(log, level, text))
		g_atomic_int_inc(&log->lost);
	return G_LOG_WRITER_HANDLED;
}

/*
 * For whoever writes there without asking. A service's socket is shared by its own processes only;
 * a pipe or a terminal by others too, whose flag is not ours to set: it is opened once more. A file
 * never waits for a reader.
 */
static void
let_stream_not_wait(void)
{
	struct stat stat;
	int flags = fcntl(STDERR_FILENO, F_GETFL);
	int own;

	if (flags < 0 || fstat(STDERR_FILENO, &stat) < 0)
		return;
	if (S_ISSOCK(stat.st_mode)) {
		fcntl(STDERR_FILENO, F_SETFL, flags | O_NONBLOCK);
		return;
	}
	if (!S_ISFIFO(stat.st_mode) && !isatty(STDERR_FILENO))
		return;
	own = open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (own < 0)
		return; /* another user's terminal: our own lines still do not wait */
	dup2(own, STDERR_FILENO);
	close(own);
}

void
log_never_wait(void)
{
	struct log *log = g_new0(struct log, 1);

	log->journald = g_log_writer_is_journald(STDERR_FILENO);
	let_stream_not_wait();
	g_log_set_writer_func(on_log, log, g_free);
}
