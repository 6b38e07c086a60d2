/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A calibration through the daemon as a whole: asked for on a real bus, measured over a real link
 * by a driver that the test plays.
 * Run by tests/run; starts a private bus.
 * Owns nothing.
 */
#include <glib/gstdio.h>

#include "tests/unit/daemon_fixture.h"

#define PANEL 5

static const struct mm_point places[PAD_COUNT] = {{5, 60},  {5, 84},  {5, 108},
						  {63, 60}, {63, 84}, {63, 108}};

static void
answer(struct fixture *fixture, enum link_type request, int error)
{
	struct link_calibration_done done = {.panel = PANEL, .request = request, .error = error};

	link_server_send(fixture->server, &done.header, LINK_CALIBRATION_DONE, sizeof(done));
}

/* The driver's half: on is answered, the places are kept until the test answers. */
static void
take_message(struct fixture *fixture, const struct packet_header *header)
{
	const struct link_calibrate *calibrate = (const void *)header;

	if (header->type == LINK_CALIBRATE) {
		assert_int_equal(calibrate->panel, PANEL);
		if (calibrate->on)
			answer(fixture, LINK_CALIBRATE, 0);
		fixture->calibrating = calibrate->on;
	} else if (header->type == LINK_CALIBRATION_SET) {
		fixture->film = *(const struct link_calibration_set *)header;
		fixture->films++;
	}
}

static void
plug(struct fixture *fixture, uint32_t number, enum link_panel_state state)
{
	struct link_panel panel = {.panel = number,
				   .state = state,
				   .width_um = 68000,
				   .height_um = 136000,
				   .slots = 10,
				   .name = "Test panel"};

	link_server_send_panel(fixture->server, &panel);
}

static struct fixture *
start(void)
{
	struct fixture *fixture = fixture_new(true);

	fixture->on_message = take_message;
	plug(fixture, PANEL, LINK_PANEL_READY);
	return fixture;
}

static void
press_at(struct fixture *fixture, double x_mm, double y_mm)
{
	static uint32_t contact;
	/* Each half a second after the last one, whatever the test's clock says. */
	uint64_t now_us = 1000000 + 500000 * (uint64_t)contact;
	struct link_sample sample = {
	    .panel = PANEL,
	    .contact = ++contact,
	    .phase = PRESS_DOWN,
	    .x_um = (int32_t)(x_mm * 1000),
	    .y_um = (int32_t)(y_mm * 1000),
	    .major_um = 10000,
	    .down_us = now_us,
	    .time_us = now_us,
	};

	link_server_send(fixture->server, &sample.header, LINK_SAMPLE, sizeof(sample));
	sample.phase = PRESS_UP;
	sample.time_us += 80000;
	link_server_send(fixture->server, &sample.header, LINK_SAMPLE, sizeof(sample));
}

/* Until this is the last that is heard. */
static void
await_end(struct fixture *fixture, const char *signals)
{
	AWAIT(g_str_has_suffix(fixture->signals->str, signals));
	g_string_truncate(fixture->signals, 0);
}

static void
begin(struct fixture *fixture)
{
	call_well(fixture, "Calibrate", g_variant_new("(u)", 0));
	AWAIT(fixture->calibrating);
	await_signals(fixture, "Said:Calibration of six buttons. Press left top, three times.|"
			       "Calibration:ask|");
}

static void
press_all(struct fixture *fixture)
{
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		for (unsigned i = 0; i < 3; i++)
			press_at(fixture, places[pad].x + i, places[pad].y);
	}
	AWAIT(fixture->films == 1);
}

static void
calibrated(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	begin(fixture);
	press_at(fixture, 5, 60);
	await_signals(fixture, "Said:One|Calibration:counted|");
	press_at(fixture, 6, 60);
	await_signals(fixture, "Said:Two|Calibration:counted|");
	press_at(fixture, 7, 60);
	await_signals(fixture, "Said:Left top is done. Press left middle, three times.|"
			       "Calibration:ask|");
	for (unsigned pad = 1; pad < PAD_COUNT; pad++) {
		for (unsigned i = 0; i < 3; i++)
			press_at(fixture, places[pad].x + i, places[pad].y);
	}
	AWAIT(fixture->films == 1);
	assert_false(fixture->calibrating);
	assert_int_equal(fixture->film.panel, PANEL);
	assert_int_equal(fixture->film.pads[PAD_RIGHT_BOTTOM].x_um, 64000);
	assert_int_equal(fixture->film.pads[PAD_RIGHT_BOTTOM].y_um, 108000);
	answer(fixture, LINK_CALIBRATION_SET, 0);
	await_end(fixture, "Said:Done. All six buttons are where you pressed.|Calibration:done|");
	/* And presses are presses again. */
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	await_signals(fixture, "Said:Back, press again|");
	fixture_free(fixture);
}

static void
not_kept(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	begin(fixture);
	press_all(fixture);
	answer(fixture, LINK_CALIBRATION_SET, -ENOSPC);
	await_end(fixture, "Said:The calibration could not be kept: the disk is full. Make "
			   "some room on it, and calibrate again. The buttons stay where they "
			   "were.|Calibration:failed|");
	fixture_free(fixture);
}

static void
left_by_a_word(void **state)
{
	struct fixture *fixture = start();
	g_autoptr(GVariant) answer_none = NULL, answer_one = NULL;
	gboolean running;

	(void)state;
	answer_none = call(fixture, "StopCalibrating", NULL, NULL);
	g_variant_get(answer_none, "(b)", &running);
	assert_false(running);
	begin(fixture);
	answer_one = call(fixture, "StopCalibrating", NULL, NULL);
	g_variant_get(answer_one, "(b)", &running);
	assert_true(running);
	AWAIT(!fixture->calibrating);
	await_signals(fixture, "Said:Calibration is left. The buttons stay where they were.|"
			       "Calibration:left|");
	fixture_free(fixture);
}

/* Whoever asked goes away, as a killed terminal does. */
static void
left_by_its_caller(void **state)
{
	struct fixture *fixture = start();
	GDBusConnection *caller = connect_to_bus();
	struct answer answer_call = {0};

	(void)state;
	g_dbus_connection_call(caller, BUS_NAME, BUS_PATH, BUS_INTERFACE, "Calibrate",
			       g_variant_new("(u)", PANEL), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
			       on_answer, &answer_call);
	AWAIT(answer_call.came);
	assert_non_null(answer_call.value);
	g_variant_unref(answer_call.value);
	AWAIT(fixture->calibrating);
	/* What is said is said to those who watch, how it goes only to who asked. */
	await_signals(fixture, "Said:Calibration of six buttons. Press left top, three times.|");
	g_dbus_connection_close_sync(caller, NULL, NULL);
	g_object_unref(caller);
	AWAIT(!fixture->calibrating);
	await_signals(fixture, "Said:Calibration is left. The buttons stay where they were.|");
	fixture_free(fixture);
}

static void
left_by_the_panel(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	begin(fixture);
	plug(fixture, PANEL, LINK_PANEL_GONE);
	await_signals(fixture,
		      "Said:The touchscreen is not in use any more, so calibration is left. The "
		      "buttons stay where they were.|Calibration:failed|");
	fixture_free(fixture);
}

static void
left_by_the_driver(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	begin(fixture);
	stop_driver(fixture);
	AWAIT(strstr(fixture->signals->str, "Calibration:failed|"));
	fixture_free(fixture);
}

static void
refuse(struct fixture *fixture, uint32_t panel, const char *expected)
{
	g_autofree char *message = NULL;
	g_autoptr(GVariant) value =
	    call(fixture, "Calibrate", g_variant_new("(u)", panel), &message);

	assert_null(value);
	assert_string_equal(message, expected);
}

static void
refused(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	refuse(fixture, 9,
	       "There is no touchscreen 9 that can be calibrated. See: sidetouchctl status");
	plug(fixture, 6, LINK_PANEL_READY);
	/* The panels are there once their message has been taken. */
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	await_signals(fixture, "Said:Back, press again|");
	refuse(fixture, 0,
	       "There are 2 touchscreens: 5 is Test panel, 6 is Test panel. Say which "
	       "one: sidetouchctl calibrate --panel NUMBER");
	call_well(fixture, "Calibrate", g_variant_new("(u)", PANEL));
	refuse(fixture, PANEL,
	       "A calibration is under way already. Leave it with: sidetouchctl "
	       "calibrate --stop");
	AWAIT(fixture->calibrating);
	fixture_free(fixture);
}

static void
send_beside(struct fixture *fixture)
{
	struct link_notice notice = {.kind = LINK_NOTICE_BESIDE, .panel = PANEL};

	link_server_send(fixture->server, &notice.header, LINK_NOTICE, sizeof(notice));
}

/* The voice begins to say what it was told last, or it does not say it at all. */
static void
speak(void)
{
	fake_speech.events->started(fake_speech.data, fake_speech.utterance, usec_from_ms(1));
}

static void
stay_silent(void)
{
	fake_speech.events->ended(fake_speech.data, fake_speech.utterance, false, usec_from_ms(1));
}

#define OFFER                                                                                      \
	"Said:That was beside a button, and where yours are was never measured. To measure them "  \
	"now, tap there three times.|"

/* Offered once in a life, at the first touch that missed a button; three more begin it. What no
 * voice has begun to say was not offered. */
static void
offered_by_voice(void **state)
{
	g_autofree char *remembered = NULL;
	struct fixture *fixture = fixture_new(false);
	bool passed = false;

	(void)state;
	fixture->offers_tutorial = true;
	restart_daemon(fixture);
	start_driver(fixture);
	fixture->on_message = take_message;
	plug(fixture, PANEL, LINK_PANEL_READY);
	await_signals(fixture, "Said:Sidetouch is ready. Touch left top to learn.|");
	remembered = g_build_filename(fixture->folder, "calibration", NULL);
	send_beside(fixture);
	await_signals(fixture, OFFER);
	assert_false(g_file_test(remembered, G_FILE_TEST_EXISTS));
	stay_silent();
	send_beside(fixture);
	await_signals(fixture, OFFER);
	speak();
	assert_true(g_file_test(remembered, G_FILE_TEST_EXISTS));
	send_beside(fixture);
	send_beside(fixture);
	g_timeout_add(200, on_patience, &passed); /* for what must not come */
	AWAIT(passed);
	assert_false(fixture->calibrating);
	send_beside(fixture);
	AWAIT(fixture->calibrating);
	await_signals(fixture, "Said:Calibration of six buttons. Press left top, three times.|");
	g_variant_unref(call(fixture, "StopCalibrating", NULL, NULL));
	AWAIT(!fixture->calibrating);
	await_signals(fixture, "Said:Calibration is left. The buttons stay where they were.|");
	/* Neither again now, nor after the next start. */
	send_beside(fixture);
	stop_driver(fixture);
	restart_daemon(fixture);
	start_driver(fixture);
	plug(fixture, PANEL, LINK_PANEL_READY);
	await_signals(fixture, "Said:Sidetouch is ready. Touch left top to learn.|");
	send_beside(fixture);
	send_press(fixture, PAD_LEFT_BOTTOM, 0);
	AWAIT(strstr(fixture->signals->str, "Said:Back, press again|"));
	assert_null(strstr(fixture->signals->str, "never measured"));
	assert_false(fixture->calibrating);
	assert_int_equal(g_unlink(remembered), 0);
	g_free(remembered);
	remembered = g_build_filename(fixture->folder, "tutorial", NULL);
	(void)g_unlink(remembered);
	fixture_free(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(calibrated),        cmocka_unit_test(not_kept),
	    cmocka_unit_test(left_by_a_word),    cmocka_unit_test(left_by_its_caller),
	    cmocka_unit_test(left_by_the_panel), cmocka_unit_test(left_by_the_driver),
	    cmocka_unit_test(refused),           cmocka_unit_test(offered_by_voice),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon-calibrate", tests, NULL, NULL);
	stop_bus(bus);
	return failed;
}
