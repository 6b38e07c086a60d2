/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came out while a scenario was played: presses, words, commands, and the clone's contacts.
 * Fed by a player's back end, read by the player's expectations; one log per scenario.
 * Owns its entries and follows the slots of the clone.
 */
#ifndef SIDETOUCH_PLAYER_LOG_H
#define SIDETOUCH_PLAYER_LOG_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/scenario.h"
#include "driver/core/core.h"

struct player_entry {
	enum scenario_expect kind;
	struct usec time;
	struct input input;    /* press, hold, cancel, chord: the pad or pads */
	enum ear_kind gesture; /* ear */
	char *text;            /* say, command, notice */
	struct mm_point from;  /* pass: where the contact landed, and where it is or ended */
	struct mm_point to;
	bool ended;
};

/* Told of each entry; of a contact twice: when it lands and when it has ended. */
typedef void player_log_fn(void *data, const struct player_entry *entry);

struct player_log;

struct player_log *player_log_new(player_log_fn *notify, void *data);
struct player_log *player_log_free(struct player_log *log);

/* Presses by their number: an UP after a HOLD ends the hold and is no press. */
void player_log_press(struct player_log *log, uint32_t press, enum pad pad, enum press_phase phase,
		      struct usec time);
/* The same for a chord of this name. */
void player_log_chord(struct player_log *log, uint32_t chord, struct input pads,
		      enum press_phase phase, struct usec time);
void player_log_notice(struct player_log *log, const char *kind, struct usec time);
void player_log_say(struct player_log *log, const char *text, struct usec time);
void player_log_command(struct player_log *log, const char *text, struct usec time);

/* A hold's end is not logged: it is no gesture. */
void player_log_ear(struct player_log *log, enum ear_kind gesture, struct usec time);

/* The clone's axes, before its first frame. */
void player_log_clone_panel(struct player_log *log, const struct core_panel *panel);
/* The events of one frame of the clone, SYN_REPORT left out. */
void player_log_clone_frame(struct player_log *log, struct usec time,
			    const struct core_event *events, size_t count);

/* How many entries of a kind there are, and the one of that number from 0. */
size_t player_log_count(const struct player_log *log, enum scenario_expect kind);
const struct player_entry *player_log_get(const struct player_log *log, enum scenario_expect kind,
					  size_t index);
/* How many contacts are down on the clone now. */
size_t player_log_down(const struct player_log *log);
/* Grows with each entry and each contact's end: whether something happened since. */
uint64_t player_log_changes(const struct player_log *log);

/* "press left-top", "say "Back"", "contact 30,60 -> 30,100" ...; allocated. */
char *player_entry_describe(const struct player_entry *entry);

#endif
