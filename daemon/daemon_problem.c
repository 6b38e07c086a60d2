/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong: kept for the status, and told when it turns up.
 * Called by the daemon's parts for what they find; what can work again has a place of its own.
 * Owns nothing, the sentences are with daemon/problems.
 */
#include "daemon/daemon_private.h"

static void
tell(struct daemon *daemon, const char *sentence)
{
	g_warning("%s", sentence);
	daemon_say_after(daemon, sentence);
}

void
daemon_problem(void *data, const char *sentence)
{
	struct daemon *daemon = data;

	if (problems_add(daemon->problems, sentence))
		tell(daemon, sentence);
}

void
daemon_problem_apps(void *data, const char *sentence)
{
	daemon_problem_of(data, PROBLEMS_OF_APPS, sentence);
}

void
daemon_problem_apps_solved(void *data)
{
	daemon_problem_of(data, PROBLEMS_OF_APPS, NULL);
}

void
daemon_problem_of(struct daemon *daemon, enum problems_of of, const char *sentence)
{
	if (problems_set(daemon->problems, of, sentence))
		tell(daemon, sentence);
}
