/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is sent to speech-dispatcher, line by line, and what becomes of its answers, also the wrong
 * ones and those that come late. A real one is spoken through in tests/integration/voice-shared.sh.
 * Run by tests/run. Owns the other end of the socket.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/voice_link.h"
#include "daemon/voice/dispatcher.h"

static char *folder;
static char *path;
static int listener;
static int peer;
static struct dispatcher *dispatcher;
static GString *told; /* b: begun, +: spoken, -: cancelled, l: lost */

static void
on_begun(void *data)
{
	(void)data;
	g_string_append_c(told, 'b');
}

static void
on_ended(void *data, bool spoken)
{
	(void)data;
	g_string_append_c(told, spoken ? '+' : '-');
}

static void
on_lost(void *data)
{
	(void)data;
	g_string_append_c(told, 'l');
}

static const struct dispatcher_events events = {on_begun, on_ended, on_lost};

static void
settle(void)
{
	while (g_main_context_iteration(NULL, FALSE))
		;
}

/* What it has sent since the last time; then it gets an answer, unless that is NULL. */
static void
exchange(const char *expected, const char *answer)
{
	char bytes[1024] = "";
	ssize_t size = recv(peer, bytes, sizeof(bytes) - 1, MSG_DONTWAIT);

	bytes[MAX(size, 0)] = '\0';
	assert_string_equal(bytes, expected);
	if (answer)
		assert_int_equal(send(peer, answer, strlen(answer), 0), strlen(answer));
	settle();
}

static int
setup(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	g_autofree char *where = NULL;

	(void)state;
	folder = g_dir_make_tmp("dispatcher-XXXXXX", NULL);
	path = g_build_filename(folder, "speechd.sock", NULL);
	where = g_strconcat("unix_socket:", path, NULL);
	g_setenv("SPEECHD_ADDRESS", where, TRUE);
	g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(listener, (const struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(listener, 4) < 0)
		return -1;
	told = g_string_new(NULL);
	dispatcher = dispatcher_new(&events, NULL);
	dispatcher_want(dispatcher);
	peer = accept(listener, NULL, NULL);
	exchange("SET SELF CLIENT_NAME user:sidetouch:main\r\n", "208 OK CLIENT NAME SET\r\n");
	exchange("SET SELF PRIORITY message\r\n", "202 OK PRIORITY SET\r\n");
	exchange("SET SELF NOTIFICATION ALL on\r\n", "220 OK NOTIFICATION SET\r\n");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	dispatcher = dispatcher_free(dispatcher);
	close(peer);
	close(listener);
	g_unlink(path);
	g_rmdir(folder);
	g_free(path);
	g_free(folder);
	g_string_free(told, TRUE);
	return 0;
}

static bool
say(const char *text, const struct synth_settings *settings)
{
	const struct plan_how how = {.language = "", .user = "en", .latin = "en"};
	struct plan *plan = plan_new(text, &how);
	bool taken = dispatcher_say(dispatcher, plan, settings, false);

	plan_free(plan);
	settle();
	return taken;
}

static void
test_sentence(void **state)
{
	(void)state;
	assert_true(say(".QUIT", &synth_default_settings));
	exchange("SET SELF LANGUAGE en\r\n", "201 OK LANGUAGE SET\r\n");
	/* Nothing of the text goes before it is awaited; and a dot at its start gets another. */
	exchange("SPEAK\r\n", "230 OK RECEIVING DATA\r\n");
	exchange("..QUIT\r\n.\r\n", "225-7\r\n225 OK MESSAGE QUEUED\r\n");
	assert_string_equal(told->str, "");
	exchange("", "701-7\r\n701-1\r\n701 BEGIN\r\n");
	assert_string_equal(told->str, "b");
	exchange("", "702-6\r\n702-1\r\n702 END\r\n"); /* of an earlier one */
	exchange("", "702-7\r\n702-1\r\n702 END\r\n");
	assert_string_equal(told->str, "b+");
}

/* An event may overtake the number of its message; a user may cancel it from elsewhere. */
static void
test_events(void **state)
{
	(void)state;
	say("One", &synth_default_settings);
	exchange("SET SELF LANGUAGE en\r\n",
		 "409 ERR NO SUCH LANGUAGE\r\n"); /* said all the same */
	exchange("SPEAK\r\n", "230 OK\r\n");
	exchange("One\r\n.\r\n",
		 "701-7\r\n701-1\r\n701 BEGIN\r\n703-7\r\n703-1\r\n703 CANCELED\r\n");
	assert_string_equal(told->str, "");
	exchange("", "225-7\r\n225 OK MESSAGE QUEUED\r\n");
	assert_string_equal(told->str, "b-");
}

static void
test_languages_and_settings(void **state)
{
	struct synth_settings settings = synth_default_settings;

	(void)state;
	settings.rate_wpm = 390;
	settings.punctuation = VOICE_PUNCTUATION_MOST;
	say("Open 打开", &settings);
	exchange("SET SELF RATE 100\r\n", "203 OK\r\n");
	exchange("SET SELF PUNCTUATION most\r\n", "205 OK\r\n");
	exchange("BLOCK BEGIN\r\n", "260 OK INSIDE BLOCK\r\n");
	exchange("SET SELF LANGUAGE en\r\n", "201 OK\r\n");
	exchange("SPEAK\r\n", "230 OK\r\n");
	exchange("Open \r\n.\r\n", "225-1\r\n225 OK\r\n");
	exchange("SET SELF LANGUAGE cmn-latn-pinyin\r\n", "201 OK\r\n");
	exchange("SPEAK\r\n", "230 OK\r\n");
	exchange("打开\r\n.\r\n", "225-2\r\n225 OK\r\n");
	exchange("BLOCK END\r\n",
		 "261 OK\r\n701-1\r\n701-1\r\n701 BEGIN\r\n702-1\r\n702-1\r\n702 END\r\n");
	assert_string_equal(told->str, "b");
	exchange("", "702-2\r\n702-1\r\n702 END\r\n");
	assert_string_equal(told->str, "b+");
	/* What was told once is not told again. */
	say("Open", &settings);
	exchange("SET SELF LANGUAGE en\r\n", "201 OK\r\n");
	exchange("SPEAK\r\n", NULL);
}

static void
test_stop(void **state)
{
	(void)state;
	say("Open 打开", &synth_default_settings);
	exchange("BLOCK BEGIN\r\n", "260 OK\r\n");
	exchange("SET SELF LANGUAGE en\r\n", "201 OK\r\n");
	exchange("SPEAK\r\n", NULL);
	dispatcher_stop(dispatcher);
	dispatcher_stop(dispatcher);
	/* It awaits a text: a command now would be spoken. Then the block is closed, then ended. */
	exchange("", "230 OK\r\n");
	exchange("Open \r\n.\r\n", "225-1\r\n225 OK\r\n");
	exchange("SET SELF LANGUAGE cmn-latn-pinyin\r\n", "201 OK\r\n");
	exchange("BLOCK END\r\n", "261 OK\r\n");
	exchange("CANCEL SELF\r\n", "213 OK CANCELED\r\n703-1\r\n703-1\r\n703 CANCELED\r\n");
	assert_string_equal(told->str, "");
	say("Two", &synth_default_settings);
	exchange("SET SELF LANGUAGE en\r\n", "201 OK\r\n");
	exchange("SPEAK\r\n", NULL);
}

static void
test_refused_and_gone(void **state)
{
	(void)state;
	say("One", &synth_default_settings);
	exchange("SET SELF LANGUAGE en\r\n", "201 OK\r\n");
	exchange("SPEAK\r\n", "402 ERR INTERNAL\r\n");
	assert_string_equal(told->str, "l");
	/* Not this one, but it is tried again. */
	assert_false(say("Two", &synth_default_settings));
	close(peer);
	peer = accept(listener, NULL, NULL);
	exchange("SET SELF CLIENT_NAME user:sidetouch:main\r\n", "208 OK\r\n");
	exchange("SET SELF PRIORITY message\r\n", "202 OK\r\n");
	exchange("SET SELF NOTIFICATION ALL on\r\n", "220 OK\r\n");
	assert_true(say("Two", &synth_default_settings));
	close(peer);
	settle();
	assert_string_equal(told->str, "ll");
	peer = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static void
test_nonsense(void **state)
{
	static const char *const nonsense[] = {"HTTP/1.1 400\r\n", "225\r\n", "999999 x\r\n",
					       "225 OK\r\n225 OK\r\n", "\r\n"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(nonsense); i++) {
		g_string_truncate(told, 0);
		/* An answer too many: nothing was asked. */
		exchange("", nonsense[i]);
		assert_false(say("One", &synth_default_settings));
		close(peer);
		peer = accept(listener, NULL, NULL);
		exchange("SET SELF CLIENT_NAME user:sidetouch:main\r\n", "208 OK\r\n");
		exchange("SET SELF PRIORITY message\r\n", "202 OK\r\n");
		exchange("SET SELF NOTIFICATION ALL on\r\n", "220 OK\r\n");
	}
}

static void
test_nobody(void **state)
{
	struct dispatcher *alone;
	const struct plan_how how = {.language = "", .user = "en", .latin = "en"};
	struct plan *plan = plan_new("One", &how);

	(void)state;
	g_setenv("SPEECHD_ADDRESS", "unix_socket:/nonexistent/socket", TRUE);
	alone = dispatcher_new(&events, NULL);
	dispatcher_want(alone);
	assert_false(dispatcher_say(alone, plan, &synth_default_settings, false));
	dispatcher_stop(alone);
	dispatcher_ask(alone);
	dispatcher_free(alone);
	plan_free(plan);
}

int
main(void)
{
#define DISPATCHER_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    DISPATCHER_TEST(test_sentence),
	    DISPATCHER_TEST(test_events),
	    DISPATCHER_TEST(test_languages_and_settings),
	    DISPATCHER_TEST(test_stop),
	    DISPATCHER_TEST(test_refused_and_gone),
	    DISPATCHER_TEST(test_nonsense),
	    cmocka_unit_test(test_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
