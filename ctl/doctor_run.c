/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs checks beside each other, each in a process of its own, and gives up on those that do not
 * come back: a bus, a library or a device that hangs, hangs nobody else.
 * Called by ctl/doctor and ctl/report.
 * Owns the processes until they have ended or were killed.
 */
#include "ctl/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/i18n.h"

/* A check's process writes a line a finding, the first letter its kind, and at the end END. */
#define OK      'o'
#define NEEDED  't'
#define PRIVATE 'p'
#define END     "e\n"

struct doctor_findings {
	int fd;
};

struct child {
	const struct doctor_check *check;
	pid_t pid; /* -1: it could not be started */
	int fd;    /* -1: nothing more comes */
	GString *told;
};

/* --- in the check's process --- */

/* One line of whatever a library, a file or a peer has said; its words stay as long as paths are.
 */
static char *
as_line(char kind, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	GString *line = g_string_new(NULL);

	g_string_append_c(line, kind);
	for (const char *c = valid; *c; c = g_utf8_next_char(c)) {
		gunichar letter = g_utf8_get_char(c);

		g_string_append_unichar(line, g_unichar_iscntrl(letter) ? ' ' : letter);
	}
	g_string_append_c(line, '\n');
	return g_string_free(line, FALSE);
}

static void
tell(const struct doctor_findings *findings, char kind, const char *text)
{
	g_autofree char *line = as_line(kind, text);
	ssize_t written;

	do
		written = write(findings->fd, line, strlen(line));
	while (written < 0 && errno == EINTR);
}

void
doctor_ok(struct doctor_findings *findings, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(_(format), arguments);
	va_end(arguments);
	tell(findings, OK, text);
}

void
doctor_todo(struct doctor_findings *findings, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(_(format), arguments);
	va_end(arguments);
	tell(findings, NEEDED, text);
}

void
doctor_todo_private(struct doctor_findings *findings, const char *sentence)
{
	tell(findings, PRIVATE, sentence);
}

static void
be_child(const struct doctor_check *check, const struct doctor_place *place, int fd)
{
	struct doctor_findings findings = {.fd = fd};
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

	/* What it starts dies with it, and it dies with us. */
	(void)setpgid(0, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* What libraries have to say of what is broken is not for the user. */
	(void)dup2(nowhere, STDIN_FILENO);
	(void)dup2(nowhere, STDOUT_FILENO);
	(void)dup2(nowhere, STDERR_FILENO);
	check->run(place, &findings);
	(void)!write(fd, END, strlen(END));
	/* Not exit(): the handlers are our parent's. */
	_exit(0);
}

/* --- in ours --- */

static void
start(struct child *child, const struct doctor_check *check, const struct doctor_place *place)
{
	int fds[2] = {-1, -1};

	*child = (struct child){.check = check, .pid = -1, .fd = -1, .told = g_string_new(NULL)};
	if (pipe2(fds, O_CLOEXEC) < 0)
		return;
	child->pid = fork();
	if (child->pid == 0)
		be_child(check, place, fds[1]);
	close(fds[1]);
	child->fd = fds[0];
}

static void
hear(struct child *child)
{
	char buffer[4096];
	ssize_t size = read(child->fd, buffer, sizeof(buffer));

	if (size > 0) {
		g_string_append_len(child->told, buffer, size);
	} else if (size == 0 || errno != EINTR) {
		close(child->fd);
		child->fd = -1;
	}
}

static bool
has_ended(const struct child *child)
{
	return g_str_has_suffix(child->told->str, END) &&
	       (child->told->len == strlen(END) ||
		child->told->str[child->told->len - strlen(END) - 1] == '\n');
}

/* Until each has said all, or the deadline. */
static void
hear_all(struct child *children, struct pollfd *fds, unsigned count, unsigned patience_ms)
{
	gint64 deadline = g_get_monotonic_time() + (gint64)patience_ms * 1000;
	bool waiting = true;

	while (waiting) {
		gint64 left_ms = (deadline - g_get_monotonic_time() + 999) / 1000;

		waiting = false;
		for (unsigned i = 0; i < count; i++) {
			fds[i] = (struct pollfd){.fd = children[i].fd, .events = POLLIN};
			/* What it has started may keep the other end open. */
			if (has_ended(&children[i]))
				fds[i].fd = -1;
			waiting |= fds[i].fd >= 0;
		}
		if (!waiting || left_ms <= 0)
			return;
		if (poll(fds, count, (int)left_ms) < 0 && errno != EINTR)
			return;
		for (unsigned i = 0; i < count; i++) {
			if (fds[i].fd >= 0 && fds[i].revents)
				hear(&children[i]);
		}
	}
}

static size_t
length_without_stop(const char *text)
{
	size_t length = strlen(text);

	return length - (length > 0 && text[length - 1] == '.');
}

/* What two checks run into is told once. */
static bool
is_told(const GArray *findings, const char *text)
{
	size_t length = length_without_stop(text);

	for (guint i = 0; i < findings->len; i++) {
		const struct doctor_finding *told =
		    &g_array_index(findings, struct doctor_finding, i);

		if (!told->ok && length == length_without_stop(told->text) &&
		    strncmp(told->text, text, length) == 0)
			return true;
	}
	return false;
}

static void
add(GArray *findings, const char *check, char kind, const char *text)
{
	const struct doctor_finding finding = {
	    .check = check,
	    .ok = kind == OK,
	    .private = kind == PRIVATE,
	    .text = g_strdup(text),
	};

	g_array_append_val(findings, finding);
}

static void
collect(struct child *child, GArray *findings)
{
	const char *name = child->check->name;
	g_autofree char *broken = NULL;
	g_auto(GStrv) lines = g_strsplit(child->told->str, "\n", -1);

	for (size_t i = 0; lines[i] && lines[i + 1]; i++) {
		if (lines[i][0] == OK ||
		    (lines[i][0] != END[0] && !is_told(findings, lines[i] + 1)))
			add(findings, name, lines[i][0], lines[i] + 1);
	}
	if (has_ended(child))
		return;
	if (child->fd >= 0)
		broken = g_strdup_printf(_("%s Whatever was asked did not answer in time."),
					 _(child->check->hangs));
	else
		broken =
		    g_strdup_printf(_("The check of %s broke off. Please report that, with the "
				      "file that this writes: sidetouchctl report -o report.txt"),
				    name);
	add(findings, name, NEEDED, broken);
}

static void
end(struct child *child)
{
	bool ended = has_ended(child) || child->fd < 0;

	if (child->pid > 0) {
		/* Also what it has started and left behind. */
		(void)kill(-child->pid, SIGKILL);
		(void)kill(child->pid, SIGKILL);
		/* One that hangs in the kernel does not die of it; nobody waits for that. */
		(void)waitpid(child->pid, NULL, ended ? 0 : WNOHANG);
	}
	if (child->fd >= 0)
		close(child->fd);
	g_string_free(child->told, TRUE);
}

static void
clear_finding(void *data)
{
	g_free(((struct doctor_finding *)data)->text);
}

/* So many of this size, all zero. */
static GArray *
zeroes(unsigned count, guint size)
{
	return g_array_set_size(g_array_new(FALSE, TRUE, size), count);
}

GArray *
doctor_run(const struct doctor_check *checks, const struct doctor_place *place)
{
	GArray *findings = g_array_new(FALSE, FALSE, sizeof(struct doctor_finding));
	g_autoptr(GArray) all = NULL, all_fds = NULL;
	struct child *children;
	unsigned count = 0;

	g_array_set_clear_func(findings, clear_finding);
	while (checks[count].name)
		count++;
	all = zeroes(count, sizeof(struct child));
	all_fds = zeroes(count, sizeof(struct pollfd));
	children = &g_array_index(all, struct child, 0);
	for (unsigned i = 0; i < count; i++)
		start(&children[i], &checks[i], place);
	hear_all(children, &g_array_index(all_fds, struct pollfd, 0), count, place->patience_ms);
	for (unsigned i = 0; i < count; i++) {
		collect(&children[i], findings);
		end(&children[i]);
	}
	return findings;
}

guint
doctor_count_todo(const GArray *findings)
{
	guint count = 0;

	for (guint i = 0; i < findings->len; i++)
		count += !g_array_index(findings, struct doctor_finding, i).ok;
	return count;
}
