/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Value: a number that a person changes, between two others.
 * Called by what increases, decreases and scrolls.
 * Owns nothing.
 */
#include "daemon/a11y_value.h"

#include <math.h>

#include "common/cleanup.h"

/* A widget that tells no step of its own (GTK 4.8) goes from end to end in so many; as GTK's own
 * keys do for a scale that was given none. */
#define STEPS 20

void
a11y_get_value(struct a11y_group *group, const struct a11y_ref *ref, a11y_done done, void *data)
{
	a11y_get(group, ref, A11Y_IF_VALUE, "CurrentValue", "d", done, data);
}

void
a11y_set_value(struct a11y_group *group, const struct a11y_ref *ref, double value, a11y_done done,
	       void *data)
{
	a11y_call(
	    group, ref, "org.freedesktop.DBus.Properties", "Set",
	    g_variant_new("(ssv)", A11Y_IF_VALUE, "CurrentValue", g_variant_new_double(value)),
	    "()", done, data);
}

struct part {
	struct a11y_range_query *query;
	double *into;
};

/* Its number first: the reply to that one counts. */
enum { NOW, LOWEST, HIGHEST, STEP, PARTS };

struct a11y_range_query {
	struct a11y_group *group;
	a11y_range_done done;
	void *data;
	struct a11y_range range;
	struct part parts[PARTS];
	enum a11y_reply reply;
	size_t waiting;
};

static void
on_part(void *data, enum a11y_reply reply, GVariant *body)
{
	struct part *part = data;
	struct a11y_range_query *query = part->query;

	if (reply == A11Y_REPLY_OK)
		*part->into = g_variant_get_double(body);
	if (part == &query->parts[NOW] || reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE)
		query->reply = reply;
	if (--query->waiting > 0)
		return;
	if (query->reply == A11Y_REPLY_OK && !isfinite(query->range.now))
		query->reply = A11Y_REPLY_ERROR;
	query->done(query->data, query->reply, &query->range);
}

struct a11y_range_query *
a11y_range_query_new(struct a11y_app *app, const struct a11y_ref *ref, a11y_range_done done,
		     void *data)
{
	static const char *const names[PARTS] = {"CurrentValue", "MinimumValue", "MaximumValue",
						 "MinimumIncrement"};
	struct a11y_range_query *query = g_new0(struct a11y_range_query, 1);
	struct a11y_range *range = &query->range;
	double *const into[PARTS] = {&range->now, &range->lowest, &range->highest, &range->step};

	query->group = a11y_group_new(app);
	query->done = done;
	query->data = data;
	query->range = (struct a11y_range){NAN, NAN, NAN, 0};
	query->waiting = PARTS;
	for (size_t i = 0; i < PARTS; i++) {
		query->parts[i] = (struct part){query, into[i]};
		a11y_get(query->group, ref, A11Y_IF_VALUE, names[i], "d", on_part,
			 &query->parts[i]);
	}
	return query;
}

struct a11y_range_query *
a11y_range_query_free(struct a11y_range_query *query)
{
	if (!query)
		return NULL;
	a11y_group_end(query->group);
	g_free(query);
	return NULL;
}

double
a11y_range_step(const struct a11y_range *range, bool up)
{
	double length = range->highest - range->lowest;
	double step = 1;
	double to;

	if (isfinite(range->step) && range->step > 0)
		step = range->step;
	else if (isfinite(length) && length > 0)
		step = length / STEPS;
	to = up ? range->now + step : range->now - step;
	/* What tells both ends as the same has none (a spin button of GTK 4 before it is drawn). */
	if (isfinite(length) && length > 0)
		to = CLAMP(to, range->lowest, range->highest);
	return to;
}
