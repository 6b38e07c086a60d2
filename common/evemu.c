/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Evemu recordings from files and to streams.
 * Called by sidetouchctl replay and record, the tests and the fuzzers.
 * Owns the text of a file while it is read; recordings belong to the caller.
 */
#include "common/evemu.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/input.h>
#include <sys/stat.h>

#include "common/cleanup.h"
#include "common/evemu_private.h"

/* A day of a panel that sends 120 frames of ten contacts a second is 3 GB; an hour is plenty. */
#define FILE_SIZE_MAX (256 << 20)
/* How much is read at a time. */
#define CHUNK_SIZE (64 << 10) /* what a pipe holds: one system call's worth */

G_DEFINE_QUARK(sidetouch - evemu - error - quark, evemu_error)

static bool
fail_read(GError **error, const char *path, const char *what)
{
	g_set_error(error, EVEMU_ERROR, EVEMU_ERROR_READ, "%s: %s", path, what);
	return false;
}

/* Never waits: a FIFO or a terminal is refused, not read. */
static int
open_regular(const char *path, GError **error)
{
	_autoclose_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;

	if (fd < 0 || fstat(fd, &status) < 0) {
		fail_read(error, path, g_strerror(errno));
		return -1;
	}
	if (!S_ISREG(status.st_mode)) {
		fail_read(error, path, "this is no regular file, so no recording");
		return -1;
	}
	return steal_fd(&fd);
}

static bool
read_file(const char *path, GString *text, GError **error)
{
	_autoclose_ int fd = open_regular(path, error);

	if (fd < 0)
		return false;
	while (text->len <= FILE_SIZE_MAX) {
		gsize filled = text->len;
		ssize_t count;

		g_string_set_size(text, filled + CHUNK_SIZE);
		do
			count = read(fd, text->str + filled, CHUNK_SIZE);
		while (count < 0 && errno == EINTR);
		g_string_set_size(text, filled + (gsize)MAX(count, 0));
		if (count < 0)
			return fail_read(error, path, g_strerror(errno));
		if (count == 0)
			return true;
	}
	return fail_read(error, path, "this is larger than any recording; cut it in two");
}

static struct evemu_recording *
read_parts(const char *path, const struct evemu_device *description, enum evemu_part part,
	   GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (!read_file(path, text, error))
		return NULL;
	return evemu_parse_parts(path, text->str, text->len, description, part, error);
}

struct evemu_recording *
evemu_read(const char *path, const char *description_path, GError **error)
{
	struct evemu_recording *recording;
	struct evemu_device device;

	if (!description_path)
		return read_parts(path, NULL, EVEMU_PART_ALL, error);
	recording = read_parts(description_path, NULL, EVEMU_PART_DESCRIPTION, error);
	if (!recording)
		return NULL;
	device = recording->device;
	evemu_free(recording);
	return read_parts(path, &device, EVEMU_PART_ALL, error);
}

struct evemu_recording *
evemu_parse(const char *name, const char *text, size_t size, const struct evemu_device *description,
	    GError **error)
{
	return evemu_parse_parts(name, text, size, description, EVEMU_PART_ALL, error);
}

void
evemu_free(struct evemu_recording *recording)
{
	if (!recording)
		return;
	g_free(recording->events);
	g_free(recording);
}

static void
write_bytes(FILE *stream, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fprintf(stream, " %02x", bytes[i]);
	fputc('\n', stream);
}

/* How many lines of eight bytes a type's codes take. */
static unsigned
code_lines(unsigned type)
{
	static const uint16_t counts[EVEMU_TYPES] = {
	    [EV_SYN] = SYN_CNT, [EV_KEY] = KEY_CNT, [EV_REL] = REL_CNT, [EV_ABS] = ABS_CNT,
	    [EV_MSC] = MSC_CNT, [EV_SW] = SW_CNT,   [EV_LED] = LED_CNT, [EV_SND] = SND_CNT,
	    [EV_REP] = REP_CNT, [EV_FF] = FF_CNT,
	};

	return (counts[type] + 63U) / 64U;
}

int
evemu_write_description(FILE *stream, const struct evemu_device *device)
{
	fprintf(stream, "# EVEMU 1.3\nN: %s\nI: %04x %04x %04x %04x\nP:", device->name, device->bus,
		device->vendor, device->product, device->version);
	write_bytes(stream, device->properties, sizeof(device->properties));
	for (unsigned type = 0; type < EVEMU_TYPES; type++) {
		for (unsigned line = 0; line < code_lines(type); line++) {
			fprintf(stream, "B: %02x", type);
			write_bytes(stream, &device->codes[type][(size_t)line * 8], 8);
		}
	}
	for (unsigned code = 0; code <= ABS_MAX; code++) {
		const struct evemu_abs *axis = &device->abs[code];

		if (axis->present)
			fprintf(stream,
				"A: %02x %" PRId32 " %" PRId32 " %" PRId32 " %" PRId32 " %" PRId32
				"\n",
				code, axis->minimum, axis->maximum, axis->fuzz, axis->flat,
				axis->resolution);
	}
	return ferror(stream) ? -EIO : 0;
}

int
evemu_write_event(FILE *stream, const struct evemu_event *event)
{
	fprintf(stream, "E: %" PRIu64 ".%06" PRIu64 " %04x %04x %04" PRId32 "\n",
		event->stamp.us / 1000000, event->stamp.us % 1000000, event->type, event->code,
		event->value);
	return ferror(stream) ? -EIO : 0;
}
