/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading while Orca runs: the interface that Orca 49 publishes, played by python-dbusmock in a
 * process of its own (Debian 12 has Orca 43, which has none). What counts is what Orca was asked.
 * Run by tests/run; starts a private bus. Apps and voice are the fixture's.
 * Owns a folder of profiles.
 */
#include "tests/unit/daemon_ear_rig.h"
#include "tests/unit/mock_service.h"

#include "tests/support/folder.h"

#define NAME       "org.gnome.Orca.Service"
#define PATH       "/org/gnome/Orca/Service"
#define MODULE     "org.gnome.Orca.Module"
#define REVIEW     PATH "/FlatReviewPresenter"
#define WHERE      PATH "/WhereAmIPresenter"
#define LATER      "org.gnome.Orca1.Service"
#define LATER_PATH "/org/gnome/Orca1/Service"
#define SPEECH     PATH "/SpeechAndVerbosityManager"

static char *folder;
static GDBusConnection *control;

static void
add_module(const struct mock *orca, const char *path, const char *commands)
{
	g_autofree char *list = g_strdup_printf("ret = [%s]", commands);

	g_variant_unref(mock_ask(orca, PATH, "AddObject",
				 g_variant_new("(ssa{sv}a(ssss))", path, MODULE, NULL, NULL)));
	mock_add(orca, path, MODULE, "ListCommands", "", "a(ss)", list);
	mock_add(orca, path, MODULE, "ExecuteCommand", "sb", "b", "ret = True");
}

static struct mock
start_orca(void)
{
	struct mock orca;

	/* The name comes last, as Orca's own objects are there before. */
	orca =
	    mock_start(control, "org.example.Before", PATH,
		       (const char *const[]){"--session", "org.example.Before", PATH, NAME, NULL});
	mock_add(&orca, PATH, NAME, "PresentMessage", "s", "b", "ret = True");
	add_module(&orca, REVIEW, "('SayAll', ''), ('GoNextLine', '')");
	add_module(&orca, WHERE, "('PresentTitle', '')");
	add_module(&orca, SPEECH, "('InterruptSpeech', '')");
	mock_add(&orca, PATH, NAME, "TakeName", "", "",
		 "self.orca_name = dbus.service.BusName('" NAME "', self.connection)");
	g_variant_unref(g_dbus_connection_call_sync(control, orca.name, PATH, NAME, "TakeName",
						    NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
						    NULL));
	return orca;
}

/* The same of the one after it: a method for each command, and introspection says which. */
static void
add_later_module(const struct mock *orca, const char *module, const char *const *commands)
{
	g_autofree char *path = g_strconcat(LATER_PATH "/", module, NULL);
	g_autofree char *interface = g_strconcat("org.gnome.Orca1.", module, NULL);

	g_variant_unref(mock_ask(orca, LATER_PATH, "AddObject",
				 g_variant_new("(ssa{sv}a(ssss))", path, interface, NULL, NULL)));
	for (size_t i = 0; commands[i]; i++)
		mock_add(orca, path, interface, commands[i], "b", "b", "ret = True");
}

static struct mock
start_later_orca(void)
{
	struct mock orca =
	    mock_start(control, LATER, LATER_PATH,
		       (const char *const[]){"--session", LATER, LATER_PATH, LATER, NULL});

	mock_add(&orca, LATER_PATH, LATER, "PresentMessage", "s", "b", "ret = True");
	return orca;
}

static unsigned
count_lists(const struct mock *orca)
{
	g_autofree char *calls = mock_calls(orca, SPEECH, "ListCommands");

	return calls[0] != '\0';
}

/* A daemon with buttons that read, after it has asked Orca what there is. */
static struct fixture *
begin(struct mock *orca)
{
	struct fixture *fixture = fixture_new(false);

	fixture->profiles = profile_folders_given((const char *const[]){folder, NULL});
	restart_daemon(fixture);
	start_driver(fixture);
	await_signals(fixture, "Said:Sidetouch is ready|");
	fixture->told = g_string_new(NULL);
	*orca = start_orca();
	/* All are asked for at once, and answered in order: when the last has answered, ours is
	 * known to the daemon by the time that another call of ours is. */
	AWAIT(count_lists(orca) != 0);
	call_well(fixture, "SetFront", g_variant_new("(s)", "org.example.App"));
	await_signals(fixture, "Front:org.example.App|");
	return fixture;
}

static void
end(struct fixture *fixture, struct mock *orca)
{
	GArray *profiles = fixture->profiles;

	finish(fixture);
	g_array_unref(profiles);
	if (orca->process)
		mock_end(orca);
}

/* What this object was asked to do: once it was. */
static void
await_calls(struct fixture *fixture, const struct mock *orca, const char *path, const char *method,
	    const char *calls)
{
	g_autofree char *done = NULL;

	AWAIT((g_free(done), done = mock_calls(orca, path, method), done[0] != '\0'));
	assert_string_equal(done, calls);
}

static void
orca_reads(void **state)
{
	struct mock orca;
	struct fixture *fixture = begin(&orca);
	uint32_t runs = fake_apps.runs;

	(void)state;
	send_press(fixture, PAD_RIGHT_TOP, 0);
	await_calls(fixture, &orca, REVIEW, "ExecuteCommand", "[<'SayAll'>, <true>]|");
	/* Its words are not ours to say, nor to tell anybody. */
	await_signals(fixture, "Command:read-screen|Result:done|Said:|");
	assert_int_equal(fake_apps.runs, runs);
	/* A touch silences it, once. */
	press_again(fixture, PAD_RIGHT_MIDDLE);
	await_calls(fixture, &orca, SPEECH, "ExecuteCommand", "[<'InterruptSpeech'>, <false>]|");
	await_calls(fixture, &orca, REVIEW, "ExecuteCommand", "[<'GoNextLine'>, <true>]|");
	assert_int_equal(fake_apps.runs, runs);
	end(fixture, &orca);
}

/* What it has no command for we read, and it says. */
static void
orca_says(void **state)
{
	struct mock orca;
	struct fixture *fixture = begin(&orca);
	uint32_t runs = fake_apps.runs;

	(void)state;
	send_press(fixture, PAD_RIGHT_BOTTOM, 0);
	AWAIT(fake_apps.runs == runs + 1);
	fake_apps.events->result(fake_apps.data, fake_apps.press, BRAIN_RESULT_DONE, "OK, button");
	await_calls(fixture, &orca, PATH, "PresentMessage", "[<'OK, button'>]|");
	await_signals(fixture, "Command:where-am-i|Result:done|Said:|");
	/* It refuses: we say it. */
	mock_add(&orca, PATH, NAME, "PresentMessage", "s", "b", "ret = False");
	press_again(fixture, PAD_RIGHT_BOTTOM);
	AWAIT(fake_apps.runs == runs + 2);
	fake_apps.events->result(fake_apps.data, fake_apps.press, BRAIN_RESULT_DONE, "OK, button");
	AWAIT(strstr(fixture->signals->str, "Said:OK, button|"));
	end(fixture, &orca);
}

/* It refuses, hangs, or goes: we read. */
static void
orca_fails(void **state)
{
	struct mock orca;
	struct fixture *fixture = begin(&orca);
	uint32_t runs = fake_apps.runs;

	(void)state;
	mock_add(&orca, REVIEW, MODULE, "ExecuteCommand", "sb", "b", "ret = False");
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(fake_apps.runs == runs + 1);
	g_subprocess_send_signal(orca.process, SIGSTOP);
	press_again(fixture, PAD_RIGHT_TOP);
	AWAIT(fake_apps.runs == runs + 2);
	/* Killed while it is asked. */
	press_again(fixture, PAD_RIGHT_TOP);
	AWAIT(strstr(fixture->signals->str, "Command:read-screen|Command:read-screen|"));
	mock_end(&orca);
	AWAIT(fake_apps.runs == runs + 3);
	press_again(fixture, PAD_RIGHT_TOP);
	AWAIT(fake_apps.runs == runs + 4);
	end(fixture, &orca);
}

/* By setting, and at the ear, where Orca's voice cannot go. */
static void
we_read(void **state)
{
	struct mock orca;
	struct fixture *fixture = begin(&orca);
	uint32_t runs = fake_apps.runs;

	(void)state;
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "reading", "own"));
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(fake_apps.runs == runs + 1);
	call_well(fixture, "SetVoice", g_variant_new("(ss)", "reading", "orca"));
	press_again(fixture, PAD_RIGHT_TOP);
	await_calls(fixture, &orca, REVIEW, "ExecuteCommand", "[<'SayAll'>, <true>]|");
	assert_int_equal(fake_apps.runs, runs + 1);
	ear(fixture, EAR_ENTER);
	AWAIT(fake_speech.route.ear == 1);
	ear(fixture, EAR_SWIPE_UP);
	AWAIT(fake_apps.runs == runs + 2);
	end(fixture, &orca);
}

/* Reading is asked for until it is asked for this. */
static void
press_until(struct fixture *fixture, const struct mock *orca, const char *path, const char *method,
	    const char *calls)
{
	g_autofree char *done = g_strdup("");

	for (unsigned i = 0; i < 100 && done[0] == '\0'; i++) {
		press_again(fixture, PAD_RIGHT_TOP);
		g_free(done);
		done = mock_calls(orca, path, method);
	}
	assert_true(g_str_has_prefix(done, calls));
}

/* The one after it; it has its name before it has its modules. */
static void
later_orca_reads(void **state)
{
	struct fixture *fixture = fixture_new(false);
	struct mock orca = start_later_orca();
	uint32_t runs;

	(void)state;
	fixture->profiles = profile_folders_given((const char *const[]){folder, NULL});
	restart_daemon(fixture);
	start_driver(fixture);
	await_signals(fixture, "Said:Sidetouch is ready|");
	fixture->told = g_string_new(NULL);
	call_well(fixture, "SetFront", g_variant_new("(s)", "org.example.App"));
	await_signals(fixture, "Front:org.example.App|");
	runs = fake_apps.runs;
	send_press(fixture, PAD_RIGHT_TOP, 0);
	AWAIT(fake_apps.runs == runs + 1);
	add_later_module(&orca, "FlatReviewPresenter",
			 (const char *const[]){"SayAll", "GoNextLine", NULL});
	add_later_module(&orca, "SpeechManager", (const char *const[]){"InterruptSpeech", NULL});
	/* What it lacked before is asked for at a press, for a next one. */
	press_until(fixture, &orca, LATER_PATH "/FlatReviewPresenter", "SayAll", "[<true>]|");
	press_until(fixture, &orca, LATER_PATH "/SpeechManager", "InterruptSpeech", "[<false>]|");
	runs = fake_apps.runs;
	press_again(fixture, PAD_RIGHT_BOTTOM);
	AWAIT(fake_apps.runs == runs + 1);
	fake_apps.events->result(fake_apps.data, fake_apps.press, BRAIN_RESULT_DONE, "OK, button");
	await_calls(fixture, &orca, LATER_PATH, "PresentMessage", "[<'OK, button'>]|");
	end(fixture, &orca);
}

int
main(void)
{
	static const char profile[] = "[Profile]\nName=App\nApp=org.example.App\n\n"
				      "[right-top]\nCommand=read-screen\n\n"
				      "[right-middle]\nCommand=read-line next\n\n"
				      "[right-bottom]\nCommand=where-am-i\n\n"
				      "[ear swipe-up]\nCommand=read-screen\n";
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(orca_reads),       cmocka_unit_test(orca_says),
	    cmocka_unit_test(orca_fails),       cmocka_unit_test(we_read),
	    cmocka_unit_test(later_orca_reads),
	};
	g_autoptr(GTestDBus) bus = NULL;
	g_autofree char *path = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	folder = folder_new("daemon-orca");
	path = g_build_filename(folder, "app.profile", NULL);
	g_file_set_contents(path, profile, -1, NULL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	control = connect_to_bus();
	failed = cmocka_run_group_tests_name("daemon-orca", tests, NULL, NULL);
	g_dbus_connection_close_sync(control, NULL, NULL);
	g_object_unref(control);
	stop_bus(bus);
	folder_remove(folder);
	g_free(folder);
	return failed;
}
