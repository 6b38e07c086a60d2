/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Collection: an application itself looks for its widgets, in one round trip.
 * Called by searches; toolkits without it (GTK 4, Qt 5) answer with an error.
 * Owns nothing.
 */
#ifndef SIDETOUCH_A11Y_COLLECTION_H
#define SIDETOUCH_A11Y_COLLECTION_H

#include "daemon/a11y_call.h"
#include "daemon/a11y_words.h"

/* What every match has; empty sets match everything. */
struct a11y_rule {
	uint64_t states;          /* all of these, as in a11y_states() */
	const uint32_t *roles;    /* one of these */
	size_t role_count;        /* of roles */
	const char *of_interface; /* "Action"; NULL: any */
};

/* GetMatches below a widget, in reading order: body is of type (a(so)). */
void a11y_get_matches(struct a11y_group *group, const struct a11y_ref *ref,
		      const struct a11y_rule *rule, int32_t limit, a11y_done done, void *data);

#endif
