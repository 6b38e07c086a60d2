/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One deed as the files that do it see it: deeds.c keeps the list, deed_run.c runs programs,
 * deed_call.c calls services, deed_launch.c launches apps, deed_type.c types, deed_battery.c asks
 * UPower, deed_emergency.c the dialler.
 * Included by daemon/deed*.c only; a deed lives until nothing refers to it.
 */
#ifndef SIDETOUCH_DEEDS_PRIVATE_H
#define SIDETOUCH_DEEDS_PRIVATE_H

#include "daemon/deeds.h"

struct deeds {
	struct deeds_events events;
	void *data;
	GDBusConnection *bus; /* NULL: none yet */
	GPtrArray *list;      /* of struct deed */
};

struct deed {
	unsigned references; /* the list's, and one for each answer that is to come */
	struct deeds *deeds; /* NULL: it has ended, and answers are of no use */
	uint32_t press;
	bool only_look;
	bool told; /* its result */
	struct command *command;
	GCancellable *cancellable;
	guint timer;
	const char *letter; /* of `type`: the next one, in command->value; NULL: not typing */
};

/* For an answer that is to come; and when it came: the deed, or NULL when it has ended. */
struct deed *deed_ref(struct deed *deed);
struct deed *deed_answered(struct deed *deed);
void deed_unref(struct deed *deed);

/* Its result, of which there is one. */
void deed_tell(struct deed *deed, enum brain_result result, const char *text);
/* It is over; it is off the list before anybody hears of that. */
void deed_end(struct deed *deed);
void deed_finish(struct deed *deed, enum brain_result result, const char *text);

/* Each is called once from the loop, and ends the deed at once or later. */
void deed_run(struct deed *deed);
void deed_call(struct deed *deed);
void deed_launch(struct deed *deed);
void deed_type(struct deed *deed);
void deed_battery(struct deed *deed);
void deed_emergency(struct deed *deed);

/* --- deed_type.c --- */

void deed_type_next(struct deed *deed);

#endif
