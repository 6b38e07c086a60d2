/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading accelerometers as the kernel shows them, from a folder that looks like its own: scales,
 * mounting, devices that are none, one that goes away or gives nonsense.
 * Run by tests/run.
 * Owns the folder.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <math.h>

#include "daemon/accelerometer.h"
#include "tests/support/folder.h"

/* No single step takes longer, on the slowest machine with sanitizers. */
#define PATIENCE_MS 60000

struct fixture {
	char *folder;
	struct accelerometer *accelerometer;
	unsigned samples;
	bool lost;
	struct acceleration last;
};

static void
on_sample(void *data, const struct acceleration *acceleration, struct usec time)
{
	struct fixture *fixture = data;

	(void)time;
	fixture->samples++;
	fixture->last = *acceleration;
}

static void
on_lost(void *data)
{
	((struct fixture *)data)->lost = true;
}

static int
setup(void **state)
{
	static const struct accelerometer_events events = {on_sample, on_lost};
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->folder = folder_new("accelerometer");
	fixture->accelerometer = accelerometer_new(fixture->folder, &events, fixture);
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	accelerometer_free(fixture->accelerometer);
	folder_remove(fixture->folder);
	g_free(fixture->folder);
	g_free(fixture);
	return 0;
}

static void
put(struct fixture *fixture, const char *device, const char *name, const char *text)
{
	g_autofree char *folder = g_build_filename(fixture->folder, device, NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);

	(void)g_mkdir(folder, 0700);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
put_axes(struct fixture *fixture, const char *device, const char *x, const char *y, const char *z)
{
	put(fixture, device, "in_accel_x_raw", x);
	put(fixture, device, "in_accel_y_raw", y);
	put(fixture, device, "in_accel_z_raw", z);
}

static gboolean
on_patience(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

/* Until so many samples came, or it is lost. */
static void
await(struct fixture *fixture, unsigned samples)
{
	bool over = false;
	guint timer = g_timeout_add(PATIENCE_MS, on_patience, &over);

	while (fixture->samples < samples && !fixture->lost && !over)
		g_main_context_iteration(NULL, TRUE);
	assert_false(over);
	g_source_remove(timer);
}

static void
expect(const struct fixture *fixture, double x, double y, double z)
{
	if (fabs(fixture->last.x - x) > 0.01 || fabs(fixture->last.y - y) > 0.01 ||
	    fabs(fixture->last.z - z) > 0.01)
		fail_msg("%.2f %.2f %.2f", fixture->last.x, fixture->last.y, fixture->last.z);
}

static void
scaled_and_mounted(void **state)
{
	struct fixture *fixture = *state;

	/* A light sensor beside it, as on most phones. */
	put(fixture, "iio:device0", "in_illuminance_raw", "12\n");
	put_axes(fixture, "iio:device1", "16384\n", "-32\n", "0\n");
	put(fixture, "iio:device1", "in_accel_scale", "0.000598550\n");
	/* Turned by a quarter: what it calls x is up. */
	put(fixture, "iio:device1", "in_accel_mount_matrix", "0, -1, 0; 1, 0, 0; 0, 0, 1\n");
	accelerometer_start(fixture->accelerometer);
	await(fixture, 2);
	expect(fixture, 0.019, 9.807, 0);
	/* Another word of the sensor is another sample. */
	put_axes(fixture, "iio:device1", "0\n", "0\n", "16384\n");
	accelerometer_stop(fixture->accelerometer);
	accelerometer_start(fixture->accelerometer);
	await(fixture, fixture->samples + 1);
	expect(fixture, 0, 0, 9.807);
	assert_false(fixture->lost);
	/* Stopped, it is silent. */
	accelerometer_stop(fixture->accelerometer);
	fixture->samples = 0;
	while (g_main_context_iteration(NULL, FALSE))
		continue;
	assert_int_equal(fixture->samples, 0);
}

static void
offset_and_a_scale_for_each_axis(void **state)
{
	struct fixture *fixture = *state;

	put_axes(fixture, "iio:device0", "100", "100", "1100");
	put(fixture, "iio:device0", "in_accel_x_scale", "0.0098");
	put(fixture, "iio:device0", "in_accel_offset", "-100");
	put(fixture, "iio:device0", "mount_matrix", "nonsense");
	accelerometer_start(fixture->accelerometer);
	await(fixture, 1);
	expect(fixture, 0, 0, 9.8);
}

static void
there_is_none(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "iio:device0", "in_illuminance_raw", "12\n");
	put(fixture, "iio:device1", "in_accel_x_raw", "12\n");
	accelerometer_start(fixture->accelerometer);
	await(fixture, 1);
	assert_true(fixture->lost);
	assert_int_equal(fixture->samples, 0);
}

/* The kernel says EBUSY, or the device is gone: what cannot be read is no number. */
static void
it_says_nothing_more(void **state)
{
	struct fixture *fixture = *state;

	put_axes(fixture, "iio:device0", "0\n", "9\n", "busy\n");
	accelerometer_start(fixture->accelerometer);
	await(fixture, 1);
	assert_true(fixture->lost);
	/* It may be there again the next time. */
	fixture->lost = false;
	put_axes(fixture, "iio:device0", "0\n", "9\n", "0\n");
	accelerometer_start(fixture->accelerometer);
	await(fixture, 1);
	assert_false(fixture->lost);
	expect(fixture, 0, 9, 0);
}

static bool
is_alone(void)
{
	g_autoptr(GDir) tasks = g_dir_open("/proc/self/task", 0, NULL);

	return g_dir_read_name(tasks) && !g_dir_read_name(tasks);
}

/* While nobody turns the loop its thread has something to tell, and may not do so by itself: the
 * daemon's objects are the loop's. */
static void
nobody_turns_the_loop(void **state)
{
	struct fixture *fixture = *state;
	gint64 end = g_get_monotonic_time() + (gint64)PATIENCE_MS * 1000;

	accelerometer_start(fixture->accelerometer);
	while (!is_alone() && g_get_monotonic_time() < end)
		g_thread_yield();
	assert_true(is_alone());
	assert_false(fixture->lost);
	await(fixture, 1);
	assert_true(fixture->lost);
}

int
main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(scaled_and_mounted),    TEST(offset_and_a_scale_for_each_axis),
	    TEST(there_is_none),         TEST(it_says_nothing_more),
	    TEST(nobody_turns_the_loop),
	};

	return cmocka_run_group_tests_name("accelerometer", tests, NULL, NULL);
}
