/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The session bus: the name org.sidetouch.Sidetouch1 and its one object.
 * The daemon's main object is the only caller.
 * Owns the name, the registration and the list of who watches.
 */
#ifndef SIDETOUCH_BUS_H
#define SIDETOUCH_BUS_H

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/link.h"
#include "common/units.h"
#include "daemon/talk.h"

#define BUS_NAME      "org.sidetouch.Sidetouch1"
#define BUS_PATH      "/org/sidetouch/Sidetouch1"
#define BUS_INTERFACE "org.sidetouch.Sidetouch1"

enum bus_state {
	BUS_OURS,   /* the name is ours */
	BUS_TAKEN,  /* another daemon has it */
	BUS_ABSENT, /* there is no session bus */
	BUS_GONE,   /* there was one: the session is over */
};

struct bus_events {
	/* Once at the start, and again when it changes. */
	void (*state)(void *data, enum bus_state state);
	uint32_t (*say)(void *data, const char *text);
	/* 0 and *reason: there is no such kind of text. */
	uint32_t (*say_private)(void *data, const char *text, const char *kind, char **reason);
	void (*stop)(void *data);
	/* A floating a{sv}. */
	GVariant *(*status)(void *data);
	/* A floating aa{sv}. */
	GVariant *(*gestures)(void *data);
	/* False when the app in front is not told over the bus. */
	bool (*set_front)(void *data, const char *app);
	/* Learn what the buttons do, or leave that. */
	void (*learn)(void *data, bool on);
	/* The lessons in what the buttons are begin, or are skipped. */
	void (*tutorial)(void *data, bool on);
	/* NULL: it has begun, and bus_calibration() tells the caller. Else why not; to be freed. */
	char *(*calibrate)(void *data, const char *caller, uint32_t panel);
	/* False: there is none. */
	bool (*stop_calibrating)(void *data);
	/* An app offers buttons (a{s(ss)}), its actions at that object. NULL: that is well. */
	char *(*offer)(void *data, const char *caller, const char *actions, GVariant *buttons);
	/* The same for learning the ear; bus_learn() tells the caller. */
	char *(*learn_ear)(void *data, const char *caller);
	bool (*stop_learning)(void *data);
};

struct bus;

/* Calls about the voice go there. */
void bus_lend_talk(struct bus *bus, struct talk *talk);
/* The session bus when there is one; owned by bus, NULL until it is known. */
GDBusConnection *bus_connection(const struct bus *bus);

int bus_new(const struct bus_events *events, void *data, struct bus **out);
struct bus *bus_unref(struct bus *bus);

/* Who has asked for something that goes on: a bus name, and the watch on it. */
struct bus_caller {
	char *name; /* NULL: nobody is left to be told */
	guint watch;
};

/* gone: told from the loop when that name goes. */
void bus_caller_keep(struct bus_caller *caller, struct bus *bus, const char *name,
		     void (*gone)(void *data), void *data);
void bus_caller_forget(struct bus_caller *caller);

/* How a calibration goes on, to the one who asked for it. */
void bus_calibration(struct bus *bus, const char *caller, const char *step, enum pad pad,
		     unsigned presses, const char *text);

/* How the learning of the ear goes on, to the one who asked for it. */
void bus_learn(struct bus *bus, const char *caller, const char *step, const char *text);

/* Signals; they go only to those who called Watch(). */
void bus_press(struct bus *bus, const struct link_press *press);
void bus_chord(struct bus *bus, const struct link_chord *chord);
void bus_ear(struct bus *bus, const char *kind, struct usec time);
/* What the driver wants the user to know, before it is said. */
void bus_notice(struct bus *bus, const char *kind, const char *text);
void bus_said(struct bus *bus, uint32_t press, uint32_t utterance, const char *text,
	      struct usec time);
/* What an app tells of its own accord. */
void bus_told(struct bus *bus, uint32_t utterance, const char *text, struct usec time);
void bus_speech_ended(struct bus *bus, uint32_t utterance, bool spoken, struct usec time);
void bus_command(struct bus *bus, uint32_t press, const char *command, struct usec time);
void bus_result(struct bus *bus, uint32_t press, const char *result, struct usec time);
void bus_front(struct bus *bus, const char *app, const char *profile);

#endif
