/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The film on a panel and the folder it is kept in: calibrated, crept, read again, turned, broken,
 * and on a disk that is full.
 * Run by tests/run.
 * Owns a folder a test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "driver/film.h"

/* A phone of 68 x 136 mm, mounted as it is. */
static const struct probe phone = {.width_mm = 68, .height_mm = 136, .matrix = {1, 0, 0, 0, 1, 0}};
/* A tablet that is mounted turned by a quarter: x' = 1 - y, y' = x. */
static const struct probe turned = {
    .width_mm = 200, .height_mm = 120, .matrix = {0, -1, 1, 1, 0, 0}};
static const struct input_id id = {.bustype = 0x18, .vendor = 0x4f3, .product = 0x2a1c};

struct fixture {
	char *folder, *state;
	struct calibration_store *store;
	struct film *film;
	unsigned saved;
	uint32_t tag;
	int error;
};

static void
on_saved(void *data, uint32_t tag, int error)
{
	struct fixture *fixture = data;

	fixture->saved++;
	fixture->tag = tag;
	fixture->error = error;
}

static void
start(struct fixture *fixture, const struct probe *probe)
{
	fixture->store = calibration_store_new(fixture->state);
	fixture->film = film_new(fixture->store, &id, "Goodix Capacitive TouchScreen", probe);
}

static void
stop(struct fixture *fixture)
{
	fixture->film = film_free(fixture->film);
	fixture->store = calibration_store_free(fixture->store);
}

static int
setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->folder = g_dir_make_tmp("film-XXXXXX", NULL);
	fixture->state = g_build_filename(fixture->folder, "state", NULL);
	start(fixture, &phone);
	*state = fixture;
	return 0;
}

/* The one file there is, NULL if none; two are one too many. */
static char *
only_file(const struct fixture *fixture)
{
	g_autoptr(GDir) dir = g_dir_open(fixture->state, 0, NULL);
	const char *name = dir ? g_dir_read_name(dir) : NULL;
	char *path = name ? g_build_filename(fixture->state, name, NULL) : NULL;

	assert_true(!dir || !g_dir_read_name(dir));
	return path;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;
	g_autofree char *file = NULL;

	stop(fixture);
	file = only_file(fixture);
	if (file)
		g_unlink(file);
	g_rmdir(fixture->state);
	assert_int_equal(g_rmdir(fixture->folder), 0);
	g_free(fixture->folder);
	g_free(fixture->state);
	g_free(fixture);
	return 0;
}

static struct link_calibration_set
places(double x_mm, double y_mm)
{
	struct link_calibration_set set = {.major_permille = 1550};

	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		set.pads[pad] = (struct link_calibration_pad){
		    (int32_t)((pad < 3 ? x_mm : 61) * 1000),
		    (int32_t)((y_mm + 20 * (pad % 3)) * 1000),
		    6500,
		};
	return set;
}

/* Measure, keep and adopt, as the calibrator does; the error of keeping. */
static int
calibrate(struct fixture *fixture, double x_mm, double y_mm)
{
	struct link_calibration_set set = places(x_mm, y_mm);
	struct calibration calibration;
	unsigned before = fixture->saved;

	assert_int_equal(film_measure(fixture->film, &set, &calibration), 0);
	film_save(fixture->film, &calibration, on_saved, fixture, 7);
	/* It is written elsewhere, and told from the loop. */
	assert_int_equal(fixture->saved, before);
	while (fixture->saved == before)
		g_main_context_iteration(NULL, TRUE);
	assert_int_equal(fixture->tag, 7);
	if (fixture->error == 0)
		film_adopt(fixture->film, &calibration);
	return fixture->error;
}

static struct mm_point
pad_at(const struct fixture *fixture, enum pad pad)
{
	struct overlay overlay;

	assert_int_equal(film_overlay(fixture->film, &overlay), 0);
	return overlay.pads[pad].centre;
}

static void
press_at(struct fixture *fixture, enum pad pad, double x_mm, double y_mm, unsigned times)
{
	struct core_press press = {
	    .press = 1, .pad = pad, .phase = PRESS_UP, .landed = {x_mm, y_mm}};

	press.time = usec_from_us((uint64_t)g_get_monotonic_time());
	for (unsigned i = 0; i < times; i++)
		(void)film_press(fixture->film, &press);
}

static void
default_film(void **state)
{
	struct fixture *fixture = *state;
	struct overlay expected, is;
	g_autofree char *file = NULL;

	assert_int_equal(overlay_default(68, 136, &expected), 0);
	assert_int_equal(film_overlay(fixture->film, &is), 0);
	assert_memory_equal(&is, &expected, sizeof(is));
	assert_float_equal(film_major_scale(fixture->film), 1, 0);
	assert_null(film_problem(fixture->film));
	/* Nothing was learned: nothing is written. */
	stop(fixture);
	file = only_file(fixture);
	assert_null(file);
	start(fixture, &phone);
}

static void
calibrated_and_read_again(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(calibrate(fixture, 7, 52), 0);
	assert_float_equal(pad_at(fixture, PAD_LEFT_MIDDLE).x, 7, 1e-3);
	assert_float_equal(pad_at(fixture, PAD_LEFT_MIDDLE).y, 72, 1e-3);
	stop(fixture);
	start(fixture, &phone);
	assert_null(film_problem(fixture->film));
	assert_float_equal(pad_at(fixture, PAD_LEFT_MIDDLE).x, 7, 1e-3);
	assert_float_equal(pad_at(fixture, PAD_RIGHT_BOTTOM).y, 92, 1e-3);
	assert_float_equal(film_major_scale(fixture->film), 1.55, 1e-9);
}

static void
another_panel_has_its_own(void **state)
{
	struct fixture *fixture = *state;
	struct calibration_identity one = {id, "Panel", 68, 136}, other = one;
	g_autofree char *path = calibration_store_path(fixture->store, &one);
	g_autofree char *hostile = NULL;

	for (unsigned i = 0; i < 7; i++) {
		g_autofree char *its = NULL;

		other = one;
		if (i == 0)
			other.id.bustype++;
		if (i == 1)
			other.id.vendor++;
		if (i == 2)
			other.id.product++;
		if (i == 3)
			other.id.version++;
		if (i == 4)
			other.width_mm += 2;
		if (i == 5)
			other.height_mm += 2;
		if (i == 6)
			other.name = "panel"; /* the same letters in a file's name */
		its = calibration_store_path(fixture->store, &other);
		assert_string_not_equal(its, path);
	}
	other = one;
	other.name = "../../etc/pass\nwd /\xff"
		     "a very long name that goes on and on and on and on";
	hostile = calibration_store_path(fixture->store, &other);
	assert_true(g_str_has_prefix(hostile, fixture->state));
	for (const char *at = hostile + strlen(fixture->state) + 1; *at; at++)
		assert_true(g_ascii_isalnum(*at) || *at == '-' || *at == '.');
	assert_null(strstr(hostile, ".."));
	assert_true(strlen(hostile) < strlen(fixture->state) + 120);
}

/* As mounted in the file, as the kernel counts them for the core. */
static void
turned_panel(void **state)
{
	struct fixture *fixture = *state;
	struct mm_point mounted;

	stop(fixture);
	start(fixture, &turned);
	assert_int_equal(calibrate(fixture, 7, 52), 0);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 52, 1e-3);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).y, 120 - 7, 1e-3);
	mounted = film_mount(fixture->film, (struct mm_point){52, 113});
	assert_float_equal(mounted.x, 7, 1e-3);
	assert_float_equal(mounted.y, 52, 1e-3);
	/* A press that lands 2 mm lower, as it is mounted. */
	press_at(fixture, PAD_LEFT_TOP, 54, 113, 300);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 54, 0.1);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).y, 113, 1e-3);
}

static void
places_that_cannot_be(void **state)
{
	struct fixture *fixture = *state;
	struct link_calibration_set set = places(7, 52);
	struct calibration calibration;

	set.pads[PAD_LEFT_TOP].x_um = -1;
	assert_int_equal(film_measure(fixture->film, &set, &calibration), -ERANGE);
	set = places(7, 52);
	set.pads[PAD_LEFT_TOP].y_um = 136001;
	assert_int_equal(film_measure(fixture->film, &set, &calibration), -ERANGE);
	set = places(7, 52);
	set.pads[PAD_LEFT_TOP].y_um = set.pads[PAD_LEFT_MIDDLE].y_um - 11900;
	assert_int_equal(film_measure(fixture->film, &set, &calibration), -ERANGE);
	set = places(7, 52);
	set.pads[PAD_LEFT_TOP].radius_um = 3900;
	assert_int_equal(film_measure(fixture->film, &set, &calibration), -ERANGE);
}

static void
no_size(void **state)
{
	struct fixture *fixture = *state;
	struct link_calibration_set set = places(7, 52);
	static const struct probe unknown = {.matrix = {1, 0, 0, 0, 1, 0}};
	static const struct probe watch = {
	    .width_mm = 30, .height_mm = 40, .matrix = {1, 0, 0, 0, 1, 0}};
	struct calibration calibration;
	struct overlay overlay;

	stop(fixture);
	start(fixture, &unknown);
	assert_int_equal(film_overlay(fixture->film, &overlay), -EINVAL);
	assert_int_equal(film_check(fixture->film), -ERANGE);
	assert_int_equal(film_measure(fixture->film, &set, &calibration), -ERANGE);
	press_at(fixture, PAD_LEFT_TOP, 1, 1, 100);
	/* Too small for the default film, but somebody may lay another one on it. */
	stop(fixture);
	start(fixture, &watch);
	assert_int_equal(film_overlay(fixture->film, &overlay), -ERANGE);
	assert_int_equal(film_check(fixture->film), 0);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		set.pads[pad] = (struct link_calibration_pad){
		    pad < 3 ? 5000 : 25000, 6000 + 14000 * (int32_t)(pad % 3), 5000};
	assert_int_equal(film_measure(fixture->film, &set, &calibration), 0);
	film_adopt(fixture->film, &calibration);
	assert_int_equal(film_overlay(fixture->film, &overlay), 0);
}

static void
creeping_is_kept(void **state)
{
	struct fixture *fixture = *state;
	enum pad pad;

	assert_int_equal(calibrate(fixture, 7, 52), 0);
	press_at(fixture, PAD_LEFT_TOP, 9, 52, 300);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 9, 0.1);
	assert_false(film_take_warning(fixture->film, &pad));
	/* At the end at the latest. */
	stop(fixture);
	start(fixture, &phone);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 9, 0.1);
	/* A new calibration is where it was pressed, without what was before. */
	assert_int_equal(calibrate(fixture, 9, 52), 0);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 9, 1e-3);
	stop(fixture);
	start(fixture, &phone);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 9, 1e-3);
}

static void
creeping_of_the_default_film_is_kept(void **state)
{
	struct fixture *fixture = *state;
	struct mm_point before = pad_at(fixture, PAD_LEFT_TOP);

	press_at(fixture, PAD_LEFT_TOP, before.x + 2, before.y, 300);
	stop(fixture);
	start(fixture, &phone);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, before.x + 2, 0.1);
}

static void
crept_too_far(void **state)
{
	struct fixture *fixture = *state;
	enum pad pad = PAD_LEFT_TOP;

	assert_int_equal(calibrate(fixture, 7, 52), 0);
	press_at(fixture, PAD_LEFT_MIDDLE, 12, 72, 300);
	assert_float_equal(pad_at(fixture, PAD_LEFT_MIDDLE).x, 10, 0.1);
	assert_true(film_take_warning(fixture->film, &pad));
	assert_int_equal(pad, PAD_LEFT_MIDDLE);
	press_at(fixture, PAD_LEFT_MIDDLE, 12, 72, 300);
	assert_false(film_take_warning(fixture->film, &pad));
}

/* Only presses that ended well say where a pad is. */
static void
other_phases_move_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct core_press press = {.press = 1, .pad = PAD_LEFT_TOP, .landed = {9, 52}};
	struct mm_point before = pad_at(fixture, PAD_LEFT_TOP);

	for (unsigned i = 0; i < 300; i++) {
		press.phase = PRESS_DOWN;
		assert_false(film_press(fixture->film, &press));
		press.phase = PRESS_HOLD;
		assert_false(film_press(fixture->film, &press));
		press.phase = PRESS_CANCEL;
		assert_false(film_press(fixture->film, &press));
	}
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, before.x, 0);
}

static void
bad_file(void **state)
{
	struct fixture *fixture = *state;
	struct mm_point before = pad_at(fixture, PAD_LEFT_TOP);
	g_autofree char *file = NULL, *text = NULL, *expected = NULL;
	g_autoptr(GString) broken = NULL;

	assert_int_equal(calibrate(fixture, 7, 52), 0);
	stop(fixture);
	file = only_file(fixture);
	assert_true(g_file_get_contents(file, &text, NULL, NULL));
	/* Readable, but two pads in one place: the second one is wrong. */
	broken = g_string_new(text);
	assert_int_equal(g_string_replace(broken, "Y=72.000", "Y=55.000", 1), 1);
	assert_true(g_file_set_contents(file, broken->str, -1, NULL));
	start(fixture, &phone);
	expected = g_strdup_printf("%s:13: left-middle is less than 12 mm from left-top", file);
	assert_string_equal(film_problem(fixture->film), expected);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, before.x, 0);
	assert_float_equal(film_major_scale(fixture->film), 1, 0);
	/* Half of it. */
	stop(fixture);
	g_string_truncate(broken, 150);
	assert_true(g_file_set_contents(file, broken->str, -1, NULL));
	start(fixture, &phone);
	assert_non_null(film_problem(fixture->film));
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, before.x, 0);
	/* And it is cured by calibrating. */
	assert_int_equal(calibrate(fixture, 7, 52), 0);
	assert_null(film_problem(fixture->film));
	stop(fixture);
	start(fixture, &phone);
	assert_null(film_problem(fixture->film));
}

/* A write fails in its middle: what was there stays, and nothing half is left over. */
static void
full_disk(void **state)
{
	struct fixture *fixture = *state;
	struct rlimit old, small;
	g_autofree char *file = NULL;

	assert_int_equal(calibrate(fixture, 7, 52), 0);
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 100;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(calibrate(fixture, 9, 50), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	/* In force is what was, and so is what is kept. */
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 7, 1e-3);
	file = only_file(fixture);
	assert_true(g_str_has_suffix(file, ".calibration"));
	stop(fixture);
	start(fixture, &phone);
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 7, 1e-3);
}

static void
folder_that_cannot_be(void **state)
{
	struct fixture *fixture = *state;

	/* In place of the folder a file; the same call fails on a read-only disk. */
	assert_true(g_file_set_contents(fixture->state, "x", 1, NULL));
	assert_int_equal(calibrate(fixture, 7, 52), -ENOTDIR);
	g_unlink(fixture->state);
	assert_int_equal(calibrate(fixture, 7, 52), 0);
}

/* What is being written when the driver ends is written, and nobody is told. */
static void
ends_while_writing(void **state)
{
	struct fixture *fixture = *state;
	struct link_calibration_set set = places(7, 52);
	struct calibration calibration;

	for (unsigned i = 0; i < 20; i++) {
		set = places(7 + 0.1 * i, 52);
		assert_int_equal(film_measure(fixture->film, &set, &calibration), 0);
		film_save(fixture->film, &calibration, on_saved, fixture, i);
	}
	calibration_store_forget(fixture->store, fixture);
	stop(fixture);
	assert_int_equal(fixture->saved, 0);
	start(fixture, &phone);
	/* The last one, in order. */
	assert_float_equal(pad_at(fixture, PAD_LEFT_TOP).x, 8.9, 1e-3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(default_film),
	    TEST(calibrated_and_read_again),
	    TEST(another_panel_has_its_own),
	    TEST(turned_panel),
	    TEST(places_that_cannot_be),
	    TEST(no_size),
	    TEST(creeping_is_kept),
	    TEST(creeping_of_the_default_film_is_kept),
	    TEST(crept_too_far),
	    TEST(other_phases_move_nothing),
	    TEST(bad_file),
	    TEST(full_disk),
	    TEST(folder_that_cannot_be),
	    TEST(ends_while_writing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
