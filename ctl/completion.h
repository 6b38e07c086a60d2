/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may stand at the end of an unfinished command line: options from the same table that parses
 * them, everything else from the subcommand itself. The scripts for the shells only ask and show.
 * Called by ctl/main and by every subcommand. Owns nothing.
 */
#ifndef SIDETOUCH_CTL_COMPLETION_H
#define SIDETOUCH_CTL_COMPLETION_H

#include <glib.h>
#include <stdbool.h>

/* Followed by the words so far and the unfinished one, it makes a subcommand tell what fits. */
#define COMPLETION_OPTION "--complete"

/*
 * Prints with completion_word() what may follow these arguments of a subcommand; its options, and
 * the values of options, are not among them.
 */
typedef void completion_fn(int argc, char **argv);

/* One word that fits, and what it means. */
void completion_word(const char *word, const char *what);
/* The names of files fit too. */
void completion_files(void);

/*
 * Parses as g_option_context_parse() does. When the command line is one to be completed, it prints
 * what fits and ends the program, as --help does. words is NULL where only options, or the files
 * that entries tell of, can follow.
 */
bool completion_parse(GOptionContext *context, const GOptionEntry *entries, completion_fn *words,
		      int *argc, char ***argv, GError **error);

/* Prints the script for a shell; false when there is none for it. */
bool completion_print_script(const char *shell);

#endif
