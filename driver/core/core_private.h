/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of driver/core share: the state of slots, contacts and the clone.
 * Included by driver/core/ only; core.c is the entrance, contact.c decides who owns a contact,
 * withhold.c keeps what the clone was not shown, shadow.c knows what it was told.
 * struct core owns all of it in one block, allocated once.
 */
#ifndef SIDETOUCH_CORE_PRIVATE_H
#define SIDETOUCH_CORE_PRIVATE_H

#include <linux/input.h>
#include <stdbool.h>
#include <stdint.h>

#include "driver/core/chord.h"
#include "driver/core/core.h"
#include "driver/core/ear.h"

/* A press that lasts this long is a hold. */
#define CORE_HOLD_MS 600 /* Android's long press is 400 to 500 ms; slow hands get a little more */
/* How far past a pad's radius its contacts may be. */
#define CORE_RADIUS_SLOP_MM 2.0 /* a thumb that rolls moves its centre by 1 to 2 mm */
/* A withheld contact's path: over 1 s at the 120 frames a second that phone panels send. */
#define CORE_PATH_MAX 128
/* Events in one frame for the clone; a full frame of 16 slots and all axes has 272. */
#define CORE_EMIT_MAX 512
/* Slots beyond CORE_SLOTS_MAX whose contacts are counted, one bit each; no panel has more. */
#define CORE_UNSEEN_MAX 64

/* The kernel's multitouch axes of one slot, TOUCH_MAJOR (0x30) to TOOL_Y (0x3d). */
#define CORE_MT_FIRST ABS_MT_TOUCH_MAJOR
#define CORE_MT_COUNT (ABS_MT_TOOL_Y - ABS_MT_TOUCH_MAJOR + 1)
enum core_mt {
	CORE_MT_X = ABS_MT_POSITION_X - CORE_MT_FIRST,
	CORE_MT_Y = ABS_MT_POSITION_Y - CORE_MT_FIRST,
	CORE_MT_ID = ABS_MT_TRACKING_ID - CORE_MT_FIRST,
	CORE_MT_MAJOR = ABS_MT_TOUCH_MAJOR - CORE_MT_FIRST,
	CORE_MT_MINOR = ABS_MT_TOUCH_MINOR - CORE_MT_FIRST,
	CORE_MT_PRESSURE = ABS_MT_PRESSURE - CORE_MT_FIRST,
	CORE_MT_DISTANCE = ABS_MT_DISTANCE - CORE_MT_FIRST,
	CORE_MT_TOOL_TYPE = ABS_MT_TOOL_TYPE - CORE_MT_FIRST,
};

/* What one slot holds; values outlive their contact, as in the kernel. */
struct core_touch {
	int32_t value[CORE_MT_COUNT]; /* value[CORE_MT_ID] is -1 when nothing touches */
};

/* The buttons by which the kernel says how many contacts there are (input_mt_report_finger_count).
 */
#define CORE_TOOL_COUNT 5

/* The single-touch emulation beside the slots: what a mouse-like reader sees. */
struct core_pointer {
	int32_t x;
	int32_t y;
	int32_t pressure;
	int32_t touch;
	int32_t tool[CORE_TOOL_COUNT];
};

/* One frame of a withheld contact. */
struct core_path_point {
	struct usec time;
	struct core_touch touch;
};

/* contact.c has the table of what leads from one to the next. */
enum contact_state {
	CONTACT_NONE,
	CONTACT_PRESSED,
	CONTACT_HELD,
	CONTACT_CHORDED, /* one of the two of a chord */
	CONTACT_SPENT, /* on a pad, and no press of its own: a bounce, or what is left of a chord */
	CONTACT_GRIPPED, /* on a pad, but a hand that holds the device */
	CONTACT_PASSED,
	CONTACT_SAMPLED,
	CONTACT_DOUBTED, /* it may be the ear's */
	CONTACT_TAKEN,   /* it is the ear's */
};

/* Two fingers on two pads while the ear is on by command; ear_chord.c. */
struct ear_chord {
	unsigned count; /* contacts on pads; more than 2: it is none, until all have lifted */
	unsigned slots[2];
};

/* Whose the contacts of a panel are when an ear may be among them. */
struct core_ear {
	struct ear ear;
	enum ear_verdict verdict; /* on contacts that land and lift in the present frame */
	struct ear_chord chord;
	/* When the recogniser wants ear_tick(): it is asked once when it has changed, rather than
	 * before and after each frame. */
	struct usec due;
	bool has_due;
	/* From the panel's units to mm as mounted: x' = m[0] x + m[1] y + m[2] and so on. */
	double to_mm[6];
};

enum contact_event {
	CONTACT_EVENT_LAND,
	CONTACT_EVENT_MOVE,
	CONTACT_EVENT_LIFT,
	CONTACT_EVENT_TIME,      /* the hold time or the grip time is over */
	CONTACT_EVENT_HAND,      /* its size or its neighbours say that it is no finger's */
	CONTACT_EVENT_SURRENDER, /* nobody listens any more */
	CONTACT_EVENT_LOST,      /* it ended, but where and when is unknown */
};

/* How a contact on a pad has been lying there; rest.c. */
struct core_rest {
	struct mm_point place; /* where it rests, or did until it went away */
	struct usec until;     /* when it was seen there last */
	struct usec seen;
	bool left; /* no press any more */
};

/* What this panel's contacts have shown of how it tells sizes; grip.c. */
struct core_sizes {
	bool thumb_seen; /* something not wider than a thumb: sizes mean something */
	unsigned taps_too_wide;
};

/* Five fingers that lie still; escape.c. */
struct core_escape {
	bool off; /* not allowed here */
	bool on;  /* everything passes */
	struct usec since;
	unsigned count; /* fingers that lie still since then; 0: none */
	struct mm_point places[CORE_SLOTS_MAX];
};

/* What a contact has become so far; story.c's. */
struct core_story {
	enum core_became_kind became;
	struct mm_point landed;
	struct usec down;
	bool live;    /* the pads were, when it landed */
	bool touched; /* the glass; not only hovered */
};

struct core_contact {
	enum contact_state state;
	enum pad pad;
	uint32_t press;
	int32_t id; /* its tracking id */
	struct usec down;
	struct mm_point landed;
	double travel_mm; /* while SAMPLED */
	double major_mm;  /* the largest it has been as the panel tells it */
	bool hovers;      /* over the glass: not landed yet, or lifted already */
	struct core_story story;
	struct core_rest rest;
	unsigned chord; /* while CHORDED: its index in core->chords */

	/* While it is withheld, whoever does it. */
	struct usec late_from; /* what it would have been shown from, had that been known */
	unsigned path_count;
	unsigned replayed; /* points of the path that the clone has seen */
	struct core_path_point path[CORE_PATH_MAX];
};

struct core {
	struct core_panel panel;
	struct overlay overlay;
	bool has_pads;
	double mm_per_unit_x, mm_per_unit_y;
	double major_scale; /* size of a contact / size the panel tells */
	struct core_output output;
	void *data;

	struct usec at; /* the time of the call under way */
	bool listening;
	bool resyncing; /* what seems to land now landed unseen */
	struct chords chords;
	struct usec lifted[PAD_COUNT]; /* when a press of that pad ended by lifting; 0: never */
	struct core_sizes sizes;
	struct core_escape escape;
	bool amid;    /* resynchronised: what the panel's pointer is, the next frames show */
	bool started; /* a frame went in: the clone's state is known only from what it was told */
	uint32_t last_press;
	struct core_ear ear;
	core_sample_fn *sampler; /* while the panel is being calibrated */
	uint32_t last_sample;
	unsigned untold; /* contacts that passed in this call, for output.touch */
	struct core_counts counts;

	/* The panel's side. */
	int32_t selected;        /* ABS_MT_SLOT as the panel left it, in range or not */
	int32_t selected_before; /* ... before the present frame */
	struct core_touch slots[CORE_SLOTS_MAX];
	struct core_pointer pointer;
	bool tools_seen;      /* the panel sends them: not every one that has them does */
	uint64_t unseen_down; /* slots from CORE_SLOTS_MAX to CORE_UNSEEN_MAX with a contact */

	struct core_contact contacts[CORE_SLOTS_MAX];
	uint32_t withheld; /* slots whose contact is a pad's, an ear's, or a sample */
	uint32_t pads;     /* slots whose contact is on a pad: a press, or a grip */
	uint32_t taken;    /* slots whose contact is an ear's for certain */
	uint32_t present;  /* slots with a contact */

	/* The clone's side. */
	bool apart; /* it may differ from the panel's: frames are computed, not handed through */
	int32_t told_selected;
	struct core_touch told[CORE_SLOTS_MAX];
	struct core_pointer told_pointer;
	uint64_t told_unseen;
	size_t emit_count;
	struct core_event emit[CORE_EMIT_MAX];
};

/* --- core.c ----------------------------------------------------------------------------------- */

/* Outside a frame: tell the clone what has changed hands, and the daemon what touched. */
void core_update_clone(struct core *core, struct usec time);

/* --- contact.c: who owns the contact of a slot ------------------------------------------------ */

/* The slot's contact after a frame that touched the slot: lands, moves, lifts, or gives way. */
void contact_update(struct core *core, unsigned slot, struct usec time);
/* The slot's contact ended while nobody looked (a dropped frame, a clone that goes away). */
void contact_lose(struct core *core, unsigned slot, struct usec time);
/* Nobody listens any more: a withheld contact is handed over. */
void contact_surrender(struct core *core, unsigned slot, struct usec time);
/* Time went by. */
void contact_tick(struct core *core, unsigned slot, struct usec now);
/* After all slots of a frame were updated: whether a contact on a pad is a hand's by now. */
void contact_look_around(struct core *core, unsigned slot, struct usec time);
enum core_owner contact_owner(const struct core_contact *contact);
/* Another state, and with it perhaps another owner. */
void contact_set_state(struct core *core, unsigned slot, enum contact_state state);
/* PASSED: the clone's from now on, and counted as such. */
void contact_pass(struct core *core, unsigned slot);

/* --- press.c: a contact on a pad -------------------------------------------------------------- */

/* The slot's contact touches the glass: false when that is on no pad, or none that is live. */
bool press_land(struct core *core, unsigned slot, struct usec time);
void press_handle(struct core *core, unsigned slot, enum contact_event event, struct usec time);
/* It is an ear's: what was told of it is taken back. */
void press_take(struct core *core, unsigned slot, struct usec time);
/* When contact_tick() has something to do; false when never. */
bool press_deadline(const struct core *core, unsigned slot, struct usec *deadline);

/* --- rest.c: whether a contact on a pad still rests there ------------------------------------- */

void rest_begin(struct core *core, unsigned slot, struct usec time);
/* After a frame that changed it: contact->rest.left is up to date. */
void rest_note(struct core *core, unsigned slot, struct usec time);
/* Whether it is further from its pad, or from where it landed, than a press may be. */
bool rest_is_off(const struct core *core, unsigned slot);
/* From when on it could have been the clone's: since it landed, or has left where it rested; while
 * it still rests, since now. */
struct usec rest_left_at(const struct core *core, unsigned slot, struct usec time);

/* --- grip.c: a hand that holds the device ----------------------------------------------------- */

/* Whether its size or its neighbours make a contact on a pad a hand; and when time does. */
bool grip_holds(const struct core *core, unsigned slot);
struct usec grip_due(const struct core_contact *contact);
/* Whether it has moved inward, off the pads' edge. */
bool grip_has_gone(const struct core *core, unsigned slot);
/* A contact's size; 0 when the panel does not tell, or nothing that can be believed. */
double grip_size_mm(const struct core *core, const struct core_touch *touch);
/* A contact has ended: what its size says of all sizes. */
void grip_learn_size(struct core *core, unsigned slot, struct usec time);

/* --- escape.c: five fingers that lie still ---------------------------------------------------- */

/* After each frame. */
void escape_note(struct core *core, struct usec time);
bool escape_deadline(const struct core *core, struct usec *deadline);
/* True when everything passes from now on: what is withheld is to be handed over. */
bool escape_tick(struct core *core, struct usec now);
/* Tell which it is, also to who comes later. */
void escape_tell(struct core *core, struct usec time);

/* --- ear_owner.c: contacts of an ear ---------------------------------------------------------- */

void ear_owner_init(struct core *core);
/* The slot's contact landed: false when it is not the ear's, and cannot be. */
bool ear_owner_land(struct core *core, unsigned slot, struct usec time);
void ear_owner_handle(struct core *core, unsigned slot, enum contact_event event, struct usec time);
/* These slots have changed: judge all contacts, before any of them lands, moves or lifts. */
void ear_owner_frame(struct core *core, uint32_t touched, struct usec time);
bool ear_owner_deadline(const struct core *core, struct usec *deadline);
void ear_owner_tick(struct core *core, struct usec now);
/* Somebody listens, or nobody does any more: all that was known is forgotten. */
void ear_owner_reset(struct core *core, struct usec now);
/* After whatever changed core->ear.ear: when it wants ear_tick() now. */
void ear_owner_note_due(struct core *core);
/* So many mm is one unit of the panel's sizes, as measured. */
void ear_owner_calibrate(struct core *core, double mm_per_unit);

/* --- ear_chord.c: the way out of an ear that is on by command ----------------------------------
 */

/* The slot's contact landed and is the ear's. */
void ear_chord_land(struct core *core, unsigned slot, struct usec time);
/* One that was the ear's has lifted, or has ended unseen. */
void ear_chord_lift(struct core *core, unsigned slot, struct usec time);

/* --- story.c: what became of contacts, for who watches ---------------------------------------- */

/* The slot's contact landed, before anybody has it. */
void story_begin(struct core *core, unsigned slot, struct usec time);
/* Its state is another one now. */
void story_turn(struct core *core, unsigned slot, enum contact_state before);

/* --- sample.c: contacts of a panel that is being calibrated ----------------------------------- */

void sample_land(struct core *core, unsigned slot, struct mm_point place, struct usec time);
void sample_move(struct core *core, unsigned slot, struct mm_point place);
void sample_end(struct core *core, unsigned slot, enum press_phase phase, struct usec time);

/* --- withhold.c: contacts that the clone is not told of yet, whoever withholds them ----------- */

/* The slot's contact landed at this time, and is not to be shown: begin its path. */
void withhold_begin(struct core *core, unsigned slot, struct usec time);
/* A frame in which a withheld contact moved, or changed in any other way. */
void withhold_note(struct core *core, unsigned slot, struct usec time);
/*
 * Show the clone all of these slots' contacts, one frame for each that the panel sent, in the order
 * in which they happened. The caller makes them PASSED. How late they are, from late_from on, goes
 * into the counts.
 */
void withhold_replay(struct core *core, uint32_t slots, struct usec time);

/* --- shadow.c: what the clone was told, and telling it more ----------------------------------- */

/* The clone was made with what this slot held before anything touched it. */
void shadow_start(struct core *core, unsigned slot);
/* What a slot that the core does not follow holds now; goes out with the next frame. */
void shadow_resync_unseen(struct core *core, unsigned slot, const struct core_slot *now,
			  struct usec time);
/* The clone was handed this frame's events as they are; touched has the slots in it. */
void shadow_follow(struct core *core, uint32_t touched);
/* A frame of the clone by hand: slots to bring to these states, whoever owns their contacts ... */
void shadow_add(struct core *core, unsigned slot, const struct core_touch *touch, struct usec time);
/* ... and its end. */
void shadow_finish(struct core *core, struct usec time);
/*
 * One frame (two when a slot changes hands) that brings the clone to the panel's state but for
 * withheld contacts, and passes on those of the count events that are no slot's.
 */
void shadow_update(struct core *core, struct usec time, const struct core_event *events,
		   size_t count);
/*
 * The emulation of these slots as input_mt_report_pointer_emulation() makes it, from what it was
 * before: its place stays when nothing touches.
 */
struct core_pointer shadow_emulate(const struct core *core, const struct core_touch *touches,
				   uint64_t unseen, struct core_pointer pointer);
/* A contact that was shown is the ear's: tell that it was a palm; the next frame lifts it. */
void shadow_withdraw(struct core *core, unsigned slot, struct usec time);
/* Lift all on the clone. */
void shadow_lift_all(struct core *core, struct usec time);

/* Index of a finger-count button, -1 for any other key. */
static inline int
core_tool_index(uint16_t code)
{
	switch (code) {
	case BTN_TOOL_FINGER:
		return 0;
	case BTN_TOOL_DOUBLETAP:
		return 1;
	case BTN_TOOL_TRIPLETAP:
		return 2;
	case BTN_TOOL_QUADTAP:
		return 3;
	case BTN_TOOL_QUINTTAP:
		return 4;
	default: /* any other of 768 keys */
		return -1;
	}
}

static inline bool
core_is_mt(uint16_t code)
{
	return code >= CORE_MT_FIRST && code < CORE_MT_FIRST + CORE_MT_COUNT;
}

static inline double
mm_square_distance(struct mm_point a, struct mm_point b)
{
	double x = a.x - b.x;
	double y = a.y - b.y;

	return x * x + y * y;
}

/* Where a contact is on the panel. */
static inline struct mm_point
core_place(const struct core *core, const struct core_touch *touch)
{
	return (struct mm_point){
	    ((double)touch->value[CORE_MT_X] - core->panel.x.minimum) * core->mm_per_unit_x,
	    ((double)touch->value[CORE_MT_Y] - core->panel.y.minimum) * core->mm_per_unit_y,
	};
}

/* Over the glass, not on it. */
static inline bool
core_hovers(const struct core *core, const struct core_touch *touch)
{
	return core->panel.has_axis[ABS_MT_DISTANCE] && touch->value[CORE_MT_DISTANCE] > 0;
}

/* What the panel itself calls a palm. */
static inline bool
core_is_palm(const struct core *core, const struct core_touch *touch)
{
	return core->panel.has_axis[ABS_MT_TOOL_TYPE] &&
	       touch->value[CORE_MT_TOOL_TYPE] == MT_TOOL_PALM;
}

/* Whether the pads are. */
static inline bool
core_is_live(const struct core *core)
{
	return core->listening && core->has_pads && !core->escape.on;
}

/* The number of the next press or chord: rising, never 0, also after 4 billion. */
static inline uint32_t
core_next_press(struct core *core)
{
	core->last_press += core->last_press == UINT32_MAX ? 2 : 1;
	return core->last_press;
}

/* How large the panel says a contact is, in mm; 0 when it does not say. */
static inline double
core_told_major_mm(const struct core *core, const struct core_touch *touch)
{
	if (!core->panel.has_axis[ABS_MT_TOUCH_MAJOR] || touch->value[CORE_MT_MAJOR] <= 0)
		return 0;
	return touch->value[CORE_MT_MAJOR] * core->mm_per_unit_x;
}

static inline bool
core_slot_is_seen(const struct core *core, int32_t slot)
{
	return slot >= 0 && slot < CORE_SLOTS_MAX && (unsigned)slot < core->panel.slots;
}

/* A slot the panel has but the core does not follow. */
static inline bool
core_slot_is_unseen(const struct core *core, int32_t slot)
{
	return slot >= CORE_SLOTS_MAX && slot < CORE_UNSEEN_MAX &&
	       (unsigned)slot < core->panel.slots;
}

#endif
