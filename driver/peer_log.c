/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A short list of peers and what was logged of each.
 * Called by driver/link_server and driver/observer before they log.
 * Owns nothing.
 */
#include "driver/peer_log.h"

bool
peer_log_is_new(struct peer_log *log, uid_t uid, pid_t pid, unsigned trouble)
{
	uint32_t bit = UINT32_C(1) << trouble;
	unsigned i = 0;
	bool is_new;

	while (i < PEER_LOG_PEERS &&
	       (log->peers[i].logged == 0 || log->peers[i].uid != uid || log->peers[i].pid != pid))
		i++;
	if (i == PEER_LOG_PEERS) {
		i = log->next;
		log->next = (log->next + 1) % PEER_LOG_PEERS;
		log->peers[i].uid = uid;
		log->peers[i].pid = pid;
		log->peers[i].logged = 0;
	}
	is_new = (log->peers[i].logged & bit) == 0;
	log->peers[i].logged |= bit;
	return is_new;
}
