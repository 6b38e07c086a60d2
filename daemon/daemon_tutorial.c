/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tutorial is offered at the first start, and never again once it was done or skipped: a file
 * in the user's folder of states remembers that.
 * Called by the daemon's main object and its brain, from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#include "common/i18n.h"
#include "daemon/daemon_private.h"
#include "daemon/remembered.h"

#define REMEMBERED "tutorial"

static bool
is_due(const struct daemon *daemon)
{
	return daemon->options.state && daemon->options.offers_tutorial &&
	       !remembered_is(daemon->options.state, REMEMBERED);
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
		return "done";
	case BRAIN_TUTORIAL_SKIPPED:
		return "skipped";
	case BRAIN_TUTORIAL_LEFT:
		break;
	}
	return NULL; /* nobody has heard it: it is offered again */
}

void
daemon_tutorial_over(void *data, enum brain_tutorial_end end)
{
	struct daemon *daemon = data;

	if (!daemon->options.state || !word(end) ||
	    remembered_keep(daemon->options.state, REMEMBERED, word(end)))
		return;
	daemon_problem(daemon,
		       _("Nothing can be kept in your folder of states, so the lessons are "
			 "offered again at the next start. Make room there, or make it your "
			 "own"));
}
