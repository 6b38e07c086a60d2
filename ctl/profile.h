/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl profile VERB` and `sidetouchctl which`: what the buttons do, where that is written,
 * and changing it. ctl/profile.c has the table of verbs, ctl/profile_read.c those that only tell,
 * ctl/profile_write.c those that change something, ctl/profile_complete.c what a shell offers. A
 * verb's options are on the stack of ctl_profile().
 */
#ifndef SIDETOUCH_CTL_PROFILE_H
#define SIDETOUCH_CTL_PROFILE_H

#include <glib.h>
#include <stdbool.h>

#include "common/profile_folders.h"

/* Exit codes of the whole program (design). */
enum profile_exit {
	PROFILE_EXIT_DONE,
	PROFILE_EXIT_FAILED,
	PROFILE_EXIT_USAGE,
};

/* What every verb has: the folders, its options, and its arguments without its name. */
struct profile_verb {
	const GArray *folders;
	gboolean json;
	gboolean man;
	gboolean replace;
	gboolean with_commands;
	char *site;
	char *output;
	int argc;
	char **argv;
};

enum profile_exit profile_list(struct profile_verb *verb);
enum profile_exit profile_show(struct profile_verb *verb);
enum profile_exit profile_which(struct profile_verb *verb);
enum profile_exit profile_check(struct profile_verb *verb);
enum profile_exit profile_keys(struct profile_verb *verb);
enum profile_exit profile_diff(struct profile_verb *verb);
enum profile_exit profile_export(struct profile_verb *verb);

enum profile_exit profile_set_key(struct profile_verb *verb);
enum profile_exit profile_unset(struct profile_verb *verb);
enum profile_exit profile_edit(struct profile_verb *verb);
enum profile_exit profile_reset(struct profile_verb *verb);
enum profile_exit profile_undo(struct profile_verb *verb);
enum profile_exit profile_import(struct profile_verb *verb);

/*
 * Prints what may follow the verb's arguments that are there already, as its usage line has it.
 */
void profile_complete(const struct profile_verb *verb, const char *arguments);

/* A sentence on stderr, after the program's name. Always PROFILE_EXIT_FAILED. */
enum profile_exit profile_fail(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* All profiles; what is wrong with them is the daemon's to tell. */
struct profile_set *profile_load_all(const struct profile_verb *verb);
/* The profile of this name; NULL, and a sentence on stderr, when there is none. */
const struct profile *profile_need(const struct profile_set *set, const char *name);

int ctl_profile(int argc, char **argv);
int ctl_which(int argc, char **argv);

#endif
