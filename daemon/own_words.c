/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What sidetouchd says of its own accord.
 * Called by the daemon's main object.
 * Owns nothing.
 */
#include "daemon/own_words.h"

#include <errno.h>
#include <langinfo.h>
#include <stdbool.h>
#include <string.h>

#include "common/i18n.h"

char *
own_words_time(GDateTime *time)
{
	const char *format = nl_langinfo(T_FMT);
	bool half_days = strstr(format, "%r") || strstr(format, "%I") || strstr(format, "%l");

	return g_date_time_format(time, half_days ? "%-I:%M %p" : "%-H:%M");
}

char *
own_words_not_typed(int error)
{
	switch (-error) {
	case ENODEV:
		return g_strdup(_("No key was typed, the touch driver has no keyboard. It needs "
				  "write access to /dev/uinput."));
	case ETIMEDOUT:
		return g_strdup(_("The touch driver does not answer, perhaps no key was typed"));
	case ENOTCONN:
		return g_strdup(_("No key was typed, the touch driver is not connected"));
	default:
		return g_strdup_printf(_("No key was typed: %s"), g_strerror(-error));
	}
}

const char *
own_words_notice(enum link_notice_kind kind)
{
	switch (kind) {
	case LINK_NOTICE_ESCAPE_ON:
		return _("Five fingers. For one minute every touch goes to the screen, and the "
			 "buttons are off.");
	case LINK_NOTICE_ESCAPE_OFF:
		return _("The buttons work again");
	case LINK_NOTICE_RECORD_ON:
		return _("Touches are being recorded");
	case LINK_NOTICE_RECORD_OFF:
		return _("Recording has ended");
	case LINK_NOTICE_MONITOR_ON:
		return _("Touches are being watched");
	case LINK_NOTICE_MONITOR_OFF:
		return _("Nobody watches touches any more");
	case LINK_NOTICE_BAD_FILE:
	case LINK_NOTICE_FILM_CREPT:
	case LINK_NOTICE_BESIDE:
		return NULL;
	}
	return NULL;
}
