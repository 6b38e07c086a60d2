/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The phone at the ear, as the daemon sees it: who says that it is there, where speech sounds then,
 * how loud, and who may hear it. The driver decides what touches are; this tells it what sensors
 * and commands say. The daemon's main object is the only caller. Owns the sensors and callaudiod's
 * client; the parts are lent to it.
 */
#ifndef SIDETOUCH_EARSIDE_H
#define SIDETOUCH_EARSIDE_H

#include <gio/gio.h>

#include "common/ear.h"
#include "common/voice_link.h"
#include "daemon/driver_link.h"
#include "daemon/privacy.h"
#include "daemon/speech.h"
#include "daemon/talk.h"

struct earside_parts {
	struct driver_link *link;
	struct speech *speech;
	struct talk *talk;
	struct privacy *privacy;
	const char *accelerometers; /* the folder of the kernel's */
};

struct earside_events {
	/* Say now; after what is being said; and a problem, once. */
	uint32_t (*say)(void *data, uint32_t press, const char *text);
	void (*say_after)(void *data, const char *text);
	void (*problem)(void *data, const char *sentence);
	/* The phone was turned by a step, seen from the user's side. */
	void (*rotate)(void *data, bool clockwise, struct usec time);
};

struct earside;

struct earside *earside_new(const struct earside_parts *parts, const struct earside_events *events,
			    void *data);
struct earside *earside_free(struct earside *earside);

/* The session bus is there. */
void earside_bus(struct earside *earside, GDBusConnection *bus);
/* The driver, and its panels, came or went. */
void earside_link(struct earside *earside);
/* What the ear did; returns the same as it is at the user's own ear. */
enum ear_kind earside_ear(struct earside *earside, enum ear_kind kind, struct usec time);
/* "on", "off", NULL: the other one. What is to be said of it at once, allocated, or NULL. */
char *earside_command(struct earside *earside, const char *value);
/* A learner has the ear: it stays on, and nothing is said of its coming and going. */
void earside_set_learning(struct earside *earside, bool learning);
/* The voice has told where it is heard. */
void earside_routed(struct earside *earside, const struct voice_routed *routed);
/* A setting has another value. */
void earside_changed(struct earside *earside);

bool earside_is_at_ear(const struct earside *earside);
/* What the sensor's service says. */
enum ear_proximity earside_proximity(const struct earside *earside);

#endif
