/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The link's table: sizes and ranges of each message, and nothing else.
 * common/packet reads it on both ends; the fuzzer feeds it with anything.
 * Owns only the constant table.
 */
#include "common/link.h"

#include <linux/input-event-codes.h>
#include <math.h>
#include <string.h>

#include "common/cleanup.h"
#include <glib.h>

#define LINK_SLOTS_MAX 64u

static bool
driver_hello_valid(const struct packet_header *header)
{
	const struct link_driver_hello *message = (const void *)header;

	return message->can_type <= 1 && message->buzz <= LINK_BUZZ_OFF && message->reserved == 0;
}

static bool
refused_valid(const struct packet_header *header)
{
	const struct link_refused *message = (const void *)header;

	return message->reason >= LINK_REFUSED_USER && message->reason <= LINK_REFUSED_BUSY;
}

static bool
panel_valid(const struct packet_header *header)
{
	const struct link_panel *message = (const void *)header;

	return message->state >= LINK_PANEL_WAITING && message->state <= LINK_PANEL_GONE &&
	       message->width_um <= LINK_SIZE_MAX_UM && message->height_um <= LINK_SIZE_MAX_UM &&
	       message->slots <= LINK_SLOTS_MAX &&
	       memchr(message->name, '\0', sizeof(message->name)) &&
	       g_utf8_validate(message->name, -1, NULL);
}

static bool
press_valid(const struct packet_header *header)
{
	const struct link_press *message = (const void *)header;

	return message->pad < PAD_COUNT && message->phase < PRESS_PHASE_COUNT &&
	       message->time_us >= message->down_us;
}

static bool
chord_valid(const struct packet_header *header)
{
	const struct link_chord *message = (const void *)header;

	return message->pads[0] < message->pads[1] && message->pads[1] < PAD_COUNT &&
	       message->phase < PRESS_PHASE_COUNT && message->time_us >= message->down_us;
}

static bool
notice_valid(const struct packet_header *header)
{
	const struct link_notice *message = (const void *)header;

	return message->kind >= LINK_NOTICE_ESCAPE_ON && message->kind <= LINK_NOTICE_BESIDE &&
	       memchr(message->text, '\0', sizeof(message->text)) &&
	       g_utf8_validate(message->text, -1, NULL);
}

static bool
key_done_valid(const struct packet_header *header)
{
	const struct link_key_done *message = (const void *)header;

	return message->error <= 0 && message->error > -4096;
}

static bool
type_key_valid(const struct packet_header *header)
{
	const struct link_type_key *message = (const void *)header;

	return message->key > KEY_RESERVED && message->key < BTN_MISC &&
	       (message->modifiers & ~LINK_MODIFIER_MASK) == 0;
}

static bool
watch_valid(const struct packet_header *header)
{
	const struct link_watch *message = (const void *)header;

	return message->on <= 1;
}

static bool
place_valid(int32_t x_um, int32_t y_um)
{
	/* A little beyond the glass is possible: panels that are mounted askew, thumbs at a rim. */
	const int32_t limit = LINK_SIZE_MAX_UM;

	return x_um >= -limit && x_um <= limit && y_um >= -limit && y_um <= limit;
}

static bool
sample_valid(const struct packet_header *header)
{
	const struct link_sample *message = (const void *)header;

	return message->phase < PRESS_PHASE_COUNT && message->phase != PRESS_HOLD &&
	       place_valid(message->x_um, message->y_um) &&
	       message->travel_um <= 2 * LINK_SIZE_MAX_UM &&
	       message->major_um <= LINK_SIZE_MAX_UM && message->reserved == 0 &&
	       message->time_us >= message->down_us;
}

static bool
calibration_done_valid(const struct packet_header *header)
{
	const struct link_calibration_done *message = (const void *)header;

	return (message->request == LINK_CALIBRATE || message->request == LINK_CALIBRATION_SET) &&
	       message->reserved == 0 && message->error <= 0 && message->error > -4096;
}

static bool
ear_valid(const struct packet_header *header)
{
	const struct link_ear *message = (const void *)header;

	return message->kind < EAR_KIND_COUNT && place_valid(message->by_x_um, message->by_y_um);
}

static bool
ear_seen_valid(const struct packet_header *header)
{
	const struct link_ear_seen *message = (const void *)header;

	return message->patches > 0 && message->patches <= LINK_SLOTS_MAX &&
	       message->size_um <= 2 * LINK_SIZE_MAX_UM && message->ear <= 1;
}

static bool
proximity_valid(const struct packet_header *header)
{
	const struct link_proximity *message = (const void *)header;

	return message->proximity < EAR_PROXIMITY_COUNT;
}

static bool
ear_mode_valid(const struct packet_header *header)
{
	const struct link_ear_mode *message = (const void *)header;

	return message->on <= 1;
}

static bool
ear_learn_valid(const struct packet_header *header)
{
	const struct link_ear_learn *message = (const void *)header;

	return message->on <= 1;
}

static bool
hold_key_valid(const struct packet_header *header)
{
	const struct link_hold_key *message = (const void *)header;

	return message->key > KEY_RESERVED && message->key < BTN_MISC &&
	       (message->modifiers & ~LINK_MODIFIER_MASK) == 0 && message->down <= 1;
}

static bool
buzz_valid(const struct packet_header *header)
{
	const struct link_buzz *message = (const void *)header;

	return message->kind >= LINK_BUZZ_PRESS && message->kind <= LINK_BUZZ_ARMED;
}

static bool
calibrate_valid(const struct packet_header *header)
{
	const struct link_calibrate *message = (const void *)header;

	return message->on <= 1;
}

static bool
calibration_set_valid(const struct packet_header *header)
{
	const struct link_calibration_set *message = (const void *)header;

	if (message->major_permille != 0 && (message->major_permille < LINK_MAJOR_MIN_PERMILLE ||
					     message->major_permille > LINK_MAJOR_MAX_PERMILLE))
		return false;
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		const struct link_calibration_pad *pad = &message->pads[i];

		if (!place_valid(pad->x_um, pad->y_um) || pad->radius_um < LINK_RADIUS_MIN_UM ||
		    pad->radius_um > LINK_RADIUS_MAX_UM)
			return false;
	}
	return true;
}

#define FIXED(structure) sizeof(struct structure), sizeof(struct structure)

static const struct packet_spec link_specs[] = {
    {LINK_DRIVER_HELLO, "driver hello", PACKET_FROM_SERVER, FIXED(link_driver_hello),
     driver_hello_valid},
    {LINK_REFUSED, "refused", PACKET_FROM_SERVER, FIXED(link_refused), refused_valid},
    {LINK_PANEL, "panel", PACKET_FROM_SERVER, FIXED(link_panel), panel_valid},
    {LINK_PRESS, "press", PACKET_FROM_SERVER, FIXED(link_press), press_valid},
    {LINK_TOUCH, "touch", PACKET_FROM_SERVER, FIXED(link_touch), NULL},
    {LINK_KEY_DONE, "key done", PACKET_FROM_SERVER, FIXED(link_key_done), key_done_valid},
    {LINK_CHORD, "chord", PACKET_FROM_SERVER, FIXED(link_chord), chord_valid},
    {LINK_NOTICE, "notice", PACKET_FROM_SERVER, FIXED(link_notice), notice_valid},
    {LINK_EAR, "ear", PACKET_FROM_SERVER, FIXED(link_ear), ear_valid},
    {LINK_EAR_SEEN, "ear seen", PACKET_FROM_SERVER, FIXED(link_ear_seen), ear_seen_valid},
    {LINK_EAR_KEY, "ear key", PACKET_FROM_SERVER, FIXED(link_ear_key), NULL},
    {LINK_SAMPLE, "sample", PACKET_FROM_SERVER, FIXED(link_sample), sample_valid},
    {LINK_CALIBRATION_DONE, "calibration done", PACKET_FROM_SERVER, FIXED(link_calibration_done),
     calibration_done_valid},
    {LINK_DAEMON_HELLO, "daemon hello", PACKET_FROM_CLIENT, FIXED(link_daemon_hello), NULL},
    {LINK_TYPE_KEY, "type key", PACKET_FROM_CLIENT, FIXED(link_type_key), type_key_valid},
    {LINK_WATCH, "watch", PACKET_FROM_CLIENT, FIXED(link_watch), watch_valid},
    {LINK_SEEN, "seen", PACKET_FROM_CLIENT, FIXED(link_seen), NULL},
    {LINK_PROXIMITY, "proximity", PACKET_FROM_CLIENT, FIXED(link_proximity), proximity_valid},
    {LINK_EAR_MODE, "ear mode", PACKET_FROM_CLIENT, FIXED(link_ear_mode), ear_mode_valid},
    {LINK_EAR_LEARN, "ear learn", PACKET_FROM_CLIENT, FIXED(link_ear_learn), ear_learn_valid},
    {LINK_HOLD_KEY, "hold key", PACKET_FROM_CLIENT, FIXED(link_hold_key), hold_key_valid},
    {LINK_BUZZ, "buzz", PACKET_FROM_CLIENT, FIXED(link_buzz), buzz_valid},
    {LINK_CALIBRATE, "calibrate", PACKET_FROM_CLIENT, FIXED(link_calibrate), calibrate_valid},
    {LINK_CALIBRATION_SET, "calibration set", PACKET_FROM_CLIENT, FIXED(link_calibration_set),
     calibration_set_valid},
};

const struct packet_protocol link_protocol = {
    .name = "link",
    .version = LINK_VERSION,
    .specs = link_specs,
    .spec_count = ARRAY_LENGTH(link_specs),
};

static int32_t
um(double mm)
{
	const double limit = LINK_SIZE_MAX_UM;

	return (int32_t)fmax(-limit, fmin(limit, mm * 1000));
}

void
link_ear_init(struct link_ear *message, const struct ear_event *event)
{
	message->kind = event->kind;
	message->by_x_um = um(event->by.x);
	message->by_y_um = um(event->by.y);
	message->time_us = event->time.us;
}

void
link_ear_seen_init(struct link_ear_seen *message, const struct ear_seen *seen)
{
	message->patches = seen->patches > 0 ? MIN(seen->patches, LINK_SLOTS_MAX) : 1;
	message->size_um = (uint32_t)um(fmax(0, seen->size_mm));
	message->ear = seen->ear;
	message->lasted_us = seen->lasted.us;
}

const char *
link_panel_state_to_str(enum link_panel_state state)
{
	switch (state) {
	case LINK_PANEL_WAITING:
		return "waiting";
	case LINK_PANEL_READY:
		return "ready";
	case LINK_PANEL_REFUSED:
		return "refused";
	case LINK_PANEL_NO_CLONE:
		return "no-clone";
	case LINK_PANEL_NO_SIZE:
		return "no-size";
	case LINK_PANEL_GONE:
		return "gone";
	}
	return "unknown";
}

const char *
link_notice_kind_to_str(enum link_notice_kind kind)
{
	switch (kind) {
	case LINK_NOTICE_ESCAPE_ON:
		return "escape-on";
	case LINK_NOTICE_ESCAPE_OFF:
		return "escape-off";
	case LINK_NOTICE_BAD_FILE:
		return "bad-file";
	case LINK_NOTICE_FILM_CREPT:
		return "film-crept";
	case LINK_NOTICE_RECORD_ON:
		return "record-on";
	case LINK_NOTICE_RECORD_OFF:
		return "record-off";
	case LINK_NOTICE_MONITOR_ON:
		return "monitor-on";
	case LINK_NOTICE_MONITOR_OFF:
		return "monitor-off";
	case LINK_NOTICE_BESIDE:
		return "beside";
	}
	return "unknown";
}
