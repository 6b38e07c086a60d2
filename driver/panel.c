/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The life of a panel: found, cloned, taken when nothing touches it, given back on any trouble.
 * Called by driver/driver and by its own GLib source, which has a priority above everything else.
 * Owns what struct panel holds; the clone goes after the flow that lifts what is down on it.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/panel.h"

#include <errno.h>

#include "driver/loop.h"
#include "driver/panel_private.h"

/* How often a panel that another program has grabbed is tried again. Nobody tells when the other
 * lets go, so this is the one timer that runs while nothing happens; 5 s is soon enough for a
 * person who has just ended the other program, and nearly nothing for a battery. */
#define REFUSED_RETRY_MS 5000

static void dispatch_live(struct panel *panel, bool readable, bool gone);

static void
poll_nothing(struct panel *panel)
{
	panel->watch = loop_watch_free(panel->watch);
	if (panel->fd_tag)
		g_source_remove_unix_fd(&panel->source->base, panel->fd_tag);
	panel->fd_tag = NULL;
}

static void
poll_device(struct panel *panel, GIOCondition condition)
{
	if (panel->fd_tag)
		g_source_modify_unix_fd(&panel->source->base, panel->fd_tag, condition);
	else
		panel->fd_tag =
		    g_source_add_unix_fd(&panel->source->base, panel->device.fd, condition);
}

static bool
on_frames(void *data, bool gone)
{
	struct panel *panel = data;

	dispatch_live(panel, true, gone);
	return panel->stage != STAGE_LIVE;
}

static void
poll_frames(struct panel *panel)
{
	poll_nothing(panel);
	panel->watch = loop_watch_new(panel->loop, panel->device.fd, on_frames, panel);
}

static void
arm(struct panel *panel)
{
	struct usec deadline;
	gint64 ready = -1;

	if (panel->stage == STAGE_LIVE && flow_next_deadline(panel->flow, &deadline))
		ready = (gint64)deadline.us;
	/* Asking takes a tenth of setting, and most frames change nothing. */
	if (ready != g_source_get_ready_time(&panel->source->base))
		g_source_set_ready_time(&panel->source->base, ready);
}

static void
close_device(struct panel *panel)
{
	poll_nothing(panel);
	panel_device_close(&panel->device);
}

/* Give everything back, in the order in which the system sees whole touches. */
static void
let_go(struct panel *panel)
{
	panel->flow = flow_free(panel->flow);
	panel->film = film_free(panel->film);
	panel->clone = clone_free(panel->clone);
	close_device(panel);
}

static void
enter(struct panel *panel, enum stage stage)
{
	panel->stage = stage;
	switch (stage) {
	case STAGE_CLOSED:
	case STAGE_IGNORED:
	case STAGE_UNCLONED:
	case STAGE_GONE:
		let_go(panel);
		break;
	case STAGE_REFUSED:
		let_go(panel);
		g_source_set_ready_time(&panel->source->base,
					g_get_monotonic_time() + INT64_C(1000) * REFUSED_RETRY_MS);
		return;
	case STAGE_ANNOUNCING:
		/* Only its unplugging counts: what touches it is the system's. */
		poll_device(panel, 0);
		break;
	case STAGE_WAITING:
		poll_device(panel, G_IO_IN);
		break;
	case STAGE_LIVE:
		poll_frames(panel);
		break;
	}
	arm(panel);
}

static void
change(struct panel *panel, enum stage stage)
{
	bool told = panel->stage != stage;

	enter(panel, stage);
	if (told)
		panel->events.changed(panel->data, panel);
}

static int
go_live_with_film(struct panel *panel)
{
	if (!panel->film)
		panel->film =
		    film_new(panel->store, &panel->device.id, panel->device.name, &panel->probe);
	return flow_new(&panel->device, panel->clone, &panel->probe, panel->film,
			&panel->events.flow, panel->data, &panel->flow);
}

static int
go_live(struct panel *panel)
{
	int r;

	if (panel->keys)
		r = flow_new_keys(&panel->device, panel->clone, panel->keys->keys,
				  &panel->events.flow, panel->data, &panel->flow);
	else
		r = go_live_with_film(panel);
	if (r < 0)
		return r;
	flow_set_escape(panel->flow, !panel->no_escape);
	flow_set_listening(panel->flow, panel->listening);
	flow_set_proximity(panel->flow, panel->proximity);
	flow_set_ear_mode(panel->flow, panel->ear_mode);
	return 0;
}

static void
fail(struct panel *panel, int error)
{
	switch (error) {
	case -EBUSY:
		g_warning("another program has grabbed %s: end it to have pads; tried again every "
			  "%d s",
			  panel->device.name, REFUSED_RETRY_MS / 1000);
		change(panel, STAGE_REFUSED);
		break;
	case -ENODEV:
	case -EIO:
		g_message("%s was unplugged", panel->device.name);
		change(panel, STAGE_GONE);
		break;
	default:
		g_warning("%s has no pads, because /dev/uinput cannot be used (%s): load the "
			  "module uinput and install Sidetouch's udev rules; the panel works "
			  "without pads meanwhile",
			  panel->device.name, g_strerror(-error));
		change(panel, STAGE_UNCLONED);
		break;
	}
}

static void
take(struct panel *panel)
{
	bool grabbed = false;
	int r = panel_device_discard(&panel->device);

	if (r == 0)
		r = panel_device_try_grab(&panel->device, &grabbed);
	if (r == 0 && grabbed) {
		r = go_live(panel);
		if (r == 0)
			g_message("%s is ready", panel->device.name);
	}
	if (r < 0)
		fail(panel, r);
	else
		change(panel, grabbed ? STAGE_LIVE : STAGE_WAITING);
}

static int
open_device(struct panel *panel)
{
	return panel_device_open(panel->devnode, panel->keys ? panel->keys->keys : NULL,
				 &panel->device);
}

/* Open, probe and clone it: everything up to the moment that udev has to speak. */
static int
prepare(struct panel *panel)
{
	bool grabbed = false;
	struct device_id id;
	int r = probe_device(panel->devnode, &panel->probe);

	if (r == 0)
		r = open_device(panel);
	if (r < 0)
		return r;
	id = panel_device_id(&panel->device);
	if (g_strcmp0(panel->probe.seat, panel->seat) != 0 ||
	    !probe_apply(&panel->probe, panel->rules, &id))
		return -ENOTSUP;
	/* Whether it can be had, before the system is shown a clone of it. */
	r = panel_device_try_grab(&panel->device, &grabbed);
	if (r == 0 && grabbed)
		r = panel_device_grab(&panel->device, false);
	else if (r == 0 && panel->stage == STAGE_REFUSED)
		r = -EBUSY; /* it is touched: ask again later, rather than show a clone in vain */
	if (r == 0)
		r = panel_device_clone(&panel->device, panel->sysname, &panel->clone);
	return r;
}

static void
start(struct panel *panel)
{
	enum stage before = panel->stage;
	int r = prepare(panel);

	switch (r) {
	case 0:
		change(panel, STAGE_ANNOUNCING);
		break;
	case -ENOTSUP:
		change(panel, STAGE_IGNORED);
		break;
	case -EBUSY:
		/* Told once, not at every try. */
		if (before == STAGE_REFUSED)
			enter(panel, STAGE_REFUSED);
		else
			fail(panel, r);
		break;
	case -ENODEV:
	case -EIO:
		fail(panel, r);
		break;
	default:
		if (panel->device.fd >= 0) {
			fail(panel, r);
			break;
		}
		g_message("%s cannot be opened (%s); it is tried again when udev permits it",
			  panel->devnode, g_strerror(-r));
		change(panel, STAGE_CLOSED);
		break;
	}
}

static void
dispatch_live(struct panel *panel, bool readable, bool gone)
{
	int r = 0;

	/* The kernel lets everything up before it goes: no touch has done that. */
	if (gone)
		r = -ENODEV;
	else if (readable)
		r = flow_read(panel->flow); /* what is due by then has its time set below */
	else
		r = flow_tick(panel->flow);
	if (r < 0)
		fail(panel, r);
	else
		arm(panel);
}

static gboolean
panel_dispatch(GSource *source, GSourceFunc callback, void *data)
{
	struct panel *panel = ((struct panel_source *)source)->panel;

	(void)callback;
	(void)data;
	switch (panel->stage) {
	case STAGE_LIVE:
		dispatch_live(panel, false, false);
		break;
	case STAGE_WAITING:
		take(panel);
		break;
	case STAGE_ANNOUNCING:
		/* It hung up. */
		fail(panel, -ENODEV);
		break;
	case STAGE_REFUSED:
		start(panel);
		break;
	case STAGE_CLOSED:
	case STAGE_IGNORED:
	case STAGE_UNCLONED:
	case STAGE_GONE:
		g_source_set_ready_time(source, -1);
		break;
	}
	return G_SOURCE_CONTINUE;
}

static GSourceFuncs panel_source_funcs = {.dispatch = panel_dispatch};

struct panel *
panel_new(const struct panel_config *config, const struct panel_events *events, void *data)
{
	struct panel *panel = g_new0(struct panel, 1);

	panel->number = config->number;
	panel->syspath = g_strdup(config->syspath);
	panel->sysname = g_path_get_basename(config->syspath);
	panel->devnode = g_strdup(config->devnode);
	panel->seat = g_strdup(config->seat);
	panel->listening = config->listening;
	panel->no_escape = config->no_escape;
	panel->proximity = config->proximity;
	panel->ear_mode = config->ear_mode;
	panel->rules = config->rules;
	panel->keys = config->keys;
	panel->store = config->store;
	panel->loop = config->loop;
	panel->events = *events;
	panel->data = data;
	panel->device.fd = -1;
	panel->source =
	    (struct panel_source *)g_source_new(&panel_source_funcs, sizeof(*panel->source));
	panel->source->panel = panel;
	g_source_set_priority(&panel->source->base, G_PRIORITY_HIGH);
	g_source_attach(&panel->source->base, g_main_context_get_thread_default());
	return panel;
}

struct panel *
panel_free(struct panel *panel)
{
	if (!panel)
		return NULL;
	let_go(panel);
	g_source_destroy(&panel->source->base);
	g_source_unref(&panel->source->base);
	g_free(panel->syspath);
	g_free(panel->sysname);
	g_free(panel->devnode);
	g_free(panel->seat);
	g_free(panel);
	return NULL;
}

void
panel_retry(struct panel *panel)
{
	switch (panel->stage) {
	case STAGE_CLOSED:
	case STAGE_IGNORED:
	case STAGE_UNCLONED:
	case STAGE_REFUSED:
		start(panel);
		break;
	case STAGE_ANNOUNCING:
	case STAGE_WAITING:
	case STAGE_LIVE:
	case STAGE_GONE:
		break;
	}
}

void
panel_reopen(struct panel *panel)
{
	const struct panel_device before = panel->device;
	int r;

	switch (panel->stage) {
	case STAGE_CLOSED:
	case STAGE_IGNORED:
	case STAGE_UNCLONED:
	case STAGE_REFUSED:
		start(panel);
		return;
	case STAGE_GONE:
		return;
	case STAGE_ANNOUNCING:
	case STAGE_WAITING:
	case STAGE_LIVE:
		break;
	}
	/* The clone stays, and so does the film: it has not moved meanwhile. */
	panel->flow = flow_free(panel->flow);
	close_device(panel);
	r = open_device(panel);
	/* A sleep may give nodes other numbers: no clone is fed by another device. */
	if (r == 0 && !panel_device_is_alike(&before, &panel->device)) {
		panel_device_close(&panel->device);
		r = -ENODEV;
	}
	if (r < 0) {
		/* Its clone goes too: what comes up in its place is udev's to tell. */
		g_message("%s cannot be opened after the sleep (%s); it is tried again when udev "
			  "speaks of it",
			  panel->devnode, g_strerror(-r));
		change(panel, STAGE_CLOSED);
	} else if (panel->stage == STAGE_ANNOUNCING) {
		poll_device(panel, 0);
	} else {
		take(panel);
	}
}

void
panel_clone_announced(struct panel *panel)
{
	if (panel->stage == STAGE_ANNOUNCING)
		take(panel);
}

void
panel_set_listening(struct panel *panel, bool listening)
{
	panel->listening = listening;
	if (panel->stage != STAGE_LIVE)
		return;
	flow_set_listening(panel->flow, listening);
	arm(panel);
}

void
panel_set_proximity(struct panel *panel, enum ear_proximity proximity)
{
	panel->proximity = proximity;
	if (panel->stage != STAGE_LIVE)
		return;
	flow_set_proximity(panel->flow, proximity);
	arm(panel);
}

void
panel_set_ear_mode(struct panel *panel, bool on)
{
	panel->ear_mode = on;
	if (panel->stage != STAGE_LIVE)
		return;
	flow_set_ear_mode(panel->flow, on);
	arm(panel);
}
