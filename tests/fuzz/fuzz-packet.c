/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a message of either link from either end: judging never reads beyond them, and what
 * passes is of a size and text that the receivers rely on.
 * Run by tests/fuzz/run. Owns a copy of the bytes, aligned as packet_receive() promises.
 */
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/link.h"
#include "common/observe_link.h"
#include "common/packet.h"
#include "common/voice_link.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
judge(const struct packet_protocol *protocol, enum packet_sender sender, const void *bytes,
      size_t size)
{
	const struct packet_header *header = bytes;
	const struct voice_say *say = bytes;

	if (packet_check(protocol, sender, bytes, size) != PACKET_FAULT_NONE)
		return;
	if (header->size != size || header->version != protocol->version)
		abort();
	if (protocol == &voice_link_protocol && header->type == VOICE_SAY &&
	    (VOICE_SAY_SIZE(strlen(say->text)) != size || !g_utf8_validate(say->text, -1, NULL)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Of the exact size, so that the sanitizer sees the first byte too many. */
	g_autofree void *bytes = g_memdup2(data, size);

	judge(&link_protocol, PACKET_FROM_SERVER, bytes, size);
	judge(&link_protocol, PACKET_FROM_CLIENT, bytes, size);
	judge(&observe_protocol, PACKET_FROM_SERVER, bytes, size);
	judge(&observe_protocol, PACKET_FROM_CLIENT, bytes, size);
	judge(&voice_link_protocol, PACKET_FROM_SERVER, bytes, size);
	judge(&voice_link_protocol, PACKET_FROM_CLIENT, bytes, size);
	return 0;
}
