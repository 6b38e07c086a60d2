/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands that reach beyond the app in front: launch an app, run a program, call a service, type.
 * The daemon's main object is the only caller; everything is answered from the loop.
 * Owns what is under way, and watches the programs that it started until they end.
 */
#ifndef SIDETOUCH_DEEDS_H
#define SIDETOUCH_DEEDS_H

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/command.h"
#include "daemon/brain.h"

struct deeds_events {
	/* Exactly one for each deeds_run(), and one for each deeds_resolve(); text as in
	 * brain_result(). */
	void (*result)(void *data, uint32_t press, enum brain_result result, const char *text);
	void (*resolved)(void *data, uint32_t press, enum brain_result result, const char *text);
	/* Type this key; deeds_typed() tells that it was. */
	void (*key)(void *data, uint32_t press, uint32_t key, uint32_t modifiers);
	/* A sentence about a program whose result was told before it had ended. */
	void (*later)(void *data, const char *sentence);
};

struct deeds;

struct deeds *deeds_new(const struct deeds_events *events, void *data);
/* Programs that run go on. */
struct deeds *deeds_free(struct deeds *deeds);
/* There is a session bus. */
void deeds_bus(struct deeds *deeds, GDBusConnection *bus);

/* Carry out a command that is COMMAND_BY_SESSION. */
void deeds_run(struct deeds *deeds, uint32_t press, const struct command *command);
/* Find out whether deeds_run() could; nothing is done. */
void deeds_resolve(struct deeds *deeds, uint32_t press, const struct command *command);
/* A key for this press was typed, or why not: a sentence. False: it was not asked for here. */
bool deeds_typed(struct deeds *deeds, uint32_t press, const char *reason);
/* Another app is in front: what is not typed yet is not for it. */
void deeds_front(struct deeds *deeds);

#endif
