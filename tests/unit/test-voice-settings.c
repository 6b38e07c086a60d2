/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice's settings: every value and range, their file, and what is wrong with either.
 * Run by tests/run. Owns a folder of its own while a test runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/voice_file.h"
#include "daemon/voice_settings.h"

static void
good(struct voice_choice *choice, const char *name, const char *value, const char *now)
{
	g_autofree char *reason = NULL;
	g_autofree char *got = NULL;

	if (!voice_settings_set(choice, name, value, &reason))
		fail_msg("%s %s: %s", name, value, reason);
	got = voice_settings_get(choice, name);
	assert_string_equal(got, now);
}

static void
bad(struct voice_choice *choice, const char *name, const char *value, const char *expected)
{
	struct voice_choice before = *choice;
	g_autofree char *reason = NULL;

	if (voice_settings_set(choice, name, value, &reason))
		fail_msg("%s %s was taken", name, value);
	assert_string_equal(reason, expected);
	assert_memory_equal(&before, choice, sizeof(before));
}

static void
test_values(void **state)
{
	struct voice_choice choice;

	(void)state;
	voice_choice_init(&choice);
	good(&choice, "rate", "80", "80");
	good(&choice, "rate", "449", "449");
	good(&choice, "rate", "+20", "449"); /* a button at the end of the range stays there */
	good(&choice, "rate", "-1000", "80");
	good(&choice, "pitch", "0", "0");
	good(&choice, "volume", "200", "200");
	good(&choice, "punctuation", "most", "most");
	good(&choice, "punctuation", "next", "all");
	good(&choice, "punctuation", "next", "none");
	good(&choice, "capitals", "pitch", "pitch");
	good(&choice, "earcons", "off", "off");
	good(&choice, "beside", "all", "all");
	assert_int_equal(choice.beside, VOICE_BESIDE_ALL);
	good(&choice, "beside", "queue", "queue");
	assert_int_equal(choice.beside, VOICE_BESIDE_QUEUE);
	good(&choice, "voice", "f2", "f2");
	good(&choice, "voice", "none", "none");
	assert_string_equal(choice.link.voice, "");
	good(&choice, "language", "zh-CN", "zh-CN");
	assert_string_equal(choice.link.language, "zh-CN");
	good(&choice, "language", "auto", "auto");
	assert_true(strlen(choice.link.language) > 0);

	bad(&choice, "rate", "79", "rate is out of range: words a minute, 80 to 449");
	bad(&choice, "rate", "fast", "rate is a number: words a minute, 80 to 449");
	bad(&choice, "rate", "", "rate is a number: words a minute, 80 to 449");
	bad(&choice, "rate", "99999999999999999999", "rate is a number: words a minute, 80 to 449");
	bad(&choice, "capitals", "loud", "capitals is one of: none, word or pitch");
	bad(&choice, "voice", "../../etc/passwd",
	    "voice is a name: a variant of espeak-ng: f1 to f5, m1 to m8, whisper ..., or none");
	bad(&choice, "language", "a-language-name-that-is-too-long",
	    "language is empty or too long: yours, as in en-GB or zh-CN, or auto");
	bad(&choice, "rat", "100", "there is no setting 'rat', did you mean 'rate'");
	bad(&choice, "colour", "red", "there is no setting 'colour'");
}

/* --- the file --- */

static GString *problems;
static char *folder;
static char *path;

static void
on_problem(void *data, const char *sentence)
{
	(void)data;
	g_string_append_printf(problems, "%s|", sentence + strlen(folder) + 1);
}

static void
on_changed(void *data)
{
	(*(unsigned *)data)++;
}

static const struct voice_file_events events = {on_changed, on_problem};

static int
setup(void **state)
{
	(void)state;
	problems = g_string_new(NULL);
	folder = g_dir_make_tmp("voice-XXXXXX", NULL);
	path = g_build_filename(folder, "voice.conf", NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	g_unlink(path);
	assert_int_equal(g_rmdir(folder), 0);
	g_free(path);
	g_free(folder);
	g_string_free(problems, TRUE);
	return 0;
}

static void
test_file(void **state)
{
	unsigned changes = 0;
	struct voice_file *file = voice_file_new(path, &events, &changes);
	struct voice_choice choice;
	struct voice_choice again;
	g_autofree char *text = NULL;
	struct stat status;

	(void)state;
	voice_file_read(file, &choice);
	assert_string_equal(problems->str, ""); /* no file is no problem */
	good(&choice, "rate", "220", "220");
	good(&choice, "language", "de", "de");
	assert_int_equal(voice_file_write(file, &choice), 0);
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_string_equal(text, "[voice]\nrate=220\nlanguage=de\n");
	assert_int_equal(g_stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	voice_file_read(file, &again);
	assert_memory_equal(&choice, &again, sizeof(choice));
	while (changes == 0) /* told of by the kernel */
		g_main_context_iteration(NULL, TRUE);
	voice_file_free(file);
}

static void
test_broken_file(void **state)
{
	unsigned changes = 0;
	struct voice_file *file = voice_file_new(path, &events, &changes);
	struct voice_choice choice;

	(void)state;
	assert_true(g_file_set_contents(
	    path, "[voice]\nrate = 300\nrat=1\npitch=high\nrate=80\n\n# mine\n[other]\nvolume=50\n",
	    -1, NULL));
	voice_file_read(file, &choice);
	assert_int_equal(choice.link.rate_wpm, 300);
	assert_int_equal(choice.link.pitch_percent, 50);
	assert_non_null(
	    strstr(problems->str, "voice.conf:3: there is no setting 'rat', did you mean 'rate'|"));
	assert_non_null(
	    strstr(problems->str, "voice.conf:4: pitch is a number: percent, 0 to 99|"));
	assert_non_null(strstr(problems->str, "voice.conf:5: "));
	assert_non_null(
	    strstr(problems->str, "voice.conf:8: unknown group [other], write [voice]|"));
	voice_file_free(file);
}

/* A full disk: the old file stays whole, and the error is told. */
static void
test_cannot_write(void **state)
{
	unsigned changes = 0;
	struct voice_file *file = voice_file_new("/dev/full/voice.conf", &events, &changes);
	struct voice_choice choice;

	(void)state;
	voice_choice_init(&choice);
	assert_true(voice_file_write(file, &choice) < 0);
	voice_file_free(file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values),
	    cmocka_unit_test_setup_teardown(test_file, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_broken_file, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_cannot_write, setup, teardown),
	};

	g_setenv("LANGUAGE", "en", TRUE);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
