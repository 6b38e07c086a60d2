/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl report`: puts the parts together into one text, for a file or standard output.
 * Called by ctl/main's table of subcommands.
 * Owns the text while it is written.
 */
#include "ctl/report.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/link.h"
#include "ctl/completion.h"
#include "ctl/doctor.h"
#include "ctl/report_parts.h"
#include "ctl/usage.h"

/* Whoever reports it may not be the one who may read it. */
#define FILE_MODE 0600

struct part {
	const char *title;
	struct doctor_check check[2]; /* and the end of the table */
};

static const struct part parts[] = {
    {"Versions", {{"versions", report_versions, "The kernel hangs."}, {0}}},
    {"Touchscreens", {{"touchscreens", report_touchscreens, "udev hangs."}, {0}}},
    {"sidetouchd", {{"status", report_status, "sidetouchd or the session bus hangs."}, {0}}},
    {"The last gestures, the latest first",
     {{"gestures", report_gestures, "sidetouchd or the session bus hangs."}, {0}}},
};

struct options {
	char *output;
	char *socket;
	char *voice;
};

static void
options_clear(struct options *options)
{
	g_free(options->output);
	g_free(options->socket);
	g_free(options->voice);
}

static bool
parse(struct options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
	     _("Write to this file instead of standard output"), "FILE"},
	    {"socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
	     _("The driver's socket, where it is another than usual"), "PATH"},
	    {"voice", 0, 0, G_OPTION_ARG_FILENAME, &options->voice, _("The program that speaks"),
	     "PROGRAM"},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context,
	    _("Gathers what a bug report needs: versions, what doctor finds, the "
	      "touchscreens,\nand the shapes of the last ten gestures. Nothing that was "
	      "said or typed is in it,\nand no name of a person, an app or a site. Read it "
	      "before you give it away."));
	if (!completion_parse(context, entries, NULL, argc, argv, &error))
		return usage_wrong("%s", error->message);
	if (*argc > 1)
		return usage_wrong(_("unexpected '%s'; the file is named with -o"), (*argv)[1]);
	return true;
}

static void
append_title(GString *out, const char *title)
{
	g_string_append_printf(out, "\n%s\n\n", title);
}

static void
append_findings(GString *out, const GArray *findings, bool judged)
{
	for (guint i = 0; i < findings->len; i++) {
		const struct doctor_finding *finding =
		    &g_array_index(findings, struct doctor_finding, i);

		if (finding->private)
			g_string_append_printf(out,
					       "%s: something needs doing that may name your apps "
					       "or files, so that it is left out here\n",
					       finding->check);
		else if (judged && finding->ok)
			g_string_append_printf(out, "ok %s: %s\n", finding->check, finding->text);
		else
			g_string_append_printf(out, "%s\n", finding->text);
	}
	if (findings->len == 0)
		g_string_append(out, "none\n");
}

/* A path in the user's home has the user's name. */
static void
hide_home(GString *out)
{
	const char *home = g_get_home_dir();

	if (home && strlen(home) > 1)
		g_string_replace(out, home, "~", 0);
}

/* In English: those who mend Sidetouch read it, whatever the user's language is. */
static GString *
gather(const struct doctor_place *place)
{
	GString *out = g_string_new("Sidetouch report\n");
	g_autofree char *language = g_strdup(setlocale(LC_MESSAGES, NULL));
	GArray *findings;

	setlocale(LC_MESSAGES, "C");
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		append_title(out, parts[i].title);
		findings = doctor_run(parts[i].check, place);
		append_findings(out, findings, false);
		g_array_unref(findings);
	}
	append_title(out, "What sidetouchctl doctor finds");
	findings = doctor_run(doctor_checks, place);
	append_findings(out, findings, true);
	g_array_unref(findings);
	hide_home(out);
	setlocale(LC_MESSAGES, language);
	return out;
}

int
ctl_report(int argc, char **argv)
{
	_cleanup_(options_clear) struct options options = {0};
	_cleanup_(doctor_here_clear) struct doctor_here here;
	g_autoptr(GString) text = NULL;
	g_autoptr(GError) error = NULL;

	doctor_here_init(&here);
	if (!parse(&options, &argc, &argv))
		return 2;
	if (options.socket)
		here.place.socket = options.socket;
	if (options.voice)
		here.place.voice = options.voice;
	text = gather(&here.place);
	if (!options.output) {
		fputs(text->str, stdout);
		return 0;
	}
	if (!g_file_set_contents_full(options.output, text->str, (gssize)text->len,
				      G_FILE_SET_CONTENTS_CONSISTENT, FILE_MODE, &error)) {
		fprintf(stderr, "sidetouchctl report: %s\n", error->message);
		return 1;
	}
	fprintf(stderr, _("The report is in %s. Read it before you give it away.\n"),
		options.output);
	return 0;
}
