/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines, groups, keys, and how their problems are told.
 * Called by common/profile_parse and common/device_file.
 * Owns what it is parsing.
 */
#include "common/group_file.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/suggest.h"

/* More problems than one has the patience to hear; a foreign file would have thousands. */
#define PROBLEMS_MAX 20
/* How much of a wrong line is quoted, in characters. */
#define QUOTE_MAX 40

struct reader {
	struct group_file file;
	const struct group_file_events *events;
	void *data;
};

void
group_file_report(struct group_file *file, unsigned line, const char *format, ...)
{
	g_autofree char *what = NULL, *sentence = NULL;
	va_list arguments;

	if (file->problems++ >= PROBLEMS_MAX)
		return;
	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	sentence = g_strdup_printf("%s:%u: %s", file->name, line, what);
	file->problem(file->problem_data, sentence);
}

static char *
quote(const char *text)
{
	return g_utf8_strlen(text, -1) > QUOTE_MAX ? g_utf8_substring(text, 0, QUOTE_MAX)
						   : g_strdup(text);
}

void
group_file_report_unknown(struct group_file *file, const char *what, const char *word,
			  const char *const *candidates, size_t count)
{
	const char *near = suggest(word, candidates, count);
	g_autofree char *shown = quote(word);

	if (near)
		group_file_report(file, file->line, _("unknown %s '%s', did you mean '%s'"), what,
				  shown, near);
	else
		group_file_report(file, file->line, _("unknown %s '%s'"), what, shown);
}

bool
group_file_first_time(struct group_file *file, const char *what, const char *id, const char *shown)
{
	unsigned line = GPOINTER_TO_UINT(g_hash_table_lookup(file->seen, id));

	if (line != 0) {
		group_file_report(file, file->line, _("%s %s is there already, in line %u"), what,
				  shown, line);
		return false;
	}
	g_hash_table_insert(file->seen, g_strdup(id), GUINT_TO_POINTER(file->line));
	return true;
}

static bool
has_control(const char *text)
{
	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
		if (g_unichar_iscntrl(g_utf8_get_char(c)))
			return true;
	}
	return false;
}

bool
group_file_check_value(struct group_file *file, const char *key, const char *value)
{
	if (value[0] == '\0')
		group_file_report(file, file->line, _("%s is empty"), key);
	else if (has_control(value))
		group_file_report(file, file->line, _("%s has a control character"), key);
	else
		return true;
	return false;
}

bool
group_file_number(struct group_file *file, const char *key, const char *value, double minimum,
		  double maximum, const char *unit, double *out)
{
	char *end;
	double number = g_ascii_strtod(value, &end);

	if (end == value || *end != '\0' || !isfinite(number))
		group_file_report(file, file->line, _("%s is not a number%s, as in 5.5"), key,
				  unit);
	else if (number < minimum || number > maximum)
		group_file_report(file, file->line, _("%s is not between %g and %g"), key, minimum,
				  maximum);
	else {
		*out = number;
		return true;
	}
	return false;
}

static void
take_group(struct reader *reader, char *header)
{
	size_t length = strlen(header);
	bool ends = header[length - 1] == ']';
	const char *comment = strstr(header, "] #");

	if (!ends && comment)
		group_file_report(
		    &reader->file, reader->file.line,
		    _("'%s' is a comment after a group's name; a comment needs a line "
		      "of its own"),
		    comment + 2);
	else if (!ends)
		group_file_report(&reader->file, reader->file.line,
				  _("the group's name does not end with ']'"));
	header[length - 1] = '\0';
	reader->events->group(reader->data, &reader->file, ends ? header + 1 : NULL);
}

static void
take_key(struct reader *reader, char *text)
{
	struct group_file *file = &reader->file;
	char *equals = strchr(text, '=');
	g_autofree char *key = NULL, *value = NULL;

	if (!equals) {
		g_autofree char *shown = quote(text);

		group_file_report(file, file->line,
				  _("'%s' is neither [group], Key=value nor # comment"), shown);
		return;
	}
	key = g_strstrip(g_strndup(text, (gsize)(equals - text)));
	value = g_strstrip(g_strdup(equals + 1));
	if (key[0] == '\0')
		group_file_report(file, file->line, _("there is no key before the '='"));
	else
		reader->events->key(reader->data, file, key, value);
}

static void
take_line(struct reader *reader, const char *start, size_t length)
{
	g_autofree char *line = NULL;

	if (!g_utf8_validate(start, (gssize)length, NULL)) {
		group_file_report(&reader->file, reader->file.line,
				  _("the line is not valid UTF-8"));
		/* The keys below a header that cannot be read are nobody's. */
		if (start[0] == '[')
			reader->events->group(reader->data, &reader->file, NULL);
		return;
	}
	line = g_strstrip(g_strndup(start, length));
	if (line[0] == '\0' || line[0] == '#')
		return;
	if (line[0] == '[')
		take_group(reader, line);
	else
		take_key(reader, line);
}

bool
group_file_parse(const char *name, const char *text, size_t size,
		 const struct group_file_events *events, void *data, group_file_problem_fn *problem,
		 void *problem_data)
{
	static const char bom[] = "\xef\xbb\xbf";
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct reader reader = {
	    .file = {.name = name, .problem = problem, .problem_data = problem_data, .seen = seen},
	    .events = events,
	    .data = data,
	};
	struct group_file *file = &reader.file;
	const char *end = text + size;

	if (size >= 3 && memcmp(text, bom, 3) == 0)
		text += 3;
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t length = (size_t)((newline ? newline : end) - text);

		file->line++;
		take_line(&reader, text, length);
		text += length + (newline ? 1 : 0);
	}
	if (events->end)
		events->end(data, file);
	if (file->problems > PROBLEMS_MAX) {
		g_autofree char *more = g_strdup_printf(_("%s:%u: and %u more problems"), name,
							file->line, file->problems - PROBLEMS_MAX);

		problem(problem_data, more);
	}
	return file->problems == 0;
}

static int
read_whole(int fd, size_t size_max, char **text, size_t *length)
{
	g_autofree char *buffer = g_malloc(size_max + 2);

	*length = 0;
	while (*length <= size_max) {
		ssize_t got = read(fd, buffer + *length, size_max + 1 - *length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0) {
			buffer[*length] = '\0';
			*text = g_realloc(steal(&buffer), *length + 1);
			return 0;
		}
		*length += (size_t)got;
	}
	return -EFBIG;
}

/* 0, -errno, or -EINVAL with *reason: it is nothing that could be read through. */
static int
open_regular(const char *path, const char *kind, int *out, char **reason)
{
	_autoclose_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;

	if (fd < 0 || fstat(fd, &status) < 0)
		return -errno;
	if (!S_ISREG(status.st_mode)) {
		*reason = g_strdup_printf(
		    _("is %s and no %s"),
		    S_ISDIR(status.st_mode) ? _("a directory") : _("not a regular file"), kind);
		return -EINVAL;
	}
	*out = steal_fd(&fd);
	return 0;
}

int
group_file_read(const char *path, const char *kind, size_t size_max, char **text, size_t *size,
		char **reason)
{
	_autoclose_ int fd = -1;
	int r;

	*reason = NULL;
	r = open_regular(path, kind, &fd, reason);
	if (r == 0)
		r = read_whole(fd, size_max, text, size);
	if (r == -EFBIG)
		*reason =
		    g_strdup_printf(_("is larger than %zu MB and no %s"), size_max >> 20, kind);
	else if (r < 0 && !*reason)
		*reason = g_strdup_printf(_("cannot be read: %s"), g_strerror(-r));
	return r;
}

/* The first problem is the one to be told; the rest often follows from it. */
static void
on_first_problem(void *data, const char *problem)
{
	GError **error = data;

	if (!*error)
		g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, problem);
}

bool
group_file_load_text(const char *name, const char *text, size_t size,
		     const struct group_file_events *events, void *data, GError **error)
{
	g_autoptr(GError) problem = NULL;

	if (group_file_parse(name, text, size, events, data, on_first_problem, (void *)&problem))
		return true;
	g_propagate_error(error, g_steal_pointer(&problem));
	return false;
}

bool
group_file_load(const char *path, const char *kind, size_t size_max,
		const struct group_file_events *events, void *data, GError **error)
{
	g_autofree char *reason = NULL;
	char *text = NULL;
	size_t size = 0;
	bool well;
	int r = group_file_read(path, kind, size_max, &text, &size, &reason);

	if (r < 0 || !text) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(-r), "%s %s", path,
			    reason);
		return false;
	}
	well = group_file_load_text(path, text, size, events, data, error);
	g_free(text);
	return well;
}
