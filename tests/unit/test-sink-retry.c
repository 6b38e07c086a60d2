/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often a sound server or a card that is away is tried, on a clock of the test's own: it is
 * noticed at most half a second after it is back, and not looked for without end. The same for
 * every sink; that each fault ends in speech is shown with real servers in voice-pulse.sh,
 * voice-server.sh, voice-pipewire-back.sh and voice-card.sh.
 * Run by tests/run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/voice/sink_retry.h"

/* Design: speech within 2 s of the server's return. As much as that is left for the connection and
 * for what was being said. */
#define RETURN_MS 2000
/* Never asked for: a schedule that goes on for so long has no end. */
#define ATTEMPTS_MAX 1000

/* Of attempts that each take so long to fail, until none follows: when the last was made. */
static struct usec
play(struct usec start, unsigned attempt_ms, unsigned *attempts, unsigned *longest_ms)
{
	struct usec last = start, now = start;
	struct sink_retry retry;
	unsigned wait_ms;

	*attempts = 1;
	*longest_ms = 0;
	sink_retry_begin(&retry, now);
	now = usec_add(now, usec_from_ms(attempt_ms));
	while (sink_retry_next(&retry, now, &wait_ms)) {
		assert_true(wait_ms > 0);
		assert_true(++*attempts < ATTEMPTS_MAX);
		*longest_ms = wait_ms > *longest_ms ? wait_ms : *longest_ms;
		last = usec_add(now, usec_from_ms(wait_ms));
		now = usec_add(last, usec_from_ms(attempt_ms));
	}
	return last;
}

/* Whoever is back at any moment of the 2 s meets an attempt within half a second. */
static void
test_no_gap(void **state)
{
	const struct usec start = usec_from_ms(12345);

	(void)state;
	for (unsigned attempt_ms = 0; attempt_ms <= 100; attempt_ms += 10) {
		unsigned attempts, longest_ms;
		struct usec last = play(start, attempt_ms, &attempts, &longest_ms);

		assert_true(longest_ms <= SINK_RETRY_MAX_MS);
		assert_true(longest_ms + attempt_ms < RETURN_MS / 2);
		/* The last begins when the 2 s are over, or later. */
		assert_true(usec_lasts_ms(usec_since(last, start), SINK_RETRY_FOR_MS - attempt_ms));
		assert_false(
		    usec_lasts_ms(usec_since(last, start), SINK_RETRY_FOR_MS + SINK_RETRY_MAX_MS));
	}
}

/* A server that was only restarted is found at once, and one that is away costs few wake-ups. */
static void
test_count(void **state)
{
	unsigned attempts, longest_ms;

	(void)state;
	play(usec_from_ms(0), 0, &attempts, &longest_ms);
	/* At 0, 20, 60, 140, 300, 620, 1120, 1620 and 2120 ms. */
	assert_int_equal(attempts, 9);
	assert_int_equal(longest_ms, SINK_RETRY_MAX_MS);
}

/* Something to say: from the start, also in the middle and after the end. */
static void
test_again(void **state)
{
	struct usec now = usec_from_ms(0);
	struct sink_retry retry;
	unsigned wait_ms;

	(void)state;
	sink_retry_begin(&retry, now);
	for (int i = 0; i < 5; i++)
		assert_true(sink_retry_next(&retry, now, &wait_ms));
	assert_int_not_equal(wait_ms, SINK_RETRY_FIRST_MS);
	sink_retry_begin(&retry, now);
	assert_true(sink_retry_next(&retry, now, &wait_ms));
	assert_int_equal(wait_ms, SINK_RETRY_FIRST_MS);
	now = usec_from_ms(SINK_RETRY_FOR_MS);
	assert_false(sink_retry_next(&retry, now, &wait_ms));
	sink_retry_begin(&retry, now);
	assert_true(sink_retry_next(&retry, now, &wait_ms));
	assert_int_equal(wait_ms, SINK_RETRY_FIRST_MS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_no_gap),
	    cmocka_unit_test(test_count),
	    cmocka_unit_test(test_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
