/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice link's table: each message passes from its own end only, and every range is checked.
 * Run by tests/run.
 * Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/voice_link.h"

union message {
	struct packet_header header;
	struct voice_ready ready;
	struct voice_started started;
	struct voice_progress progress;
	struct voice_ended ended;
	struct voice_sink sink;
	struct voice_say say;
	struct voice_stop stop;
	struct voice_settings settings;
	struct voice_prepare prepare;
	struct voice_pause pause;
	struct voice_route route;
	struct voice_routed routed;
	char bytes[PACKET_SIZE_MAX];
};

static enum packet_fault
judge(union message *message, enum packet_sender sender, uint16_t type, size_t size)
{
	packet_init(&voice_link_protocol, &message->header, type, size);
	return packet_check(&voice_link_protocol, sender, message, size);
}

static void
test_from_voice(void **state)
{
	union message message = {.bytes = {0}};

	(void)state;
#define FROM_VOICE(type, size) judge(&message, PACKET_FROM_SERVER, type, size)
	message.ready.sample_rate_hz = 22050;
	assert_int_equal(FROM_VOICE(VOICE_READY, sizeof(message.ready)), PACKET_FAULT_NONE);
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_READY, sizeof(message.ready)),
			 PACKET_FAULT_TYPE);
	assert_int_equal(FROM_VOICE(VOICE_READY, sizeof(message.ready) - 1), PACKET_FAULT_SIZE);
	message.ready.sample_rate_hz = 7999;
	assert_int_equal(FROM_VOICE(VOICE_READY, sizeof(message.ready)), PACKET_FAULT_RANGE);

	message.ended.utterance = 1;
	message.ended.end = VOICE_END_FAILED;
	assert_int_equal(FROM_VOICE(VOICE_ENDED, sizeof(message.ended)), PACKET_FAULT_NONE);
	message.ended.end = VOICE_END_FAILED + 1;
	assert_int_equal(FROM_VOICE(VOICE_ENDED, sizeof(message.ended)), PACKET_FAULT_RANGE);
	message.started.utterance = 0;
	assert_int_equal(FROM_VOICE(VOICE_STARTED, sizeof(message.started)), PACKET_FAULT_RANGE);
	assert_int_equal(FROM_VOICE(VOICE_PROGRESS, sizeof(message.progress)), PACKET_FAULT_RANGE);
	message.progress.utterance = 1;
	assert_int_equal(FROM_VOICE(VOICE_PROGRESS, sizeof(message.progress)), PACKET_FAULT_NONE);

	message.sink.working = 1;
	g_strlcpy(message.sink.name, "pulse", sizeof(message.sink.name));
	assert_int_equal(FROM_VOICE(VOICE_SINK, sizeof(message.sink)), PACKET_FAULT_NONE);
	memset(message.sink.name, 'a', sizeof(message.sink.name));
	assert_int_equal(FROM_VOICE(VOICE_SINK, sizeof(message.sink)), PACKET_FAULT_RANGE);
}

static enum packet_fault
say(const char *text, size_t text_size)
{
	union message message = {.bytes = {0}};

	message.say.utterance = 1;
	memcpy(message.bytes + offsetof(struct voice_say, text), text, text_size);
	message.say.earcon = VOICE_EARCON_KEY + 1;
	if (judge(&message, PACKET_FROM_CLIENT, VOICE_SAY,
		  offsetof(struct voice_say, text) + text_size) == PACKET_FAULT_NONE)
		return PACKET_FAULT_TYPE; /* no such sound: it must not pass */
	message.say.earcon = VOICE_EARCON_KEY;
	return judge(&message, PACKET_FROM_CLIENT, VOICE_SAY,
		     offsetof(struct voice_say, text) + text_size);
}

static void
test_say(void **state)
{
	char longest[VOICE_TEXT_MAX + 1];

	(void)state;
	assert_int_equal(say("Back", 5), PACKET_FAULT_NONE);
	assert_int_equal(say("", 1), PACKET_FAULT_NONE);
	assert_int_equal(say("", 0), PACKET_FAULT_SIZE);
	assert_int_equal(say("Back", 4), PACKET_FAULT_RANGE);  /* no NUL */
	assert_int_equal(say("Ba\0k", 5), PACKET_FAULT_RANGE); /* a NUL too early */
	assert_int_equal(say("\xff", 2), PACKET_FAULT_RANGE);  /* not UTF-8 */
	memset(longest, 'a', sizeof(longest));
	longest[VOICE_TEXT_MAX - 1] = '\0';
	assert_int_equal(say(longest, VOICE_TEXT_MAX), PACKET_FAULT_NONE);
	longest[VOICE_TEXT_MAX - 1] = 'a';
	longest[VOICE_TEXT_MAX] = '\0';
	assert_int_equal(say(longest, VOICE_TEXT_MAX + 1), PACKET_FAULT_SIZE);
}

static void
test_settings(void **state)
{
	union message message = {.bytes = {0}};
	static const struct {
		uint32_t rate;
		uint32_t pitch;
		uint32_t volume;
		enum packet_fault fault;
	} rows[] = {
	    {80, 0, 0, PACKET_FAULT_NONE},       {449, 99, 200, PACKET_FAULT_NONE},
	    {79, 50, 100, PACKET_FAULT_RANGE},   {450, 50, 100, PACKET_FAULT_RANGE},
	    {175, 100, 100, PACKET_FAULT_RANGE}, {175, 50, 201, PACKET_FAULT_RANGE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		message.settings.rate_wpm = rows[i].rate;
		message.settings.pitch_percent = rows[i].pitch;
		message.settings.volume_percent = rows[i].volume;
		assert_int_equal(
		    judge(&message, PACKET_FROM_CLIENT, VOICE_SETTINGS, sizeof(message.settings)),
		    rows[i].fault);
	}
	message.settings.rate_wpm = 175;
	message.settings.volume_percent = 100;
	message.settings.pitch_percent = 50;
#define SETTINGS() judge(&message, PACKET_FROM_CLIENT, VOICE_SETTINGS, sizeof(message.settings))
	message.settings.range_percent = 100;
	assert_int_equal(SETTINGS(), PACKET_FAULT_RANGE);
	message.settings.range_percent = 99;
	message.settings.punctuation = VOICE_PUNCTUATION_ALL + 1;
	assert_int_equal(SETTINGS(), PACKET_FAULT_RANGE);
	message.settings.punctuation = VOICE_PUNCTUATION_ALL;
	message.settings.capitals = VOICE_CAPITALS_PITCH + 1;
	assert_int_equal(SETTINGS(), PACKET_FAULT_RANGE);
	message.settings.capitals = VOICE_CAPITALS_PITCH;
	message.settings.earcons = 2;
	assert_int_equal(SETTINGS(), PACKET_FAULT_RANGE);
	message.settings.earcons = 1;
	message.settings.shared = 2;
	assert_int_equal(SETTINGS(), PACKET_FAULT_RANGE);
	message.settings.shared = 1;
	memset(message.settings.latin, 'e', sizeof(message.settings.latin));
	assert_int_equal(SETTINGS(), PACKET_FAULT_RANGE);
	message.settings.latin[2] = '\0';
	assert_int_equal(SETTINGS(), PACKET_FAULT_NONE);
	assert_int_equal(
	    judge(&message, PACKET_FROM_SERVER, VOICE_SETTINGS, sizeof(message.settings)),
	    PACKET_FAULT_TYPE);
}

static void
test_pause_prepare_route(void **state)
{
	union message message = {.bytes = {0}};

	(void)state;
	message.pause.paused = 2;
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_PAUSE, sizeof(message.pause)),
			 PACKET_FAULT_RANGE);
	message.pause.paused = 1;
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_PAUSE, sizeof(message.pause)),
			 PACKET_FAULT_NONE);

	message = (union message){.bytes = {0}};
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_PREPARE, VOICE_PREPARE_SIZE(0)),
			 PACKET_FAULT_NONE);
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_PREPARE, VOICE_PREPARE_SIZE(1)),
			 PACKET_FAULT_RANGE);
	message.prepare.first = 2;
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_PREPARE, VOICE_PREPARE_SIZE(0)),
			 PACKET_FAULT_RANGE);

	message = (union message){.bytes = {0}};
	message.route.volume_percent = 150;
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_ROUTE, sizeof(message.route)),
			 PACKET_FAULT_NONE);
	memset(message.route.sink, 's', sizeof(message.route.sink));
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_ROUTE, sizeof(message.route)),
			 PACKET_FAULT_RANGE);
	message.route.sink[0] = '\0';
	message.route.ear = 2;
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_ROUTE, sizeof(message.route)),
			 PACKET_FAULT_RANGE);
	message.route.ear = 1;
	message.route.lowered_percent = 151;
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_ROUTE, sizeof(message.route)),
			 PACKET_FAULT_RANGE);
	message.route.lowered_percent = 30;
	message.route.volume_percent = 151;
	assert_int_equal(judge(&message, PACKET_FROM_CLIENT, VOICE_ROUTE, sizeof(message.route)),
			 PACKET_FAULT_RANGE);
	message = (union message){.bytes = {0}};
	message.routed.done = 2;
	assert_int_equal(judge(&message, PACKET_FROM_SERVER, VOICE_ROUTED, sizeof(message.routed)),
			 PACKET_FAULT_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_from_voice),
	    cmocka_unit_test(test_say),
	    cmocka_unit_test(test_settings),
	    cmocka_unit_test(test_pause_prepare_route),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
