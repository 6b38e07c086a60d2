/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon's voice over a real bus: every setting at once by bus and file, prompts made ahead,
 * sounds, and a screen reader that comes and goes.
 * Run by tests/run. Its parts are daemon_fixture.h's; the voice itself is fake_speech.h.
 */
#include "tests/unit/daemon_fixture.h"

#include "daemon/voice_settings.h"

static char *
set_voice(struct fixture *fixture, const char *name, const char *value)
{
	g_autofree char *message = NULL;
	g_autoptr(GVariant) answer =
	    call(fixture, "SetVoice", g_variant_new("(ss)", name, value), &message);
	char *now;

	if (!answer)
		return g_steal_pointer(&message);
	g_variant_get(answer, "(s)", &now);
	return now;
}

/* What the voice was told of a setting, as it is written. */
static char *
told(const char *name)
{
	struct voice_choice choice = {.link = fake_speech.settings,
				      .language_set = true,
				      .latin_set = true,
				      .beside =
					  fake_speech.reader ? VOICE_BESIDE_OWN : VOICE_BESIDE_ALL};

	return voice_settings_get(&choice, name);
}

static bool
is_told(const char *name, const char *value)
{
	g_autofree char *now = told(name);

	return strcmp(now, value) == 0;
}

/* Each of them, by the bus and by the file, while the daemon runs. */
static void
every_voice_setting(void **state)
{
	static const struct {
		const char *name, *one, *other;
	} rows[] = {
	    {"rate", "449", "80"},         {"pitch", "99", "0"},     {"range", "0", "99"},
	    {"volume", "200", "0"},        {"voice", "f2", "m3"},    {"language", "zh-CN", "de"},
	    {"latin", "fr", "it"},         {"earcons", "off", "on"}, {"punctuation", "all", "some"},
	    {"capitals", "word", "pitch"},
	};
	struct fixture *fixture = fixture_new(true);

	(void)state;
	/* Those from "beside" on are about others than the voice: see screen_reader(), and the ear.
	 */
	assert_string_equal(voice_settings_name(G_N_ELEMENTS(rows)), "beside");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *now = set_voice(fixture, rows[i].name, rows[i].one);
		g_autofree char *file =
		    g_strdup_printf("[voice]\n%s=%s\n", rows[i].name, rows[i].other);

		assert_string_equal(now, rows[i].one);
		assert_true(is_told(rows[i].name, rows[i].one));
		assert_true(g_file_set_contents(fixture->settings, file, -1, NULL));
		AWAIT(is_told(rows[i].name, rows[i].other));
	}
	fixture_free(fixture);
}

/* By sidetouchctl, by file, by command: at once, and kept. */
static void
voice_settings(void **state)
{
	struct fixture *fixture = fixture_new(true);
	g_autofree char *now = set_voice(fixture, "rate", "+20");
	g_autofree char *wrong = set_voice(fixture, "rate", "9");
	g_autofree char *kept = NULL;

	(void)state;
	assert_string_equal(now, "195");
	assert_int_equal(fake_speech.settings.rate_wpm, 195);
	assert_string_equal(wrong, "rate is out of range: words a minute, 80 to 449");
	assert_int_equal(fake_speech.settings.rate_wpm, 195);
	assert_true(g_file_get_contents(fixture->settings, &kept, NULL, NULL));
	assert_string_equal(kept, "[voice]\nrate=195\n");
	assert_true(g_file_set_contents(fixture->settings, "[voice]\npitch=70\n", -1, NULL));
	AWAIT(fake_speech.settings.pitch_percent == 70);
	assert_int_equal(fake_speech.settings.rate_wpm, 175);
	assert_true(g_file_set_contents(fixture->settings, "[voice]\npitch=high\n", -1, NULL));
	AWAIT(strstr(fixture->signals->str, "voice.conf:2: pitch is a number"));
	fixture_free(fixture);
}

static void
prompts_are_made_ahead(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	assert_string_equal(fake_speech.prompt, "Read screen");
	g_clear_pointer(&fake_speech.prompt, g_free);
	call_well(fixture, "SetFront", g_variant_new("(s)", "org.example.App"));
	AWAIT(fake_speech.prompt);
	fixture_free(fixture);
	g_clear_pointer(&fake_speech.prompt, g_free);
}

static void
earcons(void **state)
{
	struct fixture *fixture = fixture_new(true);

	(void)state;
	send_press(fixture, PAD_LEFT_BOTTOM, 500);
	await_signals(fixture, "Said:Back, press again|");
	assert_int_equal(fake_speech.earcon, VOICE_EARCON_ARMED);
	fixture_free(fixture);
}

/* One button: silence while something is said, and else the last words again. */
static void
stop_or_repeat(void **state)
{
	struct fixture *fixture = fixture_new(true);
	uint32_t silences = fake_speech.silences, repeats = fake_speech.repeats;

	(void)state;
	fake_speech.speaking = true;
	send_press(fixture, PAD_LEFT_MIDDLE, 500);
	await_signals(fixture, "Command:stop-or-repeat|Result:done|");
	assert_int_equal(fake_speech.silences, silences + 1);
	assert_int_equal(fake_speech.repeats, repeats);
	fake_speech.speaking = false;
	send_press(fixture, PAD_LEFT_MIDDLE, 0);
	await_signals(fixture, "Command:stop-or-repeat|Result:done|Said:Nothing was said yet|");
	assert_int_equal(fake_speech.silences, silences + 1);
	assert_int_equal(fake_speech.repeats, repeats + 1);
	fixture_free(fixture);
}

/* Orca takes its name: from then on apps' own words are its. */
static void
screen_reader(void **state)
{
	struct fixture *fixture = fixture_new(true);
	GDBusConnection *orca = connect_to_bus();
	guint owner = g_bus_own_name_on_connection(
	    orca, "org.gnome.Orca.Service", G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
	g_autofree char *all = NULL;

	(void)state;
	AWAIT(fake_speech.reader);
	all = set_voice(fixture, "beside", "all");
	assert_string_equal(all, "all");
	assert_false(fake_speech.reader);
	g_free(set_voice(fixture, "beside", "own"));
	assert_true(fake_speech.reader);
	assert_int_equal(fake_speech.settings.shared, 0);
	g_free(set_voice(fixture, "beside", "queue"));
	assert_false(fake_speech.reader);
	assert_int_equal(fake_speech.settings.shared, 1);
	g_bus_unown_name(owner);
	AWAIT(fake_speech.settings.shared == 0);
	g_dbus_connection_close_sync(orca, NULL, NULL);
	g_object_unref(orca);
	fixture_free(fixture);
}

static unsigned felt; /* by the driver's vibrator */

static void
take_buzz(struct fixture *fixture, const struct packet_header *message)
{
	(void)fixture;
	felt += message->type == LINK_BUZZ;
}

static GDBusMessage *
take_feedback(GDBusConnection *bus, GDBusMessage *message, gboolean incoming, void *data)
{
	(void)bus;
	if (incoming && g_strcmp0(g_dbus_message_get_member(message), "TriggerFeedback") == 0)
		g_atomic_int_inc((gint *)data);
	return message;
}

/* What cannot be said is felt, whoever has the vibrator. */
static void
mute_is_felt(void **state)
{
	struct fixture *fixture = fixture_new(true);
	GDBusConnection *bus = g_dbus_connection_new_for_address_sync(
	    g_getenv("DBUS_SESSION_BUS_ADDRESS"),
	    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
		G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
	    NULL, NULL, NULL);
	gint asked = 0;
	guint owner;

	(void)state;
	fixture->on_message = take_buzz;
	felt = 0;
	link_server_set_buzz(fixture->server, LINK_BUZZ_DRIVER);
	AWAIT((fake_speech.events->mute(fake_speech.data), felt > 0));
	g_dbus_connection_add_filter(bus, take_feedback, &asked, NULL);
	owner = g_bus_own_name_on_connection(bus, "org.sigxcpu.Feedback",
					     G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
	link_server_set_buzz(fixture->server, LINK_BUZZ_NONE);
	AWAIT((fake_speech.events->mute(fake_speech.data), g_atomic_int_get(&asked) > 0));
	g_bus_unown_name(owner);
	g_dbus_connection_close_sync(bus, NULL, NULL);
	g_object_unref(bus);
	fixture_free(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(mute_is_felt),   cmocka_unit_test(every_voice_setting),
	    cmocka_unit_test(voice_settings), cmocka_unit_test(prompts_are_made_ahead),
	    cmocka_unit_test(earcons),        cmocka_unit_test(stop_or_repeat),
	    cmocka_unit_test(screen_reader),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("daemon", tests, NULL, NULL);
	stop_bus(bus);
	return failed;
}
