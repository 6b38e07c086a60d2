/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Four lessons: placing the ear, a tap, a double tap, a swipe.
 * Called by daemon/ear_learn.
 * Owns nothing beyond the struct its caller holds.
 *
 * | what comes                                     | becomes                                     |
 * | ---------------------------------------------- | ------------------------------------------- |
 * | the gesture that was asked for                 | what was seen of it; the next lesson        |
 * | another gesture                                | what it was; the same lesson                |
 * | a touch, and no gesture for 0.6 s              | placing: perhaps that; else why it was none |
 * | nothing for 20 s after the last word           | left                                        |
 */
#include "daemon/ear_coach.h"

#include <glib.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/ear_coach_words.h"

/* A tap is told 0.35 s and 0.045 s after its touch ended (driver/core/ear_gesture.c). */
#define GESTURE_MS 600
#define IDLE_MS    20000 /* as in a calibration */
/* An ear that is placed stays; a finger that touches does not. */
#define PLACED_MS 300
/* Contact that is lost in the middle ends a touch and goes on with it: told twice, with the same
 * beginning, but for the time that the telling takes. */
#define SAME_MS 150

void
ear_coach_init(struct ear_coach *coach, const struct ear_coach_output *output, void *data)
{
	*coach = (struct ear_coach){.output = output, .data = data, .lesson = EAR_LESSON_OVER};
}

bool
ear_coach_is_running(const struct ear_coach *coach)
{
	return coach->lesson != EAR_LESSON_OVER;
}

static void
tell(struct ear_coach *coach, enum ear_coach_step step, const char *before, struct usec now)
{
	const char *ask = ear_coach_words_ask(coach->lesson);
	g_autofree char *text =
	    g_strdup_printf("%s%s%s", before ? before : "", before && ask[0] ? " " : "", ask);

	coach->since = now;
	coach->has_seen = false;
	coach->utterance = coach->output->tell(coach->data, step, text);
}

static void
end(struct ear_coach *coach, enum ear_coach_step step, const char *text)
{
	if (!ear_coach_is_running(coach))
		return;
	coach->lesson = EAR_LESSON_OVER;
	(void)coach->output->tell(coach->data, step, text);
}

void
ear_coach_start(struct ear_coach *coach, struct usec now)
{
	coach->lesson = EAR_LESSON_PLACE;
	tell(coach, EAR_COACH_ASK, NULL, now);
}

void
ear_coach_stop(struct ear_coach *coach)
{
	end(coach, EAR_COACH_LEFT, _("Learning is left."));
}

void
ear_coach_fail(struct ear_coach *coach, const char *text)
{
	end(coach, EAR_COACH_FAILED, text);
}

static void
next_lesson(struct ear_coach *coach, const char *seen, struct usec now)
{
	g_autofree char *all = NULL;

	if (coach->lesson != EAR_LESSON_SWIPE) {
		coach->lesson++;
		tell(coach, EAR_COACH_SEEN, seen, now);
		return;
	}
	all = g_strdup_printf("%s %s", seen, _("That was all. You know the ear now."));
	end(coach, EAR_COACH_DONE, all);
}

static bool
is_wanted(enum ear_lesson lesson, enum ear_kind kind)
{
	switch (lesson) {
	case EAR_LESSON_TAP:
		return kind == EAR_TAP;
	case EAR_LESSON_DOUBLE_TAP:
		return kind == EAR_DOUBLE_TAP;
	case EAR_LESSON_SWIPE:
		return kind == EAR_SWIPE_UP || kind == EAR_SWIPE_DOWN || kind == EAR_SWIPE_LEFT ||
		       kind == EAR_SWIPE_RIGHT;
	case EAR_LESSON_PLACE:
	case EAR_LESSON_OVER:
		return false;
	}
	return false;
}

static bool
looks_placed(const struct ear_seen *seen)
{
	bool large =
	    seen->patches > 1 || seen->size_mm == 0 || seen->size_mm >= EAR_COACH_FINGER_MM;

	return seen->ear && large && usec_lasts_ms(seen->lasted, PLACED_MS);
}

void
ear_coach_seen(struct ear_coach *coach, const struct ear_seen *seen, struct usec now)
{
	struct usec began = usec_since(now, seen->lasted);

	if (!ear_coach_is_running(coach))
		return;
	coach->since = now;
	if (coach->judged.us > 0 && !usec_lasts_ms(usec_since(began, coach->judged), SAME_MS) &&
	    !usec_lasts_ms(usec_since(coach->judged, began), SAME_MS))
		return;
	coach->has_seen = true;
	coach->seen = *seen;
	coach->seen_at = now;
}

void
ear_coach_ear(struct ear_coach *coach, enum ear_kind kind, struct usec now)
{
	g_autofree char *what = NULL;

	if (!ear_coach_is_running(coach))
		return;
	switch (kind) {
	case EAR_ENTER:
	case EAR_LEAVE:
	case EAR_MOVE:
	case EAR_RELEASE:
		return;
	case EAR_TAP:
	case EAR_DOUBLE_TAP:
	case EAR_SWIPE_UP:
	case EAR_SWIPE_DOWN:
	case EAR_SWIPE_LEFT:
	case EAR_SWIPE_RIGHT:
	case EAR_HOLD:
		break;
	}
	/* A hold is told while it touches: it may still be the placing. */
	if (coach->lesson == EAR_LESSON_PLACE)
		return;
	what = ear_coach_words_gesture(kind, coach->has_seen ? &coach->seen : NULL);
	if (is_wanted(coach->lesson, kind))
		next_lesson(coach, what, now);
	else
		tell(coach, EAR_COACH_REFUSED, what, now);
}

/* A touch became no gesture. */
static void
judge_seen(struct ear_coach *coach, struct usec now)
{
	g_autofree char *what = ear_coach_words_touch(&coach->seen, coach->lesson);

	coach->judged = usec_since(coach->seen_at, coach->seen.lasted);
	if (coach->lesson == EAR_LESSON_PLACE && looks_placed(&coach->seen))
		next_lesson(coach, what, now);
	else
		tell(coach, EAR_COACH_REFUSED, what, now);
}

void
ear_coach_spoken(struct ear_coach *coach, uint32_t utterance, struct usec now)
{
	if (!ear_coach_is_running(coach) || utterance == 0 || utterance != coach->utterance)
		return;
	coach->utterance = 0;
	coach->since = usec_max(coach->since, now);
}

bool
ear_coach_next_deadline(const struct ear_coach *coach, struct usec *deadline)
{
	if (!ear_coach_is_running(coach))
		return false;
	if (coach->has_seen) {
		*deadline = usec_add(coach->seen_at, usec_from_ms(GESTURE_MS));
		return true;
	}
	/* As long as it is being said, nobody is late. */
	*deadline = usec_add(coach->since, usec_from_ms(IDLE_MS));
	return coach->utterance == 0;
}

void
ear_coach_tick(struct ear_coach *coach, struct usec now)
{
	struct usec due;

	if (!ear_coach_next_deadline(coach, &due) || usec_before(now, due))
		return;
	if (coach->has_seen)
		judge_seen(coach, now);
	else
		end(coach, EAR_COACH_LEFT,
		    _("Nothing touched for 20 seconds, so learning is left."));
}

const char *
ear_coach_step_to_str(enum ear_coach_step step)
{
	static const char *const names[] = {"ask", "seen", "refused", "done", "left", "failed"};

	return names[step];
}
