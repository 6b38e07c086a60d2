/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Apps that take part: what they offer for the buttons while their own windows are in front, and
 * doing it in them. docs/apps.md has it for those who write apps.
 * The daemon's main object is the only caller. Owns who has offered what, and the watches on them.
 *
 *   offered    it is kept, and its process asked for; gone when its connection goes
 *   in front   the process that has the window in front: its latest offer counts, in the view
 *   changed    counts when no button is down or armed, and at most ten times a second
 */
#ifndef SIDETOUCH_OFFERS_H
#define SIDETOUCH_OFFERS_H

#include "daemon/brain.h"
#include "daemon/bus.h"

struct offers_events {
	/* Whether a button is down or armed: what is offered does not change then. */
	bool (*busy)(void *data);
	/* This counts from now on (an array over all inputs, NULL: nothing); the one before is
	 * freed when this returns. */
	void (*changed)(void *data, const struct profile_binding *const *bindings);
	/* As brain_result() and brain_resolved(). */
	void (*result)(void *data, uint32_t press, enum brain_result result, const char *text);
	void (*resolved)(void *data, uint32_t press, enum brain_result result, const char *text);
};

struct offers;

struct offers *offers_new(struct bus *bus, const struct offers_events *events, void *data);
struct offers *offers_free(struct offers *offers);

/*
 * caller, a unique name, offers these buttons (a{s(ss)}, empty: none any more), with its actions at
 * this object. NULL when that is well, else why not: an allocated sentence.
 */
char *offers_take(struct offers *offers, const char *caller, const char *path, GVariant *buttons);

/* The process that has the window in front; 0: none, or not known. */
void offers_front(struct offers *offers, uint32_t pid);
/* Whether what is offered counts at all: the user's setting. */
void offers_allow(struct offers *offers, bool on);
/* A button was let go, or what was armed is not any more. */
void offers_idle(struct offers *offers);

/* Do, or look for, what this binding is; false when no app has offered it. */
bool offers_run(struct offers *offers, uint32_t press, const struct profile_binding *binding);
bool offers_resolve(struct offers *offers, uint32_t press, const struct profile_binding *binding);

#endif
