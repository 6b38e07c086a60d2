/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the place of the unfinished word among options, their values and arguments.
 * Called by ctl/main and by every subcommand.
 * Owns only the scripts, which are text files in ctl/completion.
 */
#include "ctl/completion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/i18n.h"
#include "ctl/completion_scripts.h"

void
completion_word(const char *word, const char *what)
{
	printf("%s\t%s\n", word, what);
}

/* No word of ours begins with a colon. */
void
completion_files(void)
{
	puts(":files\t");
}

/* The option that the word is, without a value; NULL: none. */
static const GOptionEntry *
find(const GOptionEntry *entries, const char *word, size_t length)
{
	for (; entries->long_name; entries++) {
		if (strcmp(entries->long_name, G_OPTION_REMAINING) == 0)
			continue;
		if (length == 2 && entries->short_name && word[0] == '-' &&
		    word[1] == entries->short_name)
			return entries;
		if (length > 2 && strncmp(word, "--", 2) == 0 &&
		    strlen(entries->long_name) == length - 2 &&
		    strncmp(entries->long_name, word + 2, length - 2) == 0)
			return entries;
	}
	return NULL;
}

static bool
takes_value(const GOptionEntry *entry)
{
	return entry && entry->arg != G_OPTION_ARG_NONE;
}

/* In "none|FILE" the word none is one, and FILE stands for many. */
static void
print_values(const GOptionEntry *entry, const char *before)
{
	g_auto(GStrv) values =
	    g_strsplit(entry->arg_description ? entry->arg_description : "", "|", -1);

	for (size_t i = 0; values[i]; i++) {
		g_autofree char *word = g_strconcat(before, values[i], NULL);

		if (g_ascii_islower(values[i][0]))
			completion_word(word, entry->description);
	}
	if (entry->arg == G_OPTION_ARG_FILENAME)
		completion_files();
}

static void
print_options(const GOptionEntry *entries)
{
	completion_word("--help", _("Print how it is used"));
	for (; entries->long_name; entries++) {
		g_autofree char *word = g_strconcat("--", entries->long_name, NULL);

		if (strcmp(entries->long_name, G_OPTION_REMAINING) != 0 &&
		    !(entries->flags & G_OPTION_FLAG_HIDDEN))
			completion_word(word, entries->description);
	}
}

/* The unfinished word begins with a hyphen: an option, or "--option=" with the start of a value. */
static void
complete_option(const GOptionEntry *entries, const char *unfinished)
{
	const char *equals = strchr(unfinished, '=');
	const GOptionEntry *entry =
	    equals ? find(entries, unfinished, (size_t)(equals - unfinished)) : NULL;

	if (!equals) {
		print_options(entries);
	} else if (takes_value(entry)) {
		g_autofree char *before = g_strndup(unfinished, (gsize)(equals + 1 - unfinished));

		print_values(entry, before);
	}
}

static void
complete_argument(const GOptionEntry *entries, completion_fn *words, GPtrArray *given)
{
	if (words)
		words((int)given->len, (char **)given->pdata);
	for (; entries->long_name; entries++) {
		if (strcmp(entries->long_name, G_OPTION_REMAINING) == 0 &&
		    entries->arg == G_OPTION_ARG_FILENAME_ARRAY)
			completion_files();
	}
}

/* The last one of the words is the unfinished one. */
static void
complete(const GOptionEntry *entries, completion_fn *words, int argc, char **argv)
{
	g_autoptr(GPtrArray) given = g_ptr_array_new();
	const GOptionEntry *open = NULL; /* the option that waits for its value */
	bool options_over = false;
	const char *unfinished = argc > 0 ? argv[argc - 1] : "";

	for (int i = 0; i < argc - 1; i++) {
		if (open) {
			open = NULL;
		} else if (options_over || argv[i][0] != '-') {
			g_ptr_array_add(given, argv[i]);
		} else {
			options_over = strcmp(argv[i], "--") == 0;
			open = find(entries, argv[i], strlen(argv[i]));
			if (!takes_value(open))
				open = NULL;
		}
	}
	if (open)
		print_values(open, "");
	else if (!options_over && unfinished[0] == '-')
		complete_option(entries, unfinished);
	else
		complete_argument(entries, words, given);
}

/* Where the words to be completed begin; 0: nothing is to be. `which` has one word before. */
static int
find_complete(int argc, char **argv)
{
	for (int i = 1; i < argc && i <= 2; i++) {
		if (strcmp(argv[i], COMPLETION_OPTION) == 0)
			return i;
		if (argv[i][0] == '-')
			return 0;
	}
	return 0;
}

bool
completion_parse(GOptionContext *context, const GOptionEntry *entries, completion_fn *words,
		 int *argc, char ***argv, GError **error)
{
	int at = find_complete(*argc, *argv);

	if (at > 0) {
		/* The words before it come first. */
		memmove(*argv + 2, *argv + 1, (size_t)(at - 1) * sizeof(char *));
		complete(entries, words, *argc - 2, *argv + 2);
		exit(fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
	}
	g_option_context_add_main_entries(context, entries, NULL);
	return g_option_context_parse(context, argc, argv, error);
}

bool
completion_print_script(const char *shell)
{
	static const struct {
		const char *shell;
		const char *script;
	} scripts[] = {
	    {"bash", completion_script_bash},
	    {"zsh", completion_script_zsh},
	    {"fish", completion_script_fish},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
		if (strcmp(shell, scripts[i].shell) == 0)
			return fputs(scripts[i].script, stdout) >= 0;
	}
	return false;
}
