/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl profile`: the table of its verbs, and what they share.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#include "ctl/profile.h"

#include <stdio.h>
#include <string.h>

#include "common/i18n.h"
#include "common/suggest.h"
#include "ctl/completion.h"
#include "ctl/usage.h"

struct row {
	const char *name;
	const char *arguments; /* as in a usage line */
	int least, most;       /* how many; -1: any */
	enum profile_exit (*run)(struct profile_verb *verb);
	const char *what;
};

static const struct row rows[] = {
    {"list", "", 0, 0, profile_list, N_("every profile, and the apps and sites it is for")},
    {"show", "PROFILE", 1, 1, profile_show, N_("what each button does in a profile")},
    {"which", "[APP]", 0, 1, profile_which,
     N_("what each button does in an app (without one: in the app in front), and in which file and "
	"line "
	"that is written")},
    {"check", "FILE...", 1, -1, profile_check,
     N_("say every mistake in files, with file and line")},
    {"keys", "", 0, 0, profile_keys, N_("every key of a profile file, and every button's name")},
    {"set", "PROFILE BUTTON KEY VALUE", 4, 4, profile_set_key,
     N_("change one line of your own profile; BUTTON is for example right-top, or Profile for its "
	"App")},
    {"unset", "PROFILE BUTTON [KEY]", 2, 3, profile_unset,
     N_("take a line, or all lines of a button, out of your own profile")},
    {"edit", "PROFILE", 1, 1, profile_edit,
     N_("open your own profile in your editor, and check it")},
    {"diff", "PROFILE", 1, 1, profile_diff, N_("what your own profile changes")},
    {"reset", "PROFILE", 1, 1, profile_reset, N_("put your own changes aside")},
    {"undo", "", 0, 0, profile_undo, N_("take the last assignment of a button back")},
    {"export", "PROFILE", 1, 1, profile_export, N_("a profile as one file, with all its layers")},
    {"import", "FILE", 1, 1, profile_import, N_("take a file as one of your own profiles")},
};

enum profile_exit
profile_fail(const char *format, ...)
{
	g_autofree char *sentence = NULL;
	va_list arguments;

	va_start(arguments, format);
	sentence = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	fprintf(stderr, "sidetouchctl profile: %s\n", sentence);
	return PROFILE_EXIT_FAILED;
}

static void
no_matter(void *data, const char *problem)
{
	(void)data;
	(void)problem;
}

struct profile_set *
profile_load_all(const struct profile_verb *verb)
{
	return profile_folders_load(verb->folders, no_matter, NULL);
}

const struct profile *
profile_need(const struct profile_set *set, const char *name)
{
	const struct profile *profile = profile_set_find(set, name);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const char *near;

	if (profile)
		return profile;
	for (size_t i = 0; i < profile_set_count(set); i++)
		g_ptr_array_add(names, (char *)profile_name(profile_set_get(set, i)));
	near = suggest(name, (const char *const *)names->pdata, names->len);
	if (near)
		profile_fail(_("there is no profile '%s', did you mean '%s'"), name, near);
	else
		profile_fail(
		    _("there is no profile '%s'; the names are told by: sidetouchctl profile "
		      "list"),
		    name);
	return NULL;
}

static char *
summary(void)
{
	GString *text = g_string_new(_("What the buttons do, and changing it. The verbs are:"));

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_string_append_printf(text, "\n  %s%s%s: %s", rows[i].name,
				       rows[i].arguments[0] ? " " : "", rows[i].arguments,
				       _(rows[i].what));
	return g_string_free(text, FALSE);
}

/* While a command line is completed: a verb, or what its usage line tells of. */
static void
complete_verb(int argc, char **argv)
{
	g_autoptr(GArray) folders = profile_folders_usual(SIDETOUCH_DATADIR);
	const struct profile_verb verb = {.folders = folders, .argc = argc - 1, .argv = argv + 1};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (argc == 0)
			completion_word(rows[i].name, _(rows[i].what));
		else if (strcmp(rows[i].name, argv[0]) == 0)
			profile_complete(&verb, rows[i].arguments);
	}
}

static bool
parse(struct profile_verb *verb, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &verb->json, _("Print JSON"), NULL},
	    {"site", 0, 0, G_OPTION_ARG_STRING, &verb->site, _("With which: on this web site"),
	     "HOST"},
	    {"man", 0, 0, G_OPTION_ARG_NONE, &verb->man, _("With keys: as the manual has them"),
	     NULL},
	    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &verb->output,
	     _("With export: write it there instead of printing it"), "FILE"},
	    {"replace", 0, 0, G_OPTION_ARG_NONE, &verb->replace,
	     _("With import: in place of your own profile of that name"), NULL},
	    {"with-commands", 0, 0, G_OPTION_ARG_NONE, &verb->with_commands,
	     _("With import: also when it runs programs, types, or sends on D-Bus"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new("VERB [ARGUMENT...]");
	g_autoptr(GError) error = NULL;
	g_autofree char *text = summary();

	g_option_context_set_summary(context, text);
	if (completion_parse(context, entries, complete_verb, argc, argv, &error))
		return true;
	return usage_wrong("%s", error->message);
}

static const struct row *
find_row(const char *name)
{
	const char *names[G_N_ELEMENTS(rows)];
	const char *near;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
		names[i] = rows[i].name;
	}
	near = suggest(name, names, G_N_ELEMENTS(names));
	usage_wrong(_("unknown verb '%s'%s%s"), name, near ? _(", did you mean ") : "",
		    near ? near : "");
	return NULL;
}

/* `--` is for values that begin with a hyphen; GOption leaves it in. */
static void
drop_dashes(struct profile_verb *verb)
{
	for (int i = 0; i < verb->argc; i++) {
		if (strcmp(verb->argv[i], "--") != 0)
			continue;
		memmove(&verb->argv[i], &verb->argv[i + 1],
			(size_t)(verb->argc - i - 1) * sizeof(verb->argv[0]));
		verb->argc--;
		return;
	}
}

static enum profile_exit
run(struct profile_verb *verb, const struct row *row)
{
	drop_dashes(verb);
	if (verb->argc < row->least || (row->most >= 0 && verb->argc > row->most)) {
		usage_wrong(_("write: sidetouchctl profile %s%s%s"), row->name,
			    row->arguments[0] ? " " : "", row->arguments);
		return PROFILE_EXIT_USAGE;
	}
	return row->run(verb);
}

int
ctl_profile(int argc, char **argv)
{
	g_autoptr(GArray) folders = profile_folders_usual(SIDETOUCH_DATADIR);
	struct profile_verb verb = {.folders = folders};
	const struct row *row = NULL;
	enum profile_exit code;

	if (!parse(&verb, &argc, &argv))
		return PROFILE_EXIT_USAGE;
	if (argc < 2)
		usage_wrong(_("which verb? For example: sidetouchctl profile list"));
	else
		row = find_row(argv[1]);
	verb.argc = argc - 2;
	verb.argv = argv + 2;
	code = row ? run(&verb, row) : PROFILE_EXIT_USAGE;
	g_free(verb.site);
	g_free(verb.output);
	return (int)code;
}

/* `sidetouchctl which` is `sidetouchctl profile which`. */
int
ctl_which(int argc, char **argv)
{
	static char profile[] = "profile";
	static char which[] = "which";
	g_autofree char **longer = g_new0(char *, (size_t)argc + 2);

	longer[0] = profile;
	longer[1] = which;
	memcpy(longer + 2, argv + 1, (size_t)(argc - 1) * sizeof(char *));
	return ctl_profile(argc + 1, longer);
}
