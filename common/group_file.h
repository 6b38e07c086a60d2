/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The strict reading of files in the GKeyFile syntax, [group] and Key=value, with the line of each:
 * a blind user is told where a mistake is, and GKeyFile forgets it.
 * Used by the readers of profiles, overlays and quirks, which say what groups and keys there are.
 * A struct group_file lives on the stack of group_file_parse(); its texts are the caller's.
 */
#ifndef SIDETOUCH_GROUP_FILE_H
#define SIDETOUCH_GROUP_FILE_H

#include <glib.h>
#include <stdbool.h>

/* One problem in a file: "FILE:LINE: what is wrong". */
typedef void group_file_problem_fn(void *data, const char *problem);

struct group_file {
	const char *name;
	unsigned line; /* the present one, from 1 */
	unsigned problems;
	group_file_problem_fn *problem;
	void *problem_data;
	GHashTable *seen; /* what group_file_first_time() was asked -> line it was first on */
};

/* What a reader does with a line; both may report problems. */
struct group_file_events {
	/* A header; NULL: a broken one, which was reported, so that its keys are not looked at. */
	void (*group)(void *data, struct group_file *file, const char *name);
	/* A key and its value, without blanks around them; key may be written to. */
	void (*key)(void *data, struct group_file *file, char *key, const char *value);
	/* The end of the file: what is missing. May be NULL. */
	void (*end)(void *data, struct group_file *file);
};

/* Read a text through; false when there was a problem, and each was reported. */
bool group_file_parse(const char *name, const char *text, size_t size,
		      const struct group_file_events *events, void *data,
		      group_file_problem_fn *problem, void *problem_data);

/*
 * A whole regular file of at most size_max bytes, a multiple of 1 MB; never waits. -errno with
 * *reason, a sentence in which kind ("profile") is what the file should have been.
 */
int group_file_read(const char *path, const char *kind, size_t size_max, char **text, size_t *size,
		    char **reason);

/*
 * The two together, for a file whose first mistake is all that is told. On failure an error in the
 * G_FILE_ERROR domain: "FILE:LINE: what is wrong", or "FILE cannot be read: ..." (NOENT: there is
 * none).
 */
bool group_file_load(const char *path, const char *kind, size_t size_max,
		     const struct group_file_events *events, void *data, GError **error);
/* The same from text in memory. */
bool group_file_load_text(const char *name, const char *text, size_t size,
			  const struct group_file_events *events, void *data, GError **error);

/* --- for the readers -------------------------------------------------------------------------- */

void group_file_report(struct group_file *file, unsigned line, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* "unknown WHAT 'WORD', did you mean ..." */
void group_file_report_unknown(struct group_file *file, const char *what, const char *word,
			       const char *const *candidates, size_t count);
/* False, and reported, when this id was there before; what and shown say it to the user. */
bool group_file_first_time(struct group_file *file, const char *what, const char *id,
			   const char *shown);
/* False, and reported, for a value that is empty or has a control character. */
bool group_file_check_value(struct group_file *file, const char *key, const char *value);

/* False, and reported, for what is no number in this range, with a point in any locale. unit is for
 * the sentence: " of mm". */
bool group_file_number(struct group_file *file, const char *key, const char *value, double minimum,
		       double maximum, const char *unit, double *out);

#endif
