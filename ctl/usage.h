/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said of a command line that cannot be done: what is wrong with it, and which help to ask
 * for. Called by the subcommands when they have parsed theirs; the program's name is then
 * "sidetouchctl SUBCOMMAND" (ctl/main). Owns nothing.
 */
#ifndef SIDETOUCH_CTL_USAGE_H
#define SIDETOUCH_CTL_USAGE_H

#include <glib.h>
#include <stdbool.h>

/* Prints what is wrong to standard error, then where help is; false, which is what parsing gives.
 */
bool usage_wrong(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* The same of a word that nothing is known to do with. */
bool usage_unexpected(const char *word);

#endif
