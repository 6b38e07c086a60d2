/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The voice's messages to the daemon: never waited for; a daemon that does not read loses them.
 * Called by the voice.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include "daemon/voice/report.h"

#include <errno.h>
#include <glib.h>
#include <string.h>

#include "daemon/voice/utterance.h"

static uint64_t
now_us(void)
{
	return (uint64_t)g_get_monotonic_time();
}

static void
send_message(struct report *report, enum voice_link_type type, struct packet_header *header,
	     size_t size)
{
	int error;

	packet_init(&voice_link_protocol, header, (uint16_t)type, size);
	error = packet_send(report->link_fd, header);
	/* A closed link shows as such when it is read. A daemon that does not read hangs. */
	if (error == -EAGAIN)
		g_warning("sidetouchd does not read what the voice tells it; a report is lost.");
}

void
report_ready(struct report *report, unsigned rate_hz)
{
	struct voice_ready message = {.sample_rate_hz = rate_hz};

	send_message(report, VOICE_READY, &message.header, sizeof(message));
}

void
report_started(struct report *report, const struct utterance *utterance)
{
	struct voice_started message = {.utterance = utterance->id, .time_us = now_us()};

	send_message(report, VOICE_STARTED, &message.header, sizeof(message));
	transcript_started(report->transcript, message.time_us, utterance->id, utterance->text);
}

void
report_progress(struct report *report, const struct utterance *utterance)
{
	struct voice_progress message = {.utterance = utterance->id};

	send_message(report, VOICE_PROGRESS, &message.header, sizeof(message));
}

void
report_ended(struct report *report, const struct utterance *utterance, enum voice_end end)
{
	struct voice_ended message = {
	    .utterance = utterance->id, .end = (uint32_t)end, .time_us = now_us()};

	send_message(report, VOICE_ENDED, &message.header, sizeof(message));
	transcript_ended(report->transcript, message.time_us, utterance->id, end);
}

void
report_sink(struct report *report, bool working, const char *name)
{
	struct voice_sink message = {.working = working};

	if (report->sink_known && report->sink_works == working &&
	    (!working || strcmp(report->sink_name, name) == 0))
		return;
	report->sink_known = true;
	report->sink_works = working;
	report->sink_name = name;
	g_strlcpy(message.name, name, sizeof(message.name));
	send_message(report, VOICE_SINK, &message.header, sizeof(message));
}

void
report_routed(struct report *report, const struct sink_routed *routed)
{
	struct voice_routed message = {
	    .done = routed->done, .place = (uint32_t)routed->place, .ear = routed->ear};

	g_strlcpy(message.sink, routed->device, sizeof(message.sink));
	send_message(report, VOICE_ROUTED, &message.header, sizeof(message));
}
