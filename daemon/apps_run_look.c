/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The half of a command that only asks: what it would act on and what that is called, whether it is
 * still what was announced, and how it is told that it cannot be used or that nobody answers.
 * Called by daemon/apps_run. Owns nothing: all of it is in the run.
 */
#include "daemon/apps_run_private.h"

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_read.h"

/* Frees run: nothing may follow. */
void
apps_run_finish(struct apps_run *run, enum brain_result result, const char *text)
{
	run->done(run->data, run, result, text);
}

/* The result of an application that did not answer as it should. */
void
apps_run_finish_reply(struct apps_run *run, enum a11y_reply reply)
{
	switch (reply) {
	case A11Y_REPLY_LATE:
		apps_run_finish(run, BRAIN_RESULT_NOT_RESPONDING, NULL);
		break;
	case A11Y_REPLY_GONE:
		apps_run_finish(run, BRAIN_RESULT_FAILED, _("The app has closed"));
		break;
	case A11Y_REPLY_OK:
	case A11Y_REPLY_ERROR:
		apps_run_finish(run, BRAIN_RESULT_FAILED, NULL);
		break;
	}
}

void
apps_run_on_read(void *data, enum a11y_reply reply, const struct apps_widget *widget)
{
	g_autofree char *words = NULL;

	if (!widget) {
		apps_run_finish_reply(data, reply);
		return;
	}
	words = apps_widget_words(widget);
	apps_run_finish(data, BRAIN_RESULT_DONE,
			words[0] != '\0' ? words : apps_widget_role(widget->role));
}

char *
apps_run_take_name(struct apps_run *run, enum a11y_reply reply, GVariant *body)
{
	if (reply == A11Y_REPLY_OK)
		return a11y_name_best(g_variant_get_string(body, NULL), NULL);
	apps_run_finish_reply(run, reply);
	return NULL;
}

static void
on_name_found(void *data, enum a11y_reply reply, GVariant *body)
{
	g_autofree char *name = apps_run_take_name(data, reply, body);

	if (name)
		apps_run_finish(data, BRAIN_RESULT_DONE, name);
}

/* Of what the user has chosen by moving to it, all is said; of what the profile names, its name. */
void
apps_run_look_at(struct apps_run *run, const struct a11y_ref *ref)
{
	if (command_names_widget(run->command))
		a11y_get(run->group, ref, A11Y_IF_ACCESSIBLE, "Name", "s", on_name_found, run);
	else
		apps_read_new(run->app, ref, 0, apps_run_on_read, run, &run->read_again);
}

static void
on_target_name(void *data, enum a11y_reply reply, GVariant *body)
{
	g_autofree char *name = apps_run_take_name(data, reply, body);
	struct apps_run *run = data;

	if (!name)
		return;
	if (g_str_equal(name, run->announced))
		apps_run_act(run, &run->target, run->found_action);
	else
		apps_run_finish(
		    run, BRAIN_RESULT_FAILED,
		    _("Something else is there now, so nothing was done. Press again to hear "
		      "what"));
}

/* What was announced is what is done, and nothing else that fits the same words. */
void
apps_run_act_if_announced(struct apps_run *run, const struct a11y_ref *ref, int action)
{
	if (!run->announced || !command_names_widget(run->command)) {
		apps_run_act(run, ref, action);
		return;
	}
	run->target = a11y_ref_copy(ref);
	run->found_action = action;
	a11y_get(run->group, &run->target, A11Y_IF_ACCESSIBLE, "Name", "s", on_target_name, run);
}

/* By its own name: the profile's may have a star in it. */
static void
on_greyed_name(void *data, enum a11y_reply reply, GVariant *body)
{
	struct apps_run *run = data;
	const char *own = reply == A11Y_REPLY_OK ? g_variant_get_string(body, NULL) : "";
	g_autofree char *best = a11y_name_best(own, NULL);
	const char *name = best[0] != '\0'      ? best
			   : run->command->name ? run->command->name
						: run->command->role;
	g_autofree char *text = NULL;

	if (!name) {
		apps_run_finish(run, BRAIN_RESULT_NOT_FOUND, NULL);
		return;
	}
	text = g_strdup_printf(run->command->type == COMMAND_ACTIVATE
				   ? _("\"%s\" cannot be pressed now")
				   : _("\"%s\" cannot be used now"),
			       name);
	apps_run_finish(run, BRAIN_RESULT_FAILED, text);
}

void
apps_run_finish_greyed(struct apps_run *run, const struct a11y_ref *ref)
{
	/* A key may still lead back. */
	if (run->command->type == COMMAND_BACK)
		apps_run_finish(run, BRAIN_RESULT_NOT_FOUND, NULL);
	else
		a11y_get(run->group, ref, A11Y_IF_ACCESSIBLE, "Name", "s", on_greyed_name, run);
}
