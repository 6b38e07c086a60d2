/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The languages that an app gives its text in, as AT-SPI's text attributes tell: "language" of each
 * run. Called by apps_read, which asks for the runs.
 * Owns nothing; the result is the caller's.
 */
#ifndef SIDETOUCH_A11Y_LANGUAGE_H
#define SIDETOUCH_A11Y_LANGUAGE_H

#include <gio/gio.h>

#include "common/language_mark.h"

/* A name in more languages than these is not a name any more. */
#define A11Y_RUNS_MAX 8

struct a11y_run {
	size_t end;                       /* in characters, from the start of the text */
	char language[LANGUAGE_MARK_MAX]; /* "": none was told */
};

/* Of the answer to GetAttributeRun, (a{ss}ii). */
void a11y_run_read(GVariant *body, struct a11y_run *run);

/*
 * The tidy name with its languages marked. Runs that end before the name does are not its own but
 * those of another text of the widget: then the first one's language is all of the name's.
 */
char *a11y_language_mark(const char *name, const struct a11y_run *runs, size_t count);

#endif
