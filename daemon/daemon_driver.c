/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the driver tells: presses, chords and touches reach the brain, the rest the user.
 * Called by daemon/driver_link from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "common/i18n.h"
#include "daemon/brain_message.h"
#include "daemon/daemon_private.h"
#include "daemon/own_words.h"

/* A press that is older than this on arrival was made before we were stopped or hung: the user has
 * given it up. The driver hangs up after the same time (LINK_SEEN_MS). */
#define STALE_MS LINK_SEEN_MS

bool
daemon_is_stale(struct usec time)
{
	return usec_since(daemon_now(), time).us > usec_from_ms(STALE_MS).us;
}

static void
on_press(void *data, const struct link_press *message)
{
	struct daemon *daemon = data;
	struct brain_press press = brain_message_press(message);

	if (daemon_is_stale(press.time))
		press.phase = PRESS_CANCEL;
	/* A driver with a vibrator has done it, at once. */
	if (press.phase == PRESS_DOWN && driver_link_buzz(daemon->link) == LINK_BUZZ_NONE)
		feedback_play(daemon->feedback, LINK_BUZZ_PRESS);
	gesture_log_press(&daemon->gestures, message);
	bus_press(daemon->bus, message);
	brain_press(daemon->brain, &press);
	if (press.phase == PRESS_UP || press.phase == PRESS_CANCEL)
		talk_key_press_over(&daemon->talk_key, press.press);
	daemon_rearm(daemon);
}

void
daemon_feel(struct daemon *daemon, enum link_buzz_kind kind)
{
	struct link_buzz message = {.kind = kind};

	switch (driver_link_buzz(daemon->link)) {
	case LINK_BUZZ_DRIVER:
		(void)driver_link_send(daemon->link, &message.header, LINK_BUZZ, sizeof(message));
		break;
	case LINK_BUZZ_NONE:
		feedback_play(daemon->feedback, kind);
		break;
	case LINK_BUZZ_OFF:
		break;
	}
}

static void
take_chord(struct daemon *daemon, const struct link_chord *message)
{
	struct brain_chord chord = brain_message_chord(message);

	if (daemon_is_stale(chord.time))
		chord.phase = PRESS_CANCEL;
	gesture_log_chord(&daemon->gestures, message);
	bus_chord(daemon->bus, message);
	brain_chord(daemon->brain, &chord);
	if (chord.phase == PRESS_UP || chord.phase == PRESS_CANCEL)
		talk_key_press_over(&daemon->talk_key, chord.chord);
	daemon_rearm(daemon);
}

static void
take_notice(struct daemon *daemon, const struct link_notice *notice)
{
	enum link_notice_kind kind = (enum link_notice_kind)notice->kind;
	const char *words = own_words_notice(kind);

	/* Not for those who watch: it tells of a touch that was not a button's. */
	if (kind == LINK_NOTICE_BESIDE) {
		daemon_beside(daemon, notice->panel);
		return;
	}
	bus_notice(daemon->bus, link_notice_kind_to_str(kind), notice->text);
	if (words)
		daemon_say(daemon, 0, words);
	else
		daemon_problem(daemon, notice->text);
}

static void
on_message(void *data, const struct packet_header *message)
{
	struct daemon *daemon = data;

	if (daemon_ear_take(daemon, message))
		return;
	if (message->type == LINK_PANEL)
		earside_link(daemon->earside);
	if (message->type == LINK_CHORD)
		take_chord(daemon, (const void *)message);
	else if (message->type == LINK_NOTICE)
		take_notice(daemon, (const void *)message);
	else
		calibration_run_take(daemon->calibration, message);
}

static void
on_touch(void *data, struct usec time)
{
	struct daemon *daemon = data;

	brain_touch(daemon->brain, time);
	daemon_rearm(daemon);
}

/* Nobody can find again the button whose second press would be awaited. */
static void
on_panel_gone(void *data)
{
	struct daemon *daemon = data;

	brain_link(daemon->brain, true, daemon_now());
	daemon_rearm(daemon);
}

static void
on_link_up(void *data, bool up)
{
	struct daemon *daemon = data;

	brain_link(daemon->brain, up, daemon_now());
	daemon_rearm(daemon);
	calibration_run_link(daemon->calibration, up);
	daemon_ear_link(daemon, up);
	if (up) {
		problems_set(daemon->problems, PROBLEMS_OF_DRIVER, NULL);
		if (daemon->was_ready)
			daemon_say_after(daemon, _("The buttons work again"));
		else
			daemon_tutorial_ready(daemon);
		daemon->was_ready = true;
		return;
	}
	/* Whoever left the screen knows that, and whoever is there now need not hear of it. */
	if (driver_link_is_refused(daemon->link)) {
		g_info("another user is at the screen");
		return;
	}
	problems_set(daemon->problems, PROBLEMS_OF_DRIVER, driver_link_state(daemon->link));
	g_warning("%s", driver_link_state(daemon->link));
	/* Said each time, unlike other problems: until it is back, no press is answered. */
	daemon_say_after(daemon, driver_link_state(daemon->link));
}

static void
on_typed(void *data, uint32_t press, int error)
{
	struct daemon *daemon = data;
	g_autofree char *text = NULL;

	if (error < 0)
		text = own_words_not_typed(error);
	/* What the key does is watched there. */
	if (apps_typed(daemon->apps, press, text) || deeds_typed(daemon->deeds, press, text) ||
	    daemon_own_typed(daemon, press, text))
		return;
	daemon_tell_result(daemon, press, error < 0 ? BRAIN_RESULT_FAILED : BRAIN_RESULT_DONE,
			   text);
}

const struct driver_link_events daemon_link_events = {
    .press = on_press,
    .touch = on_touch,
    .panel_gone = on_panel_gone,
    .up = on_link_up,
    .typed = on_typed,
    .message = on_message,
};

gboolean
daemon_on_grace(void *data)
{
	struct daemon *daemon = data;

	daemon->grace = 0;
	if (!driver_link_is_up(daemon->link))
		daemon_problem_of(daemon, PROBLEMS_OF_DRIVER, driver_link_state(daemon->link));
	return G_SOURCE_REMOVE;
}
