/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning the ear as it really goes: asked for over the bus, said by the voice, fed by the driver.
 * The daemon's main object is the only caller; daemon/ear_coach decides.
 * Owns the conversation, its timers, and the watch on who asked for it.
 */
#ifndef SIDETOUCH_EAR_LEARN_H
#define SIDETOUCH_EAR_LEARN_H

#include "daemon/bus.h"
#include "daemon/driver_link.h"
#include "daemon/earside.h"

/* Say this instead of what is being said; the utterance's number. press: 0. */
typedef uint32_t ear_learn_say_fn(void *data, uint32_t press, const char *text);

struct ear_learn;

struct ear_learn *ear_learn_new(struct driver_link *link, struct bus *bus, struct earside *earside,
				ear_learn_say_fn *say, void *data);
struct ear_learn *ear_learn_free(struct ear_learn *learn);

/* NULL: it has begun, and caller is told how it goes on. Otherwise why not; to be freed. */
char *ear_learn_begin(struct ear_learn *learn, const char *caller);
/* False: none is under way. */
bool ear_learn_stop(struct ear_learn *learn);
bool ear_learn_is_running(const struct ear_learn *learn);

/* What the driver tells of the ear. */
void ear_learn_seen(struct ear_learn *learn, const struct link_ear_seen *message);
void ear_learn_ear(struct ear_learn *learn, enum ear_kind kind);
/* The driver went or came. */
void ear_learn_link(struct ear_learn *learn, bool up);
/* An utterance has ended. */
void ear_learn_spoken(struct ear_learn *learn, uint32_t utterance);

#endif
