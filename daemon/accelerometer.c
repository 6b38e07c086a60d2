/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds a device with in_accel_{x,y,z}_raw, and reads it twenty times a second.
 * Called by daemon/earside in its loop; the reading thread ends by itself when it is stopped.
 * Owns what struct accelerometer and a struct reading hold.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/accelerometer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/cleanup.h"

/* A step of 10 degrees, turned in 0.2 s by a quick wrist, has four samples. */
#define PERIOD_MS 50
/* A number of the kernel's and its line's end. */
#define NUMBER_BYTES 64

/* From one start to its stop, shared by the loop and the thread. */
struct reading {
	gint references;
	gint ended; /* atomic: the loop wants no more */
	GMainContext *context;
	struct accelerometer *accelerometer; /* only the loop's thread looks; NULL: stopped */
	char *folder;
	/* The thread's. */
	int fds[3];
	double scale;
	double offset;
	double mount[9];
	GMutex mutex;
	GCond cond;
};

struct accelerometer {
	char *folder;
	struct accelerometer_events events;
	void *data;
	struct reading *reading; /* NULL: stopped */
};

struct told {
	struct reading *reading;
	bool lost;
	struct acceleration acceleration;
	struct usec time;
};

static void
reading_unref(struct reading *reading)
{
	if (!g_atomic_int_dec_and_test(&reading->references))
		return;
	for (unsigned i = 0; i < ARRAY_LENGTH(reading->fds); i++) {
		if (reading->fds[i] >= 0)
			close(reading->fds[i]);
	}
	g_main_context_unref(reading->context);
	g_mutex_clear(&reading->mutex);
	g_cond_clear(&reading->cond);
	g_free(reading->folder);
	g_free(reading);
}

/* --- the thread --- */

static bool
parse_number(const char *text, double *out)
{
	char *end;

	*out = g_ascii_strtod(text, &end);
	return end != text && (*end == '\0' || *end == '\n');
}

static bool
read_number(int fd, double *out)
{
	char text[NUMBER_BYTES];
	ssize_t size = pread(fd, text, sizeof(text) - 1, 0);

	if (size <= 0)
		return false;
	text[size] = '\0';
	return parse_number(text, out);
}

static int
open_in(const char *device, const char *name)
{
	g_autofree char *path = g_build_filename(device, name, NULL);

	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

/* One number of a device, or what it is when the device does not say. */
static double
number_in(const char *device, const char *name, double otherwise)
{
	_autoclose_ int fd = open_in(device, name);
	double number;

	return fd >= 0 && read_number(fd, &number) ? number : otherwise;
}

/* "0, 1, 0; -1, 0, 0; 0, 0, 1": how the sensor is mounted. */
static bool
parse_mount(const char *text, double *mount)
{
	for (unsigned i = 0; i < 9; i++) {
		char *end;

		mount[i] = g_ascii_strtod(text, &end);
		if (end == text)
			return false;
		text = end + strspn(end, " ,;\n");
	}
	return true;
}

static void
read_mount(const char *device, double *mount)
{
	static const char *const names[] = {"in_accel_mount_matrix", "in_mount_matrix",
					    "mount_matrix"};
	static const double identity[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};

	for (unsigned i = 0; i < ARRAY_LENGTH(names); i++) {
		g_autofree char *path = g_build_filename(device, names[i], NULL);
		g_autofree char *text = NULL;

		if (g_file_get_contents(path, &text, NULL, NULL) && parse_mount(text, mount))
			return;
	}
	memcpy(mount, identity, sizeof(identity));
}

static bool
open_device(struct reading *reading, const char *device)
{
	static const char *const names[] = {"in_accel_x_raw", "in_accel_y_raw", "in_accel_z_raw"};
	bool all = true;

	for (unsigned i = 0; i < ARRAY_LENGTH(names); i++) {
		if (reading->fds[i] >= 0)
			close(reading->fds[i]);
		reading->fds[i] = open_in(device, names[i]);
		all &= reading->fds[i] >= 0;
	}
	if (!all)
		return false;
	/* Some give one scale for all axes, some one each, which are the same. */
	reading->scale =
	    number_in(device, "in_accel_scale", number_in(device, "in_accel_x_scale", 1));
	reading->offset = number_in(device, "in_accel_offset", 0);
	read_mount(device, reading->mount);
	return true;
}

/* The first one that has all three axes. */
static bool
find_device(struct reading *reading)
{
	g_autoptr(GDir) folder = g_dir_open(reading->folder, 0, NULL);
	const char *name;

	while (folder && (name = g_dir_read_name(folder))) {
		g_autofree char *device = g_build_filename(reading->folder, name, NULL);

		if (open_device(reading, device))
			return true;
	}
	return false;
}

static bool
read_acceleration(struct reading *reading, struct acceleration *out)
{
	const double *m = reading->mount;
	double raw[3];

	for (unsigned i = 0; i < 3; i++) {
		if (!read_number(reading->fds[i], &raw[i]))
			return false;
		raw[i] = (raw[i] + reading->offset) * reading->scale;
	}
	out->x = m[0] * raw[0] + m[1] * raw[1] + m[2] * raw[2];
	out->y = m[3] * raw[0] + m[4] * raw[1] + m[5] * raw[2];
	out->z = m[6] * raw[0] + m[7] * raw[1] + m[8] * raw[2];
	return true;
}

static gboolean
on_told(void *data)
{
	const struct told *told = data;
	struct accelerometer *accelerometer = told->reading->accelerometer;

	if (!accelerometer)
		return G_SOURCE_REMOVE;
	if (told->lost) {
		accelerometer_stop(accelerometer);
		accelerometer->events.lost(accelerometer->data);
	} else {
		accelerometer->events.sample(accelerometer->data, &told->acceleration, told->time);
	}
	return G_SOURCE_REMOVE;
}

static void
told_free(void *data)
{
	struct told *told = data;

	reading_unref(told->reading);
	g_free(told);
}

static void
tell(struct reading *reading, const struct acceleration *acceleration)
{
	struct told *told = g_new0(struct told, 1);
	g_autoptr(GSource) source = g_idle_source_new();

	g_atomic_int_inc(&reading->references);
	told->reading = reading;
	told->lost = !acceleration;
	told->time = usec_from_us((uint64_t)g_get_monotonic_time());
	if (acceleration)
		told->acceleration = *acceleration;
	/* Not g_main_context_invoke(), which does it here and now while nobody turns the loop: at
	 * the daemon's start, in a call that waits, at its end. */
	g_source_set_priority(source, G_PRIORITY_DEFAULT);
	g_source_set_callback(source, on_told, told, told_free);
	g_source_attach(source, reading->context);
}

/* False: the loop wants no more. */
static bool
wait_for_next(struct reading *reading)
{
	gint64 until = g_get_monotonic_time() + (gint64)PERIOD_MS * 1000;
	bool on = true;

	g_mutex_lock(&reading->mutex);
	while (!g_atomic_int_get(&reading->ended) && on)
		on = g_cond_wait_until(&reading->cond, &reading->mutex, until);
	g_mutex_unlock(&reading->mutex);
	return !g_atomic_int_get(&reading->ended);
}

static void *
run(void *data)
{
	struct reading *reading = data;
	struct acceleration acceleration;
	bool there = find_device(reading);

	while (there && read_acceleration(reading, &acceleration)) {
		tell(reading, &acceleration);
		if (!wait_for_next(reading))
			break;
	}
	if (!g_atomic_int_get(&reading->ended))
		tell(reading, NULL);
	reading_unref(reading);
	return NULL;
}

/* --- the loop --- */

struct accelerometer *
accelerometer_new(const char *folder, const struct accelerometer_events *events, void *data)
{
	struct accelerometer *accelerometer = g_new0(struct accelerometer, 1);

	accelerometer->folder = g_strdup(folder);
	accelerometer->events = *events;
	accelerometer->data = data;
	return accelerometer;
}

struct accelerometer *
accelerometer_free(struct accelerometer *accelerometer)
{
	if (!accelerometer)
		return NULL;
	accelerometer_stop(accelerometer);
	g_free(accelerometer->folder);
	g_free(accelerometer);
	return NULL;
}

void
accelerometer_start(struct accelerometer *accelerometer)
{
	struct reading *reading;

	if (accelerometer->reading)
		return;
	reading = g_new0(struct reading, 1);
	reading->references = 2;
	reading->context = g_main_context_ref_thread_default();
	reading->accelerometer = accelerometer;
	reading->folder = g_strdup(accelerometer->folder);
	for (unsigned i = 0; i < ARRAY_LENGTH(reading->fds); i++)
		reading->fds[i] = -1;
	g_mutex_init(&reading->mutex);
	g_cond_init(&reading->cond);
	accelerometer->reading = reading;
	g_thread_unref(g_thread_new("accelerometer", run, reading));
}

void
accelerometer_stop(struct accelerometer *accelerometer)
{
	struct reading *reading = accelerometer->reading;

	if (!reading)
		return;
	accelerometer->reading = NULL;
	reading->accelerometer = NULL;
	g_mutex_lock(&reading->mutex);
	g_atomic_int_set(&reading->ended, 1);
	g_cond_signal(&reading->cond);
	g_mutex_unlock(&reading->mutex);
	reading_unref(reading);
}
