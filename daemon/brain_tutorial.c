/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tutorial: five lessons in what the buttons are, each of which asks for one thing to be
 * pressed; nothing is done by it.
 * Called by daemon/brain_mode and, over the bus, by the daemon.
 * Owns nothing; its state is in struct brain.
 *
 *   state    | begun    | what it asks for    | another input      | left-bottom | silence of
 *            |          |                     |                    | held        | 30 s
 *   ---------+----------+---------------------+--------------------+-------------+------------------
 *   none     | LESSON 1 | -                   | -                  | -           | -
 *   offered  | LESSON 1 | LESSON 1 (left-top) | none, SKIPPED; it  | as the      | -
 *            |          |                     | does what it does  | others      |
 *   LESSON n | LESSON 1 | LESSON n + 1; after | named, and asked   | none,       | asked again; the
 *            |          | the last none, DONE | again              | SKIPPED     | 2nd: none, LEFT
 *
 * Lesson 2 asks for a button twice: the first press says what the second one would do.
 */
#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/brain_private.h"

struct lesson {
	enum input_kind kind;
	enum pad pad;
	enum pad other; /* of a pair */
	bool twice;
	const char *tells;
	const char *asks;
};

static const struct lesson lessons[BRAIN_LESSONS] = {
    {INPUT_PRESS, PAD_RIGHT_MIDDLE, PAD_RIGHT_MIDDLE, false,
     N_("Lesson 1 of 5. Three raised buttons are on the left edge and three on the right. The "
	"right "
	"ones are the app's; in most apps they go to the previous thing, to the next thing, and "
	"press it."),
     N_("Press right middle.")},
    {INPUT_PRESS, PAD_LEFT_BOTTOM, PAD_LEFT_BOTTOM, true,
     N_("Lesson 2 of 5. What changes something is asked first: one press says what it would do, a "
	"second press does it."),
     N_("Press left bottom, and again when you have heard what it does.")},
    {INPUT_PRESS, PAD_LEFT_MIDDLE, PAD_LEFT_MIDDLE, false,
     N_("Lesson 3 of 5. Left middle ends what is being said. When nothing is being said, it says "
	"the last words again."),
     N_("Press left middle.")},
    {INPUT_HOLD, PAD_LEFT_TOP, PAD_LEFT_TOP, false,
     N_("Lesson 4 of 5. Left top reads the screen from its top. Held down, it reads on from where "
	"you were."),
     N_("Hold left top down until the next lesson begins.")},
    {INPUT_CHORD, PAD_LEFT_TOP, PAD_RIGHT_BOTTOM, false,
     N_("Lesson 5 of 5. Left top and right bottom, held down together, let every button only say "
	"what it does in the app."),
     N_("Hold left top and right bottom down together.")},
};

static struct input
wanted(const struct lesson *lesson)
{
	switch (lesson->kind) {
	case INPUT_HOLD:
		return input_hold(lesson->pad);
	case INPUT_CHORD:
		return input_chord(lesson->pad, lesson->other);
	case INPUT_PRESS:
	case INPUT_EAR:
		break;
	}
	return input_press(lesson->pad);
}

static const char *
farewell(enum brain_tutorial_end how)
{
	switch (how) {
	case BRAIN_TUTORIAL_DONE:
		break;
	case BRAIN_TUTORIAL_SKIPPED:
		return _("The lessons are skipped. To hear them later: sidetouchctl learn "
			 "--tutorial. The buttons work now");
	case BRAIN_TUTORIAL_LEFT:
		return _("Nothing was pressed, so the lessons end here. To hear them later: "
			 "sidetouchctl learn --tutorial. The buttons work now");
	}
	return _("That was all. The buttons work now");
}

static void
end(struct brain *brain, enum brain_tutorial_end how, struct usec time)
{
	brain_mode_set(brain, BRAIN_MODE_USUAL);
	brain_mode_say(brain, 0, farewell(how), time);
	if (brain->output.tutorial)
		brain->output.tutorial(brain->data, how);
}

/* A lesson from its beginning, after a word of praise or the introduction. */
static void
tell(struct brain *brain, const char *before, struct usec time)
{
	const struct lesson *lesson = &lessons[brain->tutorial.lesson];
	g_autofree char *text =
	    g_strdup_printf("%s %s %s", before, _(lesson->tells), _(lesson->asks));

	brain->tutorial.pressed_once = false;
	brain->tutorial.asked_again = false;
	brain_mode_say(brain, 0, text, time);
}

static void
begin(struct brain *brain, struct usec time)
{
	brain->tutorial = (struct brain_tutorial){0};
	brain_mode_set(brain, BRAIN_MODE_TUTORIAL);
	tell(
	    brain,
	    _("Five short lessons. What you press now does nothing. To skip them, hold left bottom "
	      "down."),
	    time);
}

void
brain_tutorial(struct brain *brain, bool on, struct usec time)
{
	if (on)
		begin(brain, time);
	else if (brain->mode == BRAIN_MODE_TUTORIAL)
		end(brain, BRAIN_TUTORIAL_SKIPPED, time);
}

void
brain_tutorial_offer(struct brain *brain)
{
	brain->tutorial.offered = true;
}

bool
brain_tutorial_offered(struct brain *brain, const struct brain_occurrence *it)
{
	if (!brain->tutorial.offered)
		return false;
	brain->tutorial.offered = false;
	/* Some touch longer than others. */
	if (input_equal(it->input, input_press(PAD_LEFT_TOP)) ||
	    input_equal(it->input, input_hold(PAD_LEFT_TOP))) {
		begin(brain, it->time);
		return true;
	}
	/* Without a word: what was pressed has its own. */
	if (brain->output.tutorial)
		brain->output.tutorial(brain->data, BRAIN_TUTORIAL_SKIPPED);
	return false;
}

static void
next(struct brain *brain, struct usec time)
{
	brain->tutorial.lesson++;
	if (brain->tutorial.lesson == BRAIN_LESSONS)
		end(brain, BRAIN_TUTORIAL_DONE, time);
	else
		tell(brain, _("Good."), time);
}

/* The first of two presses. */
static void
announce(struct brain *brain, const struct brain_occurrence *it)
{
	const struct profile_binding *binding = profile_view_binding(&brain->view, it->input);
	g_autofree char *text =
	    brain_words_announcement(binding->label, it->input, PROFILE_CONFIRM_DOUBLE);

	brain->tutorial.pressed_once = true;
	brain_mode_say(brain, it->press, text, it->time);
}

static void
correct(struct brain *brain, const struct brain_occurrence *it)
{
	g_autofree char *input = brain_words_input(it->input);
	g_autofree char *was = g_strdup_printf(_("That was %s."), input);
	g_autofree char *text =
	    g_strdup_printf("%s %s", was, _(lessons[brain->tutorial.lesson].asks));

	brain->tutorial.pressed_once = false;
	brain_mode_say(brain, it->press, text, it->time);
}

void
brain_tutorial_input(struct brain *brain, const struct brain_occurrence *it)
{
	const struct lesson *lesson = &lessons[brain->tutorial.lesson];

	brain->tutorial.asked_again = false;
	if (input_equal(it->input, input_hold(PAD_LEFT_BOTTOM)))
		end(brain, BRAIN_TUTORIAL_SKIPPED, it->time);
	/* A pair is asked for held, and one that only lifts is none. */
	else if (!input_equal(it->input, wanted(lesson)) ||
		 (lesson->kind == INPUT_CHORD && !it->held))
		correct(brain, it);
	else if (lesson->twice && !brain->tutorial.pressed_once)
		announce(brain, it);
	else
		next(brain, it->time);
}

void
brain_tutorial_silence(struct brain *brain, struct usec now)
{
	if (brain->tutorial.asked_again) {
		end(brain, BRAIN_TUTORIAL_LEFT, now);
		return;
	}
	brain->tutorial.asked_again = true;
	brain_mode_say(brain, 0, _(lessons[brain->tutorial.lesson].asks), now);
}
