/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Messages over SOCK_SEQPACKET: one header, and a table that says what each message may look like.
 * The link between driver and daemon and the one between daemon and voice are two such tables, so
 * both check length, version and range in the same place, on both sides.
 * It owns no descriptor and allocates nothing; host byte order, since both ends are on one machine.
 */
#ifndef SIDETOUCH_PACKET_H
#define SIDETOUCH_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 4 kB of text is the longest utterance (design); the rest is room for headers. */
#define PACKET_SIZE_MAX 4608

struct packet_header {
	uint16_t version;
	uint16_t type;
	uint32_t size; /* of the whole message in bytes, this header included */
};

/* Which end may send a message: a peer that sends the other end's is as wrong as one out of range.
 */
enum packet_sender {
	PACKET_FROM_SERVER,
	PACKET_FROM_CLIENT,
};

struct packet_spec {
	uint16_t type;
	const char *name; /* for the one log line a bad message gets */
	enum packet_sender sender;
	size_t size_min;
	size_t size_max;
	/* Whether every field is in range; called only after the size was found right. May be NULL.
	 */
	bool (*valid)(const struct packet_header *message);
};

struct packet_protocol {
	const char *name;
	uint16_t version;
	const struct packet_spec *specs;
	size_t spec_count;
};

enum packet_fault {
	PACKET_FAULT_NONE,
	PACKET_FAULT_SHORT,   /* shorter than a header, or longer than any message */
	PACKET_FAULT_VERSION, /* another version of the protocol */
	PACKET_FAULT_TYPE,    /* no such message, or not one this peer may send */
	PACKET_FAULT_SIZE, /* the size in the header is not the size received or not one it may have
			    */
	PACKET_FAULT_RANGE, /* a field is out of range */
};

/* A sentence's end: "is of another version of the protocol" ...; never NULL. */
const char *packet_fault_to_str(enum packet_fault fault);

/*
 * Judge one received message of size bytes, sent by the given end.
 * The pure part of packet_receive(), for fuzzers and tests.
 */
enum packet_fault packet_check(const struct packet_protocol *protocol, enum packet_sender sender,
			       const void *message, size_t size);

/* Fill in the header of a message of the given type and whole size in bytes. */
void packet_init(const struct packet_protocol *protocol, struct packet_header *header,
		 uint16_t type, size_t size);

/*
 * Send one whole message; never waits and never raises SIGPIPE.
 * -EAGAIN: the peer does not read (its queue is full). -EPIPE or -ECONNRESET: it is gone.
 */
int packet_send(int fd, const struct packet_header *message);

/*
 * Receive one whole message into buffer, which holds PACKET_SIZE_MAX bytes and is aligned for any
 * message; never waits. Returns its size in bytes (> 0), -EAGAIN when there is none, -EPIPE when
 * the peer closed, -EPROTO with *fault set when the message is not one the sender may send.
 */
int packet_receive(int fd, const struct packet_protocol *protocol, enum packet_sender sender,
		   void *buffer, enum packet_fault *fault);

#endif
