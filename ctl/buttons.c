/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl buttons`: shows the settings of the buttons, or changes one in their file, which
 * the daemon watches. Called by ctl/main's table of subcommands. Owns nothing between calls.
 */
#include "ctl/buttons.h"

#include <stdio.h>
#include <string.h>

#include "common/button_settings.h"
#include "common/i18n.h"
#include "common/profile_edit.h"
#include "ctl/completion.h"
#include "ctl/json.h"
#include "ctl/usage.h"

static void
complete_setting(int argc, char **argv)
{
	const char *word;

	for (size_t i = 0; argc == 0 && i < button_settings_count(); i++)
		completion_word(button_settings_name(i), button_settings_help(i));
	for (size_t i = 0; argc == 1 && (word = button_settings_word(argv[0], i)); i++)
		completion_word(word, "");
}

static bool
parse(gboolean *json, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, json, _("Print JSON"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new("[SETTING [VALUE]]");
	g_autoptr(GString) summary =
	    g_string_new(_("Shows or changes how the buttons are confirmed. The settings are:"));
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; i < button_settings_count(); i++)
		g_string_append_printf(summary, "\n  %s: %s", button_settings_name(i),
				       button_settings_help(i));
	g_option_context_set_summary(context, summary->str);
	if (!completion_parse(context, entries, complete_setting, argc, argv, &error))
		return usage_wrong("%s", error->message);
	if (*argc > 3)
		return usage_unexpected((*argv)[3]);
	return true;
}

static void
on_problem(void *data, const char *problem)
{
	(void)data;
	fprintf(stderr, "%s\n", problem);
}

static void
show(const struct button_settings *settings, const char *name, bool json)
{
	const char *comma = "{";

	for (size_t i = 0; i < button_settings_count(); i++) {
		const char *one = button_settings_name(i);
		g_autofree char *value = button_settings_get(settings, one);

		if (name && strcmp(name, one) != 0)
			continue;
		if (json)
			printf("%s\"%s\":\"%s\"", comma, one, value);
		else
			printf("%s %s\n", one, value);
		comma = ",";
	}
	if (json)
		puts("}");
}

static int
change(const char *path, const char *name, const char *value)
{
	g_autofree char *text = NULL, *changed = NULL, *reason = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		text = g_strdup("");
	changed = button_settings_change(text, name, value);
	if (profile_edit_write(path, changed, &reason) == 0)
		return 0;
	fprintf(stderr, "sidetouchctl buttons: %s\n", reason);
	return 1;
}

int
ctl_buttons(int argc, char **argv)
{
	g_autofree char *path = button_settings_path(), *reason = NULL, *now = NULL;
	struct button_settings settings;
	gboolean json = FALSE;

	if (!parse(&json, &argc, &argv))
		return 2;
	button_settings_load(path, &settings, on_problem, NULL);
	now = argc > 1 ? button_settings_get(&settings, argv[1]) : NULL;
	if (argc > 1 && !button_settings_set(&settings, argv[1],
					     argc > 2 ? argv[2]
					     : now    ? now
						      : "",
					     &reason)) {
		fprintf(stderr, "sidetouchctl buttons: %s\n", reason);
		return 2;
	}
	if (argc > 2 && change(path, argv[1], argv[2]) != 0)
		return 1;
	show(&settings, argc > 1 ? argv[1] : NULL, json);
	return 0;
}
