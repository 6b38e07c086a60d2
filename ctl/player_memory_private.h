/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Playing in memory, shared by its three files: the driver's end, the daemon's end, and time with
 * the messages between them. What an end's loop does, its file does.
 * Included by ctl/player_memory*.c only; the object owns all of it but the log and the profiles.
 */
#ifndef SIDETOUCH_PLAYER_MEMORY_PRIVATE_H
#define SIDETOUCH_PLAYER_MEMORY_PRIVATE_H

#include "common/link.h"
#include "ctl/player_encoder.h"
#include "ctl/player_memory.h"
#include "daemon/brain.h"

enum player_memory_due_kind {
	PLAYER_MEMORY_DUE_SPOKEN, /* the virtual voice has ended an utterance */
	PLAYER_MEMORY_DUE_RESULT, /* the actor has carried out a press's command */
};

struct player_memory_due {
	enum player_memory_due_kind kind;
	uint32_t number; /* utterance or press */
	struct usec time;
};

struct player_memory {
	struct player_log *log;
	struct player_encoder encoder;
	struct core *core;
	struct brain *brain;
	struct usec now;
	GQueue messages; /* of struct message */
	GArray *due;     /* of struct player_memory_due */
	uint32_t utterance;
	uint32_t request;       /* of the key under way */
	uint32_t request_press; /* and the press it belongs to */
	bool up;                /* the daemon is connected */
	bool watching;          /* LINK_WATCH, which one LINK_TOUCH answers */
	enum packet_fault fault;
};

/* --- ctl/player_memory: between the ends ------------------------------------------------------ */

/* Put a message on its way, its header filled in here; it is delivered after the present event. */
void player_memory_send(struct player_memory *memory, enum packet_sender sender, uint16_t type,
			struct packet_header *header, size_t size);
void player_memory_add_due(struct player_memory *memory, enum player_memory_due_kind kind,
			   uint32_t number, struct usec time);

/* --- ctl/player_memory_driver and player_memory_daemon: the ends ------------------------------ */

extern const struct core_output player_memory_core_output;
void player_memory_driver_takes(struct player_memory *memory, const struct packet_header *header);

extern const struct brain_output player_memory_brain_output;
void player_memory_daemon_takes(struct player_memory *memory, const struct packet_header *header);

#endif
