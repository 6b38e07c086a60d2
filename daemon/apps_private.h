/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The applications as their own two files see them: apps.c knows who is in front, apps_entries.c
 * what is under way there. Included by these only; struct apps owns what daemon/apps.h says.
 */
#ifndef SIDETOUCH_APPS_PRIVATE_H
#define SIDETOUCH_APPS_PRIVATE_H

#include "daemon/a11y_bus.h"
#include "daemon/a11y_front.h"
#include "daemon/apps.h"
#include "daemon/apps_changes.h"
#include "daemon/apps_flood.h"
#include "daemon/apps_identity.h"
#include "daemon/apps_point.h"
#include "daemon/apps_reader.h"
#include "daemon/apps_result.h"
#include "daemon/apps_run.h"
#include "daemon/apps_silent.h"
#include "daemon/apps_site.h"
#include "daemon/apps_target.h"

enum asks {
	ASKS_RUN,
	ASKS_RESOLVE,
	ASKS_STILL, /* whether it is still what ASKS_RESOLVE has found */
	ASKS_POINT,
};

/* One apps_run(), apps_resolve() or apps_point_out(), from the call to its result. */
struct entry {
	struct apps *apps;
	uint32_t press;
	enum asks asks;
	struct command *command; /* NULL: none */
	char *announced;         /* what it was said to act on; NULL: nothing was said */
	struct apps_point *point;
	bool reads;  /* it is with the reader */
	guint start; /* source: it starts from the loop, never inside the call */
	guint wait;  /* source: its answer takes long */
	bool waited; /* that was told */
	guint stop;  /* source: the next press has ended it */
	struct apps_run *run;
};

struct apps {
	struct apps_events events;
	void *data;
	struct a11y_bus *bus;
	GDBusConnection *connection; /* NULL while there is none */
	struct a11y_front *front;
	/* The application whose ids were told; NULL: that there is none. */
	struct a11y_app *told;
	struct apps_identity *identity; /* of the one in front, while that is being asked */
	GPtrArray *entries;
	struct apps_reader *reader;
	struct apps_site *site;
	struct apps_target *target; /* of what is armed */
	const char *way;            /* of the last act */
	struct apps_changes *changes;
	struct apps_result *result; /* of the last press */
	bool tells_results;
	struct apps_flood *flood; /* of the connection */
	struct apps_silent *silent;
};

/* Whether a window is of the application that was told. */
bool apps_is_told(const struct apps *apps, const struct a11y_ref *window);
/* Of the list of entries. */
void apps_entry_free(void *data);
/* Each is answered with this. */
void apps_entries_end(struct apps *apps, const char *text);
/* Whether a command is under way that changes something, or what comes of one is waited for. */
void apps_entries_tell_acting(void *data);
/* What is armed may have changed. */
void apps_entries_look_again(void *data, uint32_t press, const struct command *command);

#endif
