/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The link between sidetouch-driver (server) and an observer: `sidetouchctl record` or `monitor`.
 * SOCK_SEQPACKET beside the daemon's socket, checked by common/packet on both sides.
 *
 * One observer at a time is let in, while a daemon of the same user listens; the daemon is told
 * with a NOTICE before the observer learns of any touch, so that nobody is watched unheard. The
 * driver tells of all its PANELs, then READY; the observer has OBSERVE_START_MS to say START. An
 * observer that does not read what it is sent is hung up on, and so is one whose daemon goes.
 */
#ifndef SIDETOUCH_OBSERVE_LINK_H
#define SIDETOUCH_OBSERVE_LINK_H

#include <linux/input.h>

#include "common/packet.h"
#include "common/pad.h"

#define OBSERVE_VERSION 1
/* The observers' socket is the daemon's with this behind it. */
#define OBSERVE_SUFFIX ".observe"
/* A program that was started answers in a few ms; as for a daemon's hello (LINK_HELLO_MS). */
#define OBSERVE_START_MS 2000

#define OBSERVE_NAME_SIZE  80   /* bytes of a panel's name, its NUL included; uinput's limit */
#define OBSERVE_EVENTS_MAX 256  /* in one message: four full frames of ten contacts */
#define OBSERVE_TEXT_MAX   4096 /* bytes of a description's piece */

enum observe_type {
	/* driver to observer */
	OBSERVE_REFUSED = 1,
	OBSERVE_PANEL = 2,
	OBSERVE_READY = 3,
	OBSERVE_TEXT = 4,
	OBSERVE_EVENTS = 13, /* numbers that the daemon's link does not use */
	OBSERVE_CONTACT = 12,
	/* observer to driver */
	OBSERVE_START = 64,
};

enum observe_refusal {
	OBSERVE_REFUSED_USER = 1,   /* not the user of the active session of the seat */
	OBSERVE_REFUSED_BUSY = 2,   /* there is an observer */
	OBSERVE_REFUSED_DAEMON = 3, /* no daemon of this user listens, or it has gone */
	OBSERVE_REFUSED_PANEL = 4,  /* no such panel, or it is not in use, or has gone */
};

struct observe_refused {
	struct packet_header header;
	uint32_t reason; /* enum observe_refusal */
};

/* A panel that is in use. */
struct observe_panel {
	struct packet_header header;
	uint32_t panel;               /* what START calls it */
	uint32_t reserved;            /* 0 */
	char name[OBSERVE_NAME_SIZE]; /* valid UTF-8, NUL-terminated */
};

struct observe_ready {
	struct packet_header header;
};

/* The next piece of the panel's evemu description; empty: that was all. */
struct observe_text {
	struct packet_header header;
	char text[OBSERVE_TEXT_MAX]; /* not terminated; as long as the message is */
};

/*
 * What the panel sends, as the kernel has it and before anything is decided about it; SYN_REPORT
 * and SYN_DROPPED too. What it held at the beginning, and after each SYN_DROPPED, comes as events.
 */
struct observe_event {
	uint64_t time_us; /* kernel's CLOCK_MONOTONIC */
	uint16_t type;
	uint16_t code;
	int32_t value;
};

struct observe_events {
	struct packet_header header;
	struct observe_event events[OBSERVE_EVENTS_MAX]; /* as many as the message holds */
};

enum observe_contact_kind {
	OBSERVE_CONTACT_FINGER = 1, /* passed on from the start */
	OBSERVE_CONTACT_PALM = 2,   /* the same, and the panel calls it a palm */
	OBSERVE_CONTACT_PRESS = 3,
	OBSERVE_CONTACT_HOLD = 4,
	OBSERVE_CONTACT_CHORD = 5,  /* one half of it */
	OBSERVE_CONTACT_BOUNCE = 6, /* so soon after a press of its pad that it was the same one */
	OBSERVE_CONTACT_SLID = 7,   /* landed on a pad, moved off it, and was passed on */
	OBSERVE_CONTACT_GRIP = 8,
	OBSERVE_CONTACT_EAR = 9,
	OBSERVE_CONTACT_SAMPLE = 10, /* measured for a calibration */
};

/* What became of a contact, once it is over. */
struct observe_contact {
	struct packet_header header;
	uint32_t panel;
	uint32_t kind;     /* enum observe_contact_kind */
	uint32_t live;     /* 1: the pads were, when it landed; else 0 */
	uint32_t has_pads; /* 1: then the next two count; else 0 */
	uint32_t pad;      /* enum pad: the one that it landed nearest to */
	int32_t beside_um; /* and how far outside of its radius; below 0: inside */
	uint32_t major_um; /* the largest that it has been; 0: unknown */
	uint32_t reserved; /* 0 */
	uint64_t down_us;  /* kernel's CLOCK_MONOTONIC when it landed */
	uint64_t time_us;  /* and when it was over; never before down_us */
};

enum observe_role {
	OBSERVE_RECORD = 1,  /* TEXT and EVENTS of one panel */
	OBSERVE_MONITOR = 2, /* CONTACTs of all */
};

struct observe_start {
	struct packet_header header;
	uint32_t role;  /* enum observe_role */
	uint32_t panel; /* of RECORD; else 0 */
};

/* How many events a message that passed its check has. */
size_t observe_events_count(const struct observe_events *message);

extern const struct packet_protocol observe_protocol;

#endif
