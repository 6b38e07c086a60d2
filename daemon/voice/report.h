/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the voice tells the daemon, and the transcript of it.
 * The voice is the only caller.
 * Owns only what was told of the sink; link and transcript are lent to it.
 */
#ifndef SIDETOUCH_REPORT_H
#define SIDETOUCH_REPORT_H

#include <stdbool.h>

#include "daemon/voice/sink.h"
#include "daemon/voice/transcript.h"

struct utterance;

struct report {
	int link_fd;
	struct transcript *transcript; /* may be NULL */
	bool sink_known;               /* whether it works was told, and what */
	bool sink_works;
	const char *sink_name;
};

void report_ready(struct report *report, unsigned rate_hz);
void report_started(struct report *report, const struct utterance *utterance);
void report_progress(struct report *report, const struct utterance *utterance);
void report_ended(struct report *report, const struct utterance *utterance, enum voice_end end);
/* Only when it is news. */
void report_sink(struct report *report, bool working, const char *name);
void report_routed(struct report *report, const struct sink_routed *routed);

#endif
