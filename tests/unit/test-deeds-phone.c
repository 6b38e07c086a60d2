/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands that a locked phone does as well: the battery as UPower says (python-dbusmock's
 * template), and an emergency call by GNOME Calls (its published interface).
 * Run by tests/run; starts a private bus. Owns nothing.
 */
#include "tests/unit/mock_service.h"

#include "daemon/deeds.h"

#define CALLS       "org.gnome.Calls"
#define CALLS_PATH  "/org/gnome/Calls"
#define EMERGENCY   "org.gnome.Calls.EmergencyCalls"
#define UPOWER      "org.freedesktop.UPower"
#define UPOWER_PATH "/org/freedesktop/UPower"

struct rig {
	struct deeds *deeds;
	GDBusConnection *bus;
	char *told; /* "done Battery full"; NULL: nothing yet */
};

static void
take(struct rig *rig, const char *how, enum brain_result result, const char *text)
{
	static const char *const names[] = {
	    [BRAIN_RESULT_DONE] = "done",
	    [BRAIN_RESULT_DELIVERED] = "delivered",
	    [BRAIN_RESULT_NOT_FOUND] = "not found",
	    [BRAIN_RESULT_NOT_RESPONDING] = "not responding",
	    [BRAIN_RESULT_FAILED] = "failed",
	};

	assert_null(rig->told);
	rig->told = g_strdup_printf("%s%s: %s", how, names[result], text ? text : "");
}

static void
on_result(void *data, uint32_t press, enum brain_result result, const char *text)
{
	assert_int_equal(press, 7);
	take(data, "", result, text);
}

static void
on_resolved(void *data, uint32_t press, enum brain_result result, const char *text)
{
	assert_int_equal(press, 7);
	take(data, "would be ", result, text);
}

static int
set_up(void **state)
{
	static const struct deeds_events events = {.result = on_result, .resolved = on_resolved};
	struct rig *rig = g_new0(struct rig, 1);

	rig->bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
	assert_non_null(rig->bus);
	rig->deeds = deeds_new(&events, rig);
	deeds_bus(rig->deeds, rig->bus);
	*state = rig;
	return 0;
}

static int
tear_down(void **state)
{
	struct rig *rig = *state;

	deeds_free(rig->deeds);
	g_object_unref(rig->bus);
	g_free(rig->told);
	g_free(rig);
	return 0;
}

static void
expect(struct rig *rig, const char *text, bool look, const char *told)
{
	g_autofree char *reason = NULL;
	struct command *command;

	g_clear_pointer(&rig->told, g_free);
	assert_int_equal(command_parse(text, &command, &reason), 0);
	(look ? deeds_resolve : deeds_run)(rig->deeds, 7, command);
	command_free(command);
	while (!rig->told)
		g_main_context_iteration(NULL, TRUE);
	assert_string_equal(rig->told, told);
}

static void
battery(void **state)
{
	static const struct {
		double percent;
		uint32_t state;
		int64_t to_empty_s, to_full_s;
		bool present;
		const char *told;
	} cases[] = {
	    {80, 2, 7200 + 3000, 0, true, "done: Battery 80 percent, 3 hours left"},
	    {80.4, 2, 7199, 0, true, "done: Battery 80 percent, 119 minutes left"},
	    {1, 2, 100, 0, true, "done: Battery 1 percent, less than 2 minutes left"},
	    {50, 2, 0, 0, true, "done: Battery 50 percent"},
	    {50, 1, 0, 600, true, "done: Battery 50 percent, charging, full in 10 minutes"},
	    {50, 1, 0, 0, true, "done: Battery 50 percent, charging"},
	    {99, 4, 0, 0, true, "done: Battery full"},
	    {0, 0, 0, 0, false, "done: There is no battery"},
	    {900, 2, INT64_MAX, 0, true, "done: Battery 100 percent, 999 hours left"},
	};
	struct rig *rig = *state;
	struct mock upower;

	expect(rig, "battery", false,
	       "failed: Nothing tells of the battery. Install the package upower");
	upower = mock_start(rig->bus, UPOWER, UPOWER_PATH,
			    (const char *const[]){"--system", "--template", "upower", NULL});
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_variant_unref(
		    mock_ask(&upower, UPOWER_PATH, "SetupDisplayDevice",
			     g_variant_new("(uuddddxxbsu)", 2, cases[i].state, cases[i].percent,
					   0.0, 0.0, 0.0, cases[i].to_empty_s, cases[i].to_full_s,
					   cases[i].present, "", 1)));
		expect(rig, "battery", false, cases[i].told);
	}
	mock_end(&upower);
}

static void
emergency(void **state)
{
	struct rig *rig = *state;
	g_autofree char *calls = NULL;
	g_autofree char *looked = NULL;
	struct mock phone;

	expect(rig, "emergency", true,
	       "would be not found: No emergency number is known here. Use another phone");
	phone = mock_start(rig->bus, CALLS, CALLS_PATH,
			   (const char *const[]){"--session", CALLS, CALLS_PATH, EMERGENCY, NULL});
	mock_add(&phone, CALLS_PATH, EMERGENCY, "GetEmergencyContacts", "", "a(ssia{sv})",
		 "ret = []");
	mock_add(&phone, CALLS_PATH, EMERGENCY, "CallEmergencyContact", "s", "", "");
	expect(rig, "emergency", false,
	       "not found: No emergency number is known here. Use another phone");
	mock_add(&phone, CALLS_PATH, EMERGENCY, "GetEmergencyContacts", "", "a(ssia{sv})",
		 "ret = [('112', 'Emergency 112', 1, {}), ('911', '', 1, {})]");
	expect(rig, "emergency", true, "would be done: Emergency 112");
	looked = mock_calls(&phone, CALLS_PATH, "CallEmergencyContact");
	assert_string_equal(looked, "");
	expect(rig, "emergency", false, "done: The emergency call is being made");
	calls = mock_calls(&phone, CALLS_PATH, "CallEmergencyContact");
	assert_string_equal(calls, "[<'112'>]|");
	mock_add(&phone, CALLS_PATH, EMERGENCY, "CallEmergencyContact", "s", "",
		 "raise dbus.exceptions.DBusException('no modem')");
	expect(rig, "emergency", false,
	       "failed: The dialler did not make the call. Try again, or use another phone");
	mock_end(&phone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(battery, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(emergency, set_up, tear_down),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_getenv("DBUS_SESSION_BUS_ADDRESS"), TRUE);
	failed = cmocka_run_group_tests_name("deeds-phone", tests, NULL, NULL);
	g_test_dbus_stop(bus);
	return failed;
}
