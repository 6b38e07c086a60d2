/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl voice [SETTING [VALUE]]`: all settings, one, or a change that is heard at once and
 * kept. What is wrong with a value is known without the daemon, and said before it is asked.
 * Called by ctl/main's table of subcommands.
 */
#include "ctl/voice.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/i18n.h"
#include "ctl/completion.h"
#include "ctl/daemon_call.h"
#include "ctl/json.h"
#include "ctl/usage.h"
#include "daemon/voice_settings.h"

struct options {
	gboolean json;
	gboolean history;
};

static void
complete_setting(int argc, char **argv)
{
	const char *word;

	for (size_t i = 0; argc == 0 && i < voice_settings_count(); i++)
		completion_word(voice_settings_name(i), voice_settings_help(i));
	for (size_t i = 0; argc == 1 && (word = voice_settings_word(argv[0], i)); i++)
		completion_word(word, "");
}

static bool
parse(struct options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json, _("Print JSON"), NULL},
	    {"history", 0, 0, G_OPTION_ARG_NONE, &options->history,
	     _("Print what was said, the latest first"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new("[SETTING [VALUE]]");
	g_autoptr(GString) summary =
	    g_string_new(_("Shows or changes how the voice speaks. The settings are:"));
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; i < voice_settings_count(); i++)
		g_string_append_printf(summary, "\n  %s: %s", voice_settings_name(i),
				       voice_settings_help(i));
	g_string_append(summary, _("\nA number may also be +N or -N, a word also next."));
	g_option_context_set_summary(context, summary->str);
	/* -10 is a value: options end at the first word that is none. */
	g_option_context_set_strict_posix(context, TRUE);
	if (!completion_parse(context, entries, complete_setting, argc, argv, &error))
		return usage_wrong("%s", error->message);
	if (*argc > 3 || (options->history && *argc > 1))
		return usage_unexpected((*argv)[*argc - 1]);
	return true;
}

static int
failed(const GError *error)
{
	fprintf(stderr, "sidetouchctl voice: %s\n", error->message);
	return 1;
}

static void
print_json(GVariant *value)
{
	g_autoptr(GString) out = g_string_new(NULL);

	json_append_variant(out, value);
	puts(out->str);
}

static int
show_history(bool json)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = daemon_call("GetHistory", NULL, "(as)", &error);
	g_autoptr(GVariant) texts = NULL;
	g_autofree const char **words = NULL;

	if (!answer)
		return failed(error);
	texts = g_variant_get_child_value(answer, 0);
	words = g_variant_get_strv(texts, NULL);
	if (json)
		print_json(texts);
	for (size_t i = 0; !json && words[i]; i++)
		puts(words[i]);
	return 0;
}

static int
show(const char *name, bool json)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = daemon_call("GetVoice", NULL, "(a{ss})", &error);
	g_autoptr(GVariant) settings = NULL;
	const char *value;

	if (!answer)
		return failed(error);
	settings = g_variant_get_child_value(answer, 0);
	if (json && !name) {
		print_json(settings);
		return 0;
	}
	for (size_t i = 0; i < voice_settings_count(); i++) {
		const char *one = voice_settings_name(i);

		if ((name && strcmp(name, one) != 0) ||
		    !g_variant_lookup(settings, one, "&s", &value))
			continue;
		if (json)
			printf("{\"%s\":\"%s\"}\n", one, value);
		else
			printf("%s %s\n", one, value);
	}
	return 0;
}

/* What the daemon would refuse, without asking it; the value may be NULL. */
static bool
check(const char *name, const char *value)
{
	g_autofree char *reason = NULL;
	g_autofree char *known = NULL;
	struct voice_choice choice;

	voice_choice_init(&choice);
	known = voice_settings_get(&choice, name);
	if (known && !value)
		return true;
	if (voice_settings_set(&choice, name, value ? value : "", &reason))
		return true;
	return usage_wrong("%s", reason);
}

static int
change(const char *name, const char *value, bool json)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
	    daemon_call("SetVoice", g_variant_new("(ss)", name, value), "(s)", &error);
	const char *now;

	if (!answer)
		return failed(error);
	g_variant_get(answer, "(&s)", &now);
	if (json)
		printf("{\"%s\":\"%s\"}\n", name, now);
	else
		printf("%s %s\n", name, now);
	return 0;
}

int
ctl_voice(int argc, char **argv)
{
	struct options options = {.json = FALSE};
	const char *name;
	const char *value;

	if (!parse(&options, &argc, &argv))
		return 2;
	name = argc > 1 ? argv[1] : NULL;
	value = argc > 2 ? argv[2] : NULL;
	if (options.history)
		return show_history(options.json);
	if (name && !check(name, value))
		return 2;
	return value ? change(name, value, options.json) : show(name, options.json);
}
