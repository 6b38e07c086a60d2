/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the daemon decides: press -> confirmation -> profile of the app in front -> command ->
 * words. Pure: events and their times come in, requests go out through struct brain_output; no I/O,
 * no clock. Called by the daemon's loop with the real thing behind it and by the scenario runner
 * with a virtual clock; owns the confirmation's state, borrows the profile set.
 */
#ifndef SIDETOUCH_BRAIN_H
#define SIDETOUCH_BRAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/ear.h"
#include "common/input.h"
#include "common/profile.h"
#include "common/units.h"

struct brain_press {
	uint32_t press;
	enum pad pad;
	enum press_phase phase;
	struct usec down; /* kernel's time, as on the link */
	struct usec time;
};

/* Two pads pressed together, as on the link. */
struct brain_chord {
	uint32_t chord; /* of the same series as presses */
	enum pad pads[2];
	uint32_t presses[2]; /* with DOWN: the presses it is made of, which are cancelled next */
	enum press_phase phase;
	struct usec down;
	struct usec time;
};

/* How a command ended, told by whatever carried it out. */
enum brain_result {
	BRAIN_RESULT_DONE,           /* its effect was seen, or it was ours to do */
	BRAIN_RESULT_DELIVERED,      /* handed over; no effect was seen in time */
	BRAIN_RESULT_NOT_FOUND,      /* nothing in front has that name and role */
	BRAIN_RESULT_NOT_RESPONDING, /* the app does not answer */
	BRAIN_RESULT_FAILED,         /* anything else; text says what to do */
};

/* How the tutorial came to its end. */
enum brain_tutorial_end {
	BRAIN_TUTORIAL_DONE,
	BRAIN_TUTORIAL_SKIPPED, /* by the user, also by taking no notice of its offer */
	BRAIN_TUTORIAL_LEFT,    /* by nobody: nothing was pressed */
};

struct brain_output {
	/*
	 * Say this now, instead of what is being said. Returns the utterance's number, 0 when
	 * nothing can speak; press is 0 when it belongs to none.
	 */
	uint32_t (*say)(void *data, uint32_t press, const char *text);
	/* Be silent at once. */
	void (*stop)(void *data);
	/* Carry this out; the answer comes to brain_result() with the same press number, always. */
	void (*run)(void *data, uint32_t press, const struct profile_binding *binding);
	/* Whether another contact is to be told (a first press is armed). */
	void (*watch)(void *data, bool on);
	/*
	 * Find out now what this will act on; the answer comes to brain_resolved() with the same
	 * press number, or never. Only for commands that act on something to be found.
	 */
	void (*resolve)(void *data, uint32_t press, const struct profile_binding *binding);
	/* Say this after what is being said; the utterance's number as from say(). */
	uint32_t (*say_after)(void *data, uint32_t press, const char *text);
	/*
	 * Find out what is being read and how a profile would name it; the answer comes to
	 * brain_pointed() with the same press number.
	 */
	void (*point)(void *data, uint32_t press);
	/*
	 * Put this command on this input in the user's profile of what is in front; label is NULL
	 * for the command's own. Or take the last such change back. brain_assigned() is told.
	 */
	void (*assign)(void *data, uint32_t press, struct input input, const char *command,
		       const char *label);
	void (*undo)(void *data, uint32_t press);
	/* The tutorial was offered or begun, and is over. NULL: nobody wants to know. */
	void (*tutorial)(void *data, enum brain_tutorial_end end);
};

/* An ear has no presses: its gestures are numbered from here on, apart from the driver's. */
#define BRAIN_EAR_FIRST 0x80000000u

static inline bool
brain_is_ears(uint32_t press)
{
	return press >= BRAIN_EAR_FIRST;
}

/* What an input means. */
enum brain_mode {
	BRAIN_MODE_USUAL,    /* its command, confirmed */
	BRAIN_MODE_LEARN,    /* what it would do is said, and nothing is done */
	BRAIN_MODE_ASSIGN,   /* what is being read is put on it, or it moves */
	BRAIN_MODE_TUTORIAL, /* it is, or is not, what a lesson has asked for */
};

struct brain;

int brain_new(const struct brain_output *output, void *data, const struct profile_set *profiles,
	      struct brain **out);
struct brain *brain_unref(struct brain *brain);

/* What the user wants of the confirmation. */
struct brain_confirm {
	struct usec window; /* from the announcement's end to the second press; 0: as usual */
	bool always;        /* everything takes two presses, whatever its profile says */
};

void brain_set_confirm(struct brain *brain, const struct brain_confirm *confirm);

/* Another set of profiles; what was armed is not any more. The old set may be freed after. */
void brain_set_profiles(struct brain *brain, const struct profile_set *profiles, struct usec now);

/*
 * What the app in front offers by itself (an array over all inputs, NULL: nothing), over what
 * shipped profiles say and below what the user's and the admin's do; what was armed is not any
 * more. Valid until this is called again.
 */
void brain_offer(struct brain *brain, const struct profile_binding *const *bindings,
		 struct usec time);

void brain_press(struct brain *brain, const struct brain_press *press);
void brain_chord(struct brain *brain, const struct brain_chord *chord);
/* An ear's gesture, at the time when it was certain; EAR_ENTER and EAR_LEAVE disarm. */
void brain_ear(struct brain *brain, enum ear_kind kind, struct usec time);
/* The phone was turned at the ear by one step. */
void brain_rotate(struct brain *brain, bool clockwise, struct usec time);
/* A contact that is no press landed while brain_output.watch was on. */
void brain_touch(struct brain *brain, struct usec time);
/* Another app came in front: NULL-terminated ids, strongest first, empty when none is known. It
 * shows no site until brain_site() says so. */
void brain_front(struct brain *brain, const char *const *app_ids, struct usec time);
/* The app in front shows another web site: its host, NULL for none. */
void brain_site(struct brain *brain, const char *host, struct usec time);
/* Another window or another focus in the same app: disarms all but a call for help. */
void brain_focus(struct brain *brain, struct usec time);
/* The session was locked or unlocked: disarms. While it is locked, only what
 * command_when_locked() says is done, and what was asked of an app before is not answered. */
void brain_lock(struct brain *brain, bool locked, struct usec time);
/* The driver went away or came back: disarms. */
void brain_link(struct brain *brain, bool up, struct usec time);
/* An utterance ended, spoken or not: the confirmation window counts from here. */
void brain_spoken(struct brain *brain, uint32_t utterance, struct usec time);
/*
 * What an armed command would act on. BRAIN_RESULT_DONE: it is there, text is its name or NULL.
 * BRAIN_RESULT_NOT_RESPONDING: nobody knows, which is said, and the command stays armed. Any other:
 * it cannot be done now, which is said at once, and the command is not armed any more. After a
 * first DONE it may be told again: something else than what was announced disarms.
 */
void brain_resolved(struct brain *brain, uint32_t press, enum brain_result result, const char *text,
		    struct usec time);
/* text: what is to be said (the focus' name, a reason), NULL for the usual words. */
void brain_result(struct brain *brain, uint32_t press, enum brain_result result, const char *text,
		  struct usec time);

/*
 * Learning: every input only says what it would do, until the pair of pads that begins it is held
 * again, or nothing was pressed for 30 s.
 */
void brain_learn(struct brain *brain, bool on, struct usec time);
enum brain_mode brain_mode(const struct brain *brain);
/* What is being read. Valid for the call. */
struct brain_pointed {
	const char *command; /* that presses it; NULL: words say why there is none */
	const char *label;   /* NULL: as the command is called by itself */
	const char *words;
};
void brain_pointed(struct brain *brain, uint32_t press, const struct brain_pointed *pointed,
		   struct usec time);
/* The profile is written, or taken back; reason: why not, a sentence; NULL: it is. */
void brain_assigned(struct brain *brain, uint32_t press, const char *reason, struct usec time);

/* Five lessons from the first one on; or none of them any more. */
void brain_tutorial(struct brain *brain, bool on, struct usec time);
/* It was said that left-top leads to the lessons: the next input takes it up or declines. */
void brain_tutorial_offer(struct brain *brain);

/* Whether a button is down or armed: not the moment to change what buttons do. */
bool brain_is_busy(const struct brain *brain);

bool brain_next_deadline(const struct brain *brain, struct usec *deadline);
void brain_tick(struct brain *brain, struct usec now);

/* The app in front's strongest id ("" when unknown), the site it shows (NULL: none), and what the
 * inputs do there. The view changes in place. */
const char *brain_front_id(const struct brain *brain);
const char *const *brain_front_ids(const struct brain *brain);
const char *brain_front_site(const struct brain *brain);
const struct profile_view *brain_view(const struct brain *brain);
/* The input that is armed: it runs when it comes again; false when none is. */
bool brain_armed(const struct brain *brain, struct input *out);

#endif
