/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where speech goes at the ear, through the daemon as a whole: no earpiece, one that goes, the one
 * that callaudiod has; and learning the ear.
 * Run by tests/run; starts a private bus.
 * Owns nothing.
 */
#include "tests/unit/daemon_ear_rig.h"

/* The earpiece is not there, or goes: softer, said once each. */
static void
no_earpiece(void **state)
{
	struct fixture *fixture = start();

	(void)state;
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Ear:enter|"));
	g_string_truncate(fixture->signals, 0);
	assert_true(fake_speech.route.lowered_percent < fake_speech.route.volume_percent);
	routed(fixture, false, VOICE_PLACE_OPEN);
	routed(fixture, false, VOICE_PLACE_OPEN);
	await_signals(fixture, "Said:There is no earpiece, so speech is softer at the ear|");
	routed(fixture, true, VOICE_PLACE_EARPIECE);
	routed(fixture, false, VOICE_PLACE_OPEN);
	await_signals(fixture, "Said:The earpiece has gone, speech is softer|");
	routed(fixture, false, VOICE_PLACE_OPEN);
	ear(fixture, EAR_LEAVE);
	await_signals(fixture, "Ear:leave|");
	finish(fixture);
}

/* --- callaudiod --- */

struct callaudiod {
	GString *calls;
	guint32 mode, speaker;
	bool owned;
};

static void
on_callaudiod(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	      const char *method, GVariant *arguments, GDBusMethodInvocation *invocation,
	      void *data)
{
	struct callaudiod *fake = data;
	g_autofree char *text = g_variant_print(arguments, FALSE);

	(void)bus, (void)sender, (void)path, (void)interface;
	g_string_append_printf(fake->calls, "%s%s|", method, text);
	g_dbus_method_invocation_return_value(invocation, g_variant_new("(b)", TRUE));
}

static GVariant *
on_callaudiod_property(GDBusConnection *bus, const char *sender, const char *path,
		       const char *interface, const char *property, GError **error, void *data)
{
	const struct callaudiod *fake = data;

	(void)bus, (void)sender, (void)path, (void)interface, (void)error;
	return g_variant_new_uint32(strcmp(property, "AudioMode") == 0 ? fake->mode
								       : fake->speaker);
}

static void
on_owned(GDBusConnection *bus, const char *name, void *data)
{
	(void)bus, (void)name;
	((struct callaudiod *)data)->owned = true;
}

static void
callaudiod(struct callaudiod *fake, const char *enter, const char *leave)
{
	static const char xml[] =
	    "<node><interface name='org.mobian_project.CallAudio'>"
	    "<method name='SelectMode'><arg type='u' direction='in'/>"
	    "<arg type='b' direction='out'/></method>"
	    "<method name='EnableSpeaker'><arg type='b' direction='in'/>"
	    "<arg type='b' direction='out'/></method>"
	    "<property name='AudioMode' type='u' access='read'/>"
	    "<property name='SpeakerState' type='u' access='read'/></interface></node>";
	static const GDBusInterfaceVTable vtable = {.method_call = on_callaudiod,
						    .get_property = on_callaudiod_property};
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(xml, NULL);
	struct fixture *fixture = start();
	GDBusConnection *bus = connect_to_bus();
	guint name = g_bus_own_name_on_connection(bus, "org.mobian_project.CallAudio", 0, on_owned,
						  NULL, fake, NULL);

	fake->calls = g_string_new(NULL);
	g_dbus_connection_register_object(bus, "/org/mobian_project/CallAudio", node->interfaces[0],
					  &vtable, fake, NULL, NULL);
	AWAIT(fake->owned);
	/* The daemon's watch of the name is answered before this. */
	call_well(fixture, "Stop", NULL);
	call_well(fixture, "Stop", NULL);
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Ear:enter|"));
	if (fake->mode == 0)
		routed(fixture, false, VOICE_PLACE_OPEN);
	AWAIT(strlen(fake->calls->str) >= strlen(enter));
	assert_string_equal(fake->calls->str, enter);
	/* As loud as the ear wants it: it is the earpiece now. */
	AWAIT(fake_speech.route.lowered_percent == 100 || fake->mode == 1);
	if (fake->mode == 0)
		routed(fixture, false, VOICE_PLACE_OPEN);
	assert_null(strstr(fixture->signals->str, "no earpiece"));
	g_string_truncate(fake->calls, 0);
	ear(fixture, EAR_LEAVE);
	AWAIT(strlen(fake->calls->str) >= strlen(leave));
	assert_string_equal(fake->calls->str, leave);
	g_bus_unown_name(name);
	finish(fixture);
	g_dbus_connection_close_sync(bus, NULL, NULL);
	g_object_unref(bus);
	g_string_free(fake->calls, TRUE);
}

static void
callaudiod_moves_to_the_earpiece(void **state)
{
	struct callaudiod fake = {.mode = 0, .speaker = 1};

	(void)state;
	callaudiod(&fake, "SelectMode(1,)|EnableSpeaker(false,)|",
		   "EnableSpeaker(true,)|SelectMode(0,)|");
}

/* A call goes on: only its loudspeaker is switched off, and on again. */
static void
callaudiod_in_a_call(void **state)
{
	struct callaudiod fake = {.mode = 1, .speaker = 1};

	(void)state;
	callaudiod(&fake, "EnableSpeaker(false,)|", "EnableSpeaker(true,)|");
}

/* --- learning --- */

static void
learning(void **state)
{
	struct fixture *fixture = start();
	struct link_ear_seen seen = {
	    .panel = PANEL, .patches = 2, .size_um = 48000, .ear = 1, .lasted_us = 900000};
	g_autofree char *refusal = NULL;

	(void)state;
	call_well(fixture, "LearnEar", NULL);
	await_told(fixture, "learn 1|mode 1|");
	AWAIT(strstr(fixture->signals->str, "EarLesson:ask|"));
	assert_null(call(fixture, "LearnEar", NULL, &refusal));
	assert_true(refusal && strstr(refusal, "learn --ear --stop"));
	ear(fixture, EAR_ENTER);
	AWAIT(strstr(fixture->signals->str, "Ear:enter|"));
	assert_null(strstr(fixture->signals->str, "At the ear"));
	g_string_truncate(fixture->signals, 0);
	link_server_send(fixture->server, &seen.header, LINK_EAR_SEEN, sizeof(seen));
	AWAIT(strstr(fixture->signals->str, "EarLesson:seen|"));
	assert_non_null(strstr(fixture->signals->str,
			       "That was an ear: 2 patches, 48 millimetres, 0.9 seconds."));
	g_string_truncate(fixture->signals, 0);
	/* Gestures go to the learner and to no command. */
	ear(fixture, EAR_SWIPE_DOWN);
	AWAIT(strstr(fixture->signals->str, "EarLesson:refused|"));
	assert_null(strstr(fixture->signals->str, "Command:"));
	/* As long as it goes on, the ear stays on: every second it is said again. */
	AWAIT(strstr(fixture->told->str, "mode 1|"));
	call_well(fixture, "StopLearningEar", NULL);
	AWAIT(g_str_has_suffix(fixture->told->str, "learn 0|mode 0|"));
	AWAIT(strstr(fixture->signals->str, "EarLesson:left|"));
	finish(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_earpiece),
	    cmocka_unit_test(callaudiod_moves_to_the_earpiece),
	    cmocka_unit_test(callaudiod_in_a_call),
	    cmocka_unit_test(learning),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon-earpiece", tests, NULL, NULL);
	stop_bus(bus);
	return failed;
}
