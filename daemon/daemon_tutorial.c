/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tutorial is offered at the first start, and never again once it was done or skipped: a file
 * in the user's folder of states remembers that.
 * Called by the daemon's main object and its brain, from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include <errno.h>
#include <glib/gstdio.h>

#include "common/i18n.h"
#include "daemon/daemon_private.h"

static char *
path_of(const struct daemon *daemon)
{
	return g_build_filename(daemon->options.state, "tutorial", NULL);
}

static bool
is_due(const struct daemon *daemon)
{
	g_autofree char *path = NULL;

	if (!daemon->options.state || !daemon->options.offers_tutorial)
		return false;
	path = path_of(daemon);
	return !g_file_test(path, G_FILE_TEST_EXISTS);
}

void
daemon_tutorial_ready(struct daemon *daemon)
{
	if (!is_due(daemon)) {
		daemon_say_after(daemon, _("Sidetouch is ready"));
		return;
	}
	brain_tutorial_offer(daemon->brain);
	daemon_say_after(daemon, _("Sidetouch is ready. Touch left top to learn."));
}

static const char *
word(enum brain_tutorial_end end)
{
	switch (end) {
	case BRAIN_TUTORIAL_DONE:
		return "done\n";
	case BRAIN_TUTORIAL_SKIPPED:
		return "skipped\n";
	case BRAIN_TUTORIAL_LEFT:
		break;
	}
	return NULL; /* nobody has heard it: it is offered again */
}

void
daemon_tutorial_over(void *data, enum brain_tutorial_end end)
{
	struct daemon *daemon = data;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;

	if (!daemon->options.state || !word(end))
		return;
	path = path_of(daemon);
	/* A file of one word, once in a life: no thread is worth that. */
	if (g_mkdir_with_parents(daemon->options.state, 0700) < 0)
		g_warning("%s: %s", daemon->options.state, g_strerror(errno));
	else if (!g_file_set_contents_full(path, word(end), -1, G_FILE_SET_CONTENTS_NONE, 0600,
					   &error))
		g_warning("%s", error->message);
	else
		return;
	daemon_problem(daemon,
		       _("Nothing can be kept in your folder of states, so the lessons are "
			 "offered again at the next start. Make room there, or make it your "
			 "own"));
}
