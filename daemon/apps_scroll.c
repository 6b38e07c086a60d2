/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scrolling what the user reads by a page: by its scroll bar, else by a key.
 * daemon/apps_run is the only caller.
 * Owns its walk and its questions; it ends by itself with one result, or when it is freed, with
 * none.
 *
 *   all of the window --> the scroll bar of that direction that is nearest to what is read
 *     --none, or none that moves--> up and down: the key Page_Up or Page_Down; else NOT_FOUND
 *     '--> its range and its length --at its end--> NOT_FOUND "End"
 *          '--> moved by a page --> where it is then --> DONE
 */
#include "daemon/apps_scroll.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include "common/i18n.h"
#include "daemon/a11y_component.h"
#include "daemon/a11y_value.h"
#include "daemon/a11y_walk.h"
#include "daemon/a11y_words.h"

/* What of a page is not shown again: a line or two are, so that the reader finds on. */
#define PAGE_PART 0.9
/* A bar that counts rows and not pixels (Qt's lists): a row is hardly ever higher than this, the
 * size of a fingertip's target; a page that is too short loses nothing. */
#define ROW_PIXELS 48

struct apps_scroll {
	struct a11y_app *app;
	struct a11y_group *group;
	struct a11y_ref window;
	struct a11y_ref near;
	struct a11y_ref bar;
	enum command_direction direction;
	apps_deed_key key;
	apps_press_done done;
	void *data;
	struct a11y_walk *walk;
	struct a11y_range_query *query;
	struct a11y_range range;
	struct apps_press *press;
};

static bool
is_back(const struct apps_scroll *scroll)
{
	return scroll->direction == COMMAND_UP || scroll->direction == COMMAND_LEFT;
}

static bool
is_sideways(const struct apps_scroll *scroll)
{
	return scroll->direction == COMMAND_LEFT || scroll->direction == COMMAND_RIGHT;
}

/* May free scroll: nothing may follow. */
static void
finish(struct apps_scroll *scroll, enum brain_result result, const char *text)
{
	scroll->done(scroll->data, result, text);
}

/* True: it answered, if with an error. May free scroll: nothing may follow when not. */
static bool
take(struct apps_scroll *scroll, enum a11y_reply reply)
{
	if (reply == A11Y_REPLY_LATE)
		finish(scroll, BRAIN_RESULT_NOT_RESPONDING, NULL);
	else if (reply == A11Y_REPLY_GONE)
		finish(scroll, BRAIN_RESULT_FAILED, _("The app has closed"));
	return reply != A11Y_REPLY_LATE && reply != A11Y_REPLY_GONE;
}

static void
on_pressed(void *data, enum brain_result result, const char *text)
{
	finish(data, result, text);
}

static void
press_key(struct apps_scroll *scroll)
{
	if (is_sideways(scroll)) {
		finish(scroll, BRAIN_RESULT_NOT_FOUND, NULL);
		return;
	}
	scroll->app->way = N_("By a key");
	apps_press_new(scroll->app, &scroll->window, NULL, NULL, on_pressed, scroll,
		       &scroll->press);
	scroll->key(scroll->data, is_back(scroll) ? KEY_PAGEUP : KEY_PAGEDOWN);
}

/* --- moving the bar --- */

static void
finish_at_end(struct apps_scroll *scroll)
{
	finish(scroll, BRAIN_RESULT_NOT_FOUND, is_back(scroll) ? _("Start") : _("End"));
}

static void
on_moved(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_scroll *scroll = data;
	const struct a11y_range *range = &scroll->range;
	double part;
	g_autofree char *words = NULL;

	if (!take(scroll, reply))
		return;
	if (!body || (range->now <= g_variant_get_double(body) &&
		      range->now >= g_variant_get_double(body))) {
		/* GTK 4 tells a bar as longer than it lets it go. */
		finish_at_end(scroll);
		return;
	}
	part = (g_variant_get_double(body) - range->lowest) / (range->highest - range->lowest);
	words = g_strdup_printf(_("%.0f percent"), 100 * CLAMP(part, 0, 1));
	finish(scroll, BRAIN_RESULT_DONE, words);
}

static void
on_set(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_scroll *scroll = data;

	(void)body; /* it is empty */
	if (!take(scroll, reply))
		return;
	if (reply == A11Y_REPLY_OK)
		a11y_get_value(scroll->group, &scroll->bar, on_moved, scroll);
	else
		press_key(scroll);
}

static void
move(struct apps_scroll *scroll, double length)
{
	const struct a11y_range *range = &scroll->range;
	bool rows = range->step >= 1 && range->step <= 1;
	double page = rows ? fmax(1, floor(length / ROW_PIXELS)) : PAGE_PART * length;
	double to = is_back(scroll) ? range->now - page : range->now + page;

	to = CLAMP(to, range->lowest, range->highest);
	scroll->app->way = N_("By its scroll bar");
	if (is_back(scroll) ? to >= range->now : to <= range->now)
		finish_at_end(scroll);
	else
		a11y_set_value(scroll->group, &scroll->bar, to, on_set, scroll);
}

static void
on_extents(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_scroll *scroll = data;
	int32_t width = 0;
	int32_t height = 0;
	int32_t length;

	if (!take(scroll, reply))
		return;
	if (body)
		g_variant_get(body, "((iiii))", NULL, NULL, &width, &height);
	length = is_sideways(scroll) ? width : height;
	if (length > 0)
		move(scroll, length);
	else
		press_key(scroll);
}

static void
on_range(void *data, enum a11y_reply reply, const struct a11y_range *range)
{
	struct apps_scroll *scroll = data;

	if (!take(scroll, reply))
		return;
	/* A bar without a range is there for show. */
	if (reply != A11Y_REPLY_OK || !isfinite(range->highest - range->lowest) ||
	    range->highest <= range->lowest) {
		press_key(scroll);
		return;
	}
	scroll->range = *range;
	a11y_get_extents(scroll->group, &scroll->bar, on_extents, scroll);
}

/* --- finding it --- */

static size_t
depth_of(const struct a11y_walk *walk, size_t number)
{
	size_t depth = 0;

	for (; a11y_walk_node(walk, number)->parent != number;
	     number = a11y_walk_node(walk, number)->parent)
		depth++;
	return depth;
}

/* How deep what holds both is: two in one pane are nearer than two in one window. */
static size_t
nearness(const struct a11y_walk *walk, size_t a, size_t b)
{
	size_t depth_a = depth_of(walk, a);
	size_t depth_b = depth_of(walk, b);

	for (; depth_a > depth_b; depth_a--)
		a = a11y_walk_node(walk, a)->parent;
	for (; depth_b > depth_a; depth_b--)
		b = a11y_walk_node(walk, b)->parent;
	for (; a != b; depth_a--) {
		a = a11y_walk_node(walk, a)->parent;
		b = a11y_walk_node(walk, b)->parent;
	}
	return depth_a;
}

static bool
is_bar(const struct apps_scroll *scroll, const struct a11y_node *node)
{
	enum a11y_state way = is_sideways(scroll) ? A11Y_STATE_HORIZONTAL : A11Y_STATE_VERTICAL;

	return node->has_role && node->role == A11Y_ROLE_SCROLL_BAR &&
	       a11y_state_has(node->states, way) &&
	       a11y_state_usable(node->states, a11y_walk_shows(scroll->walk));
}

static size_t
place_of(const struct apps_scroll *scroll)
{
	for (size_t i = 0; i < a11y_walk_count(scroll->walk); i++)
		if (g_strcmp0(a11y_walk_node(scroll->walk, i)->path, scroll->near.path) == 0)
			return i;
	return 0;
}

static void
on_walked(void *data, enum a11y_reply reply)
{
	struct apps_scroll *scroll = data;
	const struct a11y_node *best = NULL;
	size_t best_nearness = 0;
	size_t place;

	if (!take(scroll, reply))
		return;
	place = reply == A11Y_REPLY_OK ? place_of(scroll) : 0;
	for (size_t i = 0; i < a11y_walk_count(scroll->walk); i++) {
		size_t near;

		if (!is_bar(scroll, a11y_walk_node(scroll->walk, i)))
			continue;
		near = nearness(scroll->walk, i, place);
		if (best && near <= best_nearness)
			continue;
		best = a11y_walk_node(scroll->walk, i);
		best_nearness = near;
	}
	if (!best) {
		press_key(scroll);
		return;
	}
	scroll->bar = (struct a11y_ref){g_strdup(scroll->window.bus), g_strdup(best->path)};
	scroll->query = a11y_range_query_new(scroll->app, &scroll->bar, on_range, scroll);
}

static void
on_batch(void *data, size_t first, size_t end)
{
	struct apps_scroll *scroll = data;

	(void)first, (void)end;
	a11y_walk_next(scroll->walk);
}

int
apps_scroll_new(struct a11y_app *app, const struct a11y_ref *window, const struct a11y_ref *near,
		enum command_direction direction, apps_deed_key key, apps_press_done done,
		void *data, struct apps_scroll **out)
{
	static const struct a11y_walk_events events = {on_batch, on_walked};
	struct apps_scroll *scroll = g_new0(struct apps_scroll, 1);

	scroll->app = a11y_app_ref(app);
	scroll->group = a11y_group_new(app);
	scroll->window = a11y_ref_copy(window);
	scroll->near = a11y_ref_copy(near);
	scroll->direction = direction;
	scroll->key = key;
	scroll->done = done;
	scroll->data = data;
	*out = scroll;
	return a11y_walk_new(app, window, A11Y_WALK_ROLE | A11Y_WALK_STATES, &events, scroll,
			     &scroll->walk);
}

struct apps_scroll *
apps_scroll_free(struct apps_scroll *scroll)
{
	if (!scroll)
		return NULL;
	a11y_group_end(scroll->group);
	a11y_walk_free(scroll->walk);
	a11y_range_query_free(scroll->query);
	apps_press_free(scroll->press);
	a11y_ref_clear(&scroll->window);
	a11y_ref_clear(&scroll->near);
	a11y_ref_clear(&scroll->bar);
	a11y_app_unref(scroll->app);
	g_free(scroll);
	return NULL;
}

void
apps_scroll_typed(struct apps_scroll *scroll, const char *reason)
{
	if (reason)
		finish(scroll, BRAIN_RESULT_FAILED, reason);
	else
		apps_press_sent(scroll->press);
}
