/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which apps show messages, and which of their words are none; and samples that the router makes
 * quieter.
 * Run by tests/run. Owns a folder with desktop files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "daemon/message_app.h"
#include "daemon/voice/router.h"
#include "tests/support/folder.h"

static char *data_home;

static void
put(const char *id, const char *categories)
{
	g_autofree char *folder = g_build_filename(data_home, "applications", NULL);
	g_autofree char *name = g_strconcat(id, ".desktop", NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *text = g_strdup_printf(
	    "[Desktop Entry]\nType=Application\nName=%s\nExec=true\n%s", id, categories);

	(void)g_mkdir_with_parents(folder, 0700);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
apps(void **state)
{
	(void)state;
	put("org.example.Chatty", "Categories=GTK;Network;InstantMessaging;\n");
	put("org.example.Mail", "Categories=Email\n");
	put("org.example.Calculator", "Categories=Utility;Calculator;EmailPuzzle;\n");
	put("org.example.Plain", "");
	assert_true(message_app_is("org.example.Chatty"));
	assert_true(message_app_is("org.example.Mail"));
	assert_false(message_app_is("org.example.Calculator"));
	assert_false(message_app_is("org.example.Plain"));
	assert_false(message_app_is("org.example.Nowhere"));
	assert_false(message_app_is("../../../etc/passwd"));
	assert_false(message_app_is(""));
}

static void
controls(void **state)
{
	(void)state;
	assert_true(message_app_is_control("Send, button"));
	assert_true(message_app_is_control("password"));
	assert_true(message_app_is_control("Message, text field"));
	assert_false(message_app_is_control("Come at eight, list item"));
	/* Nobody writes a message that passes for a button. */
	assert_false(message_app_is_control("Come at eight, button, list item"));
	/* In doubt it is private. */
	assert_false(message_app_is_control("Mute, toggle button, pressed"));
	assert_false(message_app_is_control(""));
}

static void
quieter(void **state)
{
	struct router router = {.gain_percent = 30};
	int16_t samples[] = {0, 100, -100, INT16_MAX, INT16_MIN};
	int16_t chimed[2000] = {0};
	int peak = 0;

	(void)state;
	router_shape(&router, 22050, samples, G_N_ELEMENTS(samples));
	assert_int_equal(samples[1], 30);
	assert_int_equal(samples[2], -30);
	assert_int_equal(samples[3], INT16_MAX * 30 / 100);
	assert_int_equal(samples[4], INT16_MIN * 30 / 100);
	router.gain_percent = 150;
	samples[3] = INT16_MAX;
	router_shape(&router, 22050, samples, G_N_ELEMENTS(samples));
	assert_int_equal(samples[3], INT16_MAX);
	/* A chime is heard to its end, in pieces of any size, and once. */
	router.gain_percent = 100;
	router_chime(&router, VOICE_EARCON_EAR);
	for (size_t at = 0; at < G_N_ELEMENTS(chimed); at += 100)
		router_shape(&router, 22050, chimed + at, 100);
	for (size_t i = 0; i < G_N_ELEMENTS(chimed); i++)
		peak = MAX(peak, chimed[i]);
	assert_true(peak > 5000);
	assert_int_equal(router.chime, VOICE_EARCON_NONE);
	assert_int_equal(chimed[G_N_ELEMENTS(chimed) - 1], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(apps),
	    cmocka_unit_test(controls),
	    cmocka_unit_test(quieter),
	};
	int failed;

	data_home = folder_new("message-app");
	g_setenv("XDG_DATA_HOME", data_home, TRUE);
	failed = cmocka_run_group_tests_name("message-app", tests, NULL, NULL);
	folder_remove(data_home);
	g_free(data_home);
	return failed;
}
