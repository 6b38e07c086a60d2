/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to do when the desktop or an app gives nothing to read, said once.
 * Called by daemon/apps.
 * Owns what was said of which app.
 */
#include "daemon/apps_silent.h"

#include <glib.h>

#include "common/i18n.h"

struct apps_silent {
	apps_silent_problem *problem;
	apps_silent_solved *solved;
	void *data;
	char *bus;      /* of the app that came in front last; NULL: none did */
	bool said_none; /* that no app says that it is in front, since the start */
	bool said;      /* of the app in front */
	bool wrong;     /* what was said last still holds */
};

struct apps_silent *
apps_silent_new(apps_silent_problem *problem, apps_silent_solved *solved, void *data)
{
	struct apps_silent *silent = g_new0(struct apps_silent, 1);

	silent->problem = problem;
	silent->solved = solved;
	silent->data = data;
	return silent;
}

struct apps_silent *
apps_silent_free(struct apps_silent *silent)
{
	if (!silent)
		return NULL;
	g_free(silent->bus);
	g_free(silent);
	return NULL;
}

static void
say(struct apps_silent *silent, bool *said, const char *sentence)
{
	if (*said)
		return;
	*said = silent->wrong = true;
	silent->problem(silent->data, sentence);
}

void
apps_silent_none(struct apps_silent *silent)
{
	say(silent, &silent->said_none,
	    _("If a window is open, its app says nothing of itself: close it and open it again"));
}

void
apps_silent_window(struct apps_silent *silent, bool chromium)
{
	say(silent, &silent->said,
	    chromium ? _("This app shows nothing to read: close it, and start it with "
			 "--force-renderer-accessibility")
		     : _("This app shows nothing to read. If it still does not in a moment, close "
			 "it and "
			 "open it again"));
}

void
apps_silent_front(struct apps_silent *silent, const char *bus)
{
	if (silent->wrong)
		silent->solved(silent->data);
	silent->wrong = false;
	/* One that was started again has another name on the bus. */
	if (g_strcmp0(silent->bus, bus) == 0)
		return;
	g_free(silent->bus);
	silent->bus = g_strdup(bus);
	silent->said = false;
}
