/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the daemon decides, as one object: confirmation, the profile in front, runs under way.
 * Called by daemon/daemon and the scenario runner, never from inside one of its own outputs.
 * Owns the confirmation, the ids of the app in front and the labels of the latest runs.
 *
 * What disarms a first press says "LABEL cancelled", unless it is heard anyway: another input says
 * its own label, and after a time-out the next press announces again. An input that is bound to
 * nothing, a hold or a chord, only disarms.
 * A late success is not said once a newer press was taken; a late failure always is, and disarms,
 * so that what was heard last is never something else than what the next press does.
 */
#include <string.h>

#include "common/i18n.h"
#include "daemon/brain_private.h"

/* What the user or the admin wrote stays, and so does the way out from the ear. */
static bool
gives_way(const struct profile_binding *binding)
{
	return !binding || (binding->command_origin.layer < PROFILE_LAYER_RUNNING &&
			    binding->command->type != COMMAND_EAR);
}

static void
look(struct brain *brain)
{
	profile_set_view(brain->profiles, (const char *const *)brain->front, brain->site,
			 &brain->view);
	for (unsigned i = 0; brain->offered && i < INPUT_COUNT; i++) {
		if (brain->offered[i] && gives_way(brain->view.bindings[i]))
			brain->view.bindings[i] = brain->offered[i];
	}
}

int
brain_new(const struct brain_output *output, void *data, const struct profile_set *profiles,
	  struct brain **out)
{
	struct brain *brain = g_new0(struct brain, 1);

	brain->output = *output;
	brain->data = data;
	brain->front = g_new0(char *, 1);
	brain->next_ear = BRAIN_EAR_FIRST;
	brain->profiles = profiles;
	look(brain);
	brain_assign_init(brain);
	*out = brain;
	return 0;
}

static void
run_clear(struct run *run)
{
	brain_words_run_clear(&run->words);
	g_free(run->label);
	*run = (struct run){0};
}

struct brain *
brain_unref(struct brain *brain)
{
	if (!brain)
		return NULL;
	for (size_t i = 0; i < RUNS_MAX; i++)
		run_clear(&brain->runs[i]);
	brain_assign_clear(brain);
	g_strfreev(brain->front);
	g_free(brain->site);
	g_free(brain->armed_label);
	g_free(brain->armed_target);
	g_free(brain);
	return NULL;
}

void
brain_disarmed(struct brain *brain)
{
	brain->output.watch(brain->data, false);
}

void
brain_cancel(struct brain *brain, enum brain_reason reason)
{
	g_autofree char *text = NULL;

	if (confirm_disarm(&brain->confirm))
		brain_disarmed(brain);
	else if (!brain->dropped)
		return;
	brain->dropped = false;
	text = brain_words_cancelled(brain->armed_label, reason);
	brain->output.say(brain->data, 0, text);
}

static void
announce(struct brain *brain, const struct brain_occurrence *it,
	 const struct profile_binding *binding, enum profile_confirm how)
{
	g_autofree char *text = brain_words_announcement(binding->label, it->input, how);
	uint32_t utterance;

	g_free(brain->armed_label);
	brain->armed_label = g_strdup(binding->label);
	brain->armed_press = it->press;
	brain->armed_known = false;
	brain->armed_help = binding->command->type == COMMAND_EMERGENCY;
	brain->output.watch(brain->data, true);
	utterance = brain->output.say(brain->data, it->press, text);
	confirm_announced(&brain->confirm, utterance, it->time);
	if (command_needs_target(binding->command) && brain->output.resolve)
		brain->output.resolve(brain->data, it->press, binding);
}

void
brain_run(struct brain *brain, const struct brain_occurrence *it,
	  const struct profile_binding *binding)
{
	struct run *slot = &brain->runs[brain->next_run];

	/* A restarted driver may use a number again while an app still thinks about the old one. */
	for (size_t i = 0; i < RUNS_MAX; i++) {
		if (brain->runs[i].press == it->press)
			run_clear(&brain->runs[i]);
	}
	brain->next_run = (brain->next_run + 1) % RUNS_MAX;
	run_clear(slot);
	slot->press = it->press;
	slot->label = g_strdup(binding->label);
	brain_words_run_init(&slot->words, binding->command);
	brain->output.run(brain->data, it->press, binding);
}

enum profile_confirm
brain_how(const struct brain *brain, const struct profile_binding *binding)
{
	return brain->always && binding->confirm == PROFILE_CONFIRM_SINGLE ? PROFILE_CONFIRM_DOUBLE
									   : binding->confirm;
}

/* Not even by its label, which tells which app is in front. */
static void
refuse_locked(struct brain *brain, uint32_t press)
{
	if (confirm_disarm(&brain->confirm))
		brain_disarmed(brain);
	brain->dropped = false;
	brain->output.say(brain->data, press,
			  _("The screen is locked. Unlock it to use this button"));
}

void
brain_complete(struct brain *brain, const struct brain_occurrence *it)
{
	const struct profile_binding *binding = profile_view_binding(&brain->view, it->input);
	bool was_armed = confirm_is_armed(&brain->confirm);
	struct confirm_input done = {it->input, PROFILE_CONFIRM_DOUBLE, it->held, it->down,
				     it->time};

	if (brain_mode_input(brain, it))
		return;
	if (!binding) {
		brain_cancel(brain, BRAIN_REASON_NOTHING);
		return;
	}
	if (brain->locked && !command_when_locked(binding->command->type)) {
		refuse_locked(brain, it->press);
		return;
	}
	done.how = brain_how(brain, binding);
	brain->newest = it->press;
	brain->dropped = false;
	switch (confirm_done(&brain->confirm, &done)) {
	case CONFIRM_ANNOUNCE:
		announce(brain, it, binding, done.how);
		return;
	case CONFIRM_RUN:
		/* Before it is disarmed: what was announced is known until then. */
		brain_run(brain, it, binding);
		if (was_armed)
			brain_disarmed(brain);
		return;
	}
}

void
brain_set_confirm(struct brain *brain, const struct brain_confirm *confirm)
{
	brain->confirm.window = confirm->window;
	brain->always = confirm->always;
}

void
brain_touch(struct brain *brain, struct usec time)
{
	(void)time;
	brain_cancel(brain, BRAIN_REASON_TOUCH);
}

void
brain_front(struct brain *brain, const char *const *app_ids, struct usec time)
{
	if (g_strv_equal(app_ids, (const char *const *)brain->front))
		return;
	brain_cancel(brain, BRAIN_REASON_FRONT);
	brain_assign_leave(brain, BRAIN_REASON_FRONT, time);
	g_strfreev(brain->front);
	brain->front = g_strdupv((char **)app_ids);
	g_clear_pointer(&brain->site, g_free);
	look(brain);
}

void
brain_site(struct brain *brain, const char *host, struct usec time)
{
	if (g_strcmp0(brain->site, host) == 0)
		return;
	brain_cancel(brain, BRAIN_REASON_SITE);
	brain_assign_leave(brain, BRAIN_REASON_SITE, time);
	g_free(brain->site);
	brain->site = g_strdup(host);
	look(brain);
}

void
brain_offer(struct brain *brain, const struct profile_binding *const *bindings, struct usec time)
{
	(void)time;
	brain_cancel(brain, BRAIN_REASON_PROFILES);
	brain->offered = bindings;
	look(brain);
}

void
brain_focus(struct brain *brain, struct usec time)
{
	(void)time;
	/* An app that moves it without end must keep nobody from calling for help. */
	if (!brain->armed_help)
		brain_cancel(brain, BRAIN_REASON_FOCUS);
}

void
brain_lock(struct brain *brain, bool locked, struct usec time)
{
	const enum brain_reason reason = locked ? BRAIN_REASON_LOCK : BRAIN_REASON_UNLOCK;

	brain->locked = locked;
	for (size_t i = 0; i < RUNS_MAX && locked; i++)
		run_clear(&brain->runs[i]);
	brain_cancel(brain, reason);
	brain_assign_leave(brain, reason, time);
}

void
brain_link(struct brain *brain, bool up, struct usec time)
{
	(void)up;
	brain_cancel(brain, BRAIN_REASON_LINK);
	brain_assign_leave(brain, BRAIN_REASON_LINK, time);
	/* Another driver counts its presses from the start. */
	brain->has_press = false;
	brain->has_hold = false;
	brain->pads_down = 0;
	brain->chord_down = false;
	brain->at_ear = false;
	brain->chorded[0] = brain->chorded[1] = 0;
}

void
brain_set_profiles(struct brain *brain, const struct profile_set *profiles, struct usec now)
{
	(void)now;
	brain_cancel(brain, BRAIN_REASON_PROFILES);
	brain->profiles = profiles;
	look(brain);
}

void
brain_spoken(struct brain *brain, uint32_t utterance, struct usec time)
{
	confirm_spoken(&brain->confirm, utterance, time);
	brain_mode_spoken(brain, utterance, time);
}

/* Only what the label did not say already. */
static bool
is_news(const struct brain *brain, const char *name)
{
	g_autofree char *label = g_utf8_casefold(brain->armed_label, -1);
	g_autofree char *other = name ? g_utf8_casefold(name, -1) : NULL;

	return other && other[0] != '\0' && strcmp(label, other) != 0;
}

/* What it would act on, or why that is not known, belongs to the announcement. */
static void
announce_more(struct brain *brain, uint32_t press, const char *text)
{
	if (text && confirm_is_waiting(&brain->confirm))
		confirm_goes_on(&brain->confirm, brain->output.say_after(brain->data, press, text));
}

static char *
why_not(const struct brain *brain, enum brain_result result, const char *text)
{
	const struct profile_binding *binding =
	    profile_view_binding(&brain->view, brain->confirm.input);
	struct brain_words_run words = {.type = COMMAND_ACTIVATE};
	char *sentence;

	brain_words_run_init(&words, binding->command);
	sentence = brain_words_result(&words, brain->armed_label, result, text, false);
	brain_words_run_clear(&words);
	return sentence;
}

/* What was announced is not there any more, or something else is in its place. */
static void
resolved_again(struct brain *brain, enum brain_result result, const char *text)
{
	if (result == BRAIN_RESULT_NOT_RESPONDING ||
	    (result == BRAIN_RESULT_DONE && g_strcmp0(text, brain->armed_target) == 0))
		return;
	brain_cancel(brain, BRAIN_REASON_TARGET);
}

void
brain_resolved(struct brain *brain, uint32_t press, enum brain_result result, const char *text,
	       struct usec time)
{
	g_autofree char *failure = NULL;

	(void)time;
	if (!confirm_is_armed(&brain->confirm) || brain->armed_press != press)
		return;
	if (brain->armed_known) {
		resolved_again(brain, result, text);
		return;
	}
	switch (result) {
	case BRAIN_RESULT_DONE:
		brain->armed_known = true;
		g_free(brain->armed_target);
		brain->armed_target = g_strdup(text);
		announce_more(brain, press, is_news(brain, text) ? text : NULL);
		return;
	case BRAIN_RESULT_NOT_RESPONDING:
		/* It is said, but an app that is only slow has its second press. */
		failure = why_not(brain, result, text);
		announce_more(brain, press, failure);
		return;
	case BRAIN_RESULT_DELIVERED:
	case BRAIN_RESULT_NOT_FOUND:
	case BRAIN_RESULT_FAILED:
		break;
	}
	failure = why_not(brain, result, text);
	confirm_disarm(&brain->confirm);
	brain_disarmed(brain);
	brain->output.say(brain->data, press, failure);
}

void
brain_result(struct brain *brain, uint32_t press, enum brain_result result, const char *text,
	     struct usec time)
{
	struct run *slot = NULL;
	g_autofree char *words = NULL;
	bool late = press != brain->newest;

	for (size_t i = 0; i < RUNS_MAX && !slot; i++) {
		if (press != 0 && brain->runs[i].press == press)
			slot = &brain->runs[i];
	}
	if (!slot)
		return;
	words = brain_words_result(&slot->words, slot->label, result, text, late);
	run_clear(slot);
	if (!words)
		return;
	if (confirm_disarm(&brain->confirm))
		brain_disarmed(brain);
	if (brain->mode == BRAIN_MODE_USUAL)
		brain->output.say(brain->data, press, words);
	else
		brain_mode_say(brain, press, words, time);
}

bool
brain_is_busy(const struct brain *brain)
{
	return brain->pads_down != 0 || brain->chord_down || confirm_is_armed(&brain->confirm);
}

bool
brain_next_deadline(const struct brain *brain, struct usec *deadline)
{
	bool armed = confirm_deadline(&brain->confirm, deadline);

	if (brain->mode == BRAIN_MODE_USUAL)
		return armed;
	*deadline = armed ? usec_min(*deadline, brain->mode_until) : brain->mode_until;
	return true;
}

void
brain_tick(struct brain *brain, struct usec now)
{
	if (confirm_tick(&brain->confirm, now))
		brain_disarmed(brain);
	brain_mode_tick(brain, now);
}

const char *
brain_front_id(const struct brain *brain)
{
	return brain->front[0] ? brain->front[0] : "";
}

const char *const *
brain_front_ids(const struct brain *brain)
{
	return (const char *const *)brain->front;
}

const char *
brain_front_site(const struct brain *brain)
{
	return brain->site;
}

const struct profile_view *
brain_view(const struct brain *brain)
{
	return &brain->view;
}

bool
brain_armed(const struct brain *brain, struct input *out)
{
	if (!confirm_is_armed(&brain->confirm))
		return false;
	*out = brain->confirm.input;
	return true;
}
