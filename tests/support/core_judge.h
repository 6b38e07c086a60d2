/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The judge of driver/core: what went in, seen by one reader, and what came out, seen by another.
 * Used by core_trial.c alone, which feeds the core between judge_begin() and judge_end().
 * Owns nothing; the core is the trial's.
 */
#ifndef SIDETOUCH_CORE_JUDGE_H
#define SIDETOUCH_CORE_JUDGE_H

#include "tests/support/core_trial.h"
#include "tests/support/mt_reader.h"

/* Lands of one slot within one call: an old contact that is replayed, a new one, and one more. */
#define JUDGE_LANDS_MAX 3
/* Keys that are no contact's: the generator has three, raw panels any. */
#define JUDGE_KEYS_MAX 8

/* Each slot may have one under way and one that ends in this call, and chords of them. */
#define JUDGE_PRESSES_MAX 64
/* A landing so soon after a lift from the same pad is no press of its own (issue: under 40 ms). */
#define JUDGE_BOUNCE_US 40000
/* Of two pads pressed together the second lands so soon; chord.c's. */
#define JUDGE_CHORD_US 150000
/* A hold is told after this time (issue: default 600 ms), and this is a hand (issue: 1.5 s). */
#define JUDGE_HOLD_US 600000
#define JUDGE_GRIP_US 1500000

struct judge_landing {
	int32_t id, x, y;
	bool over; /* the glass, not on it */
};

/* A contact in one of the slots that the core follows. */
struct judge_contact {
	bool there;
	bool hidden;           /* not shown to the clone so far */
	bool hovers;           /* has not come down yet */
	bool withdrawn;        /* shown, then taken back for an ear */
	enum core_owner owner; /* after the last call */
	uint32_t press;        /* told of it, perhaps over; 0: none */
	struct judge_landing landing;
	struct mm_point place; /* of the landing */
};

/* A press or a chord, from its DOWN to the end of the call in which it is over. */
struct judge_press {
	uint32_t number;
	bool is_chord;
	enum pad pad;        /* of a press */
	uint32_t presses[2]; /* of a chord */
	struct usec down;
	struct mm_point landed;
	bool held, over;
	enum press_phase how; /* it ended */
	bool fresh;           /* DOWN in this call */
	bool linked;          /* in this call, to the contact that it was told of */
};

struct judge {
	const struct life_panel *life;
	struct core_trial_result *result;
	const struct core *core;
	struct overlay overlay;
	bool has_pads, listening, sampling, escaped;
	bool emulates;  /* the panel's own emulation is right, so the clone's must be */
	bool ear_asked; /* the sensor said near, or the ear was commanded */
	bool ear_on;    /* as the core told */
	bool seen_tools;
	bool lost;                     /* frames were lost */
	struct mt_reader panel, clone; /* what was fed, and what came out */

	/* The call under way. */
	const struct core_event *in;
	size_t in_count;
	unsigned out_frames;
	bool verbatim; /* what came out last is what went in */
	struct judge_landing lands[CORE_SLOTS_MAX][JUDGE_LANDS_MAX];
	unsigned land_count[CORE_SLOTS_MAX];
	bool resyncing;
	struct usec time;

	struct judge_contact contacts[CORE_SLOTS_MAX];
	struct judge_press presses[JUDGE_PRESSES_MAX];
	unsigned press_count;
	uint32_t last_press;
	struct usec lifted[PAD_COUNT];    /* when a withheld contact of that pad ended; 0: never */
	uint32_t samples[CORE_SLOTS_MAX]; /* that are down; 0: none */
	uint32_t last_sample, samples_over;
	uint64_t contact_count, passed, pressed; /* as the core should count them */
	uint64_t touches;
	uint64_t told, told_shown; /* contacts that are over; those that the clone had, of them */
	struct {
		uint16_t code;
		bool in, out;
	} keys[JUDGE_KEYS_MAX];
};

/* What the core's results go to, its data being the judge. */
extern const struct core_output judge_output;
void judge_sample(void *data, const struct core_sample *sample);

/* The first thing that does not hold is kept in the result. */
__attribute__((format(printf, 2, 3))) void judge_fail(struct judge *judge, const char *format, ...);

/* Begin with a panel that was just plugged in; life, result, core and overlay stay. */
void judge_plug(struct judge *judge, const struct mt_reader *panel);
/* Before a call into the core at that time with these events, of which the panel's reader learns
 * here. */
void judge_begin(struct judge *judge, struct usec time, const struct core_event *events,
		 size_t count);
/* After it. */
void judge_end(struct judge *judge);
/* After a call in which time went by for the core up to then: holds that are due were told. */
void judge_time(struct judge *judge, struct usec time);
/* Whether both sides agree in all that a frame can change, and nothing is withheld. */
bool judge_is_equal(const struct judge *judge);
/* After core_release(). */
void judge_unplugged(struct judge *judge);

/* --- between the three files of the judge --- */

void judge_press(void *data, const struct core_press *told);
void judge_chord(void *data, const struct core_chord *told);
/* The press that was told as this contact landed in this call; 0: none. */
uint32_t judge_press_of_landing(struct judge *judge, const struct judge_contact *contact);
/* After a contact of which a press was told ended withheld, or was shown, or is still withheld. */
enum judge_fate {
	JUDGE_FATE_ENDED,
	JUDGE_FATE_SHOWN,
	JUDGE_FATE_TAKEN,   /* a hand or an ear has it */
	JUDGE_FATE_PRESSED, /* a pad's */
};
void judge_press_fate(struct judge *judge, uint32_t number, enum judge_fate fate);
/* After all fates of a call; forgets what is over. */
void judge_presses_end(struct judge *judge);

void judge_trace(const struct judge *judge, const char *what, const struct core_event *events,
		 size_t count);
void judge_note_keys(struct judge *judge, const struct core_event *events, size_t count, bool in);

static inline struct judge_landing
judge_landing_of(const struct mt_reader_slot *slot)
{
	return (struct judge_landing){mt_reader_id(slot), mt_reader_value(slot, ABS_MT_POSITION_X),
				      mt_reader_value(slot, ABS_MT_POSITION_Y),
				      mt_reader_value(slot, ABS_MT_DISTANCE) > 0};
}

#endif
