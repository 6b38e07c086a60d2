/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading and writing evemu recordings: a device's description and its events, in one file or two.
 * Used by replay, the tests and the fuzzers; understands what evemu 1.0 to 1.3 and libinput wrote.
 * A recording owns its arrays; nothing of it points into the file.
 */
#ifndef SIDETOUCH_EVEMU_H
#define SIDETOUCH_EVEMU_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/units.h"

#define EVEMU_TYPES      0x20 /* EV_CNT */
#define EVEMU_CODE_BYTES 96   /* KEY_CNT bits: no type has more codes */

struct evemu_abs {
	bool present;
	int32_t minimum;
	int32_t maximum;
	int32_t fuzz;
	int32_t flat;
	int32_t resolution; /* units a mm, 0 unknown */
};

struct evemu_device {
	char name[256];
	uint16_t bus, vendor, product, version;
	uint8_t properties[8]; /* bits of INPUT_PROP_... */
	/* Bits of the codes of each EV_... type; [0] has those of EV_SYN. */
	uint8_t codes[EVEMU_TYPES][EVEMU_CODE_BYTES];
	struct evemu_abs abs[0x40];
};

static inline bool
evemu_has_code(const struct evemu_device *device, uint16_t type, uint16_t code)
{
	return type < EVEMU_TYPES && code < EVEMU_CODE_BYTES * 8 &&
	       (device->codes[type][code / 8] >> code % 8 & 1) != 0;
}

struct evemu_event {
	struct usec time;  /* since the recording's first event; never goes back */
	struct usec stamp; /* as it stands in the file, where it may */
	uint16_t type;
	uint16_t code;
	int32_t value;
};

struct evemu_recording {
	struct evemu_device device;
	struct usec start; /* the first event's time as it stands in the file */
	struct evemu_event *events;
	size_t event_count;
};

#define EVEMU_ERROR (evemu_error_quark())
GQuark evemu_error_quark(void);
enum evemu_error {
	EVEMU_ERROR_READ,   /* the file cannot be read */
	EVEMU_ERROR_FORMAT, /* FILE:LINE: what is wrong */
};

/*
 * Read a recording. description_path may be NULL: then path holds both. A file that is cut off,
 * holds no event, or is something else is an error with a message "FILE:LINE: what is wrong".
 * Only regular files are read: nothing is waited for. A time before the one above it counts as
 * that one. An axis may end before it begins, as some panels say.
 */
struct evemu_recording *evemu_read(const char *path, const char *description_path, GError **error);
/*
 * The same from text in memory, size bytes; name stands for the file in messages. With a
 * description given, one in the text is checked but not used.
 */
struct evemu_recording *evemu_parse(const char *name, const char *text, size_t size,
				    const struct evemu_device *description, GError **error);
void evemu_free(struct evemu_recording *recording);

/* Write the description (evemu 1.3), and one event line with event->stamp; 0 or -errno. */
int evemu_write_description(FILE *stream, const struct evemu_device *device);
int evemu_write_event(FILE *stream, const struct evemu_event *event);

#endif
