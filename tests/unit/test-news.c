/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much is told of what apps tell of their own accord; on a clock of the test's own.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <math.h>

#include "daemon/news.h"

static struct news *news;
static uint64_t now_ms;

static int
setup(void **state)
{
	(void)state;
	news = news_new();
	now_ms = 1000000;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	news = news_free(news);
	return 0;
}

static struct usec
now(void)
{
	return usec_from_ms(now_ms);
}

static void
test_news(void **state)
{
	unsigned count = 0;

	(void)state;
	assert_true(news_wants(news, ":1.1", "Saved", now()));
	news_told(news, 1);
	now_ms += 249;
	assert_false(news_wants(news, ":1.1", "Saved", now()));
	assert_true(news_wants(news, ":1.2", "Saved", now()));
	news_told(news, 2);
	now_ms += 1;
	assert_true(news_wants(news, ":1.1", "Saved", now()));
	news_told(news, 3);
	assert_false(news_wants(news, ":1.1", "", now()));
	/* Nine wait, and no more. */
	for (unsigned i = 0; i < 20; i++) {
		g_autofree char *app = g_strdup_printf(":2.%u", i);

		if (!news_wants(news, app, "Hello", now()))
			continue;
		news_told(news, 10 + i);
		count++;
	}
	assert_int_equal(count, 6);
	news_ended(news, 1);
	news_ended(news, 99);
	assert_true(news_wants(news, ":3.1", "Room again", now()));
}

static void
test_news_flood(void **state)
{
	unsigned count = 0;

	(void)state;
	for (unsigned i = 0; i < 100000; i++) {
		g_autofree char *text = g_strdup_printf("line %u", i);

		if (i % 10 == 0)
			now_ms++;
		if (!news_wants(news, ":1.1", text, now()))
			continue;
		count++;
		news_told(news, count);
		news_ended(news, count);
	}
	/* Five at once, and one each 3 s. */
	assert_int_equal(count, 5 + 3);
	/* After a rest it may tell as much as at first, and no more. */
	now_ms += 3600 * 1000;
	count = 0;
	for (unsigned i = 0; i < 20; i++) {
		g_autofree char *text = g_strdup_printf("again %u", i);

		count += news_wants(news, ":1.1", text, now());
	}
	assert_int_equal(count, 5);
}

static bool
progress(const char *path, double percent, bool *first)
{
	return news_progress(news, ":1.1", path, percent, first, now());
}

static void
test_progress(void **state)
{
	bool first = false;

	(void)state;
	assert_false(progress("/a", 0, &first));
	assert_false(progress("/a", 9.9, &first));
	assert_true(progress("/a", 10, &first));
	assert_true(first);
	assert_false(progress("/a", 19, &first));
	assert_true(progress("/a", 29.999999, &first));
	assert_false(first);
	assert_false(progress("/a", 30.5, &first));
	/* While one is being said the next waits for its turn, the last does not. */
	news_told_progress(news, 7);
	assert_false(progress("/a", 40, &first));
	assert_true(progress("/a", 100, &first));
	assert_false(progress("/a", 100, &first));
	news_ended(news, 7);
	/* It begins anew. */
	assert_false(progress("/a", 0, &first));
	assert_true(progress("/a", 12, &first));
	assert_true(first);
	/* What makes no sense is none. */
	assert_false(progress("/a", NAN, &first));
	assert_false(progress("/a", -1, &first));
	assert_false(progress("/a", 1e300, &first));
	/* The bars of an app without end. */
	for (unsigned i = 0; i < 1000; i++) {
		g_autofree char *path = g_strdup_printf("/%u", i);

		now_ms++;
		assert_true(progress(path, 50, &first));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_news, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_news_flood, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_progress, setup, teardown),
	};

	return cmocka_run_group_tests_name("news", tests, NULL, NULL);
}
