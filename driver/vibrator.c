/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opens devices with force feedback, gives each its two effects once, and plays them.
 * Called by driver/driver.
 * Owns the devices; a thread owns one while it opens it.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/vibrator.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/input.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/cleanup.h"

/* A buzz is felt from about 20 ms on, since a motor has to get going; more than 50 ms is a hum. */
#define BUZZ_MS 40
/* Between the two of a double one: under 60 ms they are felt as one. */
#define GAP_MS 80
/* Of 0xffff: a small motor needs nearly all it can get in so short a time. */
#define MAGNITUDE 0xc000

/* One device, shared by us and, while it is opened, a thread. */
struct device {
	gint references;
	struct vibrator *vibrator; /* NULL: it was removed; only the loop's thread looks */
	GMainContext *context;
	char *syspath, *devnode;
	bool ready; /* the thread is done with it */
	int result;
	int fd;
	int16_t effects[LINK_BUZZ_ARMED]; /* by enum link_buzz_kind, from 1 */
};

struct vibrator {
	void (*changed)(void *data);
	void *data;
	GPtrArray *devices; /* of struct device */
};

static void
device_unref(void *data)
{
	struct device *device = data;

	if (!g_atomic_int_dec_and_test(&device->references))
		return;
	if (device->fd >= 0)
		close(device->fd);
	g_main_context_unref(device->context);
	g_free(device->syspath);
	g_free(device->devnode);
	g_free(device);
}

/* --- opening, on a thread of its own: a device that a program makes may take 30 s --- */

static bool
can(const unsigned char *bits, unsigned effect)
{
	return bits[effect / 8] & (1u << (effect % 8));
}

/* Motors rumble; a few can only repeat a wave, which feels the same. */
static struct ff_effect
make_effect(bool rumbles, unsigned delay_ms)
{
	struct ff_effect effect = {
	    .id = -1,
	    .type = rumbles ? FF_RUMBLE : FF_PERIODIC,
	    .replay = {.length = BUZZ_MS, .delay = (uint16_t)delay_ms},
	};

	if (rumbles) {
		effect.u.rumble.strong_magnitude = effect.u.rumble.weak_magnitude = MAGNITUDE;
	} else {
		effect.u.periodic.waveform = FF_SINE;
		effect.u.periodic.period = 10; /* ms; 100 Hz is what skin feels well */
		effect.u.periodic.magnitude = MAGNITUDE / 2;
	}
	return effect;
}

static int
upload(int fd, struct device *device)
{
	unsigned char bits[FF_CNT / 8 + 1] = {0};
	const unsigned delays_ms[LINK_BUZZ_ARMED] = {0, GAP_MS};
	bool rumbles;

	if (ioctl(fd, EVIOCGBIT(EV_FF, sizeof(bits)), bits) < 0)
		return -errno;
	rumbles = can(bits, FF_RUMBLE);
	if (!rumbles && !can(bits, FF_PERIODIC))
		return -ENOTSUP;
	for (unsigned i = 0; i < ARRAY_LENGTH(delays_ms); i++) {
		struct ff_effect effect = make_effect(rumbles, delays_ms[i]);

		if (ioctl(fd, EVIOCSFF, &effect) < 0)
			return -errno;
		device->effects[i] = effect.id;
	}
	return 0;
}

static int
open_device(struct device *device)
{
	_autoclose_ int fd = open(device->devnode, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	int r;

	if (fd < 0)
		return -errno;
	r = upload(fd, device);
	if (r == 0)
		device->fd = steal_fd(&fd);
	return r;
}

static gboolean
on_opened(void *data)
{
	struct device *device = data;
	struct vibrator *vibrator = device->vibrator;

	device->ready = true;
	if (!vibrator)
		return G_SOURCE_REMOVE;
	if (device->result < 0)
		g_message("%s does not vibrate (%s); tried again when udev speaks of it",
			  device->devnode, g_strerror(-device->result));
	else
		vibrator->changed(vibrator->data);
	return G_SOURCE_REMOVE;
}

static void *
thread_main(void *data)
{
	struct device *device = data;
	g_autoptr(GSource) source = g_idle_source_new();

	device->result = open_device(device);
	/* Its share of the device goes on to the loop. */
	g_source_set_callback(source, on_opened, device, device_unref);
	g_source_attach(source, device->context);
	return NULL;
}

/* --- from the loop --- */

static struct device *
find(const struct vibrator *vibrator, const char *syspath, guint *index)
{
	for (guint i = 0; i < vibrator->devices->len; i++) {
		struct device *device = g_ptr_array_index(vibrator->devices, i);

		*index = i;
		if (strcmp(device->syspath, syspath) == 0)
			return device;
	}
	return NULL;
}

static void
device_drop(void *data)
{
	struct device *device = data;

	device->vibrator = NULL;
	device_unref(device);
}

struct vibrator *
vibrator_new(void (*changed)(void *data), void *data)
{
	struct vibrator *vibrator = g_new0(struct vibrator, 1);

	vibrator->changed = changed;
	vibrator->data = data;
	vibrator->devices = g_ptr_array_new_with_free_func(device_drop);
	return vibrator;
}

struct vibrator *
vibrator_free(struct vibrator *vibrator)
{
	if (!vibrator)
		return NULL;
	g_ptr_array_unref(vibrator->devices);
	g_free(vibrator);
	return NULL;
}

void
vibrator_add(struct vibrator *vibrator, const char *syspath, const char *devnode)
{
	guint index;
	struct device *device = find(vibrator, syspath, &index);
	g_autoptr(GError) error = NULL;
	GThread *thread;

	if (device && (!device->ready || device->result == 0))
		return;
	/* It could not be opened before, and its permissions may be others now. */
	if (device)
		g_ptr_array_remove_index(vibrator->devices, index);
	device = g_new0(struct device, 1);
	*device = (struct device){
	    .references = 2,
	    .vibrator = vibrator,
	    .context = g_main_context_ref_thread_default(),
	    .syspath = g_strdup(syspath),
	    .devnode = g_strdup(devnode),
	    .fd = -1,
	};
	g_ptr_array_add(vibrator->devices, device);
	thread = g_thread_try_new("vibrator", thread_main, device, &error);
	if (thread) {
		g_thread_unref(thread);
		return;
	}
	g_message("%s does not vibrate: %s", devnode, error->message);
	device->ready = true;
	device->result = -EAGAIN;
	device_unref(device);
}

void
vibrator_remove(struct vibrator *vibrator, const char *syspath)
{
	guint index;

	if (!find(vibrator, syspath, &index))
		return;
	g_ptr_array_remove_index(vibrator->devices, index);
	vibrator->changed(vibrator->data);
}

static bool
works(const struct device *device)
{
	return device->ready && device->result == 0;
}

bool
vibrator_is_there(const struct vibrator *vibrator)
{
	for (guint i = 0; i < vibrator->devices->len; i++) {
		if (works(g_ptr_array_index(vibrator->devices, i)))
			return true;
	}
	return false;
}

void
vibrator_play(struct vibrator *vibrator, enum link_buzz_kind kind)
{
	for (guint i = 0; i < vibrator->devices->len; i++) {
		const struct device *device = g_ptr_array_index(vibrator->devices, i);
		/* The value is how often; each time begins with the effect's delay. */
		struct input_event play = {.type = EV_FF, .value = (int32_t)kind};
		ssize_t written;

		if (!works(device))
			continue;
		play.code = (uint16_t)device->effects[kind - 1];
		written = write(device->fd, &play, sizeof(play));
		(void)written; /* unplugged: udev will say so */
	}
}
