/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The brain as its own files see it: brain.c decides, brain_input.c takes presses, chords and an
 * ear's gestures and says which input they make, brain_mode.c knows of the modes in which they mean
 * something else, one file each. Included by daemon/brain*.c only; struct brain owns what its
 * header says.
 */
#ifndef SIDETOUCH_BRAIN_PRIVATE_H
#define SIDETOUCH_BRAIN_PRIVATE_H

#include "daemon/brain.h"
#include "daemon/brain_words.h"
#include "daemon/confirm.h"

/* An app is given 0.5 s for an effect (apps.h); nobody presses eight buttons in that time. */
#define RUNS_MAX 8

struct run {
	uint32_t press; /* 0: free */
	struct brain_words_run words;
	char *label;
};

#define BRAIN_LESSONS 5 /* issue 7 */

struct brain_tutorial {
	bool offered;
	unsigned lesson;   /* from 0 */
	bool pressed_once; /* of the two presses that it asks for */
	bool asked_again;  /* after a silence; the next one is the last */
};

enum brain_assign_state {
	BRAIN_ASSIGN_READY,
	BRAIN_ASSIGN_LOOKING, /* what is being read is being asked */
	BRAIN_ASSIGN_OFFERED, /* it is known; the same input again assigns it */
	BRAIN_ASSIGN_UNDO,    /* the same again takes the last one back */
	BRAIN_ASSIGN_WRITING,
};

struct brain_assign {
	enum brain_assign_state state;
	uint32_t press; /* whose answer is awaited */
	struct input input;
	char *command; /* of what is offered, as its label and words */
	char *label;
	char *words;
	char *done; /* what to say once it is written; NULL: nothing is being written */
	struct profile_binding previous, next; /* what moves */
};

struct brain {
	struct brain_output output;
	void *data;
	const struct profile_set *profiles;
	struct profile_view view;                     /* of the app and the site in front */
	const struct profile_binding *const *offered; /* by the app in front; NULL: nothing */
	char **front;
	char *site; /* NULL: none */
	struct confirm confirm;
	char *armed_label;
	bool dropped; /* a landing has disarmed it, and what it becomes will say so or not */
	uint32_t armed_press;
	bool armed_known;   /* what it would act on was told */
	char *armed_target; /* as it was told; NULL: it has no name */
	bool armed_help;    /* the armed command calls for help */
	bool always;        /* the user wants two presses of everything */
	unsigned pads_down; /* a bit a pad */
	bool chord_down;
	bool has_press;
	uint32_t last_up; /* the press that lifted last */
	bool has_hold;
	uint32_t last_hold;  /* a press or a chord that became a hold */
	uint32_t chorded[2]; /* presses that became a chord; 0: none */
	uint32_t next_ear;   /* number of the ear's next gesture */
	bool at_ear;
	bool locked;     /* the session is */
	uint32_t newest; /* the press whose announcement or result is of interest */
	struct run runs[RUNS_MAX];
	size_t next_run;
	enum brain_mode mode;
	struct usec mode_until;  /* it ends by itself then */
	uint32_t mode_utterance; /* what was said in it last: silence is counted from its end */
	struct brain_tutorial tutorial;
	struct brain_assign assign;
};

/* An input that is complete: what it is, and what of the press or chord it came from matters. */
struct brain_occurrence {
	struct input input;
	uint32_t press;
	struct usec down;
	struct usec time;
	bool held;
};

/* An input is complete: it is announced, or its command run. */
void brain_complete(struct brain *brain, const struct brain_occurrence *it);
/* It is carried out. */
void brain_run(struct brain *brain, const struct brain_occurrence *it,
	       const struct profile_binding *binding);
/* How a binding is confirmed, as its profile and the user want it. */
enum profile_confirm brain_how(const struct brain *brain, const struct profile_binding *binding);
/* What is armed is not any more, and the user is told why. */
void brain_cancel(struct brain *brain, enum brain_reason reason);
/* What was armed is not any more, without a word: the confirmation has left its armed states. */
void brain_disarmed(struct brain *brain);

/* --- brain_mode.c --- */

/* An input is complete; false when it means what it usually does. */
bool brain_mode_input(struct brain *brain, const struct brain_occurrence *it);
/* Another mode; nothing is armed any more. */
void brain_mode_set(struct brain *brain, enum brain_mode mode);
/* Say something of the mode that is on; its silence is counted from the end of that. */
void brain_mode_say(struct brain *brain, uint32_t press, const char *text, struct usec time);
/* The user did something: silence is counted from here. */
void brain_mode_wait(struct brain *brain, struct usec time);
void brain_mode_spoken(struct brain *brain, uint32_t utterance, struct usec time);
void brain_mode_tick(struct brain *brain, struct usec now);
/* Two pads are held together: some pairs change the mode. */
void brain_mode_chord_held(struct brain *brain, const struct brain_occurrence *it);

/* --- brain_assign.c --- */

void brain_assign_init(struct brain *brain);
void brain_assign_clear(struct brain *brain);
/* Two pads are held together; false when it is no matter of assigning. */
bool brain_assign_held(struct brain *brain, const struct brain_occurrence *it);
void brain_assign_input(struct brain *brain, const struct brain_occurrence *it);
void brain_assign_silence(struct brain *brain, struct usec now);
/* What it was begun in is not in front any more. */
void brain_assign_leave(struct brain *brain, enum brain_reason reason, struct usec time);

/* --- brain_learn.c --- */

/* What an input would do is said, and not done. */
void brain_learn_input(struct brain *brain, const struct brain_occurrence *it);

/* --- brain_tutorial.c --- */

/* The tutorial may have been offered; false: the input means what it usually does. */
bool brain_tutorial_offered(struct brain *brain, const struct brain_occurrence *it);
void brain_tutorial_input(struct brain *brain, const struct brain_occurrence *it);
void brain_tutorial_silence(struct brain *brain, struct usec now);

#endif
