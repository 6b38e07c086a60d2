/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Remembers what was logged of peers that are turned away or hung up on, so that none of them fills
 * the log by coming back.
 * Used by driver/link_server and driver/observer.
 * A plain value without memory of its own; all zero is the start.
 */
#ifndef SIDETOUCH_PEER_LOG_H
#define SIDETOUCH_PEER_LOG_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/packet.h"

/* More peers than come by turns; of a larger crowd some are logged again. */
#define PEER_LOG_PEERS 8

/* What there is to say of a peer. */
enum peer_trouble {
	PEER_TROUBLE_REFUSED, /* it may not listen */
	PEER_TROUBLE_SILENT,  /* it did not say hello */
	PEER_TROUBLE_UNSEEN,  /* it did not take a press */
	PEER_TROUBLE_UNREAD,  /* it does not read */
	PEER_TROUBLE_MESSAGE, /* and so on: a message had this fault, enum packet_fault */
};

struct peer_log {
	struct {
		uid_t uid;
		pid_t pid;
		uint32_t logged; /* a bit for each trouble */
	} peers[PEER_LOG_PEERS];
	unsigned next; /* the one that is forgotten for a new one */
};

/* Whether this is to be logged: the first time for each process, of a refused user the first time
 * for any process (pid 0). */
bool peer_log_is_new(struct peer_log *log, uid_t uid, pid_t pid, unsigned trouble);

#endif
