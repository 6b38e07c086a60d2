/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of one widget, and how it is put into words: name, role, state, value, description,
 * position. Filled in by daemon/apps_read; pure.
 * One that was made owns its strings.
 */
#ifndef SIDETOUCH_APPS_WIDGET_H
#define SIDETOUCH_APPS_WIDGET_H

#include <stdbool.h>
#include <stdint.h>

struct apps_widget {
	uint32_t role;
	uint64_t states;
	char *name;        /* tidy, or what labels it; NULL: it has none */
	char *marked;      /* the name with its languages; NULL: they are not known */
	char *description; /* tidy; NULL: none */
	char *text;        /* what is in it; NULL: it holds no text, or a secret */
	int text_length;   /* of all that is in it, in characters */
	double value;      /* NAN: it has none */
	bool has_percent;  /* of a bar, how much of it that is: */
	double percent;
	bool secret;       /* what is in it is for nobody's ears */
	unsigned position; /* of count in its list, from 1; 0: in none */
	unsigned count;
};

void apps_widget_clear(struct apps_widget *widget);

/* "Volume, slider, 40"; of what is only read its text alone. "" when there is nothing to say of it:
 * it has neither a name nor a text and cannot be used. Allocated. */
char *apps_widget_words(const struct apps_widget *widget);

/* What a person calls a role, translated: "button", where the bus says "push button". */
const char *apps_widget_role(uint32_t role);

/* Bullets, or asterisks where a font has none; and the letter that was typed last, which phones
 * show for a moment. text is valid UTF-8. */
bool apps_widget_is_bullets(const char *text);

/*
 * Whether what is in a text field must not be spoken, kept or logged: by its role, by its name, by
 * bullets in place of letters, or by hiding the length characters it has. Any may be unknown.
 */
bool apps_widget_is_secret(uint32_t role, const char *name, const char *text, int length);

#endif
