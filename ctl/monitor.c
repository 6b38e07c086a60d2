/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl monitor`: prints, and with --speak has said, what each touch became and why.
 * Called by ctl/main.c.
 * Owns the link while it runs.
 */
#include "ctl/monitor.h"

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/link.h"
#include "ctl/completion.h"
#include "ctl/contact_words.h"
#include "ctl/daemon_call.h"
#include "ctl/observe.h"
#include "ctl/usage.h"

struct options {
	gboolean speak;
	gboolean json;
	char *socket;
};

static void
options_clear(struct options *options)
{
	g_free(options->socket);
}

static bool
parse(int argc, char **argv, struct options *options)
{
	const GOptionEntry entries[] = {
	    {"speak", 0, 0, G_OPTION_ARG_NONE, &options->speak, _("Have sidetouchd say it too"),
	     NULL},
	    {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, _("Print one JSON object a line"),
	     NULL},
	    {"socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
	     _("The driver's socket, where it is another than usual"), "PATH"},
	    {0},
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context, _("Prints what each touch became and why, as it ends: a press, a hand that\n"
		       "holds the device, a finger so far beside a pad. Ends with control C.\n"
		       "While it runs, sidetouchd says so."));
	if (!completion_parse(context, entries, NULL, &argc, &argv, &error))
		return usage_wrong("%s", error->message);
	if (argc > 1)
		return usage_unexpected(argv[1]);
	return true;
}

static bool
print(const struct options *options, const struct observe_contact *contact, GError **error)
{
	g_autofree char *line =
	    options->json ? contact_json(contact) : contact_words(contact, false);

	/* Whoever reads it, reads it now. */
	if (puts(line) >= 0 && fflush(stdout) == 0)
		return true;
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno),
		    _("it cannot be printed: %s"), g_strerror(errno));
	return false;
}

static bool
say(const struct observe_contact *contact, GError **error)
{
	g_autofree char *words = contact_words(contact, true);
	g_autoptr(GVariant) answer = daemon_call("Say", g_variant_new("(s)", words), "(u)", error);

	return answer != NULL;
}

/* 1: go on; 0: enough; -1: error. */
static int
take_next(struct observe *observe, const struct options *options, GError **error)
{
	union observe_message message;
	int r = observe_next(observe, &message, error);

	if (r <= 0 || message.header.type != OBSERVE_CONTACT)
		return r;
	if (!print(options, &message.contact, error))
		return -1;
	return options->speak && !say(&message.contact, error) ? -1 : 1;
}

int
ctl_monitor(int argc, char **argv)
{
	_cleanup_(options_clear) struct options options = {0};
	g_autoptr(GError) error = NULL;
	struct observe observe;
	int r = -1;

	if (!parse(argc, argv, &options))
		return 2;
	if (observe_open(&observe, options.socket ? options.socket : LINK_SOCKET_PATH, &error) &&
	    observe_start(&observe, OBSERVE_MONITOR, 0, &error)) {
		do
			r = take_next(&observe, &options, &error);
		while (r > 0);
	}
	observe_close(&observe);
	if (error)
		g_printerr("sidetouchctl monitor: %s\n", error->message);
	return r < 0 ? 1 : 0;
}
