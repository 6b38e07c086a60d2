/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Puts sizes, patches and durations into words.
 * Called by daemon/ear_coach.
 * Owns nothing.
 */
#include "daemon/ear_coach_words.h"

#include <glib.h>

#include "common/i18n.h"

#define TAP_MAX_MS 250 /* as in driver/core/ear_gesture.c */

const char *
ear_coach_words_ask(enum ear_lesson lesson)
{
	switch (lesson) {
	case EAR_LESSON_PLACE:
		return _("Put the phone to your ear, leave it there for a moment, and take it a "
			 "finger's breadth away.");
	case EAR_LESSON_TAP:
		return _("Now tap with the ear: on the glass and off again, quickly, once.");
	case EAR_LESSON_DOUBLE_TAP:
		return _("Now double-tap: twice, as quickly as a knock on a door.");
	case EAR_LESSON_SWIPE:
		return _("Now swipe: press the ear on, move the phone up by two fingers' breadth, "
			 "and take it off.");
	case EAR_LESSON_OVER:
		break;
	}
	return "";
}

/* "2 patches, 48 millimetres, 0.1 seconds" */
static char *
describe(const struct ear_seen *seen)
{
	double seconds = usec_to_ms(seen->lasted) / 1000;
	g_autofree char *patches = seen->patches == 1
				       ? g_strdup(_("one patch"))
				       : g_strdup_printf(_("%u patches"), seen->patches);

	if (seen->size_mm == 0)
		return g_strdup_printf(_("%s, %.1f seconds"), patches, seconds);
	return g_strdup_printf(_("%s, %.0f millimetres, %.1f seconds"), patches, seen->size_mm,
			       seconds);
}

static const char *
gesture(enum ear_kind kind)
{
	switch (kind) {
	case EAR_TAP:
		return _("a tap");
	case EAR_DOUBLE_TAP:
		return _("a double-tap");
	case EAR_SWIPE_UP:
		return _("a swipe up");
	case EAR_SWIPE_DOWN:
		return _("a swipe down");
	case EAR_SWIPE_LEFT:
		return _("a swipe to the left");
	case EAR_SWIPE_RIGHT:
		return _("a swipe to the right");
	case EAR_HOLD:
		return _("a hold");
	case EAR_ENTER:
	case EAR_LEAVE:
	case EAR_MOVE:
	case EAR_RELEASE:
		break;
	}
	return "";
}

char *
ear_coach_words_gesture(enum ear_kind kind, const struct ear_seen *seen)
{
	g_autofree char *what = seen ? describe(seen) : NULL;

	return what ? g_strdup_printf(_("That was %s: %s."), gesture(kind), what)
		    : g_strdup_printf(_("That was %s."), gesture(kind));
}

char *
ear_coach_words_touch(const struct ear_seen *seen, enum ear_lesson lesson)
{
	g_autofree char *what = describe(seen);
	bool small = seen->patches == 1 && seen->size_mm > 0 && seen->size_mm < EAR_COACH_FINGER_MM;

	if (small && lesson == EAR_LESSON_PLACE)
		return g_strdup_printf(
		    _("That was no larger than a finger: %s. Press the whole ear on."), what);
	if (lesson == EAR_LESSON_PLACE)
		return g_strdup_printf(_("That was an ear: %s."), what);
	if (usec_lasts_ms(seen->lasted, TAP_MAX_MS))
		return g_strdup_printf(_("That was too slow: %s."), what);
	return g_strdup_printf(_("That was no gesture: %s. Press the ear on more fully."), what);
}
