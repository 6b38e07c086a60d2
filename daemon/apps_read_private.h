/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a widget as its own files see it: apps_read.c has the questions that every widget is
 * asked and what is made of the answers, apps_read_rest.c those that depend on them.
 * Included by these only; struct apps_read owns every part.
 */
#ifndef SIDETOUCH_APPS_READ_PRIVATE_H
#define SIDETOUCH_APPS_READ_PRIVATE_H

#include "daemon/a11y_language.h"
#include "daemon/apps_bar.h"
#include "daemon/apps_choice.h"
#include "daemon/apps_holder.h"
#include "daemon/apps_inside.h"
#include "daemon/apps_read.h"
#include "daemon/apps_shown.h"

struct apps_read {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref ref;
	struct a11y_ref parent;
	struct a11y_ref label;
	apps_read_done done;
	void *data;
	struct apps_widget widget;
	size_t waiting;
	bool role_known;
	uint64_t inner_focus; /* a state, of the one that did */
	bool second;          /* asking what depends on the first answers */
	bool has_text;
	int32_t from;
	int32_t length; /* of its text, in characters */
	int32_t index;
	bool counts;    /* its parent counts its children */
	char *raw_name; /* its first A11Y_TEXT_BYTES: places in it are those of the runs */
	struct a11y_run runs[A11Y_RUNS_MAX];
	size_t run_count;
	bool looked; /* at what it shows */
	struct apps_shown shown;
	bool named; /* by its label, which was asked */
	struct apps_bar *bar;
	struct apps_choice *choice;
	struct apps_holder *holder; /* whether it stands for one */
	struct apps_inside *inside; /* of a row without a name */
};

/* Count an answer; may free read: nothing may follow. */
void apps_read_take(struct apps_read *read, enum a11y_reply reply);

/* Once all that was asked is answered, until read->second is set: ask what depends on it. */
void apps_read_rest(struct apps_read *read);

/* Begin anew with the widget that this one stands for. */
void apps_read_instead(struct apps_read *read, const struct a11y_ref *ref);

#endif
