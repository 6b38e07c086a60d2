/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl record`: options, the choice of a panel, what is said; the driver tells the rest.
 * Called by ctl/main.c.
 * Owns the link and the file while it runs.
 */
#include "ctl/record.h"

#include <glib.h>
#include <stdbool.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/link.h"
#include "ctl/completion.h"
#include "ctl/observe.h"
#include "ctl/record_file.h"
#include "ctl/usage.h"

struct options {
	char *output;
	char *socket;
	int panel;
};

static void
options_clear(struct options *options)
{
	g_free(options->output);
	g_free(options->socket);
}

static bool
parse(int argc, char **argv, struct options *options)
{
	const GOptionEntry entries[] = {
	    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
	     _("Write to this new file instead of standard output"), "FILE"},
	    {"panel", 0, 0, G_OPTION_ARG_INT, &options->panel,
	     _("Record this touchscreen, where there are several"), "NUMBER"},
	    {"socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
	     _("The driver's socket, where it is another than usual"), "PATH"},
	    {0},
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context,
	    _("Writes what a touchscreen sends, with the touchscreen's description, as an evemu\n"
	      "recording, for a report of something that goes wrong; `sidetouchctl replay` plays "
	      "it.\n"
	      "Ends with control C. While it runs, sidetouchd says so."));
	g_option_context_set_description(
	    context, _("Whoever has the recording can read from it what was typed on an on-screen\n"
		       "keyboard meanwhile. Only its owner may read the file.\n"
		       "\n"
		       "Exit codes: 0 done, 1 it could not be recorded, 2 wrong usage."));
	if (!completion_parse(context, entries, NULL, &argc, &argv, &error))
		return usage_wrong("%s", error->message);
	if (argc > 1)
		return usage_unexpected(argv[1]);
	return true;
}

/* The one that was asked for, or the only one. NULL after a message. */
static const struct observe_panel *
choose_panel(const struct observe *observe, int wanted)
{
	const GArray *panels = observe->panels;

	for (guint i = 0; i < panels->len; i++) {
		const struct observe_panel *panel = &g_array_index(panels, struct observe_panel, i);

		if (wanted == (int)panel->panel || (wanted == 0 && panels->len == 1))
			return panel;
	}
	if (panels->len == 0) {
		g_printerr(_("sidetouchctl record: no touchscreen is in use. See: sidetouchctl "
			     "status\n"));
		return NULL;
	}
	g_printerr(_("sidetouchctl record: say which touchscreen with --panel NUMBER:\n"));
	for (guint i = 0; i < panels->len; i++) {
		const struct observe_panel *panel = &g_array_index(panels, struct observe_panel, i);

		g_printerr("%u: %s\n", panel->panel, panel->name);
	}
	return NULL;
}

/* 1: go on; 0: enough; -1: error. */
static int
take_next(struct observe *observe, struct record_file *file, GError **error)
{
	union observe_message message;
	int r = observe_next(observe, &message, error);
	bool written = true;

	if (r <= 0)
		return r;
	if (message.header.type == OBSERVE_TEXT)
		written = record_file_add_text(file, message.text.text,
					       message.header.size - sizeof(message.header), error);
	else if (message.header.type == OBSERVE_EVENTS)
		written = record_file_add_events(file, message.events.events,
						 observe_events_count(&message.events), error);
	return written ? 1 : -1;
}

static int
run(struct observe *observe, const struct options *options, const struct observe_panel *panel)
{
	g_autoptr(GError) error = NULL;
	struct record_file *file = record_file_new(options->output, &error);
	int r = -1;

	if (file && observe_start(observe, OBSERVE_RECORD, panel->panel, &error)) {
		g_printerr(
		    _("Recording %s. End it with control C.\n"
		      "What is typed on an on-screen keyboard meanwhile can be read from this "
		      "recording: type no password, and give it only to whom you trust.\n"),
		    panel->name);
		do
			r = take_next(observe, file, &error);
		while (r > 0);
		g_printerr(_("%lu frames are recorded.\n"),
			   (unsigned long)record_file_frames(file));
	}
	if (file)
		record_file_free(file);
	if (error)
		g_printerr("sidetouchctl record: %s\n", error->message);
	return r < 0 ? 1 : 0;
}

int
ctl_record(int argc, char **argv)
{
	_cleanup_(options_clear) struct options options = {0};
	g_autoptr(GError) error = NULL;
	const struct observe_panel *panel;
	struct observe observe;
	int code = 1;

	if (!parse(argc, argv, &options))
		return 2;
	if (!observe_open(&observe, options.socket ? options.socket : LINK_SOCKET_PATH, &error)) {
		g_printerr("sidetouchctl record: %s\n", error->message);
	} else {
		panel = choose_panel(&observe, options.panel);
		if (panel)
			code = run(&observe, &options, panel);
	}
	observe_close(&observe);
	return code;
}
