/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs that are started outside of our own service: with its limits, and killed whenever it is
 * started anew, an app of the user's could not be used. The user's systemd starts them instead.
 * Called by what runs programs and launches apps. Owns nothing.
 *
 * sidetouchd.service allows no namespaces and no new privileges: a browser has no sandbox there,
 * and Flatpak does not start at all.
 */
#include "daemon/deed_outside.h"

#include <glib.h>
#include <string.h>

#include "common/cleanup.h"

#define SYSTEMD_RUN "systemd-run"

bool
deed_outside_is_there(void)
{
	g_autofree char *path = NULL;

	/* systemd.exec(5): set for every process of a service, and in no login. */
	if (!g_getenv("INVOCATION_ID"))
		return false;
	path = g_find_program_in_path(SYSTEMD_RUN);
	return path != NULL;
}

/* What a unit's name may hold is kept, all else becomes its code: systemd.unit(5). */
static char *
unit_of(const char *app)
{
	g_autoptr(GString) unit = g_string_new("app-");

	for (const char *c = app; *c; c++) {
		if (g_ascii_isalnum(*c) || *c == '_' || (*c == '.' && c != app))
			g_string_append_c(unit, *c);
		else
			g_string_append_printf(unit, "\\x%02x", (unsigned char)*c);
	}
	/* As the desktops name theirs; so its windows are known to be this app's. */
	g_string_append_printf(unit, "@%08x.service", g_random_int());
	return g_string_free(g_steal_pointer(&unit), FALSE);
}

char **
deed_outside(char *const *words, const char *folder, const char *app, bool wait)
{
	/* The session's: a user manager that was started before the desktop has none of them. */
	static const char *const passed[] = {
	    "DISPLAY",          "WAYLAND_DISPLAY", "XAUTHORITY", "LANG", "XDG_CURRENT_DESKTOP",
	    "XDG_SESSION_TYPE", "XDG_DATA_DIRS"};
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_autofree char *unit = app ? unit_of(app) : NULL;

	if (!deed_outside_is_there())
		return g_strdupv((char **)words);
	g_ptr_array_add(all, g_strdup(SYSTEMD_RUN));
	g_ptr_array_add(all, g_strdup("--user"));
	g_ptr_array_add(all, g_strdup("--quiet"));
	g_ptr_array_add(all, g_strdup("--collect"));
	g_ptr_array_add(all, g_strdup("--service-type=exec"));
	if (wait)
		g_ptr_array_add(all, g_strdup("--wait"));
	if (unit)
		g_ptr_array_add(all, g_strdup_printf("--unit=%s", unit));
	g_ptr_array_add(all, g_strdup_printf("--working-directory=%s", folder));
	for (size_t i = 0; i < ARRAY_LENGTH(passed); i++)
		if (g_getenv(passed[i]))
			g_ptr_array_add(all, g_strdup_printf("--setenv=%s", passed[i]));
	g_ptr_array_add(all, g_strdup("--"));
	for (; *words; words++)
		g_ptr_array_add(all, g_strdup(*words));
	g_ptr_array_add(all, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&all), FALSE);
}
