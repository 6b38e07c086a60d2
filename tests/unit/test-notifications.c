/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is made of an app's call that shows a notification, and the list of the last 50; on a clock
 * of the test's own.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/notifications.h"

static GDBusMessage *
message_of(const char *interface, const char *member, GVariant *arguments)
{
	GDBusMessage *message =
	    g_dbus_message_new_method_call("org.example.Any", "/any", interface, member);

	g_dbus_message_set_body(message, arguments);
	return message;
}

/* As libnotify calls; hints: GVariant text of an a{sv}. */
static bool
notify(struct notification *out, const char *app, const char *summary, const char *body,
       const char *hints)
{
	g_autoptr(GVariant) parsed =
	    g_variant_parse(G_VARIANT_TYPE_VARDICT, hints, NULL, NULL, NULL);
	g_autoptr(GDBusMessage) message = NULL;

	assert_non_null(parsed);
	message = message_of(
	    NOTIFICATION_DESKTOP, "Notify",
	    g_variant_new("(susssas@a{sv}i)", app, 0, "", summary, body, NULL, parsed, -1));
	return notification_read(message, out);
}

static void
words(void **state)
{
	static const struct {
		const char *app, *summary, *body, *words;
	} cases[] = {
	    {"Mail", "Ann", "Come at eight", "Mail: Ann. Come at eight"},
	    {"", "Ann", "", "Ann"},
	    {"Mail", "New mail!", "From Ann", "Mail: New mail! From Ann"},
	    {"Mail", "", "From Ann", "Mail: From Ann"},
	    {"Mail", "a <b>", "<b>fish</b> &amp; <i>chips</i>", "Mail: a <b>. fish & chips"},
	    {"Mail", "a", "see <a href=\"http://x\">here</a> <img src=\"x\" alt=\"a cat\"/>",
	     "Mail: a. see here a cat"},
	    {"Mail", "a", "1 < 2 & so on", "Mail: a. 1 < 2 & so on"},
	    {"Mail", "a", "<b>not closed", "Mail: a. <b>not closed"},
	    {"Mail", "a\nb", "c\td\x01 \xe2\x80\xae", "Mail: a b. c d"},
	    {"Mail", "a\xff", "\xf3\xa0\x80\x81\xf3\xa0\x81\xa5z", "Mail: a\xef\xbf\xbd. z"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct notification notification;
		g_autofree char *valid = g_utf8_make_valid(cases[i].summary, -1);
		g_autofree char *said = NULL;

		assert_true(notify(&notification, cases[i].app, valid, cases[i].body, "{}"));
		said = notification_words(&notification, notification.body, NULL);
		assert_string_equal(said, cases[i].words);
		notification_clear(&notification);
	}
}

/* Megabytes are cut, and what says nothing is nothing. */
static void
bounds(void **state)
{
	g_autofree char *long_text = g_strnfill(4L * 1024 * 1024, 'a');
	struct notification notification;

	(void)state;
	assert_true(notify(&notification, long_text, long_text, long_text, "{}"));
	assert_in_range(strlen(notification.app), 1, 110);
	assert_in_range(strlen(notification.summary), 1, 550);
	assert_in_range(strlen(notification.body), 1, 2100);
	notification_clear(&notification);
	assert_false(notify(&notification, "Mail", " ", "\n", "{}"));
	assert_null(notification.app);
}

static void
hints(void **state)
{
	static const struct {
		const char *hints;
		bool personal, quiet;
	} cases[] = {
	    {"{}", true, false},
	    {"{'category': <'im.received'>}", true, false},
	    {"{'category': <'device.added'>}", false, false},
	    {"{'category': <'network'>}", false, false},
	    {"{'category': <'networker'>}", true, false},
	    {"{'urgency': <byte 0>}", true, true},
	    {"{'urgency': <byte 2>}", true, false},
	    /* Of a wrong type they say nothing. */
	    {"{'urgency': <'low'>, 'category': <7>, 'desktop-entry': <true>}", true, false},
	    {"{'desktop-entry': <'../../x'>}", true, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct notification notification;

		assert_true(notify(&notification, "App", "a", "b", cases[i].hints));
		assert_int_equal(notification.personal, cases[i].personal);
		assert_int_equal(notification.quiet, cases[i].quiet);
		assert_string_equal(notification.app, "App");
		notification_clear(&notification);
	}
}

static void
gtk(void **state)
{
	static const char what[] = "('org.example.App', 'id', {'title': <'Ann'>, 'body': "
				   "<'<b> is bold'>, 'priority': <'low'>})";
	g_autoptr(GVariant) arguments =
	    g_variant_parse(G_VARIANT_TYPE("(ssa{sv})"), what, NULL, NULL, NULL);
	g_autoptr(GDBusMessage) message =
	    message_of(NOTIFICATION_GTK, "AddNotification", arguments);
	g_autofree char *said = NULL;
	struct notification notification;

	(void)state;
	assert_true(notification_read(message, &notification));
	said = notification_words(&notification, notification.body, "14:05");
	assert_string_equal(said, "org.example.App: Ann. <b> is bold. 14:05");
	assert_true(notification.quiet);
	assert_true(notification.replaces != 0);
	notification_clear(&notification);
}

static void
other_calls(void **state)
{
	static const struct {
		const char *interface, *member, *arguments;
	} cases[] = {
	    {NOTIFICATION_DESKTOP, "Notify", "('a', 'b')"},
	    {NOTIFICATION_GTK, "AddNotification", "('a', 'b', 'c')"},
	    {NOTIFICATION_GTK, "RemoveNotification", "('a', 'b')"},
	    {"org.example.Other", "Notify", "('a', 'b')"},
	};
	struct notification notification;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GVariant) arguments =
		    g_variant_parse(NULL, cases[i].arguments, NULL, NULL, NULL);
		g_autoptr(GDBusMessage) message =
		    message_of(cases[i].interface, cases[i].member, arguments);

		assert_false(notification_read(message, &notification));
	}
}

/* --- the list --- */

static bool
add(struct notifications *list, const char *app, const char *summary, uint32_t replaces,
    uint64_t time_ms)
{
	struct notification notification = {.app = g_strdup(app),
					    .summary = g_strdup(summary),
					    .body = g_strdup(""),
					    .replaces = replaces};

	return notifications_add(list, &notification, usec_from_ms(time_ms));
}

static const char *
step(struct notifications *list, enum command_step where)
{
	const struct notification *at = notifications_step(list, where);

	return at ? at->summary : "none";
}

static void
reading(void **state)
{
	struct notifications *list = notifications_new();

	(void)state;
	assert_string_equal(step(list, COMMAND_STEP_HERE), "none");
	assert_string_equal(step(list, COMMAND_STEP_NEXT), "none");
	add(list, "A", "one", 0, 0);
	add(list, "A", "two", 0, 10);
	assert_string_equal(step(list, COMMAND_STEP_PREVIOUS), "none");
	assert_string_equal(step(list, COMMAND_STEP_NEXT), "two");
	assert_string_equal(step(list, COMMAND_STEP_NEXT), "one");
	assert_string_equal(step(list, COMMAND_STEP_NEXT), "none");
	/* One stays where one is, also when another comes. */
	add(list, "A", "three", 0, 20);
	assert_string_equal(step(list, COMMAND_STEP_PREVIOUS), "two");
	assert_string_equal(step(list, COMMAND_STEP_PREVIOUS), "three");
	assert_string_equal(step(list, COMMAND_STEP_PREVIOUS), "none");
	assert_string_equal(step(list, COMMAND_STEP_NEXT), "two");
	assert_string_equal(step(list, COMMAND_STEP_HERE), "three");
	notifications_free(list);
}

static void
fifty(void **state)
{
	struct notifications *list = notifications_new();
	g_autofree char *last = NULL;

	(void)state;
	add(list, "A", "first", 0, 0);
	assert_string_equal(step(list, COMMAND_STEP_HERE), "first");
	for (unsigned i = 0; i < 200; i++) {
		g_autofree char *text = g_strdup_printf("%u", i);

		assert_true(add(list, "A", text, 0, i));
	}
	assert_int_equal(notifications_count(list), NOTIFICATIONS_MAX);
	/* What was read is gone: on from the oldest that there is. */
	for (unsigned i = 0; i < NOTIFICATIONS_MAX; i++) {
		g_free(last);
		last = g_strdup(step(list, COMMAND_STEP_PREVIOUS));
	}
	assert_string_equal(step(list, COMMAND_STEP_PREVIOUS), "none");
	notifications_free(list);
}

static void
the_same(void **state)
{
	struct notifications *list = notifications_new();

	(void)state;
	assert_true(add(list, "A", "one", 0, 0));
	assert_false(add(list, "A", "one", 0, 900));
	assert_true(add(list, "B", "one", 0, 900));
	assert_true(add(list, "A", "one", 0, 2000));
	assert_int_equal(notifications_count(list), 3);
	/* An app's own in its place; the same again is no news however late it is. */
	assert_true(add(list, "A", "10 percent", 7, 3000));
	assert_true(add(list, "A", "20 percent", 7, 4000));
	assert_false(add(list, "A", "20 percent", 7, 9000));
	assert_true(add(list, "B", "20 percent", 7, 9000));
	assert_int_equal(notifications_count(list), 5);
	assert_string_equal(step(list, COMMAND_STEP_HERE), "20 percent");
	assert_string_equal(step(list, COMMAND_STEP_NEXT), "20 percent");
	assert_string_equal(step(list, COMMAND_STEP_NEXT), "one");
	notifications_free(list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words),       cmocka_unit_test(bounds),   cmocka_unit_test(hints),
	    cmocka_unit_test(gtk),         cmocka_unit_test(reading),  cmocka_unit_test(fifty),
	    cmocka_unit_test(other_calls), cmocka_unit_test(the_same),
	};

	return cmocka_run_group_tests_name("notifications", tests, NULL, NULL);
}
