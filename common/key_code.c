/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks keys up in libevdev's table, and says which name is nearest to a wrong one.
 * Called by common/device_parse and driver/settings.
 * Owns nothing.
 */
#include "common/key_code.h"

#include <glib.h>
#include <libevdev/libevdev.h>
#include <string.h>

static void
report_key(struct group_file *file, const char *name)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (unsigned code = 1; code <= KEY_MAX; code++) {
		const char *known = libevdev_event_code_get_name(EV_KEY, code);

		if (known)
			g_ptr_array_add(names, (char *)known);
	}
	group_file_report_unknown(file, "key", name, (const char *const *)names->pdata, names->len);
}

bool
key_code_take(struct group_file *file, const char *value, uint16_t *out)
{
	g_autofree char *upper = g_ascii_strup(value, -1);
	g_autofree char *prefixed = g_strconcat("KEY_", upper, NULL);
	int code = libevdev_event_code_from_name(EV_KEY, upper);
	guint64 number;

	if (code < 0)
		code = libevdev_event_code_from_name(EV_KEY, prefixed);
	/* One digit is a key of that name, as just found. */
	if (code < 0 && g_ascii_string_to_unsigned(value, 10, 1, KEY_MAX, &number, NULL))
		code = (int)number;
	if (code == BTN_TOUCH)
		group_file_report(file, file->line, "BTN_TOUCH is a touch and no key");
	else if (code <= 0)
		report_key(file, strchr(upper, '_') ? upper : prefixed);
	if (code <= 0 || code == BTN_TOUCH)
		return false;
	*out = (uint16_t)code;
	return true;
}
