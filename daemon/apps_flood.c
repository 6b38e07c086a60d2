/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An application in front that tells more than anybody needs.
 * Called by daemon/apps and, of what daemon/a11y_flood counts, from the main loop.
 * Owns the timer and the search for the focus.
 *
 *   listening --flood--> deaf --DEAF_MS--> trying --no flood for TRY_MS--> focus asked, listening
 *                         ^                  |
 *                         '------flood-------'
 */
#include "daemon/apps_flood.h"

#include "common/alarm.h"
#include "common/cleanup.h"
#include "daemon/a11y_flood.h"
#include "daemon/apps_find.h"

/* A flood that goes on is listened to for a third of the time, and one that ends has cost the news
 * of two seconds: an app that is so busy shows nothing that lasts. */
#define DEAF_MS 2000
/* A flood that goes on would have been told by then. */
#define TRY_MS (A11Y_FLOOD_MS + 500)

enum state {
	STATE_LISTENING,
	STATE_DEAF,
	STATE_TRYING,
};

struct apps_flood {
	const struct apps_flood_events *events;
	void *data;
	struct a11y_flood *guard;
	struct alarm *alarm;
	enum state state;
	struct a11y_app *app; /* in front; NULL: none */
	struct a11y_ref window;
	struct apps_find *find;
};

static void
set_alarm(struct apps_flood *flood, unsigned ms)
{
	alarm_set(flood->alarm,
		  usec_add(usec_from_us((uint64_t)g_get_monotonic_time()), usec_from_ms(ms)));
}

static void
on_flood(void *data, const char *bus)
{
	struct apps_flood *flood = data;

	/* Of any other one nothing is missed that counts, and it is not asked anything. */
	if (!flood->app || !g_str_equal(bus, flood->app->bus))
		return;
	flood->find = apps_find_free(flood->find);
	if (flood->state != STATE_DEAF)
		flood->events->listen(flood->data, false);
	flood->state = STATE_DEAF;
	set_alarm(flood, DEAF_MS);
}

static void
on_found(void *data, enum apps_find_end end, const struct a11y_ref *ref, int action)
{
	struct apps_flood *flood = data;
	struct a11y_ref copy = {NULL, NULL};

	(void)action;
	if (end == APPS_FIND_FOUND)
		copy = a11y_ref_copy(ref);
	flood->find = apps_find_free(flood->find);
	if (a11y_ref_is_set(&copy))
		flood->events->focus(flood->data, &copy);
	a11y_ref_clear(&copy);
}

static void
on_alarm(void *data)
{
	static const struct apps_wanted focused = {.focused = true};
	struct apps_flood *flood = data;

	switch (flood->state) {
	case STATE_LISTENING:
		return;
	case STATE_DEAF:
		flood->state = STATE_TRYING;
		set_alarm(flood, TRY_MS);
		flood->events->listen(flood->data, true);
		return;
	case STATE_TRYING:
		flood->state = STATE_LISTENING;
		apps_find_new(flood->app, &flood->window, &focused, on_found, flood, &flood->find);
		return;
	}
}

struct apps_flood *
apps_flood_new(GDBusConnection *connection, const struct apps_flood_events *events, void *data)
{
	struct apps_flood *flood = g_new0(struct apps_flood, 1);

	flood->events = events;
	flood->data = data;
	flood->guard = a11y_flood_new(connection, on_flood, flood);
	flood->alarm = alarm_new(on_alarm, flood);
	return flood;
}

void
apps_flood_window(struct apps_flood *flood, struct a11y_app *app, const struct a11y_ref *window)
{
	static const struct a11y_ref none;
	bool same = app && flood->app && g_str_equal(app->bus, flood->app->bus);

	flood->find = apps_find_free(flood->find);
	a11y_ref_clear(&flood->window);
	flood->window = a11y_ref_copy(app ? window : &none);
	if (same)
		return;
	if (flood->state == STATE_DEAF)
		flood->events->listen(flood->data, true);
	flood->state = STATE_LISTENING;
	alarm_unset(flood->alarm);
	a11y_app_unref(flood->app);
	flood->app = app ? a11y_app_ref(app) : NULL;
}

struct apps_flood *
apps_flood_free(struct apps_flood *flood)
{
	if (!flood)
		return NULL;
	apps_flood_window(flood, NULL, NULL);
	a11y_flood_free(flood->guard);
	alarm_free(flood->alarm);
	g_free(flood);
	return NULL;
}
