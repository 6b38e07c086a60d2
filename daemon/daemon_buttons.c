/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changes the buttons from outside: the user's settings, and a lock of the session.
 * Called by the daemon's main object, and from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "common/i18n.h"
#include "daemon/daemon_private.h"

static void
on_settings(void *data, const struct button_settings *settings)
{
	struct daemon *daemon = data;
	const struct brain_confirm confirm = {settings->window, settings->always};

	brain_set_confirm(daemon->brain, &confirm);
	offers_allow(daemon->offers, !settings->no_offers);
}

static void
on_lock(void *data, bool locked)
{
	struct daemon *daemon = data;

	daemon->locked = locked;
	/* Whoever has the device now must not hear what its owner heard, nor the rest of it. */
	if (locked) {
		if (daemon->apps)
			apps_hush(daemon->apps);
		privacy_forget(&daemon->privacy);
		speech_forget(daemon->speech);
	}
	daemon_changes_set(daemon);
	brain_lock(daemon->brain, locked, daemon_now());
	daemon_say_after(daemon, locked ? _("The screen is locked") : _("The screen is unlocked"));
	daemon_rearm(daemon);
}

void
daemon_buttons_new(struct daemon *daemon)
{
	static const struct button_live_events events = {on_settings, daemon_problem};
	g_autofree char *folder = g_path_get_dirname(daemon->options.voice_settings);
	g_autofree char *path = g_build_filename(folder, "buttons.conf", NULL);

	daemon->buttons = button_live_new(path, &events, daemon);
	daemon->lock = session_lock_new(on_lock, daemon);
}

void
daemon_buttons_free(struct daemon *daemon)
{
	daemon->buttons = button_live_free(daemon->buttons);
	daemon->lock = session_lock_free(daemon->lock);
}
