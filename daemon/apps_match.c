/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A search that the application itself does (Collection): three round trips for a press in all.
 * daemon/apps_find is the only caller, before it looks by itself. Owns its questions and matches;
 * it ends by itself, with exactly one answer, or when it is freed, with none.
 *
 *   GetMatches: what has the role, shows, can be used and, to be pressed, has an action; the first
 *   of these at once: its name, its first action, and what else is looked for
 *   the first in reading order that fits is taken as soon as those before it are known not to
 *   when none does: GetMatches once more, for all, and so on with those
 */
#include "daemon/apps_match.h"

#include "common/cleanup.h"
#include "daemon/a11y_action.h"
#include "daemon/a11y_collection.h"

/* A page of a browser may have thousands of links; a search for one names a role or finds it in the
 * first of them. Each costs the application some 60 us (GTK 3, measured). */
#define MATCHES_MAX 512
/* Matches that are asked for at first, and asked about at once: as many as most windows have in
 * all, so that a press takes three round trips there, and an app with 10,000 widgets need not look
 * at all of them (GTK 3: 0.5 s). Each further time FURTHER times as many, so that a late one takes
 * few. */
#define AT_FIRST 16
#define FURTHER  4

struct candidate {
	struct apps_match *match;
	struct a11y_ref ref;
	size_t waiting;
	bool fits;
	bool pressed_by_first; /* its first action presses it, or it need not be pressed */
};

struct apps_match {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref window;
	const struct apps_wanted *wanted;
	apps_match_done done;
	void *data;
	GPtrArray *candidates;
	size_t first;   /* of candidates: all before it do not fit */
	size_t asked;   /* of candidates, those that were asked about */
	size_t at_once; /* the next time */
	int32_t limit;  /* of matches, the last time */
	bool more;      /* there may be matches that were not asked for */
	struct a11y_action *action;
};

static void
candidate_free(void *data)
{
	struct candidate *candidate = data;

	a11y_ref_clear(&candidate->ref);
	g_free(candidate);
}

/* May free match: nothing may follow. What is still asked is of no use any more. */
static void
finish(struct apps_match *match, enum a11y_reply reply, const struct a11y_ref *ref, int action)
{
	match->group = a11y_group_end(match->group);
	match->done(match->data, reply, ref, action);
}

static void take_first(struct apps_match *match);
static void ask_more(struct apps_match *match);
static void get_matches(struct apps_match *match, int32_t limit);

static void
on_action(void *data, enum a11y_reply reply, uint64_t states, int action)
{
	struct apps_match *match = data;
	const struct candidate *candidate = g_ptr_array_index(match->candidates, match->first);

	match->action = a11y_action_free(match->action);
	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		finish(match, reply, NULL, -1);
	} else if (reply == A11Y_REPLY_OK && action >= 0 && a11y_state_usable(states, true)) {
		finish(match, A11Y_REPLY_OK, &candidate->ref, action);
	} else {
		match->first++;
		take_first(match);
	}
}

static void
take_first(struct apps_match *match)
{
	while (match->first < match->candidates->len) {
		const struct candidate *candidate =
		    g_ptr_array_index(match->candidates, match->first);

		if (match->first == match->asked)
			ask_more(match);
		if (candidate->waiting > 0 || match->action)
			return;
		if (candidate->fits && candidate->pressed_by_first) {
			finish(match, A11Y_REPLY_OK, &candidate->ref,
			       match->wanted->not_pressable ? -1 : 0);
			return;
		}
		if (candidate->fits) {
			a11y_action_new(match->app, &candidate->ref, on_action, match,
					&match->action);
			return;
		}
		match->first++;
	}
	if (match->more) {
		match->more = false;
		get_matches(match, MATCHES_MAX);
		return;
	}
	finish(match, A11Y_REPLY_ERROR, NULL, -1);
}

/* An answer about one match; true when it is good. May free match. */
static void
take(struct candidate *candidate, enum a11y_reply reply, bool fits)
{
	struct apps_match *match = candidate->match;

	if (reply == A11Y_REPLY_LATE || reply == A11Y_REPLY_GONE) {
		finish(match, reply, NULL, -1);
		return;
	}
	if (!fits)
		candidate->fits = false;
	if (--candidate->waiting == 0)
		take_first(match);
}

static void
on_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct candidate *candidate = data;

	take(candidate, reply,
	     body &&
		 apps_wanted_fits_name(candidate->match->wanted, g_variant_get_string(body, NULL)));
}

static void
on_description(void *data, enum a11y_reply reply, GVariant *body)
{
	struct candidate *candidate = data;

	take(candidate, reply,
	     body && apps_wanted_fits_description(candidate->match->wanted,
						  g_variant_get_string(body, NULL)));
}

static void
on_id(void *data, enum a11y_reply reply, GVariant *body)
{
	struct candidate *candidate = data;

	take(candidate, reply,
	     body && g_str_equal(candidate->match->wanted->id, g_variant_get_string(body, NULL)));
}

static void
on_action_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct candidate *candidate = data;
	const char *name = "";

	if (reply == A11Y_REPLY_OK)
		g_variant_get(body, "(&s)", &name);
	candidate->pressed_by_first = a11y_action_choose(&name, 1) == 0;
	take(candidate, reply, true);
}

static void
ask(struct apps_match *match, struct candidate *candidate)
{
	const struct apps_wanted *wanted = match->wanted;

	candidate->fits = true;
	candidate->pressed_by_first = wanted->not_pressable;
	candidate->waiting = (wanted->not_pressable ? 0 : 1) + (wanted->names ? 1 : 0) +
			     (wanted->description ? 1 : 0) + (wanted->id ? 1 : 0);
	if (wanted->names)
		a11y_get(match->group, &candidate->ref, A11Y_IF_ACCESSIBLE, "Name", "s", on_name,
			 candidate);
	if (wanted->description)
		a11y_get(match->group, &candidate->ref, A11Y_IF_ACCESSIBLE, "Description", "s",
			 on_description, candidate);
	if (wanted->id)
		a11y_get(match->group, &candidate->ref, A11Y_IF_ACCESSIBLE, "AccessibleId", "s",
			 on_id, candidate);
	if (!wanted->not_pressable)
		a11y_call(match->group, &candidate->ref, A11Y_IF_ACTION, "GetName",
			  g_variant_new("(i)", 0), "(s)", on_action_name, candidate);
}

static void
ask_more(struct apps_match *match)
{
	size_t end = MIN(match->asked + match->at_once, (size_t)match->candidates->len);

	for (; match->asked < end; match->asked++)
		ask(match, g_ptr_array_index(match->candidates, match->asked));
	match->at_once *= FURTHER;
}

/* The second answer has those of the first one again. */
static bool
is_known(const struct apps_match *match, const char *path)
{
	for (guint i = 0; i < MIN(match->candidates->len, (guint)AT_FIRST); i++) {
		const struct candidate *candidate = g_ptr_array_index(match->candidates, i);

		if (g_str_equal(candidate->ref.path, path))
			return true;
	}
	return false;
}

static void
on_matches(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_match *match = data;
	g_autoptr(GVariant) matches = NULL;
	size_t count;
	const char *bus;
	const char *path;

	if (reply != A11Y_REPLY_OK) {
		finish(match, reply, NULL, -1);
		return;
	}
	matches = g_variant_get_child_value(body, 0);
	count = g_variant_n_children(matches);
	for (size_t i = 0; i < MIN(count, (size_t)MATCHES_MAX); i++) {
		struct candidate *candidate;

		g_variant_get_child(matches, i, "(&s&o)", &bus, &path);
		if (!g_str_equal(bus, match->app->bus) || is_known(match, path))
			continue;
		candidate = g_new0(struct candidate, 1);
		candidate->match = match;
		candidate->ref = (struct a11y_ref){g_strdup(bus), g_strdup(path)};
		g_ptr_array_add(match->candidates, candidate);
	}
	match->more = match->limit == AT_FIRST && count >= AT_FIRST;
	/* None, or the role alone says which. */
	take_first(match);
}

static void
get_matches(struct apps_match *match, int32_t limit)
{
	const struct apps_wanted *wanted = match->wanted;
	uint32_t roles[APPS_WANTED_ROLES];
	const struct a11y_rule rule = {
	    .states = 1ULL << A11Y_STATE_SHOWING | 1ULL << A11Y_STATE_SENSITIVE,
	    .roles = roles,
	    .role_count = apps_wanted_roles(wanted, roles),
	    .of_interface = wanted->not_pressable ? NULL : "Action",
	};

	match->limit = limit;
	a11y_get_matches(match->group, &match->window, &rule, limit, on_matches, match);
}

int
apps_match_new(struct a11y_app *app, const struct a11y_ref *window,
	       const struct apps_wanted *wanted, apps_match_done done, void *data,
	       struct apps_match **out)
{
	struct apps_match *match = g_new0(struct apps_match, 1);

	match->app = a11y_app_ref(app);
	match->group = a11y_group_new(app);
	match->window = a11y_ref_copy(window);
	match->wanted = wanted;
	match->done = done;
	match->data = data;
	match->at_once = AT_FIRST;
	match->candidates = g_ptr_array_new_with_free_func(candidate_free);
	*out = match;
	get_matches(match, AT_FIRST);
	return 0;
}

struct apps_match *
apps_match_free(struct apps_match *match)
{
	if (!match)
		return NULL;
	a11y_group_end(match->group);
	a11y_action_free(match->action);
	g_ptr_array_unref(match->candidates);
	a11y_ref_clear(&match->window);
	a11y_app_unref(match->app);
	g_free(match);
	return NULL;
}
