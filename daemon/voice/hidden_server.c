/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * With an address where nobody is, each of them goes on at once.
 * Called by the engine and the ALSA sink.
 */
#include "daemon/voice/hidden_server.h"

#include <glib.h>

static char *
replace(const char *name, const char *value)
{
	char *before = g_strdup(g_getenv(name));

	g_setenv(name, value, TRUE);
	return before;
}

static void
put_back(const char *name, char *before)
{
	if (before)
		g_setenv(name, before, TRUE);
	else
		g_unsetenv(name);
	g_free(before);
}

void
hidden_server_begin(struct hidden_server *hidden, enum hidden_servers which)
{
	hidden->which = which;
	hidden->pulse = replace("PULSE_SERVER", "unix:/dev/null");
	if (which == HIDDEN_ALL)
		hidden->pipewire = replace("PIPEWIRE_REMOTE", "/dev/null");
}

void
hidden_server_end(struct hidden_server *hidden)
{
	put_back("PULSE_SERVER", hidden->pulse);
	if (hidden->which == HIDDEN_ALL)
		put_back("PIPEWIRE_REMOTE", hidden->pipewire);
	*hidden = (struct hidden_server){.pulse = NULL};
}
