/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said before what, what interrupts what, and what is not said after all; on a clock of the
 * test's own. Also the history and spelling in words.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "daemon/speech_history.h"
#include "daemon/speech_queue.h"
#include "daemon/spelling.h"

static struct speech_queue *queue;
static uint64_t now_ms;

static int
setup(void **state)
{
	(void)state;
	queue = speech_queue_new();
	now_ms = 1000000;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	queue = speech_queue_free(queue);
	return 0;
}

static struct usec
now(void)
{
	return usec_from_ms(now_ms);
}

static uint32_t
add(enum speech_priority priority, bool asked, const char *text)
{
	const struct speech_request request = {.text = text, .priority = priority, .asked = asked};

	return speech_queue_add(queue, &request, now());
}

static const char *
take(void)
{
	const struct speech_item *item = speech_queue_take(queue, now());

	return item ? item->text : NULL;
}

static const char *
current(void)
{
	const struct speech_item *item = speech_queue_current(queue);

	return item ? item->text : "";
}

/* The ends since the last call: "1- 2+" (not spoken, spoken). */
static void
assert_ends(const char *expected)
{
	g_autoptr(GString) ends = g_string_new(NULL);
	struct speech_ending ending;

	while (speech_queue_take_ending(queue, &ending))
		g_string_append_printf(ends, "%s%u%c", ends->len > 0 ? " " : "", ending.id,
				       ending.spoken ? '+' : '-');
	assert_string_equal(ends->str, expected);
}

static void
test_order(void **state)
{
	(void)state;
	assert_int_equal(add(SPEECH_NOTIFICATION, false, "news"), 1);
	assert_int_equal(add(SPEECH_NOTIFICATION, false, "more"), 2);
	assert_int_equal(add(SPEECH_NAVIGATION, false, "five"), 3);
	assert_int_equal(add(SPEECH_URGENT, false, "fire"), 4);
	assert_string_equal(take(), "fire");
	assert_null(take()); /* one at a time */
	speech_queue_end(queue, true, now());
	assert_string_equal(take(), "five");
	speech_queue_end(queue, true, now());
	assert_string_equal(take(), "news");
	speech_queue_end(queue, true, now());
	assert_string_equal(take(), "more");
	speech_queue_end(queue, true, now());
	assert_null(take());
	assert_true(speech_queue_is_empty(queue));
	assert_ends("4+ 3+ 1+ 2+");
}

static void
test_navigation_interrupts_navigation(void **state)
{
	(void)state;
	add(SPEECH_NAVIGATION, true, "one");
	take();
	add(SPEECH_NAVIGATION, true, "two");
	assert_string_equal(current(), "");
	assert_ends("1-");
	add(SPEECH_NAVIGATION, true, "three"); /* before the second was begun */
	assert_ends("2-");
	assert_string_equal(take(), "three");
}

static void
test_urgent_is_not_interrupted(void **state)
{
	(void)state;
	add(SPEECH_URGENT, false, "fire");
	take();
	add(SPEECH_NAVIGATION, true, "five");
	assert_string_equal(current(), "fire");
	add(SPEECH_URGENT, false, "water");
	assert_ends("1-");
	assert_string_equal(take(), "water");
	speech_queue_end(queue, true, now());
	assert_string_equal(take(), "five");
}

static void
test_notification_is_said_again(void **state)
{
	(void)state;
	add(SPEECH_NOTIFICATION, false, "news");
	take();
	add(SPEECH_NAVIGATION, false, "five");
	assert_ends("");
	assert_string_equal(take(), "five");
	speech_queue_end(queue, true, now());
	assert_string_equal(take(), "news");
	speech_queue_end(queue, true, now());
	assert_ends("2+ 1+");
}

static void
test_notification_dies(void **state)
{
	struct usec deadline;

	(void)state;
	assert_false(speech_queue_deadline(queue, true, &deadline));
	add(SPEECH_URGENT, false, "fire");
	take();
	add(SPEECH_NOTIFICATION, false, "news");
	assert_true(speech_queue_deadline(queue, true, &deadline));
	assert_int_equal(deadline.us, usec_from_ms(now_ms + 45000).us);
	now_ms += 44999;
	speech_queue_expire(queue, now());
	assert_ends("");
	now_ms++;
	speech_queue_expire(queue, now());
	assert_ends("2-");
	assert_false(speech_queue_deadline(queue, true, &deadline));
}

static void
test_touch(void **state)
{
	struct usec deadline;

	(void)state;
	add(SPEECH_NAVIGATION, true, "five");
	take();
	add(SPEECH_NOTIFICATION, false, "news");
	speech_queue_touch(queue, now());
	assert_ends("1-");
	/* The news do not talk into the finger that wants silence. */
	assert_null(take());
	assert_true(speech_queue_deadline(queue, true, &deadline));
	assert_int_equal(deadline.us, usec_from_ms(now_ms + SPEECH_QUIET_MS).us);
	/* Nobody who can speak: no reason to wake before the news are too old. */
	assert_true(speech_queue_deadline(queue, false, &deadline));
	assert_int_equal(deadline.us, usec_from_ms(now_ms + 45000).us);
	now_ms += SPEECH_QUIET_MS;
	assert_string_equal(take(), "news");
	speech_queue_clear(queue, now());
	assert_ends("2-");
}

static void
test_going_on(void **state)
{
	(void)state;
	assert_null(speech_queue_resume(queue));
	add(SPEECH_NAVIGATION, true, "a long page");
	take();
	speech_queue_touch(queue, now());
	assert_true(speech_queue_holds(queue));
	speech_queue_touch(queue, now()); /* another finger changes nothing */
	assert_ends("1-");
	assert_int_equal(speech_queue_resume(queue)->id, 2);
	assert_string_equal(current(), "a long page");
	assert_null(speech_queue_resume(queue));
	speech_queue_touch(queue, now());
	assert_ends("2-");
	/* Something else is said: then that is what can be stopped and gone on with. */
	assert_int_equal(add(SPEECH_NAVIGATION, true, "five"), 3);
	assert_string_equal(take(), "five");
	speech_queue_end(queue, true, now());
	assert_null(speech_queue_resume(queue));
	add(SPEECH_NAVIGATION, true, "six");
	take();
	speech_queue_touch(queue, now());
	speech_queue_clear(queue, now());
	assert_null(speech_queue_resume(queue));
}

static void
test_quiet_after_an_answer(void **state)
{
	(void)state;
	add(SPEECH_NAVIGATION, true, "Back, press again");
	take();
	add(SPEECH_NOTIFICATION, false, "news");
	speech_queue_end(queue, true, now());
	assert_null(take());
	now_ms += SPEECH_QUIET_MS - 1;
	assert_null(take());
	now_ms++;
	assert_string_equal(take(), "news");
}

static void
test_said_once(void **state)
{
	(void)state;
	assert_int_equal(add(SPEECH_NOTIFICATION, false, "new mail"), 1);
	now_ms += 900;
	assert_int_equal(add(SPEECH_NOTIFICATION, false, " new  mail "), 1);
	/* Each of a stutter counts from the one before. */
	now_ms += 900;
	assert_int_equal(add(SPEECH_NOTIFICATION, false, "new mail"), 1);
	assert_int_equal(add(SPEECH_NAVIGATION, true, "new mail"), 2);
	now_ms += 1001;
	assert_int_equal(add(SPEECH_NOTIFICATION, false, "new mail"), 3);
}

static void
test_flood(void **state)
{
	uint32_t last = 0;

	(void)state;
	for (int i = 0; i < 40; i++) {
		g_autofree char *text = g_strdup_printf("news %d", i);

		last = add(SPEECH_NOTIFICATION, false, text);
	}
	assert_int_equal(last, 40);
	assert_ends("33- 34- 35- 36- 37- 38- 39- 40-");
	assert_string_equal(take(), "news 0");
}

static void
test_nothing(void **state)
{
	const struct speech_request sound = {.text = "", .earcon = VOICE_EARCON_DONE};

	(void)state;
	assert_int_equal(add(SPEECH_URGENT, true, " \xff\001 "), 0);
	assert_int_equal(speech_queue_add(queue, &sound, now()), 1);
	assert_string_equal(take(), "");
}

static void
test_history(void **state)
{
	struct speech_history history = {.next = 0};

	(void)state;
	assert_null(speech_history_get(&history, 0));
	for (int i = 0; i < 60; i++) {
		g_autofree char *text = g_strdup_printf("%d", i);

		speech_history_add(&history, text);
	}
	assert_string_equal(speech_history_get(&history, 0), "59");
	assert_string_equal(speech_history_get(&history, 49), "10");
	assert_null(speech_history_get(&history, 50));
	assert_null(speech_history_get(&history, SIZE_MAX));
	speech_history_clear(&history);
	assert_null(speech_history_get(&history, 0));
}

static void
test_change(void **state)
{
	const struct speech_request more = {
	    .text = "and its focus", .priority = SPEECH_CHANGE, .joins = true};

	(void)state;
	/* It waits for an answer, and not for the quiet after it. */
	add(SPEECH_NAVIGATION, true, "Done");
	assert_string_equal(take(), "Done");
	add(SPEECH_CHANGE, false, "checked");
	assert_string_equal(current(), "Done");
	speech_queue_end(queue, true, now());
	assert_string_equal(take(), "checked");
	/* A newer one ends it, and one that waits. */
	add(SPEECH_CHANGE, false, "Name, text field");
	assert_string_equal(current(), "");
	add(SPEECH_CHANGE, false, "Street, text field");
	assert_string_equal(take(), "Street, text field");
	assert_ends("1+ 2- 3-");
	/* One that joins does not, and news wait for both. */
	add(SPEECH_NOTIFICATION, false, "news");
	assert_int_equal(speech_queue_add(queue, &more, now()), 6);
	assert_string_equal(current(), "Street, text field");
	speech_queue_end(queue, true, now());
	assert_string_equal(take(), "and its focus");
	/* An answer ends what waits; a touch as well. */
	add(SPEECH_CHANGE, false, "two");
	add(SPEECH_NAVIGATION, true, "five");
	assert_string_equal(take(), "five");
	add(SPEECH_CHANGE, false, "three");
	speech_queue_touch(queue, now());
	assert_null(take());
	assert_ends("4+ 6- 7- 9- 8-");
	/* Two things of the same name, one after the other, are two. */
	add(SPEECH_CHANGE, false, "Delete, button");
	assert_string_equal(take(), "Delete, button");
	add(SPEECH_CHANGE, false, "Delete, button");
	assert_string_equal(take(), "Delete, button");
	/* News that are being said wait for a change, and are said again. */
	speech_queue_end(queue, true, now());
	now_ms += SPEECH_QUIET_MS;
	assert_string_equal(take(), "news");
	add(SPEECH_CHANGE, false, "checked");
	assert_string_equal(take(), "checked");
	speech_queue_end(queue, true, now());
	assert_string_equal(take(), "news");
}

static void
assert_spelt(const char *text, const char *expected)
{
	g_autofree char *words = spelling_words(text);

	assert_string_equal(words, expected);
}

static void
test_spelling(void **state)
{
	(void)state;
	assert_spelt("Ab 1", "capital Alfa, Bravo, 1");
	assert_spelt("支付", "支持的支, 支付的付");
	assert_spelt("é-z", "é, -, Zulu");
	assert_spelt("", "");
	/* The first and the last of the table, and one that no table of common characters has. */
	assert_spelt("一", "一个的一");
	assert_spelt("龟", "海龟的龟");
	assert_spelt("𠀀龘", "𠀀, 龘");
}

int
main(void)
{
#define QUEUE_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    QUEUE_TEST(test_order),
	    QUEUE_TEST(test_navigation_interrupts_navigation),
	    QUEUE_TEST(test_urgent_is_not_interrupted),
	    QUEUE_TEST(test_notification_is_said_again),
	    QUEUE_TEST(test_notification_dies),
	    QUEUE_TEST(test_touch),
	    QUEUE_TEST(test_going_on),
	    QUEUE_TEST(test_quiet_after_an_answer),
	    QUEUE_TEST(test_said_once),
	    QUEUE_TEST(test_flood),
	    QUEUE_TEST(test_nothing),
	    QUEUE_TEST(test_change),
	    cmocka_unit_test(test_history),
	    cmocka_unit_test(test_spelling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
