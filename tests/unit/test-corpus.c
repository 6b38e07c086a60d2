/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The texts that kill speech synthesisers, each to its end through cleaning, planning and the real
 * espeak-ng, faster than any listener could hear them. It is our cleaning that keeps espeak-ng
 * alive: without it the first of them aborts Debian 12's.
 * Run by tests/run. Each text has a process of its own. Owns a folder of texts while it runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <espeak-ng/speak_lib.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/clean_text.h"
#include "common/voice_link.h"
#include "daemon/voice/engine.h"
#include "daemon/voice/synth.h"

/* NOLINTBEGIN(readability-non-const-parameter): the type is espeak-ng's */
static int
on_samples(short *samples, int count, espeak_EVENT *events)
{
	(void)samples, (void)count, (void)events;
	return 0;
}
/* NOLINTEND(readability-non-const-parameter) */

/* In the child: say all of it, or its first utterances when it is long. */
static void
say(const char *bytes, size_t size, const char *user)
{
	/* Of 1 MB of letters each piece is like the one before. */
	enum { PIECES_MAX = 3 };
	g_autofree char *text = clean_text(bytes, size);
	const struct plan_how how = {.language = "", .user = user, .latin = "en"};
	struct synth_settings settings = synth_default_settings;
	g_autofree char *why = NULL;
	struct engine *engine;
	const char *at = text;

	if (engine_new(on_samples, &engine, &why) < 0)
		_exit(2);
	settings.rate_wpm = 449;
	settings.punctuation = VOICE_PUNCTUATION_ALL;
	engine_set(engine, &settings);
	for (unsigned piece = 0; *at && piece < PIECES_MAX; piece++) {
		g_autofree char *part = g_strndup(at, clean_text_cut(at));
		struct plan *plan = plan_new(part, &how);

		for (size_t i = 0; i < plan->count; i++)
			(void)engine_say(engine, &plan->parts[i], NULL);
		at += strlen(part);
		at += *at == ' ';
	}
	_exit(0);
}

static void
test_corpus(void **state)
{
	g_autofree char *folder = g_dir_make_tmp("corpus-XXXXXX", NULL);
	const char *const argv[] = {"/usr/bin/python3", "tests/support/corpus.py", folder, NULL};
	g_autoptr(GDir) files = NULL;
	const char *name;
	unsigned count = 0;
	bool well = true;

	(void)state;
	assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
				 NULL, NULL));
	files = g_dir_open(folder, 0, NULL);
	while ((name = g_dir_read_name(files))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *bytes = NULL;
		gsize size = 0;
		int status = 0;
		pid_t child;

		assert_true(g_file_get_contents(path, &bytes, &size, NULL));
		child = fork();
		if (child == 0)
			say(bytes, size, count % 2 ? "zh_CN" : "en");
		assert_int_equal(waitpid(child, &status, 0), child);
		if (status != 0) {
			print_message("%s ends espeak-ng: status %d\n", name, status);
			well = false;
		}
		g_unlink(path);
		count++;
	}
	g_rmdir(folder);
	assert_true(count > 20);
	assert_true(well);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_corpus)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
