/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each layer of profiles may do.
 * Called by common/profile_parse and the daemon.
 * Owns only constant tables.
 */
#include "common/profile_rules.h"

#include <glib.h>
#include <string.h>

#include "common/i18n.h"

/* They reach beyond the app in front: a program, any service of the session, a text into any field.
 */
static const char *const users_only[] = {"run", "dbus", "type", "emergency"};

const char *
profile_layer_to_str(enum profile_layer layer)
{
	static const char *const names[PROFILE_LAYER_COUNT] = {"built-in", "shipped", "flatpak",
							       "running",  "admin",   "user"};

	return names[layer];
}

bool
profile_layer_may_run(enum profile_layer layer, const char *command, char **reason)
{
	size_t length;

	if (layer == PROFILE_LAYER_USER)
		return true;
	command += strspn(command, " \t");
	length = strcspn(command, " \t");
	for (size_t i = 0; i < G_N_ELEMENTS(users_only); i++) {
		if (strlen(users_only[i]) != length || strncmp(users_only[i], command, length) != 0)
			continue;
		*reason = g_strdup_printf(_("the command %s is only for your own profiles, in "
					    "~/.config/sidetouch/profiles"),
					  users_only[i]);
		return false;
	}
	return true;
}

static bool
is_left_press(struct input input)
{
	return input_kind(input) == INPUT_PRESS &&
	       (input_has_pad(input, PAD_LEFT_TOP) || input_has_pad(input, PAD_LEFT_MIDDLE) ||
		input_has_pad(input, PAD_LEFT_BOTTOM));
}

bool
profile_layer_may_bind(enum profile_layer layer, bool is_default, struct input input, char **reason)
{
	switch (layer) {
	case PROFILE_LAYER_BUILT_IN:
	case PROFILE_LAYER_USER:
		return true;
	case PROFILE_LAYER_ADMIN:
		/* For all apps at once they are still the same everywhere. */
		if (is_default)
			return true;
		break;
	case PROFILE_LAYER_SHIPPED:
	case PROFILE_LAYER_FLATPAK:
	case PROFILE_LAYER_RUNNING:
		break;
	}
	if (!is_left_press(input))
		return true;
	*reason = g_strdup_printf(_("[%s] does the same in every app; only your own profiles can "
				    "change it"),
				  input_to_str(input));
	return false;
}

bool
profile_layer_may_default(enum profile_layer layer, char **reason)
{
	switch (layer) {
	case PROFILE_LAYER_BUILT_IN:
	case PROFILE_LAYER_ADMIN:
	case PROFILE_LAYER_USER:
		return true;
	case PROFILE_LAYER_SHIPPED:
	case PROFILE_LAYER_FLATPAK:
	case PROFILE_LAYER_RUNNING:
		break;
	}
	*reason =
	    g_strdup(_("the profile Default is for all other apps; only /etc/sidetouch/profiles "
		       "and your own profiles can change it"));
	return false;
}
