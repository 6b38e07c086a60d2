/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's half of a calibration between a real link, a real store and a panel that is a fake:
 * only its film is real.
 * Run by tests/run.
 * Owns a folder a test, empty again when it ends.
 */
#include <signal.h>
#include <sys/resource.h>

#include "driver/calibrator.h"
#include "tests/unit/link_server_fixture.h"

#define PANEL 5

/* The fake of driver/panel and driver/flow. */
static struct {
	struct film *film; /* NULL: not in use */
	bool asleep;       /* it has a film, but nothing passes */
	bool sampling;
	unsigned taken; /* flow_take_film() */
} fake;

static struct {
	struct notices *notices;
	struct calibration_store *store;
	struct calibrator *calibrator;
	char *state;
} rig;

struct film *
panel_get_film(const struct panel *panel)
{
	(void)panel;
	return fake.film;
}

struct flow *
panel_get_flow(const struct panel *panel)
{
	(void)panel;
	return fake.film && !fake.asleep ? (struct flow *)&fake : NULL;
}

uint32_t
panel_get_number(const struct panel *panel)
{
	(void)panel;
	return PANEL;
}

bool
panel_describe(const struct panel *panel, struct link_panel *out)
{
	(void)panel;
	*out = (struct link_panel){.panel = PANEL, .state = LINK_PANEL_READY};
	return true;
}

void
flow_set_sampling(struct flow *flow, bool sampling)
{
	assert_non_null(flow);
	fake.sampling = sampling;
}

void
flow_take_film(struct flow *flow)
{
	assert_non_null(flow);
	fake.taken++;
}

static struct panel *
find_panel(void *data, uint32_t number)
{
	(void)data;
	return number == PANEL ? (struct panel *)&fake : NULL;
}

static void
on_rig_listening(void *data, bool listening)
{
	on_listening(data, listening);
	if (listening)
		notices_tell_kept(rig.notices);
	calibrator_listening(rig.calibrator, listening);
}

static void
on_rig_message(void *data, const struct packet_header *message)
{
	(void)data;
	assert_true(calibrator_take(rig.calibrator, message));
}

static void
make_film(void)
{
	static const struct probe probe = {
	    .width_mm = 68, .height_mm = 136, .matrix = {1, 0, 0, 0, 1, 0}};
	static const struct input_id id = {.vendor = 1};

	fake.film = film_new(rig.store, &id, "Test panel", &probe);
}

static int
setup_rig(void **state)
{
	static const struct link_server_events rig_events = {
	    .listening = on_rig_listening,
	    .type_key = on_type_key,
	    .authorised = is_authorised,
	    .message = on_rig_message,
	};
	struct fixture *fixture;
	GError *error = NULL;

	setup(state);
	fixture = *state;
	struct link_server_config config = {.path = fixture->path};
	fixture->server = link_server_new(&config, &rig_events, fixture, &error);
	assert_non_null(fixture->server);
	rig.state = g_build_filename(fixture->folder, "state", NULL);
	rig.notices = notices_new();
	notices_set_server(rig.notices, fixture->server);
	rig.store = calibration_store_new(rig.state);
	rig.calibrator = calibrator_new(fixture->server, rig.notices, rig.store, find_panel, NULL);
	memset(&fake, 0, sizeof(fake));
	make_film();
	return 0;
}

static void
empty_state(void)
{
	g_autoptr(GDir) dir = g_dir_open(rig.state, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(rig.state, name, NULL);

		g_unlink(path);
	}
	g_rmdir(rig.state);
}

static int
teardown_rig(void **state)
{
	struct fixture *fixture = *state;

	fake.film = film_free(fake.film);
	calibrator_free(rig.calibrator);
	fixture->server = link_server_free(fixture->server);
	notices_free(rig.notices);
	calibration_store_free(rig.store);
	empty_state();
	g_free(rig.state);
	return teardown(state);
}

static void
calibrate(int fd, uint32_t panel, bool on)
{
	struct link_calibrate message = {.panel = panel, .on = on};

	say(fd, &message.header, LINK_CALIBRATE, sizeof(message));
}

/* The next answer; what else comes before it is not looked at. */
static int
hear_done(int fd, enum link_type request)
{
	union message message;
	const struct link_calibration_done *done = (const void *)&message;

	while (hear(fd, &message) != LINK_CALIBRATION_DONE)
		assert_int_not_equal(message.header.type, 0);
	assert_int_equal(done->request, request);
	return done->error;
}

static int
set_film(int fd, int32_t x_um)
{
	struct link_calibration_set set = {.panel = PANEL, .major_permille = 1550};

	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		set.pads[pad] = (struct link_calibration_pad){
		    pad < 3 ? x_um : 61000, 52000 + 20000 * (int32_t)(pad % 3), 6500};
	say(fd, &set.header, LINK_CALIBRATION_SET, sizeof(set));
	return hear_done(fd, LINK_CALIBRATION_SET);
}

static double
left_top_x(void)
{
	struct overlay overlay;

	assert_int_equal(film_overlay(fake.film, &overlay), 0);
	return overlay.pads[PAD_LEFT_TOP].centre.x;
}

static void
on_and_off(void **state)
{
	int fd = join(*state);

	calibrate(fd, PANEL, true);
	assert_int_equal(hear_done(fd, LINK_CALIBRATE), 0);
	assert_true(fake.sampling);
	/* Said again: it goes on. */
	calibrate(fd, PANEL, true);
	assert_int_equal(hear_done(fd, LINK_CALIBRATE), 0);
	assert_true(fake.sampling);
	calibrate(fd, PANEL, false);
	until(!fake.sampling);
	close(fd);
}

static void
panels_that_cannot(void **state)
{
	int fd = join(*state);

	calibrate(fd, PANEL + 1, true);
	assert_int_equal(hear_done(fd, LINK_CALIBRATE), -ENODEV);
	fake.film = film_free(fake.film);
	calibrate(fd, PANEL, true);
	assert_int_equal(hear_done(fd, LINK_CALIBRATE), -ENODEV);
	assert_int_equal(set_film(fd, 7000), -ENODEV);
	assert_false(fake.sampling);
	close(fd);
}

/* A daemon that dies in the middle does not keep the panel. */
static void
ends_with_its_daemon(void **state)
{
	struct fixture *fixture = *state;
	int fd = join(fixture);

	calibrate(fd, PANEL, true);
	assert_int_equal(hear_done(fd, LINK_CALIBRATE), 0);
	close(fd);
	until(!fixture->listening);
	assert_false(fake.sampling);
}

/* Taken again in the middle, after a sleep: it goes on. */
static void
goes_on_after_a_sleep(void **state)
{
	int fd = join(*state);

	calibrate(fd, PANEL, true);
	assert_int_equal(hear_done(fd, LINK_CALIBRATE), 0);
	fake.sampling = false;
	calibrator_look(rig.calibrator, (struct panel *)&fake);
	assert_true(fake.sampling);
	calibrate(fd, PANEL, false);
	until(!fake.sampling);
	calibrator_look(rig.calibrator, (struct panel *)&fake);
	assert_false(fake.sampling);
	close(fd);
}

static void
samples(void **state)
{
	struct core_sample sample = {
	    .contact = 3,
	    .phase = PRESS_UP,
	    .landed = {12.345, 67.89},
	    .travel_mm = 1.5,
	    .major_mm = 10.25,
	    .down = usec_from_ms(1000),
	    .time = usec_from_ms(1100),
	};
	union message message;
	const struct link_sample *heard = (const void *)&message;
	int fd = join(*state);

	calibrator_sample(rig.calibrator, (struct panel *)&fake, &sample);
	assert_int_equal(hear(fd, &message), LINK_SAMPLE);
	assert_int_equal(heard->panel, PANEL);
	assert_int_equal(heard->contact, 3);
	assert_int_equal(heard->phase, PRESS_UP);
	assert_int_equal(heard->x_um, 12345);
	assert_int_equal(heard->y_um, 67890);
	assert_int_equal(heard->travel_um, 1500);
	assert_int_equal(heard->major_um, 10250);
	assert_int_equal(heard->time_us - heard->down_us, 100000);
	/* A panel that lies is no reason for the daemon to hang up. */
	sample.landed = (struct mm_point){1e9, -1e9};
	sample.travel_mm = 1e12;
	sample.major_mm = 1e12;
	calibrator_sample(rig.calibrator, (struct panel *)&fake, &sample);
	assert_int_equal(hear(fd, &message), LINK_SAMPLE);
	assert_int_equal(heard->x_um, LINK_SIZE_MAX_UM);
	assert_int_equal(heard->y_um, -(int32_t)LINK_SIZE_MAX_UM);
	close(fd);
}

static void
kept_and_in_force(void **state)
{
	int fd = join(*state);

	assert_int_equal(set_film(fd, 7000), 0);
	assert_int_equal(fake.taken, 1);
	assert_float_equal(left_top_x(), 7, 1e-6);
	fake.film = film_free(fake.film);
	make_film();
	assert_float_equal(left_top_x(), 7, 1e-6);
	/* Places that cannot be change nothing. */
	assert_int_equal(set_film(fd, 55000), -ERANGE);
	assert_int_equal(fake.taken, 1);
	assert_float_equal(left_top_x(), 7, 1e-6);
	close(fd);
}

/* After a sleep a finger lies on the panel: it has its film, and is not taken yet. */
static void
while_it_is_not_taken(void **state)
{
	int fd = join(*state);

	calibrate(fd, PANEL, true);
	assert_int_equal(hear_done(fd, LINK_CALIBRATE), 0);
	fake.asleep = true;
	fake.sampling = false;
	calibrator_look(rig.calibrator, (struct panel *)&fake);
	assert_int_equal(set_film(fd, 7000), 0);
	assert_float_equal(left_top_x(), 7, 1e-6);
	calibrate(fd, PANEL, true);
	assert_int_equal(hear_done(fd, LINK_CALIBRATE), 0);
	assert_false(fake.sampling);
	/* Taken, the calibration goes on. */
	fake.asleep = false;
	calibrator_look(rig.calibrator, (struct panel *)&fake);
	assert_true(fake.sampling);
	close(fd);
}

static void
not_kept_not_in_force(void **state)
{
	struct rlimit old, small;
	int fd = join(*state);

	assert_int_equal(set_film(fd, 7000), 0);
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 64;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(set_film(fd, 9000), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(fake.taken, 1);
	assert_float_equal(left_top_x(), 7, 1e-6);
	close(fd);
}

/* Told to a daemon that comes later too, until it is calibrated anew. */
static void
bad_file_is_told(void **state)
{
	g_autoptr(GDir) dir = NULL;
	g_autofree char *path = NULL;
	struct fixture *fixture = *state;
	union message message;
	const struct link_notice *notice = (const void *)&message;
	int fd = join(fixture);

	assert_int_equal(set_film(fd, 7000), 0);
	close(fd);
	until(!fixture->listening);
	dir = g_dir_open(rig.state, 0, NULL);
	path = g_build_filename(rig.state, g_dir_read_name(dir), NULL);
	assert_true(g_file_set_contents(path, "[calibration]\nVersion=9\n", -1, NULL));
	fake.film = film_free(fake.film);
	make_film();
	calibrator_look(rig.calibrator, (struct panel *)&fake);
	fd = join(fixture);
	while (hear(fd, &message) != LINK_NOTICE)
		assert_int_not_equal(message.header.type, 0);
	assert_int_equal(notice->kind, LINK_NOTICE_BAD_FILE);
	assert_true(g_str_has_prefix(notice->text, path));
	assert_non_null(strstr(notice->text, ":2: this file is of version 9"));
	assert_int_equal(set_film(fd, 7000), 0);
	close(fd);
	until(!fixture->listening);
	fd = join(fixture);
	calibrate(fd, PANEL, true);
	/* Nothing but the answer. */
	do
		assert_int_not_equal(hear(fd, &message), LINK_NOTICE);
	while (message.header.type != LINK_CALIBRATION_DONE);
	close(fd);
}

static void
crept_is_told(void **state)
{
	struct core_press press = {
	    .press = 1, .pad = PAD_LEFT_TOP, .phase = PRESS_UP, .landed = {12, 52}};
	union message message;
	const struct link_notice *notice = (const void *)&message;
	int fd = join(*state);

	assert_int_equal(set_film(fd, 7000), 0);
	for (unsigned i = 0; i < 300; i++) {
		(void)film_press(fake.film, &press);
		calibrator_pressed(rig.calibrator, (struct panel *)&fake);
	}
	while (hear(fd, &message) != LINK_NOTICE)
		assert_int_not_equal(message.header.type, 0);
	assert_int_equal(notice->kind, LINK_NOTICE_FILM_CREPT);
	assert_non_null(strstr(notice->text, "more than 3 millimetres at left-top"));
	close(fd);
}

static void
touch_beside(double beside_mm, unsigned lasts_ms)
{
	const struct core_became became = {
	    .became = CORE_BECAME_FINGER,
	    .live = true,
	    .has_pads = true,
	    .beside_mm = beside_mm,
	    .down = usec_from_us(1000000),
	    .time = usec_add(usec_from_us(1000000), usec_from_ms(lasts_ms)),
	};

	calibrator_contact(rig.calibrator, (struct panel *)&fake, &became);
}

/* The notices that have come when the answer to a question comes. */
static unsigned
count_beside(int fd)
{
	union message message;
	const struct link_notice *notice = (const void *)&message;
	unsigned count = 0;

	calibrate(fd, PANEL + 1, true); /* answered, and nothing else */
	for (; hear(fd, &message) != LINK_CALIBRATION_DONE; count++) {
		assert_int_equal(message.header.type, LINK_NOTICE);
		assert_int_equal(notice->kind, LINK_NOTICE_BESIDE);
		assert_int_equal(notice->panel, PANEL);
	}
	return count;
}

/* Only while nobody has said where the buttons are, and a few times at most. */
static void
beside_is_told(void **state)
{
	int fd = join(*state);

	touch_beside(3, 400); /* a swipe begins there */
	touch_beside(30, 80); /* the middle of the screen */
	touch_beside(3, 80);
	assert_int_equal(count_beside(fd), 1);
	for (unsigned i = 0; i < 20; i++)
		touch_beside(3, 80);
	assert_int_equal(count_beside(fd), 6);
	close(fd);
	until(!((struct fixture *)*state)->listening);
	fd = join(*state);
	assert_int_equal(set_film(fd, 7000), 0);
	touch_beside(3, 80);
	assert_int_equal(count_beside(fd), 0);
	close(fd);
}

#undef TEST
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup_rig, teardown_rig)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(on_and_off),
	    TEST(panels_that_cannot),
	    TEST(ends_with_its_daemon),
	    TEST(goes_on_after_a_sleep),
	    TEST(samples),
	    TEST(kept_and_in_force),
	    TEST(while_it_is_not_taken),
	    TEST(not_kept_not_in_force),
	    TEST(bad_file_is_told),
	    TEST(crept_is_told),
	    TEST(beside_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
