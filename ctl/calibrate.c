/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Follows a calibration on the bus.
 * Called by ctl/main's table of subcommands.
 * Owns nothing.
 */
#include "ctl/calibrate.h"

#include <stdio.h>

#include "common/i18n.h"
#include "ctl/completion.h"
#include "ctl/follow.h"
#include "ctl/usage.h"

struct options {
	gboolean json;
	gboolean stop;
	int panel; /* 0: the only one */
};

static bool
parse(struct options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"panel", 'p', 0, G_OPTION_ARG_INT, &options->panel,
	     _("The touchscreen of this number, as status shows it; needed where there are "
	       "several"),
	     "NUMBER"},
	    {"stop", 0, 0, G_OPTION_ARG_NONE, &options->stop,
	     _("Leave the calibration that is under way"), NULL},
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json,
	     _("Print one JSON object for each sentence"), NULL},
	    {0},
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context, _("Says which of the six buttons to press, three times each, and learns where "
		       "they are.\nThe display may be off. Doing nothing for 20 s leaves it, as do "
		       "Ctrl+C and --stop; then nothing has changed."));
	if (!completion_parse(context, entries, NULL, argc, argv, &error))
		return usage_wrong("%s", error->message);
	if (*argc > 1)
		return usage_unexpected((*argv)[1]);
	if (options->panel < 0)
		return usage_wrong(_("a panel's number is 1 or more"));
	return true;
}

static GVariant *
make_object(GVariant *arguments)
{
	const char *step, *pad, *text;
	guint32 presses;
	GVariantDict dict;

	g_variant_get(arguments, "(&s&su&s)", &step, &pad, &presses, &text);
	g_variant_dict_init(&dict, NULL);
	g_variant_dict_insert(&dict, "step", "s", step);
	g_variant_dict_insert(&dict, "pad", "s", pad);
	g_variant_dict_insert(&dict, "presses", "u", presses);
	g_variant_dict_insert(&dict, "text", "s", text);
	return g_variant_dict_end(&dict);
}

int
ctl_calibrate(int argc, char **argv)
{
	struct options options = {0};
	struct follow follow = {
	    .command = "calibrate",
	    .method = "Calibrate",
	    .signal = "Calibration",
	    .stop_method = "StopCalibrating",
	    .format = "(ssus)",
	    .gone = _("calibration is left and the buttons stay where they were"),
	    .none = _("no calibration is under way"),
	    .object = make_object,
	};

	if (!parse(&options, &argc, &argv))
		return 2;
	follow.json = options.json;
	if (options.stop)
		return follow_stop(&follow);
	return follow_run(&follow, g_variant_new("(u)", (guint32)options.panel));
}
