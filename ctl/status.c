/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl status`: one call to the daemon, printed line by line.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#include "ctl/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "ctl/completion.h"
#include "ctl/daemon_call.h"
#include "ctl/json.h"
#include "ctl/usage.h"

/* The start of one line each, in the order of importance to somebody for whom it does not work. */
static const struct {
	const char *key;
	const char *words;
} lines[] = {
    {"driver", N_("Touch driver")},
    {"apps", N_("Apps")},
    {"last-act", N_("Last act")},
    {"front", N_("App in front")},
    {"site", N_("Web site")},
    {"profile", N_("Its profile")},
    {"armed", N_("Waiting for the second press of")},
    {"ear", N_("Held to the ear, or away from it")},
    {"proximity", N_("The proximity sensor says")},
    {"sink", N_("Speech goes to")},
    {"notifications", N_("Notifications")},
    {"version", N_("Version")},
};

static bool
parse(int *argc, char ***argv, gboolean *json)
{
	const GOptionEntry entries[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, json, _("Print one JSON object"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context, _("Prints what is connected, which app is in front, and what is wrong."));
	if (!completion_parse(context, entries, NULL, argc, argv, &error))
		return usage_wrong("%s", error->message);
	if (*argc > 1)
		return usage_unexpected((*argv)[1]);
	return true;
}

static void
print_panel(GVariant *panel)
{
	const char *name = "", *state = "";
	double width = 0, height = 0;
	guint32 number = 0, slots = 1;

	g_variant_lookup(panel, "number", "u", &number);
	g_variant_lookup(panel, "name", "&s", &name);
	g_variant_lookup(panel, "state", "&s", &state);
	g_variant_lookup(panel, "width-mm", "d", &width);
	g_variant_lookup(panel, "height-mm", "d", &height);
	g_variant_lookup(panel, "slots", "u", &slots);
	if (slots == 0)
		printf(_("Keys: %s, %s\n"), name, state);
	else if (width > 0 && height > 0)
		printf(_("Touchscreen %u: %s, %s, %.0f by %.0f mm\n"), number, name, state, width,
		       height);
	else
		printf(_("Touchscreen %u: %s, %s, of unknown size: it has no pads until a file in "
			 "/etc/sidetouch/quirks.d says it, see sidetouch-devices(5)\n"),
		       number, name, state);
}

static void
print_offered(GVariant *status)
{
	g_autoptr(GVariant) offered =
	    g_variant_lookup_value(status, "offered", G_VARIANT_TYPE_VARDICT);
	const char *button;
	GVariantIter iter;
	GVariant *label;

	if (!offered)
		return;
	g_variant_iter_init(&iter, offered);
	while (g_variant_iter_loop(&iter, "{&sv}", &button, &label))
		printf(_("The app itself offers: %s, %s\n"), button,
		       g_variant_get_string(label, NULL));
}

static void
print_status(GVariant *status)
{
	g_autoptr(GVariant) panels =
	    g_variant_lookup_value(status, "panels", G_VARIANT_TYPE("aa{sv}"));
	g_autofree const char **problems = NULL;
	gboolean running = FALSE;

	for (size_t i = 0; i < ARRAY_LENGTH(lines); i++) {
		const char *value;

		if (g_variant_lookup(status, lines[i].key, "&s", &value) && value[0] != '\0')
			printf("%s: %s\n", _(lines[i].words), value);
		for (gsize j = 0; i == 0 && panels && j < g_variant_n_children(panels); j++) {
			g_autoptr(GVariant) panel = g_variant_get_child_value(panels, j);

			print_panel(panel);
		}
	}
	print_offered(status);
	g_variant_lookup(status, "voice-running", "b", &running);
	printf(_("Voice: %s\n"), running ? _("running") : _("not running"));
	if (g_variant_lookup(status, "problems", "^a&s", &problems)) {
		for (size_t i = 0; problems[i]; i++)
			printf(_("Problem: %s\n"), problems[i]);
	}
}

int
ctl_status(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = NULL, status = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	gboolean json = FALSE;

	if (!parse(&argc, &argv, &json))
		return 2;
	answer = daemon_call("GetStatus", NULL, "(a{sv})", &error);
	if (!answer) {
		fprintf(stderr, "sidetouchctl status: %s\n", error->message);
		return 1;
	}
	status = g_variant_get_child_value(answer, 0);
	if (json) {
		json_append_variant(out, status);
		puts(out->str);
	} else {
		print_status(status);
	}
	return 0;
}
