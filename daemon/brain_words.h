/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a command's end is put into words: few, and the important one first.
 * Called by daemon/brain, and for the result's name by daemon/daemon.
 * A run's words own their strings, so that a profile may go while an app still thinks.
 */
#ifndef SIDETOUCH_BRAIN_WORDS_H
#define SIDETOUCH_BRAIN_WORDS_H

#include <stdbool.h>

#include "common/command.h"
#include "common/input.h"
#include "common/profile.h"
#include "daemon/brain.h"

/* What of a command its words need. */
struct brain_words_run {
	enum command_type type;
	char *role;
	char *name;
};

void brain_words_run_init(struct brain_words_run *run, const struct command *command);
void brain_words_run_clear(struct brain_words_run *run);

/*
 * What to say, allocated; NULL for nothing. text is what the command's carrier said of it, or NULL.
 * late: a newer press was taken meanwhile; then only failures are said, with the label first.
 */
char *brain_words_result(const struct brain_words_run *run, const char *label,
			 enum brain_result result, const char *text, bool late);

/* What a first press or hold says: "Back, press again". Allocated. */
char *brain_words_announcement(const char *label, struct input input, enum profile_confirm how);

/* "left top", "left top held", "left top and right top", "tap of the ear". Allocated. */
char *brain_words_input(struct input input);
/* What an input would do, for who is learning: "Right top: Five, press twice. ..." Allocated. */
char *brain_words_lesson(struct input input, const struct profile_binding *binding,
			 enum profile_confirm how);

/* Why a first press does not count any more. */
enum brain_reason {
	BRAIN_REASON_TOUCH,    /* the screen was touched */
	BRAIN_REASON_FRONT,    /* another app came in front */
	BRAIN_REASON_SITE,     /* another web site */
	BRAIN_REASON_FOCUS,    /* another window or focus */
	BRAIN_REASON_TARGET,   /* what it would act on is not what was announced any more */
	BRAIN_REASON_EAR,      /* the phone was put to the ear */
	BRAIN_REASON_EAR_GONE, /* or taken away from it */
	BRAIN_REASON_LOCK,
	BRAIN_REASON_UNLOCK,
	BRAIN_REASON_LINK,     /* the driver went away or came back */
	BRAIN_REASON_PROFILES, /* other profiles */
	BRAIN_REASON_SLID,     /* a press or a chord came to nothing */
	BRAIN_REASON_NOTHING,  /* another input that does nothing here */
};

/* "Back cancelled, the screen was touched". Allocated. */
char *brain_words_cancelled(const char *label, enum brain_reason reason);

/* "done", "delivered", "not-found", "not-responding", "failed": for D-Bus and logs. */
const char *brain_result_to_str(enum brain_result result);

#endif
