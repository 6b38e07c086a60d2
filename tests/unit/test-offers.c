/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Apps that take part: real connections on a private bus offer buttons to the real daemon, well and
 * with bad intent, and their own actions tell what was done.
 * Run by tests/run; starts a private bus.
 */
#include "tests/unit/daemon_fixture.h"

#define ACTIONS "/org/example/App"

/* An app: a connection of its own, and an action that counts. */
struct app {
	GDBusConnection *connection;
	GSimpleAction *record;
	guint export;
	unsigned recorded;
};

static void
on_record(GSimpleAction *action, GVariant *parameter, void *data)
{
	(void)action;
	(void)parameter;
	((struct app *)data)->recorded++;
}

static struct app *
app_new(void)
{
	struct app *app = g_new0(struct app, 1);
	g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
	g_autoptr(GSimpleAction) number = g_simple_action_new("number", G_VARIANT_TYPE_UINT32);

	app->connection = connect_to_bus();
	app->record = g_simple_action_new("record", NULL);
	g_signal_connect(app->record, "activate", G_CALLBACK(on_record), app);
	g_action_map_add_action(G_ACTION_MAP(group), G_ACTION(app->record));
	g_action_map_add_action(G_ACTION_MAP(group), G_ACTION(number));
	app->export = g_dbus_connection_export_action_group(app->connection, ACTIONS,
							    G_ACTION_GROUP(group), NULL);
	assert_int_not_equal(app->export, 0);
	return app;
}

static void
app_leave(struct app *app)
{
	if (!app->connection)
		return;
	g_dbus_connection_unexport_action_group(app->connection, app->export);
	g_dbus_connection_close_sync(app->connection, NULL, NULL);
	g_clear_object(&app->connection);
}

static void
app_free(struct app *app)
{
	app_leave(app);
	g_object_unref(app->record);
	g_free(app);
}

static GVariant *
buttons_1(const char *where, const char *label, const char *action)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("a{s(ss)}"));
	if (where)
		g_variant_builder_add(&builder, "{s(ss)}", where, label, action);
	return g_variant_builder_end(&builder);
}

/* NULL: taken. Else what the daemon says is wrong; the caller's. */
static char *
offer_all(struct fixture *fixture, struct app *app, const char *path, GVariant *buttons)
{
	struct answer answer = {0};
	char *message = NULL;

	g_dbus_connection_call(app->connection, BUS_NAME, BUS_PATH, BUS_INTERFACE, "OfferButtons",
			       g_variant_new("(o@a{s(ss)})", path, buttons), NULL,
			       G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_answer, &answer);
	AWAIT(answer.came);
	if (answer.error) {
		g_dbus_error_strip_remote_error(answer.error);
		message = g_strdup(answer.error->message);
		g_error_free(answer.error);
	}
	g_clear_pointer(&answer.value, g_variant_unref);
	return message;
}

static void
offer(struct fixture *fixture, struct app *app, const char *where, const char *label,
      const char *action)
{
	g_autofree char *wrong = offer_all(fixture, app, ACTIONS, buttons_1(where, label, action));

	if (wrong)
		fail_msg("%s", wrong);
}

/* What the status says is offered, as "right-top=Record|". */
static char *
offered(struct fixture *fixture)
{
	GString *text = g_string_new(NULL);
	g_autofree char *message = NULL;
	g_autoptr(GVariant) answer = call(fixture, "GetStatus", NULL, &message);
	g_autoptr(GVariant) status = g_variant_get_child_value(answer, 0);
	g_autoptr(GVariant) all = g_variant_lookup_value(status, "offered", G_VARIANT_TYPE_VARDICT);
	const char *where;
	GVariantIter iter;
	GVariant *label;

	assert_non_null(all);
	g_variant_iter_init(&iter, all);
	while (g_variant_iter_loop(&iter, "{&sv}", &where, &label))
		g_string_append_printf(text, "%s=%s|", where, g_variant_get_string(label, NULL));
	return g_string_free(text, FALSE);
}

static bool
is_offered(struct fixture *fixture, const char *what)
{
	g_autofree char *now = offered(fixture);

	return strcmp(now, what) == 0;
}

/* A window of this process comes in front. */
static void
front(struct fixture *fixture, const char *app, uint32_t pid)
{
	fake_apps.front_pid = pid;
	call_well(fixture, "SetFront", g_variant_new("(s)", app));
	AWAIT(strstr(fixture->signals->str, "Front:"));
	g_string_truncate(fixture->signals, 0);
}

/* A right button does what it does anywhere, with one press. */
static void
await_usual(struct fixture *fixture)
{
	AWAIT(strstr(fixture->signals->str, "Command:"));
	assert_null(strstr(fixture->signals->str, "record"));
	g_string_truncate(fixture->signals, 0);
}

/* The daemon, an app in front that offers right-top, and that it counts. */
static struct fixture *
begin(struct app **app)
{
	struct fixture *fixture = fixture_new(true);

	*app = app_new();
	front(fixture, "org.example.App", (uint32_t)getpid());
	offer(fixture, *app, "right-top", "Record", "record");
	AWAIT(is_offered(fixture, "right-top=Record|"));
	return fixture;
}

static void
end(struct fixture *fixture, struct app *app)
{
	app_free(app);
	fake_apps.front_pid = 0;
	fixture_free(fixture);
}

static void
pressed_twice_it_is_done(void **state)
{
	struct app *app;
	struct fixture *fixture = begin(&app);

	(void)state;
	send_press(fixture, PAD_RIGHT_TOP, 400);
	await_signals(fixture, "Said:Record, press again|");
	assert_int_equal(app->recorded, 0);
	send_press(fixture, PAD_RIGHT_TOP, 0);
	await_signals(fixture, "Command:activate id=\"record\"|Result:done|Said:Record|");
	assert_int_equal(app->recorded, 1);
	end(fixture, app);
}

/* What cannot be done is said at the first press. */
static void
what_cannot_be_done_is_said_first(void **state)
{
	struct app *app;
	struct fixture *fixture = begin(&app);

	(void)state;
	g_simple_action_set_enabled(app->record, FALSE);
	send_press(fixture, PAD_RIGHT_TOP, 500);
	await_signals(fixture, "Said:Record, press again|Said:\"Record\" cannot be pressed now|");
	offer(fixture, app, "right-top", "Number", "number");
	AWAIT(is_offered(fixture, "right-top=Number|"));
	send_press(fixture, PAD_RIGHT_TOP, 250);
	await_signals(fixture, "Said:Number, press again|"
			       "Said:The app has offered this, but cannot do it|");
	offer(fixture, app, "right-top", "Nothing", "no-such-action");
	AWAIT(is_offered(fixture, "right-top=Nothing|"));
	send_press(fixture, PAD_RIGHT_TOP, 0);
	await_signals(fixture, "Said:Nothing, press again|"
			       "Said:The app has offered this, but cannot do it|");
	assert_int_equal(app->recorded, 0);
	end(fixture, app);
}

static void
only_in_its_own_windows(void **state)
{
	struct app *app;
	struct fixture *fixture = begin(&app);

	(void)state;
	front(fixture, "org.example.Other", (uint32_t)getpid() + 1);
	assert_true(is_offered(fixture, ""));
	send_press(fixture, PAD_RIGHT_TOP, 0);
	await_usual(fixture);
	/* Nor while it is not known whose window that is. */
	front(fixture, "org.example.App", 0);
	assert_true(is_offered(fixture, ""));
	front(fixture, "org.example.App", (uint32_t)getpid());
	assert_true(is_offered(fixture, "right-top=Record|"));
	assert_int_equal(app->recorded, 0);
	end(fixture, app);
}

/* At once, also when the first press was made. */
static void
gone_with_its_connection(void **state)
{
	struct app *app;
	struct fixture *fixture = begin(&app);

	(void)state;
	send_press(fixture, PAD_RIGHT_TOP, 400);
	await_signals(fixture, "Said:Record, press again|");
	app_leave(app);
	await_signals(fixture, "Said:Record cancelled, the profiles have changed|");
	assert_true(is_offered(fixture, ""));
	send_press(fixture, PAD_RIGHT_TOP, 0);
	await_usual(fixture);
	end(fixture, app);
}

/* What was announced is what the second press does. */
static void
no_change_between_two_presses(void **state)
{
	struct app *app;
	struct fixture *fixture = begin(&app);

	(void)state;
	send_press(fixture, PAD_RIGHT_TOP, 400);
	await_signals(fixture, "Said:Record, press again|");
	offer(fixture, app, "right-top", "Delete all", "no-such-action");
	assert_true(is_offered(fixture, "right-top=Record|"));
	send_press(fixture, PAD_RIGHT_TOP, 0);
	await_signals(fixture, "Command:activate id=\"record\"|Result:done|Said:Record|");
	assert_int_equal(app->recorded, 1);
	AWAIT(is_offered(fixture, "right-top=Delete all|"));
	offer(fixture, app, NULL, NULL, NULL);
	AWAIT(is_offered(fixture, ""));
	end(fixture, app);
}

/* An action of the same name at the same place of another connection is another's. */
static void
only_actions_in_itself(void **state)
{
	struct app *app, *other = app_new();
	struct fixture *fixture = begin(&app);

	(void)state;
	send_press(fixture, PAD_RIGHT_TOP, 400);
	await_signals(fixture, "Said:Record, press again|");
	send_press(fixture, PAD_RIGHT_TOP, 0);
	await_signals(fixture, "Command:activate id=\"record\"|Result:done|Said:Record|");
	assert_int_equal(app->recorded, 1);
	assert_int_equal(other->recorded, 0);
	app_free(other);
	end(fixture, app);
}

/* What is called like a command of the user's is an action of the app's, or nothing. */
static void
called_like_a_command(void **state)
{
	static const char *const names[] = {"run", "dbus", "type"};
	struct app *app;
	struct fixture *fixture = begin(&app);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *label = g_strdup_printf("Its %s", names[i]);
		g_autofree char *there = g_strdup_printf("right-top=%s|", label);
		g_autofree char *said =
		    g_strdup_printf("Said:%s, press again|Said:The app has offered this, but "
				    "cannot do it|",
				    label);

		offer(fixture, app, "right-top", label, names[i]);
		AWAIT(is_offered(fixture, there));
		send_press(fixture, PAD_RIGHT_TOP, 500 - 250 * i);
		await_signals(fixture, said);
	}
	end(fixture, app);
}

static void
off_with_one_setting(void **state)
{
	struct app *app;
	struct fixture *fixture = begin(&app);
	g_autofree char *path = g_build_filename(fixture->folder, "buttons.conf", NULL);

	(void)state;
	assert_true(g_file_set_contents(path, "[buttons]\napps=off\n", -1, NULL));
	AWAIT(is_offered(fixture, ""));
	offer(fixture, app, "right-middle", "Record", "record");
	assert_true(is_offered(fixture, ""));
	assert_true(g_file_set_contents(path, "[buttons]\napps=on\n", -1, NULL));
	AWAIT(is_offered(fixture, "right-middle=Record|"));
	g_unlink(path);
	end(fixture, app);
}

static void
refused(struct fixture *fixture, struct app *app, const char *path, GVariant *buttons,
	const char *sentence)
{
	g_autofree char *wrong = offer_all(fixture, app, path, buttons);

	if (!wrong)
		fail_msg("was taken; expected: %s", sentence);
	assert_string_equal(wrong, sentence);
}

static void
hostile_words(void **state)
{
	static const char no_label[] =
	    "[right-top] needs a label that can be said, of at most 200 bytes";
	static const char no_action[] = "[right-top] has no valid name of an action; it has "
					"letters, digits, dashes and dots only";
	static const char no_button[] = "There is no such button. Write it as in a profile: "
					"right-top, right-top hold, right-top + right-middle";
	static const struct {
		const char *where, *label, *action, *sentence;
	} cases[] = {
	    {"right-top", "", "record", no_label},
	    {"right-top", "\xe2\x80\xae\xe2\x80\x8b \xe2\x81\xa6", "record", no_label},
	    {"right-top", "Pay", "", no_action},
	    {"right-top", "Pay", "run rm", no_action},
	    {"right-top", "Pay", "x\"); run", no_action},
	    {"right-top", "Pay", "dbus org.x.Y / a.b.C", no_action},
	    {"right-top", "Pay", "type \"secret\"", no_action},
	    {"Right-Top", "Pay", "record", no_button},
	    {"right-top\n", "Pay", "record", no_button},
	    {"left-top", "Pay", "record",
	     "[left-top] does the same in every app; only your own profiles can change it"},
	    {"ear tap", "Pay", "record",
	     "[ear tap] does the same in every app; only your own profiles can change it"},
	    {"right-bottom + left-bottom", "Pay", "record",
	     "[left-bottom + right-bottom] does the same in every app; only your own profiles can "
	     "change it"},
	};
	struct app *app;
	struct fixture *fixture = begin(&app);
	g_autofree char *huge = g_strnfill(1024 * 1024, 'a');
	g_autofree char *huge_path = g_strconcat("/", huge, NULL);
	GVariantBuilder builder;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		refused(fixture, app, ACTIONS,
			buttons_1(cases[i].where, cases[i].label, cases[i].action),
			cases[i].sentence);
	refused(fixture, app, ACTIONS, buttons_1("right-top", huge, "record"), no_label);
	refused(fixture, app, ACTIONS, buttons_1("right-top", "Pay", huge), no_action);
	refused(fixture, app, ACTIONS, buttons_1(huge, "Pay", "record"), no_button);
	refused(fixture, app, huge_path, buttons_1("right-top", "Pay", "record"),
		"That is more than there are buttons, or a path that is too long");
	g_variant_builder_init(&builder, G_VARIANT_TYPE("a{s(ss)}"));
	for (int i = 0; i < 100000; i++)
		g_variant_builder_add(&builder, "{s(ss)}", "right-top", "Pay", "record");
	refused(fixture, app, ACTIONS, g_variant_builder_end(&builder),
		"That is more than there are buttons, or a path that is too long");
	g_variant_builder_init(&builder, G_VARIANT_TYPE("a{s(ss)}"));
	g_variant_builder_add(&builder, "{s(ss)}", "right-top", "Pay", "record");
	g_variant_builder_add(&builder, "{s(ss)}", "right-top", "Cancel", "record");
	refused(fixture, app, ACTIONS, g_variant_builder_end(&builder),
		"[right-top] is there twice");
	/* What was offered before counts as ever. */
	assert_true(is_offered(fixture, "right-top=Record|"));
	/* Words turned around, and made invisible, are only words. */
	offer(fixture, app, "right-top", "\xe2\x80\xaePay\xe2\x80\xac \x07 now", "record");
	AWAIT(is_offered(fixture, "right-top=Pay now|"));
	end(fixture, app);
}

/* Thousands of changes: the last one counts, and the buttons work as ever. */
static void
hostile_floods(void **state)
{
	struct app *app;
	struct fixture *fixture = begin(&app);

	(void)state;
	for (int i = 0; i < 5000; i++) {
		g_autofree char *label = g_strdup_printf("Pay %d", i);

		g_dbus_connection_call(
		    app->connection, BUS_NAME, BUS_PATH, BUS_INTERFACE, "OfferButtons",
		    g_variant_new("(o@a{s(ss)})", ACTIONS, buttons_1("right-top", label, "record")),
		    NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
	}
	AWAIT(is_offered(fixture, "right-top=Pay 4999|"));
	send_press(fixture, PAD_RIGHT_TOP, 400);
	await_signals(fixture, "Said:Pay 4999, press again|");
	send_press(fixture, PAD_RIGHT_MIDDLE, 0);
	await_usual(fixture);
	assert_int_equal(app->recorded, 0);
	end(fixture, app);
}

/* A process has a few connections that count, and never so many that others have none. */
static void
hostile_connections(void **state)
{
	struct fixture *fixture = fixture_new(true);
	struct app *apps[70];
	g_autofree char *wrong = NULL;

	(void)state;
	front(fixture, "org.example.App", (uint32_t)getpid());
	for (size_t i = 0; i < G_N_ELEMENTS(apps); i++) {
		g_autofree char *label = g_strdup_printf("Pay %zu", i);

		apps[i] = app_new();
		g_free(wrong);
		wrong =
		    offer_all(fixture, apps[i], ACTIONS, buttons_1("right-top", label, "record"));
		assert_null(wrong);
	}
	/* Of one process only the first four are kept, and the last of them counts. */
	AWAIT(is_offered(fixture, "right-top=Pay 3|"));
	for (size_t i = 0; i < G_N_ELEMENTS(apps); i++)
		app_free(apps[i]);
	AWAIT(is_offered(fixture, ""));
	fake_apps.front_pid = 0;
	fixture_free(fixture);
}

static void
an_app_that_takes_its_actions_away(void **state)
{
	struct app *app;
	struct fixture *fixture = begin(&app);

	(void)state;
	g_dbus_connection_unexport_action_group(app->connection, app->export);
	send_press(fixture, PAD_RIGHT_TOP, 0);
	await_signals(fixture, "Said:Record, press again|"
			       "Said:The app has offered this, but cannot do it|");
	end(fixture, app);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pressed_twice_it_is_done),
	    cmocka_unit_test(what_cannot_be_done_is_said_first),
	    cmocka_unit_test(only_in_its_own_windows),
	    cmocka_unit_test(gone_with_its_connection),
	    cmocka_unit_test(no_change_between_two_presses),
	    cmocka_unit_test(only_actions_in_itself),
	    cmocka_unit_test(called_like_a_command),
	    cmocka_unit_test(off_with_one_setting),
	    cmocka_unit_test(hostile_words),
	    cmocka_unit_test(hostile_floods),
	    cmocka_unit_test(hostile_connections),
	    cmocka_unit_test(an_app_that_takes_its_actions_away),
	};
	g_autoptr(GTestDBus) bus = NULL;
	int failed;

	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(bus);
	failed = cmocka_run_group_tests_name("offers", tests, NULL, NULL);
	stop_bus(bus);
	return failed;
}
