/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command under way as its own files see it: apps_run.c finds what it acts on and acts,
 * apps_run_look.c asks what that is. Included by daemon/apps_run*.c only; the struct owns what its
 * freeing frees.
 */
#ifndef SIDETOUCH_APPS_RUN_PRIVATE_H
#define SIDETOUCH_APPS_RUN_PRIVATE_H

#include "daemon/apps_run.h"
#include "daemon/apps_widget.h"

struct apps_run {
	struct a11y_app *app;
	struct a11y_ref window;
	struct a11y_ref focus;
	struct a11y_ref cursor;
	struct a11y_ref target; /* found, and its name is being asked */
	const struct command *command;
	bool only_look;
	char *announced;
	int found_action; /* of what is found, while its name is asked */
	apps_run_done done;
	void *data;
	/* Each made at most once, and freed with the run: their answers may come from inside. */
	struct a11y_group *group;
	struct a11y_action *action;
	struct apps_find *find;
	struct apps_read *read;
	struct apps_read *read_again;
	struct apps_deed *deed;
	struct apps_toggle *toggle;
	struct apps_value *value;
	struct apps_write *write;
	struct apps_action *own_action;
	struct apps_menu *menu;
	struct apps_scroll *scroll;
	/* From the start: were they asked for just before a press, it would wait for the bus. */
	struct apps_effects *effects;
	apps_run_key key;
	bool typing;
	bool searching;
};

/* Frees run: nothing may follow. */
void apps_run_finish(struct apps_run *run, enum brain_result result, const char *text);
/* The result of an application that did not answer as it should. */
void apps_run_finish_reply(struct apps_run *run, enum a11y_reply reply);
/* The name that was answered, for people; NULL: there was no answer, and run has ended. */
char *apps_run_take_name(struct apps_run *run, enum a11y_reply reply, GVariant *body);
/* It is there, and cannot be used now. */
void apps_run_finish_greyed(struct apps_run *run, const struct a11y_ref *ref);
/* A widget was read: all of it is said. */
void apps_run_on_read(void *data, enum a11y_reply reply, const struct apps_widget *widget);
void apps_run_look_at(struct apps_run *run, const struct a11y_ref *ref);
/* What was looked for is there. action: that presses it, or -1. */
void apps_run_act(struct apps_run *run, const struct a11y_ref *ref, int action);
void apps_run_act_if_announced(struct apps_run *run, const struct a11y_ref *ref, int action);

#endif
