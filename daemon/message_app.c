/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads an app's desktop file, through GLib.
 * Called by the daemon's main object.
 * Owns nothing.
 */
#include "daemon/message_app.h"

#include <gio/gdesktopappinfo.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"

/* Of the desktop menu specification, those whose apps show messages of people. */
static const char *const categories[] = {"InstantMessaging", "Chat",           "IRCClient", "Email",
					 "Telephony",        "VideoConference"};
/* As daemon/apps_read says them. */
static const char *const controls[] = {
    N_("button"),   N_("toggle button"), N_("check box"), N_("radio button"), N_("text field"),
    N_("password"), N_("tab"),           N_("menu item"), N_("combo box"),    N_("menu"),
    N_("slider"),   N_("spin button"),   N_("window"),
};

bool
message_app_is(const char *app_id)
{
	g_autofree char *file = g_strconcat(app_id, ".desktop", NULL);
	g_autoptr(GDesktopAppInfo) info = app_id[0] ? g_desktop_app_info_new(file) : NULL;
	const char *text = info ? g_desktop_app_info_get_categories(info) : NULL;
	g_auto(GStrv) words = g_strsplit(text ? text : "", ";", 0);

	for (size_t i = 0; i < ARRAY_LENGTH(categories); i++) {
		if (g_strv_contains((const char *const *)words, categories[i]))
			return true;
	}
	return false;
}

bool
message_app_is_control(const char *words)
{
	for (size_t i = 0; i < ARRAY_LENGTH(controls); i++) {
		const char *role = _(controls[i]);
		g_autofree char *end = g_strconcat(", ", role, NULL);

		if (strcmp(words, role) == 0 || g_str_has_suffix(words, end))
			return true;
	}
	return false;
}
