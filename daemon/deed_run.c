/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running a program of the user's: no shell, no terminal, its words as the profile has them.
 * Called by daemon/deeds; the program goes on when Sidetouch ends.
 * Owns the watch for its end, which is told: at once when it ends soon, else in a sentence later.
 */
#include "daemon/deeds_private.h"

#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "daemon/deed_outside.h"

/* A program that does one thing and ends has done it by then; of one that goes on it is said that
 * it runs, while the user still waits for a word (Nielsen 1993: one second). */
#define HEARD_MS 1000

/* "~/bin/lamp" is what a person writes; there is no shell to know it. */
static char *
find(const char *word)
{
	g_autofree char *at_home = NULL;

	if (g_str_has_prefix(word, "~/"))
		at_home = g_build_filename(g_get_home_dir(), word + 2, NULL);
	return g_find_program_in_path(at_home ? at_home : word);
}

static const char *
name_of(const struct deed *deed)
{
	const char *slash = strrchr(deed->command->words[0], '/');

	return slash ? slash + 1 : deed->command->words[0];
}

static gboolean
on_runs(void *data)
{
	struct deed *deed = data;
	g_autofree char *words = g_strdup_printf(_("%s is running"), name_of(deed));

	deed->timer = 0;
	deed_tell(deed, BRAIN_RESULT_DONE, words);
	return G_SOURCE_REMOVE;
}

/* How it ended; NULL: well. */
static char *
why(const struct deed *deed, GSubprocess *program)
{
	if (g_subprocess_get_if_signaled(program))
		return g_strdup_printf(_("%s was ended by signal %d"), name_of(deed),
				       g_subprocess_get_term_sig(program));
	if (g_subprocess_get_exit_status(program) != 0)
		return g_strdup_printf(_("%s ended with error %d"), name_of(deed),
				       g_subprocess_get_exit_status(program));
	return NULL;
}

static void
on_ended(GObject *source, GAsyncResult *result, void *data)
{
	GSubprocess *program = G_SUBPROCESS(source);
	bool ended = g_subprocess_wait_finish(program, result, NULL);
	struct deed *deed = deed_answered(data);
	g_autofree char *words = NULL;

	if (!deed || !ended)
		return;
	words = why(deed, program);
	if (deed->told) {
		if (!words)
			words = g_strdup_printf(_("%s has ended"), name_of(deed));
		deed->deeds->events.later(deed->deeds->data, words);
	}
	deed_finish(deed, words ? BRAIN_RESULT_FAILED : BRAIN_RESULT_DONE, words);
}

/* The words that it is started with. */
static void
start(struct deed *deed, const char *path)
{
	/* What it writes is for nobody: it may be anything, and would go to the log. */
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
	    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
	g_autoptr(GSubprocess) program = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) own = g_strdupv(deed->command->words);
	g_auto(GStrv) words = NULL;
	g_autofree char *sentence = NULL;

	g_free(own[0]);
	own[0] = g_strdup(path);
	words = deed_outside(own, g_get_home_dir(), NULL, true);
	g_subprocess_launcher_set_cwd(launcher, g_get_home_dir());
	program = g_subprocess_launcher_spawnv(launcher, (const char *const *)words, &error);
	if (!program) {
		sentence =
		    g_strdup_printf(_("%s cannot be started: %s"), name_of(deed), error->message);
		deed_finish(deed, BRAIN_RESULT_FAILED, sentence);
		return;
	}
	deed->timer = g_timeout_add(HEARD_MS, on_runs, deed);
	g_subprocess_wait_async(program, deed->cancellable, on_ended, deed_ref(deed));
}

void
deed_run(struct deed *deed)
{
	g_autofree char *path = find(deed->command->words[0]);
	g_autofree char *sentence = NULL;

	if (!path) {
		sentence = g_strdup_printf(_("There is no program %s"), name_of(deed));
		deed_finish(deed, BRAIN_RESULT_NOT_FOUND, sentence);
	} else if (deed->only_look) {
		deed_finish(deed, BRAIN_RESULT_DONE, NULL);
	} else {
		start(deed, path);
	}
}
