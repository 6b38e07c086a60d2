/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parsers of a scenario's statements share: the line that is read, and taking its words.
 * Included by common/scenario*.c only; each statement's parser takes its own words, the caller
 * complains of what is left.
 * A parser borrows everything but the words of its line.
 */
#ifndef SIDETOUCH_SCENARIO_PRIVATE_H
#define SIDETOUCH_SCENARIO_PRIVATE_H

#include "common/scenario.h"

struct scenario_parser {
	const char *name;
	unsigned line;
	GPtrArray *words; /* of this line, blanks and comment gone, quotes kept */
	guint next;
	const struct scenario_device *device;
	bool expects;
	GArray *statements;
	GError **error;
};

/* --- common/scenario_words: false (NULL) with the parser's error set when a word is wrong ------
 */

bool scenario_fail(struct scenario_parser *parser, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* "unknown WHAT 'WORD'", with the nearest of the known words or all of them. */
bool scenario_fail_unknown(struct scenario_parser *parser, const char *what, const char *word,
			   const char *const *known, size_t count);
/* The next word, NULL at the line's end. */
const char *scenario_peek(const struct scenario_parser *parser);
/* The same, and it is read; at the line's end an error that says what should stand there. */
const char *scenario_take(struct scenario_parser *parser, const char *what);
/* X,Y in mm, anywhere and on the device. */
bool scenario_take_point(struct scenario_parser *parser, const char *what, struct mm_point *out);
bool scenario_take_place(struct scenario_parser *parser, const char *what, struct mm_point *out);
/* The rest of X,Y -> X,Y: true with *is_path untouched when no arrow follows. */
bool scenario_take_arrow(struct scenario_parser *parser, struct mm_point *to, bool *is_path);
/* "A + B" or "A": the pad's press or the pads' chord. */
bool scenario_take_input(struct scenario_parser *parser, const char *word, struct input *out);
/* A length such as 26mm. */
bool scenario_take_length(struct scenario_parser *parser, double *out);
bool scenario_take_duration(struct scenario_parser *parser, struct usec *out);
/* These three are given a word that was taken. */
bool scenario_take_pad(struct scenario_parser *parser, const char *word, enum pad *out);
bool scenario_take_gesture(struct scenario_parser *parser, const char *word, enum ear_kind *out);
bool scenario_take_quoted(struct scenario_parser *parser, const char *word, char **out);

/* --- common/scenario_touch, scenario_ear and scenario_expect: the rest of a line after its first
 * word --------
 */

bool scenario_parse_device(struct scenario_parser *parser, struct scenario_statement *statement);
bool scenario_parse_press(struct scenario_parser *parser, struct scenario_statement *statement);
bool scenario_parse_chord(struct scenario_parser *parser, struct scenario_statement *statement);
bool scenario_parse_finger(struct scenario_parser *parser, struct scenario_statement *statement);
bool scenario_parse_ear(struct scenario_parser *parser, struct scenario_statement *statement);
bool scenario_parse_cheek(struct scenario_parser *parser, struct scenario_statement *statement);
bool scenario_parse_proximity(struct scenario_parser *parser, struct scenario_statement *statement);
bool scenario_parse_expect(struct scenario_parser *parser, struct scenario_statement *statement);

#endif
