/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sidetouchctl: one program, a table of subcommands.
 * Called by people and scripts.
 * Owns nothing.
 */
#include <errno.h>
#include <glib.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/i18n.h"
#include "common/suggest.h"
#include "ctl/buttons.h"
#include "ctl/calibrate.h"
#include "ctl/completion.h"
#include "ctl/doctor.h"
#include "ctl/learn.h"
#include "ctl/monitor.h"
#include "ctl/overlay.h"
#include "ctl/profile.h"
#include "ctl/record.h"
#include "ctl/replay.h"
#include "ctl/report.h"
#include "ctl/say.h"
#include "ctl/simulate.h"
#include "ctl/status.h"
#include "ctl/voice.h"

struct subcommand {
	const char *name;
	const char *what;
	int (*run)(int argc, char **argv);
};

static const struct subcommand subcommands[] = {
    {"status", N_("what is connected, which app is in front, and what is wrong"), ctl_status},
    {"doctor", N_("check all that Sidetouch needs, and say what to do where something is wrong"),
     ctl_doctor},
    {"report", N_("gather what a bug report needs in one file, without a word of yours"),
     ctl_report},
    {"say", N_("speak a text through the running daemon"), ctl_say},
    {"voice", N_("how the voice speaks: faster, slower, higher, another language"), ctl_voice},
    {"buttons", N_("how long a second press may be in coming, and two presses of everything"),
     ctl_buttons},
    {"which", N_("what each button does in the app in front, and where that is written"),
     ctl_which},
    {"profile", N_("what the buttons do in which app: show, check and change it"), ctl_profile},
    {"learn", N_("let every button only say what it does; --ear: be led through what the ear does"),
     ctl_learn},
    {"calibrate",
     N_("be led through pressing the six buttons, so that they are known where they are"),
     ctl_calibrate},
    {"overlay", N_("where the six buttons belong, in words and as a drawing to cut out or print"),
     ctl_overlay},
    {"monitor", N_("say what each touch became, and why"), ctl_monitor},
    {"record", N_("record what a touchscreen sends, for a bug report"), ctl_record},
    {"replay", N_("play a recording through the driver's logic"), ctl_replay},
    {"simulate", N_("touch a simulated panel as a scenario says, and check what comes out"),
     ctl_simulate},
};

static void
print_usage(FILE *stream)
{
	fputs(_("Usage: sidetouchctl SUBCOMMAND [OPTION...]\n"), stream);
	for (size_t i = 0; i < G_N_ELEMENTS(subcommands); i++)
		fprintf(stream, "sidetouchctl %s: %s\n", subcommands[i].name,
			_(subcommands[i].what));
	fputs(_("Each has --help. sidetouchctl --version prints the version.\n"), stream);
}

static const struct subcommand *
find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(subcommands); i++) {
		if (strcmp(name, subcommands[i].name) == 0)
			return &subcommands[i];
	}
	return NULL;
}

static int
run_subcommand(const struct subcommand *subcommand, int argc, char **argv)
{
	/* For the usage line of --help. */
	g_autofree char *program = g_strdup_printf("sidetouchctl %s", subcommand->name);

	g_set_prgname(program);
	/* These stay English, which scenarios are written in. */
	if (subcommand->run == ctl_replay || subcommand->run == ctl_simulate)
		setlocale(LC_MESSAGES, "C");
	return subcommand->run(argc, argv);
}

/* The last one of the words is the unfinished one. */
static void
complete_words(int argc, char **argv)
{
	static char option[] = COMPLETION_OPTION;
	const struct subcommand *subcommand = argc > 1 ? find(argv[0]) : NULL;
	g_autofree char **longer = NULL;

	if (argc < 2) {
		for (size_t i = 0; i < G_N_ELEMENTS(subcommands); i++)
			completion_word(subcommands[i].name, _(subcommands[i].what));
		completion_word("--help", _("Print the subcommands"));
		completion_word("--version", _("Print the version"));
	} else if (subcommand) {
		longer = g_new0(char *, (size_t)argc + 2);
		longer[0] = argv[0];
		longer[1] = option;
		memcpy(longer + 2, argv + 1, (size_t)(argc - 1) * sizeof(char *));
		run_subcommand(subcommand, argc + 1, longer);
	}
}

/* For shells, which call it, and for those who set a shell up: not a word of --help's. */
static int
complete(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "words") == 0) {
		complete_words(argc - 2, argv + 2);
		return 0;
	}
	if (argc == 2 && completion_print_script(argv[1]))
		return 0;
	fputs(_("sidetouchctl completion: name a shell: bash, zsh or fish. Each one's manual says "
		"where its script goes; 'make install' puts it there.\n"),
	      stderr);
	return 2;
}

static int
unknown(const char *word)
{
	const char *names[G_N_ELEMENTS(subcommands)];
	const char *near;

	for (size_t i = 0; i < G_N_ELEMENTS(subcommands); i++)
		names[i] = subcommands[i].name;
	near = suggest(word, names, G_N_ELEMENTS(names));
	fprintf(stderr, _("sidetouchctl: unknown subcommand '%s'%s%s\n"), word,
		near ? _(", did you mean ") : "", near ? near : "");
	fputs(_("Try 'sidetouchctl --help'.\n"), stderr);
	return 2;
}

static int
run(int argc, char **argv)
{
	const struct subcommand *subcommand;

	if (argc < 2) {
		print_usage(stderr);
		return 2;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		print_usage(stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("sidetouchctl " SIDETOUCH_VERSION);
		return 0;
	}
	if (strcmp(argv[1], "completion") == 0)
		return complete(argc - 1, argv + 1);
	subcommand = find(argv[1]);
	if (subcommand)
		return run_subcommand(subcommand, argc - 1, argv + 1);
	return unknown(argv[1]);
}

int
main(int argc, char **argv)
{
	int code;

	setlocale(LC_ALL, "");
	/* JSON has a point where some languages have a comma. */
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(I18N_DOMAIN, SIDETOUCH_LOCALEDIR);
	bind_textdomain_codeset(I18N_DOMAIN, "UTF-8");
	code = run(argc, argv);
	/* A full disk shows here at the latest; an answer that is half there is none. */
	if ((fflush(stdout) != 0 || ferror(stdout)) && code == 0) {
		fprintf(stderr, _("sidetouchctl: cannot write the answer: %s\n"),
			g_strerror(errno));
		return 1;
	}
	return code;
}
