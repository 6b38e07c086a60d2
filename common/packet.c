/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sending, receiving and judging messages: the only place where a size or a version is compared.
 * Called by the driver's link server, the daemon's ends of both links, and the voice.
 * Owns nothing; descriptors belong to the callers.
 */
#include "common/packet.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

const char *
packet_fault_to_str(enum packet_fault fault)
{
	switch (fault) {
	case PACKET_FAULT_NONE:
		return "is in order";
	case PACKET_FAULT_SHORT:
		return "is shorter than a header or longer than any message";
	case PACKET_FAULT_VERSION:
		return "is of another version of the protocol; install the same version of every "
		       "part";
	case PACKET_FAULT_TYPE:
		return "is of a kind that this peer may not send";
	case PACKET_FAULT_SIZE:
		return "has the wrong length";
	case PACKET_FAULT_RANGE:
		return "has a field out of range";
	}
	return "is of no known fault";
}

static const struct packet_spec *
packet_find(const struct packet_protocol *protocol, enum packet_sender sender, uint16_t type)
{
	for (size_t i = 0; i < protocol->spec_count; i++) {
		if (protocol->specs[i].type == type && protocol->specs[i].sender == sender)
			return &protocol->specs[i];
	}
	return NULL;
}

enum packet_fault
packet_check(const struct packet_protocol *protocol, enum packet_sender sender, const void *message,
	     size_t size)
{
	struct packet_header header;
	const struct packet_spec *spec;

	if (size < sizeof(header) || size > PACKET_SIZE_MAX)
		return PACKET_FAULT_SHORT;
	memcpy(&header, message, sizeof(header));
	if (header.version != protocol->version)
		return PACKET_FAULT_VERSION;
	spec = packet_find(protocol, sender, header.type);
	if (!spec)
		return PACKET_FAULT_TYPE;
	if (header.size != size || size < spec->size_min || size > spec->size_max)
		return PACKET_FAULT_SIZE;
	if (spec->valid && !spec->valid(message))
		return PACKET_FAULT_RANGE;
	return PACKET_FAULT_NONE;
}

void
packet_init(const struct packet_protocol *protocol, struct packet_header *header, uint16_t type,
	    size_t size)
{
	header->version = protocol->version;
	header->type = type;
	header->size = (uint32_t)size;
}

int
packet_send(int fd, const struct packet_header *message)
{
	ssize_t sent;

	do
		sent = send(fd, message, message->size, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

int
packet_receive(int fd, const struct packet_protocol *protocol, enum packet_sender sender,
	       void *buffer, enum packet_fault *fault)
{
	ssize_t size;

	*fault = PACKET_FAULT_NONE;
	do
		size = recv(fd, buffer, PACKET_SIZE_MAX, MSG_DONTWAIT | MSG_TRUNC);
	/* That the other end left without reading all comes before the last that it said, once. */
	while (size < 0 && (errno == EINTR || errno == ECONNRESET));
	if (size < 0)
		return -errno;
	if (size == 0)
		return -EPIPE;
	*fault = packet_check(protocol, sender, buffer, (size_t)size);
	return *fault == PACKET_FAULT_NONE ? (int)size : -EPROTO;
}
