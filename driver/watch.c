/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who may watch touches, and what they are shown; see watch.h.
 * Called by driver/driver and, through the observer's events, by the main loop.
 * Owns the observer and the list of panels.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/watch.h"

#include <math.h>

#include "common/cleanup.h"
#include "driver/observer.h"

struct watch {
	struct watch_config config;
	struct observer *observer;
	GPtrArray *panels;
	struct panel *recorded; /* NULL: none is */
};

/* The user at the seat may, if it is the one whose daemon says aloud that somebody watches. */
static enum observe_refusal
refuse(void *data, uid_t uid)
{
	struct watch *watch = data;
	uid_t daemon;

	if (!session_is_authorised(watch->config.session, uid))
		return OBSERVE_REFUSED_USER;
	if (!link_server_get_user(watch->config.link, &daemon) || daemon != uid)
		return OBSERVE_REFUSED_DAEMON;
	return 0;
}

static void
list(void *data)
{
	struct watch *watch = data;

	for (guint i = 0; i < watch->panels->len; i++) {
		struct panel *panel = g_ptr_array_index(watch->panels, i);
		struct link_panel message;

		(void)panel_describe(panel, &message);
		if (panel_can_be_recorded(panel))
			observer_send_panel(watch->observer, message.panel, message.name);
	}
}

static struct panel *
find_panel(const struct watch *watch, uint32_t number)
{
	for (guint i = 0; i < watch->panels->len; i++) {
		struct panel *panel = g_ptr_array_index(watch->panels, i);

		if (panel_get_number(panel) == number && panel_can_be_recorded(panel))
			return panel;
	}
	return NULL;
}

static bool
start_recording(struct watch *watch, uint32_t number)
{
	struct panel *panel = find_panel(watch, number);
	_autofree_ char *text = NULL;
	size_t size = 0;

	if (!panel || panel_write_description(panel, &text, &size) < 0)
		return false;
	notices_tell(watch->config.notices, LINK_NOTICE_RECORD_ON, number, NULL);
	observer_send_text(watch->observer, text, size);
	watch->recorded = panel;
	panel_tell_state(panel);
	return true;
}

static bool
start(void *data, enum observe_role role, uint32_t panel)
{
	struct watch *watch = data;

	switch (role) {
	case OBSERVE_RECORD:
		return start_recording(watch, panel);
	case OBSERVE_MONITOR:
		notices_tell(watch->config.notices, LINK_NOTICE_MONITOR_ON, 0, NULL);
		return true;
	}
	return false;
}

static void
stop(void *data, enum observe_role role)
{
	struct watch *watch = data;

	notices_tell(watch->config.notices,
		     role == OBSERVE_RECORD ? LINK_NOTICE_RECORD_OFF : LINK_NOTICE_MONITOR_OFF, 0,
		     NULL);
	watch->recorded = NULL;
}

static const struct observer_events observer_events = {
    .refuse = refuse,
    .list = list,
    .start = start,
    .stop = stop,
};

struct watch *
watch_new(const struct watch_config *config, GError **error)
{
	g_autofree char *path = g_strconcat(config->socket, OBSERVE_SUFFIX, NULL);
	const struct observer_config observer = {.path = path};
	struct watch *watch = g_new0(struct watch, 1);

	watch->config = *config;
	watch->panels = g_ptr_array_new();
	watch->observer = observer_new(&observer, &observer_events, watch, error);
	return watch->observer ? watch : watch_free(watch);
}

struct watch *
watch_free(struct watch *watch)
{
	if (!watch)
		return NULL;
	observer_free(watch->observer);
	g_ptr_array_unref(watch->panels);
	g_free(watch);
	return NULL;
}

void
watch_add_panel(struct watch *watch, struct panel *panel)
{
	g_ptr_array_add(watch->panels, panel);
}

void
watch_remove_panel(struct watch *watch, struct panel *panel)
{
	if (watch->recorded == panel)
		observer_end(watch->observer, OBSERVE_REFUSED_PANEL);
	g_ptr_array_remove(watch->panels, panel);
}

void
watch_panel_changed(struct watch *watch, struct panel *panel)
{
	if (watch->recorded == panel && !panel_can_be_recorded(panel))
		observer_end(watch->observer, OBSERVE_REFUSED_PANEL);
}

void
watch_raw(struct watch *watch, struct panel *panel, struct usec time,
	  const struct core_event *events, size_t count)
{
	if (watch->recorded == panel)
		observer_add_events(watch->observer, time, events, count);
}

static enum observe_contact_kind
kind_of(enum core_became_kind became)
{
	switch (became) {
	case CORE_BECAME_FINGER:
		return OBSERVE_CONTACT_FINGER;
	case CORE_BECAME_PALM:
		return OBSERVE_CONTACT_PALM;
	case CORE_BECAME_PRESS:
		return OBSERVE_CONTACT_PRESS;
	case CORE_BECAME_HOLD:
		return OBSERVE_CONTACT_HOLD;
	case CORE_BECAME_CHORD:
		return OBSERVE_CONTACT_CHORD;
	case CORE_BECAME_BOUNCE:
		return OBSERVE_CONTACT_BOUNCE;
	case CORE_BECAME_SLID:
		return OBSERVE_CONTACT_SLID;
	case CORE_BECAME_GRIP:
		return OBSERVE_CONTACT_GRIP;
	case CORE_BECAME_EAR:
		return OBSERVE_CONTACT_EAR;
	case CORE_BECAME_SAMPLE:
		return OBSERVE_CONTACT_SAMPLE;
	}
	return OBSERVE_CONTACT_FINGER;
}

struct observe_contact
watch_describe_contact(const struct core_became *became, uint32_t panel)
{
	return (struct observe_contact){
	    .panel = panel,
	    .kind = kind_of(became->became),
	    .live = became->live,
	    .has_pads = became->has_pads,
	    .pad = became->pad,
	    .beside_um = (int32_t)lround(became->beside_mm * 1000),
	    .major_um = (uint32_t)lround(became->major_mm * 1000),
	    .down_us = became->down.us,
	    .time_us = became->time.us,
	};
}

void
watch_contact(struct watch *watch, struct panel *panel, const struct core_became *became)
{
	const struct observe_contact message =
	    watch_describe_contact(became, panel_get_number(panel));

	observer_add_contact(watch->observer, &message);
}

void
watch_recheck(struct watch *watch)
{
	observer_recheck(watch->observer);
}
