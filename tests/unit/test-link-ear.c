/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ear's messages on the link: from an event to a message and back, and which are refused.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "common/link.h"

static enum packet_fault
check(const struct packet_header *header, enum packet_sender sender)
{
	return packet_check(&link_protocol, sender, header, header->size);
}

static void
test_ear(void **state)
{
	const struct ear_event event = {EAR_SWIPE_LEFT, usec_from_us(1234567), {-36.5, 12.25}};
	struct link_ear message = {.panel = 3};

	(void)state;
	link_ear_init(&message, &event);
	packet_init(&link_protocol, &message.header, LINK_EAR, sizeof(message));
	assert_int_equal(check(&message.header, PACKET_FROM_SERVER), PACKET_FAULT_NONE);
	assert_int_equal(message.panel, 3);
	assert_int_equal(message.kind, EAR_SWIPE_LEFT);
	assert_int_equal(message.by_x_um, -36500);
	assert_int_equal(message.by_y_um, 12250);
	assert_int_equal(message.time_us, 1234567);
	assert_int_equal(check(&message.header, PACKET_FROM_CLIENT), PACKET_FAULT_TYPE);
	message.kind = EAR_KIND_COUNT;
	assert_int_equal(check(&message.header, PACKET_FROM_SERVER), PACKET_FAULT_RANGE);
	message.kind = EAR_TAP;
	message.by_x_um = INT32_MIN;
	assert_int_equal(check(&message.header, PACKET_FROM_SERVER), PACKET_FAULT_RANGE);
}

/* Whatever a core made of a mad panel is sent within the message's range. */
static void
test_ear_too_far(void **state)
{
	const struct ear_event events[] = {{EAR_MOVE, usec_from_us(1), {1e12, -1e12}},
					   {EAR_MOVE, usec_from_us(1), {INFINITY, NAN}}};

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct link_ear message = {.panel = 1};

		link_ear_init(&message, &events[i]);
		packet_init(&link_protocol, &message.header, LINK_EAR, sizeof(message));
		assert_int_equal(check(&message.header, PACKET_FROM_SERVER), PACKET_FAULT_NONE);
	}
}

static void
test_proximity(void **state)
{
	struct link_proximity message = {.proximity = EAR_PROXIMITY_NEAR};

	(void)state;
	packet_init(&link_protocol, &message.header, LINK_PROXIMITY, sizeof(message));
	assert_int_equal(check(&message.header, PACKET_FROM_CLIENT), PACKET_FAULT_NONE);
	assert_int_equal(check(&message.header, PACKET_FROM_SERVER), PACKET_FAULT_TYPE);
	message.proximity = EAR_PROXIMITY_COUNT;
	assert_int_equal(check(&message.header, PACKET_FROM_CLIENT), PACKET_FAULT_RANGE);
	message.header.size -= 4;
	assert_int_equal(check(&message.header, PACKET_FROM_CLIENT), PACKET_FAULT_SIZE);
}

static void
test_mode(void **state)
{
	struct link_ear_mode message = {.on = 1};

	(void)state;
	packet_init(&link_protocol, &message.header, LINK_EAR_MODE, sizeof(message));
	assert_int_equal(check(&message.header, PACKET_FROM_CLIENT), PACKET_FAULT_NONE);
	message.on = 2;
	assert_int_equal(check(&message.header, PACKET_FROM_CLIENT), PACKET_FAULT_RANGE);
}

static void
test_names(void **state)
{
	enum ear_kind kind = EAR_KIND_COUNT;
	enum ear_proximity proximity = EAR_PROXIMITY_COUNT;

	(void)state;
	for (unsigned i = 0; i < EAR_KIND_COUNT; i++) {
		assert_true(ear_kind_from_str(ear_kind_to_str((enum ear_kind)i), &kind));
		assert_int_equal(kind, i);
	}
	for (unsigned i = 0; i < EAR_PROXIMITY_COUNT; i++) {
		assert_true(ear_proximity_from_str(ear_proximity_to_str((enum ear_proximity)i),
						   &proximity));
		assert_int_equal(proximity, i);
	}
	assert_false(ear_kind_from_str("wiggle", &kind));
	assert_false(ear_proximity_from_str("", &proximity));
	assert_string_equal(ear_kind_to_str(EAR_KIND_COUNT), "no gesture");
	assert_string_equal(ear_proximity_to_str(EAR_PROXIMITY_COUNT), "no proximity");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ear),       cmocka_unit_test(test_ear_too_far),
	    cmocka_unit_test(test_proximity), cmocka_unit_test(test_mode),
	    cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
