/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One sidetouch-voice process and the socket to it.
 * daemon/speech starts one after the other; nothing else knows that the voice is a process.
 * Owns the socket and the process until it is reaped: it leaves no zombie.
 */
#ifndef SIDETOUCH_VOICE_CHILD_H
#define SIDETOUCH_VOICE_CHILD_H

#include "common/voice_link.h"

struct voice_child_events {
	/* A message that the link's table finds right. */
	void (*message)(void *data, const struct packet_header *header);
	/* It died, hung up, or sent what no voice sends. Once; the caller then kills it. */
	void (*gone)(void *data);
};

struct voice_child;

/* Start program with arguments (NULL-terminated; may be NULL) and the link as VOICE_LINK_FD. */
int voice_child_new(const char *program, const char *const *arguments,
		    const struct voice_child_events *events, void *data, struct voice_child **out);

/* -EAGAIN: it does not read; -EPIPE or -ECONNRESET: it is gone. */
int voice_child_send(struct voice_child *child, const struct packet_header *message);

/* At once, by SIGKILL; does not wait. NULL is allowed. */
struct voice_child *voice_child_kill(struct voice_child *child);
/* Hang up, wait until it has ended on its own (half a second at most), else kill it. */
struct voice_child *voice_child_unref(struct voice_child *child);

#endif
