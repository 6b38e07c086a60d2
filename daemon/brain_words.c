/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a command's end is put into words.
 * Called by daemon/brain only.
 * Owns nothing but the strings of the runs that it was given.
 */
#include "daemon/brain_words.h"

#include "common/i18n.h"

void
brain_words_run_init(struct brain_words_run *run, const struct command *command)
{
	run->type = command->type;
	run->role = g_strdup(command->role);
	run->name = g_strdup(command->name);
}

void
brain_words_run_clear(struct brain_words_run *run)
{
	g_free(run->role);
	g_free(run->name);
	*run = (struct brain_words_run){0};
}

static char *
done(const struct brain_words_run *run, const char *label, const char *text)
{
	if (text)
		return g_strdup(text);
	return command_is_heard(run->type) ? NULL : g_strdup(label);
}

static char *
delivered(const struct brain_words_run *run, const char *label, const char *text)
{
	/* What a key does cannot be watched: that it was typed is all there is to say. */
	if (text || run->type == COMMAND_KEY)
		return g_strdup(text ? text : label);
	return g_strdup_printf(_("%s, no response"), label);
}

static char *
not_found(const struct brain_words_run *run)
{
	const char *words = command_not_found(run->type);

	if (run->name && command_by(run->type) == COMMAND_BY_APP)
		return g_strdup_printf(_("No \"%s\" here"), run->name);
	if (run->role)
		return g_strdup_printf(_("No %s here"), _(run->role));
	return g_strdup(words ? _(words) : _("Not possible here"));
}

static char *
failure(const struct brain_words_run *run, const char *label, enum brain_result result,
	const char *text)
{
	if (text)
		return g_strdup(text);
	switch (result) {
	case BRAIN_RESULT_NOT_FOUND:
		return not_found(run);
	case BRAIN_RESULT_NOT_RESPONDING:
		return g_strdup(_("The app does not respond"));
	case BRAIN_RESULT_DONE:
	case BRAIN_RESULT_DELIVERED:
	case BRAIN_RESULT_FAILED:
		break;
	}
	return g_strdup_printf(_("%s failed"), label);
}

char *
brain_words_result(const struct brain_words_run *run, const char *label, enum brain_result result,
		   const char *text, bool late)
{
	g_autofree char *words = NULL;

	switch (result) {
	case BRAIN_RESULT_DONE:
		return late ? NULL : done(run, label, text);
	case BRAIN_RESULT_DELIVERED:
		return late ? NULL : delivered(run, label, text);
	case BRAIN_RESULT_NOT_FOUND:
	case BRAIN_RESULT_NOT_RESPONDING:
	case BRAIN_RESULT_FAILED:
		break;
	}
	words = failure(run, label, result, text);
	return late ? g_strdup_printf("%s: %s", label, words) : g_steal_pointer(&words);
}

/* Whole sentences: another language may turn the words around. */
static char *
ear_announcement(const char *label, struct input input)
{
	if (input_equal(input, input_ear(INPUT_EAR_TAP)))
		return g_strdup_printf(_("%s, tap again"), label);
	if (input_equal(input, input_ear(INPUT_EAR_DOUBLE_TAP)))
		return g_strdup_printf(_("%s, double-tap again"), label);
	if (input_equal(input, input_ear(INPUT_EAR_HOLD)))
		return g_strdup_printf(_("%s, hold again"), label);
	if (input_equal(input, input_ear(INPUT_EAR_ROTATE_CLOCKWISE)) ||
	    input_equal(input, input_ear(INPUT_EAR_ROTATE_BACK)))
		return g_strdup_printf(_("%s, turn again"), label);
	return g_strdup_printf(_("%s, swipe again"), label);
}

char *
brain_words_announcement(const char *label, struct input input, enum profile_confirm how)
{
	if (how == PROFILE_CONFIRM_HOLD)
		return g_strdup_printf(_("%s, press again and hold"), label);
	switch (input_kind(input)) {
	case INPUT_PRESS:
	case INPUT_CHORD:
		return g_strdup_printf(_("%s, press again"), label);
	case INPUT_HOLD:
		return g_strdup_printf(_("%s, hold again"), label);
	case INPUT_EAR:
		return ear_announcement(label, input);
	}
	return g_strdup(label);
}

static const char *
pad_word(enum pad pad)
{
	static const char *const words[PAD_COUNT] = {
	    [PAD_LEFT_TOP] = N_("left top"),         [PAD_LEFT_MIDDLE] = N_("left middle"),
	    [PAD_LEFT_BOTTOM] = N_("left bottom"),   [PAD_RIGHT_TOP] = N_("right top"),
	    [PAD_RIGHT_MIDDLE] = N_("right middle"), [PAD_RIGHT_BOTTOM] = N_("right bottom"),
	};

	return _(words[pad]);
}

static const char *
ear_word(struct input input)
{
	static const char *const words[INPUT_EAR_COUNT] = {
	    [INPUT_EAR_TAP] = N_("tap with the ear"),
	    [INPUT_EAR_DOUBLE_TAP] = N_("double-tap with the ear"),
	    [INPUT_EAR_SWIPE_UP] = N_("swipe up with the ear"),
	    [INPUT_EAR_SWIPE_DOWN] = N_("swipe down with the ear"),
	    [INPUT_EAR_SWIPE_LEFT] = N_("swipe left with the ear"),
	    [INPUT_EAR_SWIPE_RIGHT] = N_("swipe right with the ear"),
	    [INPUT_EAR_HOLD] = N_("hold with the ear"),
	    [INPUT_EAR_ROTATE_CLOCKWISE] = N_("turn clockwise at the ear"),
	    [INPUT_EAR_ROTATE_BACK] = N_("turn back at the ear"),
	};

	for (int i = 0; i < INPUT_EAR_COUNT; i++) {
		if (input_equal(input, input_ear((enum input_ear)i)))
			return _(words[i]);
	}
	return "";
}

char *
brain_words_input(struct input input)
{
	const char *pads[2] = {"", ""};
	size_t count = 0;

	for (int pad = 0; pad < PAD_COUNT; pad++) {
		if (input_has_pad(input, (enum pad)pad) && count < 2)
			pads[count++] = pad_word((enum pad)pad);
	}
	switch (input_kind(input)) {
	case INPUT_PRESS:
		break;
	case INPUT_HOLD:
		return g_strdup_printf(_("%s held"), pads[0]);
	case INPUT_CHORD:
		return g_strdup_printf(_("%s and %s"), pads[0], pads[1]);
	case INPUT_EAR:
		return g_strdup(ear_word(input));
	}
	return g_strdup(pads[0]);
}

char *
brain_words_lesson(struct input input, const struct profile_binding *binding,
		   enum profile_confirm how)
{
	g_autofree char *where = brain_words_input(input);
	g_autofree char *lesson = NULL;

	if (!binding)
		return g_strdup_printf(_("%s: nothing here"), where);
	switch (how) {
	case PROFILE_CONFIRM_SINGLE:
		lesson = g_strdup_printf(_("%s: %s"), where, binding->label);
		break;
	case PROFILE_CONFIRM_DOUBLE:
		lesson = g_strdup_printf(_("%s: %s, twice"), where, binding->label);
		break;
	case PROFILE_CONFIRM_HOLD:
		lesson = g_strdup_printf(_("%s: %s, press and then hold"), where, binding->label);
		break;
	}
	return binding->hint ? g_strdup_printf(_("%s. %s"), lesson, binding->hint)
			     : g_steal_pointer(&lesson);
}

/* Whole sentences: another language may turn the words around. */
char *
brain_words_cancelled(const char *label, enum brain_reason reason)
{
	static const char *const sentences[] = {
	    [BRAIN_REASON_TOUCH] = N_("%s cancelled, the screen was touched"),
	    [BRAIN_REASON_FRONT] = N_("%s cancelled, another app is in front"),
	    [BRAIN_REASON_SITE] = N_("%s cancelled, another page is there"),
	    [BRAIN_REASON_FOCUS] = N_("%s cancelled, something else has the focus"),
	    [BRAIN_REASON_TARGET] = N_("%s cancelled, what it acts on has changed"),
	    [BRAIN_REASON_EAR] = N_("%s cancelled, the phone is at the ear"),
	    [BRAIN_REASON_EAR_GONE] = N_("%s cancelled, the phone has left the ear"),
	    [BRAIN_REASON_LOCK] = N_("%s cancelled, the screen is locked"),
	    [BRAIN_REASON_UNLOCK] = N_("%s cancelled, the screen is unlocked"),
	    [BRAIN_REASON_LINK] = N_("%s cancelled, the buttons were away"),
	    [BRAIN_REASON_PROFILES] = N_("%s cancelled, the profiles have changed"),
	    [BRAIN_REASON_SLID] = N_("%s cancelled, the press slid off"),
	    [BRAIN_REASON_NOTHING] = N_("%s cancelled"),
	};
	g_auto(GStrv) parts = g_strsplit(_(sentences[reason]), "%s", 2);

	return g_strconcat(parts[0], label, parts[1], NULL);
}

const char *
brain_result_to_str(enum brain_result result)
{
	switch (result) {
	case BRAIN_RESULT_DONE:
		return "done";
	case BRAIN_RESULT_DELIVERED:
		return "delivered";
	case BRAIN_RESULT_NOT_FOUND:
		return "not-found";
	case BRAIN_RESULT_NOT_RESPONDING:
		return "not-responding";
	case BRAIN_RESULT_FAILED:
		return "failed";
	}
	return "failed";
}
