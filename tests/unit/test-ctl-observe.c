/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl record` and `monitor` as programs, with a driver's end of the link that does what a
 * test says.
 * Run by `make check`, which has built sidetouchctl into $BUILD.
 * Owns a folder of its own, and each program until it has ended.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/evemu.h"
#include "driver/observer.h"
#include "tests/unit/fake_say.h"

static const char description[] = "# EVEMU 1.3\n"
				  "N: A panel\n"
				  "I: 0003 0001 0002 0111\n"
				  "A: 2f 0 9 0 0 0\n"
				  "A: 35 0 680 0 0 10\n"
				  "A: 36 0 1360 0 0 10\n"
				  "A: 39 0 65535 0 0 0\n";

struct fixture {
	char folder[64];
	char *socket, *observe, *recording, *out, *err;
	struct observer *observer;
	enum observe_refusal refusal;
	unsigned panels;
	uint32_t panel;
	unsigned started, stopped;
	pid_t pid; /* 0: ended */
	int status;
	int32_t frames; /* sent */
};

static enum observe_refusal
on_refuse(void *data, uid_t uid)
{
	(void)uid;
	return ((struct fixture *)data)->refusal;
}

static void
on_list(void *data)
{
	struct fixture *fixture = data;

	for (unsigned i = 1; i <= fixture->panels; i++)
		observer_send_panel(fixture->observer, i, i == 1 ? "A panel" : "Another panel");
}

static bool
on_start(void *data, enum observe_role role, uint32_t panel)
{
	struct fixture *fixture = data;

	fixture->panel = panel;
	fixture->started++;
	if (role == OBSERVE_RECORD)
		observer_send_text(fixture->observer, description, strlen(description));
	return true;
}

static void
on_stop(void *data, enum observe_role role)
{
	(void)role;
	((struct fixture *)data)->stopped++;
}

static const struct observer_events events = {on_refuse, on_list, on_start, on_stop};

static int
setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	g_autoptr(GError) error = NULL;

	g_strlcpy(fixture->folder, "/tmp/sidetouch-test-XXXXXX", sizeof(fixture->folder));
	assert_non_null(g_mkdtemp(fixture->folder));
	fixture->socket = g_build_filename(fixture->folder, "d", NULL);
	fixture->observe = g_strconcat(fixture->socket, OBSERVE_SUFFIX, NULL);
	fixture->recording = g_build_filename(fixture->folder, "r.evemu", NULL);
	fixture->out = g_build_filename(fixture->folder, "out", NULL);
	fixture->err = g_build_filename(fixture->folder, "err", NULL);
	fixture->panels = 1;
	fixture->observer =
	    observer_new(&(struct observer_config){fixture->observe, 0}, &events, fixture, &error);
	assert_non_null(fixture->observer);
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	observer_free(fixture->observer);
	(void)unlink(fixture->recording);
	(void)unlink(fixture->out);
	(void)unlink(fixture->err);
	assert_int_equal(rmdir(fixture->folder), 0);
	g_free(fixture->socket);
	g_free(fixture->observe);
	g_free(fixture->recording);
	g_free(fixture->out);
	g_free(fixture->err);
	g_free(fixture);
	return 0;
}

/* arguments ends with NULL; size_max: of its files, 0: any. */
static void
run(struct fixture *fixture, size_t size_max, const char *const *arguments)
{
	g_autofree char *program =
	    g_build_filename(g_getenv("BUILD") ? g_getenv("BUILD") : "build", "sidetouchctl", NULL);
	const char *argv[16] = {program};
	size_t count = 1;

	while (*arguments)
		argv[count++] = *arguments++;
	fflush(stdout);
	fixture->pid = fork();
	if (fixture->pid != 0)
		return;
	if (size_max) {
		const struct rlimit limit = {size_max, size_max};

		(void)signal(SIGXFSZ, SIG_IGN);
		(void)setrlimit(RLIMIT_FSIZE, &limit);
	}
	if (!freopen(fixture->out, "w", stdout) || !freopen(fixture->err, "w", stderr))
		_exit(126);
	execv(program, (char **)argv);
	_exit(127);
}

#define RUN(fixture, ...) run(fixture, 0, (const char *const[]){__VA_ARGS__, NULL})

static void
on_end(GPid pid, gint status, void *data)
{
	struct fixture *fixture = data;

	(void)pid;
	fixture->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
	fixture->pid = 0;
}

/* Run the driver's loop until the program has ended; its exit code. */
static int
end(struct fixture *fixture)
{
	g_child_watch_add(fixture->pid, on_end, fixture);
	while (fixture->pid != 0)
		g_main_context_iteration(NULL, TRUE);
	return fixture->status;
}

static void
await_start(struct fixture *fixture)
{
	while (fixture->started == 0)
		g_main_context_iteration(NULL, TRUE);
}

/* The same, until it watches. */
#define START(fixture, ...)                                                                        \
	do {                                                                                       \
		RUN(fixture, __VA_ARGS__);                                                         \
		await_start(fixture);                                                              \
	} while (0)

/* Let the driver's end do what it has to. */
static void
pass_on(void)
{
	while (g_main_context_iteration(NULL, FALSE))
		continue;
}

static void
add_frames(struct fixture *fixture, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct core_event frame[] = {{EV_ABS, ABS_MT_POSITION_X, fixture->frames},
						   {EV_SYN, SYN_REPORT, 0}};

		observer_add_events(fixture->observer,
				    usec_from_ms(5000 + 8 * (uint64_t)fixture->frames), frame, 2);
		fixture->frames++;
		pass_on();
	}
}

/* Half of a frame: it must not get into the file. */
static void
add_half(struct fixture *fixture)
{
	const struct core_event half = {EV_ABS, ABS_MT_POSITION_Y, 1};

	observer_add_events(fixture->observer, usec_from_ms(9000000), &half, 1);
	pass_on();
}

static void
expect(const char *path, const char *words)
{
	g_autofree char *text = NULL;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	if (!strstr(text, words))
		fail_msg("'%s' is not in: %s", words, text);
}

static void
expect_frames(const char *path, int32_t minimum, int32_t maximum)
{
	g_autoptr(GError) error = NULL;
	struct evemu_recording *recording = evemu_read(path, NULL, &error);

	if (!recording) {
		fail_msg("%s", error->message);
		return;
	}
	assert_true(recording->event_count % 2 == 0);
	assert_in_range(recording->event_count / 2, minimum, maximum);
	for (size_t i = 0; i < recording->event_count; i += 2)
		assert_int_equal(recording->events[i].value, i / 2);
	evemu_free(recording);
}

/* Run the driver's loop until the recording has these words so many times. */
static void
await_text(struct fixture *fixture, const char *words, unsigned times)
{
	unsigned found;

	do {
		g_autofree char *text = NULL;

		g_main_context_iteration(NULL, FALSE);
		assert_true(g_file_get_contents(fixture->recording, &text, NULL, NULL));
		found = 0;
		for (const char *at = text; (at = strstr(at, words)); at++)
			found++;
	} while (found < times);
}

static void
control_c_ends_a_recording_whole(void **state)
{
	struct fixture *fixture = *state;

	START(fixture, "record", "--socket", fixture->socket, "-o", fixture->recording);
	add_frames(fixture, 300);
	/* The rest is with the driver until the program has read what came before. */
	await_text(fixture, "0000 0000 0000\n", 300);
	add_half(fixture);
	kill(fixture->pid, SIGINT);
	assert_int_equal(end(fixture), 0);
	expect(fixture->err, "Recording A panel. End it with control C.");
	expect(fixture->err, "type no password");
	expect(fixture->err, "300 frames are recorded.");
	expect_frames(fixture->recording, 300, 300);
	RUN(fixture, "replay", "--overlay", "none", fixture->recording);
	assert_int_equal(end(fixture), 0);
	expect(fixture->out, "\"frames\":300");
}

static void
without_a_file_it_is_printed(void **state)
{
	struct fixture *fixture = *state;

	START(fixture, "record", "--socket", fixture->socket);
	add_frames(fixture, 3);
	kill(fixture->pid, SIGTERM);
	assert_int_equal(end(fixture), 0);
	expect_frames(fixture->out, 3, 3);
}

static void
a_full_disk_is_told(void **state)
{
	struct fixture *fixture = *state;
	const char *const arguments[] = {"record", "--socket",         fixture->socket,
					 "-o",     fixture->recording, NULL};

	run(fixture, 3000, arguments);
	await_start(fixture);
	add_frames(fixture, 200);
	assert_int_equal(end(fixture), 1);
	expect(fixture->err, "r.evemu cannot be written");
	expect_frames(fixture->recording, 20, 100);
}

static void
a_driver_that_goes_leaves_what_was_recorded(void **state)
{
	struct fixture *fixture = *state;

	START(fixture, "record", "--socket", fixture->socket, "-o", fixture->recording);
	add_frames(fixture, 40);
	observer_end(fixture->observer, OBSERVE_REFUSED_DAEMON);
	assert_int_equal(end(fixture), 1);
	expect(fixture->err, "sidetouchd does not run for you");
	expect_frames(fixture->recording, 40, 40);
}

static void
refusals_are_sentences(void **state)
{
	static const struct {
		enum observe_refusal refusal;
		const char *words;
	} cases[] = {
	    {OBSERVE_REFUSED_USER, "Only the user who is at the screen"},
	    {OBSERVE_REFUSED_BUSY, "End the other sidetouchctl first"},
	    {OBSERVE_REFUSED_DAEMON, "systemctl --user start sidetouchd"},
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		fixture->refusal = cases[i].refusal;
		RUN(fixture, "record", "--socket", fixture->socket, "-o", fixture->recording);
		assert_int_equal(end(fixture), 1);
		expect(fixture->err, cases[i].words);
		assert_int_not_equal(access(fixture->recording, F_OK), 0);
	}
	RUN(fixture, "monitor", "--socket", "/nonexistent/driver.sock");
	assert_int_equal(end(fixture), 1);
	expect(fixture->err, "The touch driver is not running. Start it with");
}

static void
of_several_panels_one_is_named(void **state)
{
	struct fixture *fixture = *state;

	fixture->panels = 2;
	RUN(fixture, "record", "--socket", fixture->socket);
	assert_int_equal(end(fixture), 1);
	expect(fixture->err, "say which touchscreen with --panel NUMBER");
	expect(fixture->err, "2: Another panel");
	START(fixture, "record", "--socket", fixture->socket, "--panel", "2");
	assert_int_equal(fixture->panel, 2);
	kill(fixture->pid, SIGINT);
	assert_int_equal(end(fixture), 0);
	fixture->panels = 0;
	RUN(fixture, "record", "--socket", fixture->socket);
	assert_int_equal(end(fixture), 1);
	expect(fixture->err, "no touchscreen is in use");
}

static void
wrong_usage_is_2(void **state)
{
	struct fixture *fixture = *state;

	RUN(fixture, "record", "--colour");
	assert_int_equal(end(fixture), 2);
	RUN(fixture, "record", "file");
	assert_int_equal(end(fixture), 2);
	RUN(fixture, "monitor", "left-top");
	assert_int_equal(end(fixture), 2);
	expect(fixture->err, "unexpected 'left-top'");
}

static void
a_monitor_prints_each_contact(void **state)
{
	struct fixture *fixture = *state;
	const struct observe_contact press = {
	    .kind = OBSERVE_CONTACT_PRESS,
	    .live = 1,
	    .has_pads = 1,
	    .pad = PAD_LEFT_TOP,
	    .time_us = 85000,
	};
	g_autofree char *text = NULL;

	START(fixture, "monitor", "--socket", fixture->socket);
	observer_add_contact(fixture->observer, &press);
	observer_add_contact(fixture->observer, &press);
	pass_on();
	/* Printed at once, not when it ends. */
	do {
		g_free(g_steal_pointer(&text));
		assert_true(g_file_get_contents(fixture->out, &text, NULL, NULL));
	} while (strcmp(text, "press left-top, 85 ms\npress left-top, 85 ms\n") != 0);
	kill(fixture->pid, SIGINT);
	assert_int_equal(end(fixture), 0);
	fixture->started = 0;
	START(fixture, "monitor", "--json", "--socket", fixture->socket);
	observer_add_contact(fixture->observer, &press);
	pass_on();
	kill(fixture->pid, SIGINT);
	assert_int_equal(end(fixture), 0);
	expect(fixture->out, "{\"kind\":\"press\",");
}

static void
a_monitor_speaks(void **state)
{
	struct fixture *fixture = *state;
	const struct observe_contact finger = {.kind = OBSERVE_CONTACT_FINGER,
					       .has_pads = 1,
					       .live = 1,
					       .pad = PAD_LEFT_TOP,
					       .beside_um = 3000,
					       .time_us = 85000};
	g_autoptr(GTestDBus) test_bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_autofree char *said = NULL;
	g_autoptr(GDBusConnection) bus = NULL;

	g_test_dbus_up(test_bus);
	/* Without a daemon it does not go on as if it spoke. */
	START(fixture, "monitor", "--speak", "--socket", fixture->socket);
	observer_add_contact(fixture->observer, &finger);
	assert_int_equal(end(fixture), 1);
	expect(fixture->err, "systemctl --user start sidetouchd");
	fixture->started = 0;
	bus = serve_say(test_bus, &said);
	START(fixture, "monitor", "--speak", "--socket", fixture->socket);
	observer_add_contact(fixture->observer, &finger);
	while (!said)
		g_main_context_iteration(NULL, TRUE);
	assert_non_null(strstr(said, "finger, 3 millimetres beside left top"));
	kill(fixture->pid, SIGINT);
	assert_int_equal(end(fixture), 0);
	g_dbus_connection_close_sync(bus, NULL, NULL);
	g_test_dbus_stop(test_bus);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(control_c_ends_a_recording_whole),
	    TEST(without_a_file_it_is_printed),
	    TEST(a_full_disk_is_told),
	    TEST(a_driver_that_goes_leaves_what_was_recorded),
	    TEST(refusals_are_sentences),
	    TEST(of_several_panels_one_is_named),
	    TEST(wrong_usage_is_2),
	    TEST(a_monitor_prints_each_contact),
	    TEST(a_monitor_speaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
