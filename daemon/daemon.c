/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sidetouchd's main object: events from the driver, the apps, the voice and the bus go into the
 * brain, and what the brain wants goes out to them. Nothing here waits.
 * Made once by daemon/main; owns every part.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "common/i18n.h"
#include "daemon/daemon_private.h"

#include <linux/input-event-codes.h>

#include "daemon/brain_words.h"
#include "daemon/message_app.h"
#include "daemon/talk.h"

struct usec
daemon_now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

/* After everything that may have changed what the brain waits for. */
void
daemon_rearm(struct daemon *daemon)
{
	struct usec deadline;

	if (brain_next_deadline(daemon->brain, &deadline))
		alarm_set(daemon->alarm, deadline);
	else
		alarm_unset(daemon->alarm);
	profile_live_idle(daemon->profiles);
	if (daemon->offers)
		offers_idle(daemon->offers);
}

static void
on_alarm(void *data)
{
	struct daemon *daemon = data;

	brain_tick(daemon->brain, daemon_now());
	daemon_rearm(daemon);
}

/* --- speech --- */

uint32_t
daemon_say(void *data, uint32_t press, const char *text)
{
	struct daemon *daemon = data;
	const struct speech_request request = {
	    .text = text,
	    .priority = SPEECH_NAVIGATION,
	    .earcon = daemon->earcon,
	    .asked = true,
	    .secret = daemon->written,
	};
	uint32_t utterance;

	daemon->earcon = VOICE_EARCON_NONE;
	if (daemon->private)
		return daemon_say_private(daemon, text, "message", NULL);
	privacy_forget(&daemon->privacy);
	utterance = speech_request(daemon->speech, &request);
	bus_said(daemon->bus, press, utterance, request.secret ? "" : text, daemon_now());
	return utterance;
}

static uint32_t
brain_says_after(void *data, uint32_t press, const char *text)
{
	struct daemon *daemon = data;
	uint32_t utterance = speech_say_after(daemon->speech, text);

	bus_said(daemon->bus, press, utterance, text, daemon_now());
	return utterance;
}

void
daemon_say_after(void *data, const char *text)
{
	brain_says_after(data, 0, text);
}

static void
on_ended(void *data, uint32_t utterance, bool spoken, struct usec time)
{
	struct daemon *daemon = data;

	bus_speech_ended(daemon->bus, utterance, spoken, time);
	brain_spoken(daemon->brain, utterance, time);
	if (daemon->apps)
		apps_spoken(daemon->apps, utterance, spoken);
	daemon_notifications_spoken(daemon, utterance);
	daemon_beside_ended(daemon, utterance);
	calibration_run_spoken(daemon->calibration, utterance);
	ear_learn_spoken(daemon->learn, utterance);
	daemon_rearm(daemon);
}

static void
on_sink(void *data, bool working, const char *name)
{
	struct daemon *daemon = data;

	daemon_audible_done(daemon, working ? name : "");
	/* It cannot be said, but it can be shown. */
	if (problems_set(daemon->problems, PROBLEMS_OF_SOUND, working ? NULL : name))
		g_warning("%s", name);
}

/* What cannot be heard can be felt. */
static void
on_mute(void *data)
{
	daemon_feel(data, LINK_BUZZ_PRESS);
}

static void
on_routed(void *data, const struct voice_routed *routed)
{
	struct daemon *daemon = data;

	earside_routed(daemon->earside, routed);
}

static const struct speech_events speech_events = {
    .routed = on_routed,
    .started = daemon_beside_started,
    .ended = on_ended,
    .sink = on_sink,
    .mute = on_mute,
};

/* --- what the brain wants --- */

void
daemon_stop(void *data)
{
	struct daemon *daemon = data;

	/* First, for the end of what is being said comes from inside. */
	if (daemon->apps)
		apps_hush(daemon->apps);
	if (daemon->orca)
		orca_hush(daemon->orca);
	daemon->interrupted = speech_stop(daemon->speech);
}

static void
brain_watches(void *data, bool on)
{
	struct daemon *daemon = data;

	driver_link_watch(daemon->link, on);
	if (!on && daemon->apps)
		apps_disarmed(daemon->apps);
	daemon->earcon = on ? VOICE_EARCON_ARMED : VOICE_EARCON_NONE;
	if (on)
		daemon_feel(daemon, LINK_BUZZ_ARMED);
}

void
daemon_tell_result(struct daemon *daemon, uint32_t press, enum brain_result result,
		   const char *text)
{
	bus_result(daemon->bus, press, brain_result_to_str(result), daemon_now());
	daemon->earcon = result == BRAIN_RESULT_DONE ? VOICE_EARCON_DONE : VOICE_EARCON_REFUSED;
	brain_result(daemon->brain, press, result, text, daemon_now());
	daemon_rearm(daemon);
}

void
daemon_app_run(struct daemon *daemon, uint32_t press, const struct command *command)
{
	if (command->type == COMMAND_BACK)
		g_hash_table_add(daemon->backs, GUINT_TO_POINTER(press));
	else
		daemon_ear_remember(daemon, press, command);
	apps_run(daemon->apps, press, command);
}

static void
brain_runs(void *data, uint32_t press, const struct profile_binding *binding)
{
	struct daemon *daemon = data;
	const struct command *command = binding->command;
	g_autofree char *text = command_public_text(command);

	bus_command(daemon->bus, press, text, daemon_now());
	if (offers_run(daemon->offers, press, binding))
		return;
	switch (command_by(command->type)) {
	case COMMAND_BY_APP:
		if (!daemon_orca_run(daemon, press, command))
			daemon_app_run(daemon, press, command);
		return;
	case COMMAND_BY_KEYS:
		driver_link_type_key(daemon->link, press, command->key, command->modifiers);
		return;
	case COMMAND_BY_VOICE:
		own_results_add(daemon->own, press, daemon_ear_run(daemon, command));
		return;
	case COMMAND_BY_US:
		daemon_own_run(daemon, press, command);
		return;
	case COMMAND_BY_SESSION:
		deeds_run(daemon->deeds, press, command);
		return;
	}
}

static void
brain_resolves(void *data, uint32_t press, const struct profile_binding *binding)
{
	struct daemon *daemon = data;

	if (offers_resolve(daemon->offers, press, binding))
		return;
	if (command_by(binding->command->type) == COMMAND_BY_SESSION)
		deeds_resolve(daemon->deeds, press, binding->command);
	else
		apps_resolve(daemon->apps, press, binding->command);
}

static const struct brain_output brain_output = {
    .say = daemon_say,
    .stop = daemon_stop,
    .run = brain_runs,
    .watch = brain_watches,
    .resolve = brain_resolves,
    .say_after = brain_says_after,
    .point = daemon_point,
    .assign = daemon_assign,
    .undo = daemon_undo,
    .tutorial = daemon_tutorial_over,
};

/* --- apps --- */

/* Other buttons than before: who watches is told, and what they say is made ready. */
void
daemon_tell_view(struct daemon *daemon)
{
	bus_front(daemon->bus, brain_front_id(daemon->brain),
		  profile_name(brain_view(daemon->brain)->profile));
	if (daemon->talk)
		talk_prepare(daemon->talk, brain_view(daemon->brain));
}

void
daemon_set_front(struct daemon *daemon, const char *const *app_ids)
{
	brain_front(daemon->brain, app_ids, daemon_now());
	offers_front(daemon->offers, apps_front_pid(daemon->apps));
	deeds_front(daemon->deeds);
	daemon_tell_view(daemon);
	daemon_rearm(daemon);
}

static bool
profiles_ask_busy(void *data)
{
	return brain_is_busy(((struct daemon *)data)->brain);
}

static void
on_profiles(void *data, const struct profile_set *profiles)
{
	struct daemon *daemon = data;

	brain_set_profiles(daemon->brain, profiles, daemon_now());
	daemon_tell_view(daemon);
	daemon_say_after(daemon, _("The buttons have changed"));
}

static const struct profile_live_events profile_events = {
    .busy = profiles_ask_busy,
    .changed = on_profiles,
    .say = daemon_say_after,
};

static void
on_front(void *data, const char *const *app_ids)
{
	struct daemon *daemon = data;

	if (!daemon->options.front_from_bus)
		daemon_set_front(daemon, app_ids);
}

static void
on_focus(void *data)
{
	struct daemon *daemon = data;

	brain_focus(daemon->brain, daemon_now());
	daemon_rearm(daemon);
}

static void
on_site(void *data, const char *host)
{
	struct daemon *daemon = data;

	if (daemon->options.front_from_bus)
		return;
	brain_site(daemon->brain, host, daemon_now());
	daemon_tell_view(daemon);
	daemon_rearm(daemon);
}

static void
tell_app_result(struct daemon *daemon, uint32_t press, enum brain_result result, const char *text)
{
	daemon->private = daemon_ear_is_message(daemon, press, result, text);
	/* It is heard, and kept no more than what is typed. */
	daemon->written = g_hash_table_remove(daemon->writes, GUINT_TO_POINTER(press)) &&
			  result == BRAIN_RESULT_DONE && text;
	daemon_tell_result(daemon, press, result, text);
	daemon->private = daemon->written = false;
}

static void
on_app_result(void *data, uint32_t press, enum brain_result result, const char *text)
{
	struct daemon *daemon = data;
	bool was_back = g_hash_table_remove(daemon->backs, GUINT_TO_POINTER(press));

	/* No back button in front: Escape does it in most apps. */
	if (was_back && result == BRAIN_RESULT_NOT_FOUND) {
		apps_typed_instead(daemon->apps);
		driver_link_type_key(daemon->link, press, KEY_ESC, 0);
	} else if (!daemon_orca_tell(daemon, press, result, text)) {
		tell_app_result(daemon, press, result, text);
	}
}

static void
on_app_resolved(void *data, uint32_t press, enum brain_result result, const char *text)
{
	struct daemon *daemon = data;

	/* Where a test says who is in front, nobody need be there. */
	if (daemon->options.front_from_bus && result != BRAIN_RESULT_DONE)
		return;
	brain_resolved(daemon->brain, press, result, text, daemon_now());
	daemon_rearm(daemon);
}

static void
type_for_app(void *data, uint32_t press, uint32_t key)
{
	struct daemon *daemon = data;

	driver_link_type_key(daemon->link, press, key, 0);
}

/* What is read on by itself may be what somebody has written to the user, too. */
static uint32_t
say_read(void *data, uint32_t press, const char *text)
{
	struct daemon *daemon = data;
	uint32_t utterance;

	if (daemon->locked)
		return 0;
	daemon->private =
	    message_app_is(brain_front_id(daemon->brain)) && !message_app_is_control(text);
	utterance = daemon_say(daemon, press, text);
	daemon->private = false;
	return utterance;
}

/* Told, and not said of the press: whether it comes is the machine's speed, and no answer. */
static void
say_wait(void *data, uint32_t press)
{
	struct daemon *daemon = data;
	const struct speech_request request = {
	    .text = _("This takes a moment"),
	    .priority = SPEECH_NAVIGATION,
	    .asked = true,
	};
	uint32_t utterance = speech_request(daemon->speech, &request);

	(void)press;
	bus_told(daemon->bus, utterance, request.text, daemon_now());
}

static const struct apps_events apps_events = {
    .front = on_front,
    .focus = on_focus,
    .site = on_site,
    .result = on_app_result,
    .wait = say_wait,
    .resolved = on_app_resolved,
    .pointed = daemon_pointed,
    .say = say_read,
    .tell = daemon_tell_change,
    .key = type_for_app,
    .problem = daemon_problem_apps,
    .solved = daemon_problem_apps_solved,
};

/* --- the whole --- */

int
daemon_new(const struct daemon_options *options, daemon_ended_fn *ended, void *data,
	   struct daemon **out)
{
	struct daemon *daemon = g_new0(struct daemon, 1);
	struct speech_options speech = {.program = options->voice,
					.arguments = options->voice_arguments,
					.audible = daemon_audible_is_due(options)};
	int error;

	daemon->options = *options;
	daemon->ended = ended;
	daemon->data = data;
	daemon->problems = problems_new();
	daemon->backs = g_hash_table_new(NULL, NULL);
	daemon->writes = g_hash_table_new(NULL, NULL);
	daemon->message_reads = g_hash_table_new(NULL, NULL);
	daemon->orca_reads = g_hash_table_new(NULL, NULL);
	daemon_own_new(daemon);
	daemon_deeds_new(daemon);
	daemon->alarm = alarm_new(on_alarm, daemon);
	daemon->feedback = feedback_new();
	daemon_assign_new(daemon);
	daemon->profiles =
	    profile_live_new(options->profiles, daemon->problems, &profile_events, daemon);
	error =
	    brain_new(&brain_output, daemon, profile_live_set(daemon->profiles), &daemon->brain);
	if (error == 0)
		error = bus_new(&daemon_bus_events, daemon, &daemon->bus);
	if (error == 0)
		error = driver_link_new(options->driver_socket, &daemon_link_events, daemon,
					&daemon->link);
	daemon->calibration =
	    error == 0 ? calibration_run_new(daemon->link, daemon->bus, daemon_say, daemon) : NULL;
	if (error == 0)
		error = speech_new(&speech, &speech_events, daemon, &daemon->speech);
	if (error == 0) {
		daemon->talk =
		    talk_new(daemon->speech, options->voice_settings, daemon_problem, daemon);
		talk_prepare(daemon->talk, brain_view(daemon->brain));
		daemon_ear_new(daemon);
		bus_lend_talk(daemon->bus, daemon->talk);
		profile_live_start(daemon->profiles);
		daemon_offers_new(daemon);
		daemon_buttons_new(daemon);
		error = apps_new(&apps_events, daemon, &daemon->apps);
		daemon_changes_set(daemon);
	}
	if (error < 0) {
		daemon_unref(daemon);
		return error;
	}
	*out = daemon;
	return 0;
}

struct daemon *
daemon_unref(struct daemon *daemon)
{
	if (!daemon)
		return NULL;
	if (daemon->grace)
		g_source_remove(daemon->grace);
	/* First who may send events, last who gets them. */
	daemon_assign_free(daemon);
	daemon_buttons_free(daemon);
	daemon_notifications_free(daemon);
	daemon->orca = orca_free(daemon->orca);
	daemon->link = driver_link_unref(daemon->link);
	daemon->apps = apps_unref(daemon->apps);
	daemon_ear_free(daemon);
	daemon->talk = talk_free(daemon->talk);
	daemon->speech = speech_unref(daemon->speech);
	daemon->calibration = calibration_run_free(daemon->calibration);
	daemon->offers = offers_free(daemon->offers);
	daemon->bus = bus_unref(daemon->bus);
	feedback_free(daemon->feedback);
	own_results_free(daemon->own);
	deeds_free(daemon->deeds);
	alarm_free(daemon->alarm);
	brain_unref(daemon->brain);
	profile_live_free(daemon->profiles);
	problems_free(daemon->problems);
	g_hash_table_unref(daemon->backs);
	g_hash_table_unref(daemon->writes);
	g_hash_table_unref(daemon->message_reads);
	g_hash_table_unref(daemon->orca_reads);
	g_free(daemon);
	return NULL;
}
