/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sentences of a calibration: what went wrong first, what to do next last.
 * Called by daemon/calibrate and daemon/calibration.
 * Owns nothing.
 */
#include "daemon/calibrate_words.h"

#include <errno.h>
#include <glib.h>

#include "common/i18n.h"

/* Nearer than this to another bump, it was that bump: half of what two of them need. */
#define SAME_BUMP_MM 6.0

/* "left top" */
static char *
spoken(enum pad pad)
{
	char *name = g_strdup(pad_to_str(pad));

	return g_strdelimit(name, "-", ' ');
}

/* "Left top" */
static char *
spoken_first(enum pad pad)
{
	char *name = spoken(pad);

	name[0] = g_ascii_toupper(name[0]);
	return name;
}

char *
calibrate_words_ask(const char *before, enum pad pad)
{
	g_autofree char *name = spoken(pad);

	return g_strdup_printf(_("%s%sPress %s, three times."), before ? before : "",
			       before ? " " : "", name);
}

char *
calibrate_words_measured(enum pad pad)
{
	g_autofree char *name = spoken_first(pad);

	return g_strdup_printf(_("%s is done."), name);
}

const char *
calibrate_words_count(unsigned presses)
{
	static const char *const words[] = {N_("None"), N_("One"), N_("Two"), N_("Three")};

	return _(words[MIN(presses, G_N_ELEMENTS(words) - 1)]);
}

char *
calibrate_words_spread(double spread_mm)
{
	return g_strdup_printf(
	    _("These presses were %.0f millimetres apart, so they were not all of "
	      "one button."),
	    spread_mm);
}

char *
calibrate_words_near(enum pad pad, enum pad other, double distance_mm, bool both)
{
	g_autofree char *name = spoken_first(pad), *neighbour = spoken(other);
	const char *next = both ? _(" Both are measured again.") : "";

	if (distance_mm < SAME_BUMP_MM)
		return g_strdup_printf(_("That was where %s is.%s"), neighbour, next);
	/* Rounded down, so that 11.9 is not called 12, which would do. */
	return g_strdup_printf(_("%s is only %d millimetres from %s, and 12 are needed.%s"), name,
			       (int)distance_mm, neighbour, next);
}

char *
calibrate_words_not_begun(int error)
{
	switch (-error) {
	case ENODEV:
		return g_strdup(_("This touchscreen cannot be calibrated: it is not in use now. "
				  "Lift everything off it, and try again."));
	case ERANGE:
		return g_strdup(
		    _("This touchscreen cannot be calibrated: it does not tell its size. "
		      "Say so to the makers of Sidetouch."));
	default:
		return g_strdup(_("The touch driver does not answer, so calibration has not begun. "
				  "Restart it with: systemctl restart sidetouch-driver."));
	}
}

char *
calibrate_words_not_kept(int error)
{
	const char *why;

	switch (-error) {
	case EROFS:
	case EACCES:
	case EPERM:
		why = _("its folder cannot be written. Make /var/lib/sidetouch writable for the "
			"touch driver");
		break;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		why = _("the disk is full. Make some room on it");
		break;
	case ENOENT:
		why = _("its folder is not there. Make /var/lib/sidetouch for the touch driver");
		break;
	case ENODEV:
		why = _("the touchscreen has gone. Connect it again");
		break;
	case ERANGE:
		why = _("its places are not possible. Press the middle of each button");
		break;
	case ETIMEDOUT:
		why = _("the touch driver does not answer. Restart it with: systemctl restart "
			"sidetouch-driver");
		break;
	default:
		return g_strdup_printf(_("The calibration could not be kept: %s. The buttons stay "
					 "where they were."),
				       g_strerror(-error));
	}
	return g_strdup_printf(_("The calibration could not be kept: %s, and calibrate again. The "
				 "buttons stay where they were."),
			       why);
}
