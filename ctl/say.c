/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Speaking a text through the daemon: cleaned here already, so that a text of any bytes can cross
 * the bus, which carries UTF-8 only.
 * Called by ctl/main's table of subcommands. Owns nothing between calls.
 */
#include "ctl/say.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/clean_text.h"
#include "common/i18n.h"
#include "ctl/completion.h"
#include "ctl/daemon_call.h"
#include "ctl/usage.h"

/* All that can be left of it fits; what is beyond is not even read. */
#define READ_MAX ((gsize)4 * CLEAN_TEXT_MAX)
#define PIECE    65536

struct options {
	gboolean json;
	gboolean message;
	gboolean password;
};

static bool
parse(struct options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"message", 'm', 0, G_OPTION_ARG_NONE, &options->message,
	     _("It is what somebody has written to the user: said only at the ear or in "
	       "headphones, "
	       "unless 'sidetouchctl voice private' says otherwise"),
	     NULL},
	    {"password", 'p', 0, G_OPTION_ARG_NONE, &options->password,
	     _("The same for a password; give it on standard input"), NULL},
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json, _("Print one JSON object"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new("TEXT|-");
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(context,
				     _("Speaks a text through the running sidetouchd; with "
				       "- what comes on standard input."));
	if (!completion_parse(context, entries, NULL, argc, argv, &error))
		return usage_wrong("%s", error->message);
	if (options->message && options->password)
		return usage_wrong(_("a text is a message or a password, not both"));
	if (*argc > 2)
		return usage_wrong(_("unexpected '%s'; put the text in quotes"), (*argv)[2]);
	if (*argc < 2)
		return usage_wrong(_("give a TEXT, or - to read it from standard input"));
	return true;
}

/* All of standard input, at most READ_MAX; NULL with errno set. */
static GByteArray *
read_input(void)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	ssize_t size = 1;

	while (size > 0 && bytes->len < READ_MAX) {
		guint8 piece[PIECE];

		size = read(STDIN_FILENO, piece, sizeof(piece));
		if (size > 0)
			g_byte_array_append(bytes, piece, (guint)size);
		else if (size < 0 && errno == EINTR)
			size = 1;
		else if (size < 0)
			return NULL;
	}
	return g_steal_pointer(&bytes);
}

static char *
text_of(const char *argument)
{
	g_autoptr(GByteArray) bytes = NULL;

	if (strcmp(argument, "-") != 0)
		return clean_text(argument, strlen(argument));
	bytes = read_input();
	if (bytes)
		return clean_text((const char *)bytes->data, bytes->len);
	fprintf(stderr, _("sidetouchctl say: standard input cannot be read: %s\n"),
		g_strerror(errno));
	return NULL;
}

int
ctl_say(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer = NULL;
	g_autofree char *text = NULL;
	struct options options = {0};
	guint32 utterance;

	if (!parse(&options, &argc, &argv))
		return 2;
	text = text_of(argv[1]);
	if (!text)
		return 1;
	if (options.message || options.password)
		answer = daemon_call(
		    "SayPrivate",
		    g_variant_new("(ss)", text, options.message ? "message" : "password"), "(u)",
		    &error);
	else
		answer = daemon_call("Say", g_variant_new("(s)", text), "(u)", &error);
	if (!answer) {
		fprintf(stderr, "sidetouchctl say: %s\n", error->message);
		return 1;
	}
	g_variant_get(answer, "(u)", &utterance);
	if (options.json)
		printf("{\"utterance\":%u}\n", utterance);
	if (utterance != 0)
		return 0;
	fputs(_("sidetouchctl say: nothing in this text can be spoken\n"), stderr);
	return 1;
}
