/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The next choice of a combo box as its own two files see it: apps_option.c finds and chooses it,
 * apps_option_list.c has GTK 4's drop-down open its list. Included by these only; struct
 * apps_option owns every part.
 */
#ifndef SIDETOUCH_APPS_OPTION_PRIVATE_H
#define SIDETOUCH_APPS_OPTION_PRIVATE_H

#include "daemon/a11y_action.h"
#include "daemon/a11y_walk.h"
#include "daemon/apps_option.h"
#include "daemon/apps_read.h"
#include "daemon/apps_row.h"

/* How the next one is chosen. */
enum way {
	WAY_SELECTION,
	WAY_KEY,
	WAY_LIST,
};

struct apps_option {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref box;
	bool next;
	apps_deed_key key;
	apps_press_done done;
	void *data;
	struct apps_read *read;
	char *before;   /* what is chosen, in words; NULL: it does not tell */
	char *selected; /* the row's path; NULL: none is, or it does not tell */
	enum way way;
	struct a11y_walk *walk;
	GPtrArray *rows; /* of const struct a11y_node, which the walk owns */
	const struct a11y_node *target;
	struct a11y_action *action;
	struct a11y_ref button; /* that opens it; set: it was opened */
	int opens;              /* its action */
	unsigned tries;
	struct apps_row *row;
	enum brain_result end_result; /* once it is closed again */
	char *end_words;
	struct apps_press *press;
	bool last; /* look */
	guint timer;
};

/* May free option: nothing may follow. */
void apps_option_finish(struct apps_option *option, enum brain_result result, const char *text);
/* True: it answered, if with an error. May free option: nothing may follow when not. */
bool apps_option_take(struct apps_option *option, enum a11y_reply reply);
/* Nothing of it can be changed. */
void apps_option_finish_none(struct apps_option *option);
/* Its rows are asked for. */
void apps_option_walk(struct apps_option *option);
/* That is to choose the row; what is chosen then is looked at. */
void apps_option_type(struct apps_option *option, uint32_t key);

/* --- apps_option_list.c --- */

/* It has no rows: by the button in it. */
void apps_option_open(struct apps_option *option);
/* None of the rows has the focus yet. */
void apps_option_await_rows(struct apps_option *option);
/* The row becomes the selected one of the list that is open. */
void apps_option_select_in_list(struct apps_option *option);
/* Nothing was chosen: what was opened, if anything was, is closed again, and then this is the
 * result. May free option: nothing may follow. */
void apps_option_close(struct apps_option *option, enum brain_result result, const char *text);

#endif
