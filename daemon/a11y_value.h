/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Value: a number that a person changes, between two others.
 * Called by what increases, decreases and scrolls.
 * Owns nothing.
 */
#ifndef SIDETOUCH_A11Y_VALUE_H
#define SIDETOUCH_A11Y_VALUE_H

#include <stdbool.h>

#include "daemon/a11y_call.h"

/* Its number; body is a d. */
void a11y_get_value(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done,
		    void *data);
/* Give it another; body is of type (). */
void a11y_set_value(struct a11y_group *group, const struct a11y_ref *ref, double value,
		    a11y_done done, void *data);

/* What it may be; NAN: not told. */
struct a11y_range {
	double now;
	double lowest;
	double highest;
	double step; /* 0: any */
};

/* reply: as of the value itself; range is valid for the call, when it is A11Y_REPLY_OK. */
typedef void (*a11y_range_done)(void *data, enum a11y_reply reply, const struct a11y_range *range);

struct a11y_range_query;

/* All four at once. done is called once, never from inside. */
struct a11y_range_query *a11y_range_query_new(struct a11y_app *app, const struct a11y_ref *ref,
					      a11y_range_done done, void *data);
struct a11y_range_query *a11y_range_query_free(struct a11y_range_query *query);

/* One step up or down from where it is, as far as it goes. */
double a11y_range_step(const struct a11y_range *range, bool up);

#endif
