/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning the buttons and the lessons in them, which the daemon does by itself, and the ear, which
 * is followed on the bus. Called by ctl/main's table of subcommands. Owns nothing.
 */
#include "ctl/learn.h"

#include <stdio.h>

#include "common/i18n.h"
#include "ctl/completion.h"
#include "ctl/daemon_call.h"
#include "ctl/follow.h"
#include "ctl/usage.h"

struct options {
	gboolean json;
	gboolean ear;
	gboolean tutorial;
	gboolean stop;
};

static bool
parse(struct options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"ear", 'e', 0, G_OPTION_ARG_NONE, &options->ear,
	     _("Not the buttons but the ear: placing it, a tap, a double-tap and a swipe"), NULL},
	    {"tutorial", 't', 0, G_OPTION_ARG_NONE, &options->tutorial,
	     _("Five spoken lessons in what the buttons are, as at the first start"), NULL},
	    {"stop", 0, 0, G_OPTION_ARG_NONE, &options->stop,
	     _("Let the buttons work again; with --ear or --tutorial leave that"), NULL},
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json,
	     _("With --ear, print one JSON object for each sentence"), NULL},
	    {0},
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context,
	    _("Lets every button only say what it does in the app in front, until nothing was "
	      "pressed for 30 seconds.\nWith --tutorial asks for one button after the other; "
	      "holding "
	      "left bottom down skips it.\nWith --ear says what to do with the ear, and what was "
	      "seen "
	      "of "
	      "it: how many patches, how large, how long. Nothing that you do meanwhile has any "
	      "other effect; doing nothing for 20 seconds leaves it, as does Ctrl+C."));
	if (!completion_parse(context, entries, NULL, argc, argv, &error))
		return usage_wrong("%s", error->message);
	if (options->ear && options->tutorial)
		return usage_wrong(_("either --ear or --tutorial, one after the other"));
	if (*argc > 1)
		return usage_unexpected((*argv)[1]);
	return true;
}

static GVariant *
make_object(GVariant *arguments)
{
	const char *step, *text;
	GVariantDict dict;

	g_variant_get(arguments, "(&s&s)", &step, &text);
	g_variant_dict_init(&dict, NULL);
	g_variant_dict_insert(&dict, "step", "s", step);
	g_variant_dict_insert(&dict, "text", "s", text);
	return g_variant_dict_end(&dict);
}

static int
learn_buttons(const char *method, bool on)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = daemon_call(method, g_variant_new("(b)", on), "()", &error);

	if (answer)
		return 0;
	fprintf(stderr, "sidetouchctl learn: %s\n", error->message);
	return 1;
}

int
ctl_learn(int argc, char **argv)
{
	struct options options = {0};
	struct follow follow = {
	    .command = "learn",
	    .method = "LearnEar",
	    .signal = "EarLesson",
	    .stop_method = "StopLearningEar",
	    .format = "(ss)",
	    .gone = _("learning is left"),
	    .none = _("nobody is learning"),
	    .object = make_object,
	};

	if (!parse(&options, &argc, &argv))
		return 2;
	if (!options.ear)
		return learn_buttons(options.tutorial ? "Tutorial" : "Learn", !options.stop);
	follow.json = options.json;
	return options.stop ? follow_stop(&follow) : follow_run(&follow, NULL);
}
