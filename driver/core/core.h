/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pure heart of the driver: frames of touch events in, frames for the clone and presses out.
 * Fed alike by the device loop, replay, scenarios, fuzzers and tests; one struct core per panel.
 * No I/O, no clock, no allocation after core_new(): time is a parameter, core_next_deadline() says
 * when to come back, and whatever comes out goes through struct core_output before the call
 * returns.
 */
#ifndef SIDETOUCH_CORE_H
#define SIDETOUCH_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/ear.h"
#include "common/pad.h"
#include "common/units.h"
#include "driver/core/overlay.h"

#define CORE_SLOTS_MAX                                                                             \
	16 /* the largest panel measured has 16 (design); more slots are passed on unseen */

/* One evdev event without its time; a frame's events end before SYN_REPORT, which is implied. */
struct core_event {
	uint16_t type;
	uint16_t code;
	int32_t value;
};

/* What the core has to know of a panel; all from EVIOCGABS and libinput, or an evemu description.
 */
struct core_panel {
	struct core_axis {
		int32_t minimum;
		int32_t maximum;
	} x, y;          /* ABS_MT_POSITION_X and _Y */
	double width_mm; /* of the whole axis range; 0 when unknown, then there are no pads */
	double height_mm;
	unsigned slots;      /* ABS_MT_SLOT's maximum + 1 */
	bool has_axis[0x40]; /* ABS_... codes the panel has; the clone has the same */
	bool has_btn_touch;
	bool counts_fingers; /* has BTN_TOOL_DOUBLETAP: a button for each number of fingers */
	/* What the ear is told by; all 0 where it is not known. */
	struct core_axis major;   /* ABS_MT_TOUCH_MAJOR */
	int32_t major_resolution; /* its units a mm, as the panel says */
	/* From a place as the kernel counts it to the place as mounted, both 0 to 1 (struct probe);
	 * all 0: the same. */
	float mounting[6];
};

/* Every contact has one owner from the moment it is decided until it lifts. */
enum core_owner {
	CORE_OWNER_NONE,   /* no contact in this slot */
	CORE_OWNER_PAD,    /* withheld: it landed on a pad and may be a press */
	CORE_OWNER_GRIP,   /* withheld: it landed on a pad, but is a hand that holds the device */
	CORE_OWNER_PASS,   /* the clone's */
	CORE_OWNER_SAMPLE, /* withheld: it landed while the panel is being calibrated */
	CORE_OWNER_EAR,    /* withheld: an ear's, or it may be */
};

struct core_press {
	uint32_t press; /* one number from DOWN to UP or CANCEL, rising, never 0 */
	enum pad pad;
	enum press_phase phase;
	struct usec down;       /* when the contact landed */
	struct usec time;       /* when this phase happened */
	struct mm_point landed; /* where, as the kernel counts the panel */
};

/*
 * Two pads pressed together. Its DOWN comes right after the second press' DOWN, and both presses
 * are cancelled right after that. UP when the first of the two lifts, HOLD and CANCEL as for a
 * press.
 */
struct core_chord {
	uint32_t chord;   /* one number from DOWN to UP or CANCEL, of the same series as presses */
	enum pad pads[2]; /* in the order of enum pad */
	uint32_t presses[2]; /* the presses that it is made of; 0: none were told, the ear was on */
	enum press_phase phase;
	struct usec down; /* when the second one landed */
	struct usec time;
};

enum core_notice {
	CORE_NOTICE_ESCAPE_ON,  /* five fingers lay still: everything passes for a minute */
	CORE_NOTICE_ESCAPE_OFF, /* and the pads are pads again */
};

/* A contact while core_set_sampler() is on: when it landed (DOWN) and when it ended (UP, CANCEL).
 */
struct core_sample {
	uint32_t contact; /* one number from DOWN to UP or CANCEL, rising, never 0 */
	enum press_phase phase;
	struct mm_point landed; /* as the kernel counts the panel */
	double travel_mm;       /* the furthest it has been from there */
	double major_mm;        /* the largest it has been as the panel tells it; 0: unknown */
	struct usec down;
	struct usec time;
};
typedef void core_sample_fn(void *data, const struct core_sample *sample);

enum core_became_kind {
	CORE_BECAME_FINGER, /* the clone's from the start */
	CORE_BECAME_PALM,   /* the same, and the panel calls it a palm */
	CORE_BECAME_PRESS,
	CORE_BECAME_HOLD,
	CORE_BECAME_CHORD,  /* one half of it */
	CORE_BECAME_BOUNCE, /* so soon after a press of its pad that it was the same one */
	CORE_BECAME_SLID,   /* a pad's first, then the clone's */
	CORE_BECAME_GRIP,
	CORE_BECAME_EAR,
	CORE_BECAME_SAMPLE, /* measured for a calibration */
};
#define CORE_BECAME_COUNT 10

/* What became of a contact, told when it is over. */
struct core_became {
	enum core_became_kind became;
	unsigned slot;    /* of the panel; by now it may hold another */
	bool live;        /* the pads were: somebody listened, and no escape was on */
	bool has_pads;    /* then: */
	enum pad pad;     /* the pad that it landed nearest to */
	double beside_mm; /* and how far outside of its radius; below 0: inside */
	double major_mm;  /* the largest that it has been; 0: unknown */
	struct usec down; /* when it landed on the glass */
	struct usec time; /* when it was over */
};

/* Where the core's results go; every member is called only from inside core_...() calls. */
struct core_output {
	/* One frame for the clone, to be followed by SYN_REPORT; events may not be kept. */
	void (*frame)(void *data, struct usec time, const struct core_event *events, size_t count);
	void (*press)(void *data, const struct core_press *press);
	/* A contact that is no press landed (or turned out to be none). No position: privacy. */
	void (*touch)(void *data, struct usec time);
	/* These five may be NULL. */
	void (*chord)(void *data, const struct core_chord *chord);
	void (*notice)(void *data, enum core_notice notice, struct usec time);
	/* The phone is at an ear, or no longer, or what the ear did. */
	void (*ear)(void *data, const struct ear_event *event);
	/* A touch is over that was or might have been an ear's: what was seen of it. */
	void (*ear_seen)(void *data, const struct ear_seen *seen);
	/* A contact is over. Who is told where contacts are the user has to know of. */
	void (*contact)(void *data, const struct core_became *became);
};

struct core_counts {
	uint64_t frames;
	uint64_t contacts;
	uint64_t
	    passed; /* contacts given to the clone, from the start or late, and not withdrawn */
	uint64_t
	    pressed; /* contacts that were a pad's to their end, whatever that was; grips too */
	/*
	 * The latest replay of a contact that was passed in the end: how long after it had landed,
	 * or when it had rested on a pad for over 60 ms, how long after it had left its place
	 * there.
	 */
	struct usec withheld_max;
	uint64_t ear; /* contacts that were an ear's to their end, also those withdrawn for it */
};

/* What the kernel says is in a slot, for core_resync(). */
struct core_slot {
	int32_t tracking_id; /* -1: nothing */
	int32_t value[0x40]; /* by ABS_MT_... code, those the panel has */
};

struct core;

/*
 * Make a core for one panel. The overlay may be NULL: then everything passes. Starts with nobody
 * listening (everything passes) and all slots empty. -EINVAL for a panel without slots or axes.
 * The panel, overlay and output are copied.
 */
int core_new(const struct core_panel *panel, const struct overlay *overlay,
	     const struct core_output *output, void *data, struct core **out);
struct core *core_unref(struct core *core);

/*
 * One frame: the count events before a SYN_REPORT, at the kernel's time.
 * A frame while the clone's state is the panel's goes to output->frame() as the same events in the
 * same order. While a contact is withheld, and until the slot it left behind is used again, frames
 * hold what changed for the clone, and none goes out when nothing did. A contact that comes and
 * goes within one frame was never there. Slots from CORE_SLOTS_MAX on pass on unseen; slots the
 * panel does not have are passed only while frames go out as they are.
 */
void core_frame(struct core *core, struct usec time, const struct core_event *events, size_t count);

/*
 * After SYN_DROPPED (its remaining frame thrown away): what each slot holds now. Contacts that
 * ended unseen are lifted on the clone, new ones are passed on, a press in progress is cancelled
 * unless its contact is still the same one. The values of empty slots in the first call are taken
 * for what the clone was made with. Which slot is selected (the kernel's ABS_MT_SLOT) comes as an
 * event at the head of the next frame.
 */
void core_resync(struct core *core, struct usec time, const struct core_slot *slots,
		 size_t slot_count);

/* When core_tick() is wanted; false when nothing is due without new frames. */
bool core_next_deadline(const struct core *core, struct usec *deadline);
void core_tick(struct core *core, struct usec now);

/* Whether a daemon listens. When it stops, withheld contacts are handed to the clone, complete. */
void core_set_listening(struct core *core, bool listening, struct usec now);

/*
 * Another film; NULL for none, then everything passes. -EBUSY while a contact is on a pad: it is
 * judged to its end by the film that it landed on; try again when the next press has ended.
 */
int core_set_overlay(struct core *core, const struct overlay *overlay);

/* What the panel's TOUCH_MAJOR is multiplied by to be the size of a contact: measured from the
 * user's own thumb. 1 until told. */
void core_set_major_scale(struct core *core, double scale);

/*
 * From now on contacts that land go to sampler and to nobody else: no press, never shown to the
 * clone. NULL: no longer; those that are down then stay withheld until they lift, unreported. What
 * was down before stays whose it was.
 */
void core_set_sampler(struct core *core, core_sample_fn *sampler);

/* Whether five fingers that lie still for 5 s make everything pass for 60 s; they do until told. */
void core_set_escape(struct core *core, bool allowed);

/*
 * What the proximity sensor says; unknown until told, and again when nobody listens. Near: nothing
 * that lands is shown to the clone unless it turns out to be a finger.
 */
void core_set_proximity(struct core *core, enum ear_proximity proximity, struct usec now);
/*
 * By command: everything is the ear's, whatever the sensor says, from now on (also what touches
 * already). Until it is off by command, the sensor turns from near to far, or without one nothing
 * has touched for 3 s. Meanwhile two fingers on two pads are still a chord: the way out.
 */
void core_set_ear_mode(struct core *core, bool on, struct usec now);
/* Whether the ear is on: no pad counts then, and nothing but a finger in doubt is passed. */
bool core_ear_is_on(const struct core *core);

/* Lift everything on the clone, before it goes away. Presses are cancelled, nothing is replayed. */
void core_release(struct core *core, struct usec now);

/* True when no contact is down on the panel. */
bool core_is_idle(const struct core *core);

enum core_owner core_slot_owner(const struct core *core, unsigned slot);
struct core_counts core_get_counts(const struct core *core);

#endif
