/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A touchscreen's life as a list of steps: what it is, what touches it, what goes wrong.
 * Made by chance for the core's fuzzer, or read from text: what it found, tests/fuzz/lives.
 * Any list of steps is a life, whatever is left out of it: a step that means nothing does nothing.
 */
#ifndef SIDETOUCH_TOUCH_LIFE_H
#define SIDETOUCH_TOUCH_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/support/dice.h"

/* A phone of 68 x 136 mm in tenths of a millimetre, as the simulated ones are. */
#define LIFE_WIDTH     680
#define LIFE_HEIGHT    1360
#define LIFE_WIDTH_MM  68.0
#define LIFE_HEIGHT_MM 136.0

enum life_touch {
	LIFE_TOUCH_NONE,   /* no BTN_TOUCH */
	LIFE_TOUCH_KERNEL, /* as input_mt_report_pointer_emulation() sends it */
	LIFE_TOUCH_LATE,   /* a frame late */
	LIFE_TOUCH_NEVER,  /* the panel has it and does not send it */
};

enum life_ids {
	LIFE_IDS_KERNEL, /* counted in 16 bits */
	LIFE_IDS_WRAP,   /* the same, close to the end of the round */
	LIFE_IDS_SLOT,   /* the slot's number, again and again */
	LIFE_IDS_TWINS,  /* one of three for all slots */
};

/* What the panel is; each an int, so that one table can read and write them. */
struct life_panel {
	int slots;
	int film;     /* 0 none, 1 the default one */
	int size;     /* 0 unknown */
	int touch;    /* enum life_touch */
	int tools;    /* how many buttons that count fingers */
	int single;   /* has ABS_X and ABS_Y */
	int pressure; /* 0 none, 1 of slots, 2 ABS_PRESSURE too */
	int sizes;    /* 0 none, 1 TOUCH_MAJOR, 2 MINOR and ORIENTATION too */
	int tool_type;
	int distance;
	int stamps;  /* MSC_TIMESTAMP in each frame */
	int ids;     /* enum life_ids */
	int minimum; /* of both axes */
	int used;    /* its slots hold values from before */
	int held;    /* so many contacts are down when the core begins, if it is used */
	int listening;
	int raw; /* sends anything: only what must always hold is checked */
};

enum life_step_kind {
	LIFE_LAND,    /* slot, x, y: unless something is there */
	LIFE_MOVE,    /* slot, x, y */
	LIFE_VALUE,   /* slot, code, value: of another axis */
	LIFE_LIFT,    /* slot */
	LIFE_REPLACE, /* slot, x, y: another contact, the old one not lifted */
	LIFE_REPORT,  /* us: the frame is over after this time */
	LIFE_LATE,    /* us: the frame is over, stamped before the last thing that happened */
	LIFE_DROP,    /* frames are lost from here on */
	LIFE_RESYNC,  /* keep: they are no more; keep 1: what is under way comes again */
	LIFE_TICK,    /* us: time goes by, and the loop wakes when it asked to be */
	LIFE_LISTEN,  /* on */
	LIFE_SAMPLE,  /* on: the panel is being calibrated */
	LIFE_NEAR,    /* enum ear_proximity: what the sensor says */
	LIFE_EAR,     /* on: by command */
	LIFE_KEY,     /* code, value: some other key */
	LIFE_UNPLUG,  /* and plugged in again */
	LIFE_RAW,     /* type, code, value */
	LIFE_STEP_COUNT,
};

struct life_step {
	enum life_step_kind kind;
	int a[3];
};

struct life {
	struct life_panel panel;
	struct life_step *steps;
	size_t count;
	size_t capacity;
};

/* A panel and up to that many steps by chance. */
void life_throw(struct life *life, struct dice *dice, size_t steps_max);
void life_clear(struct life *life);
void life_add(struct life *life, struct life_step step);

void life_write(const struct life *life, FILE *stream);
/* False with the line's number in *line when a line means nothing. */
bool life_read(struct life *life, FILE *stream, unsigned *line);

#endif
