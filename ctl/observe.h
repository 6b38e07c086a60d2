/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sidetouchctl's end of the observers' link: asks to be let in, waits for what is told or for a
 * signal to end.
 * Used by `record` and `monitor`.
 * Owns the socket and, from observe_open() on, the signals that end a program politely.
 */
#ifndef SIDETOUCH_CTL_OBSERVE_H
#define SIDETOUCH_CTL_OBSERVE_H

#include <glib.h>

#include "common/observe_link.h"

#define OBSERVE_ERROR (observe_error_quark())
GQuark observe_error_quark(void);
enum observe_error {
	OBSERVE_ERROR_AWAY,    /* no driver, or it has gone */
	OBSERVE_ERROR_REFUSED, /* it will not have us */
	OBSERVE_ERROR_FAULT,   /* it does not speak our language, or does not answer */
};

union observe_message {
	struct packet_header header;
	struct observe_refused refused;
	struct observe_panel panel;
	struct observe_text text;
	struct observe_events events;
	struct observe_contact contact;
	char bytes[PACKET_SIZE_MAX];
};

struct observe {
	int fd, signal_fd;
	GArray *panels; /* of struct observe_panel */
};

/* Connect to the driver whose daemon socket is at path, and hear which panels there are. The error
 * is a sentence that says what to do. */
bool observe_open(struct observe *observe, const char *path, GError **error);
bool observe_start(struct observe *observe, enum observe_role role, uint32_t panel, GError **error);
/*
 * Wait for the next message. 1: there it is; 0: a signal says that it is enough; -1: error, also
 * when the driver has ended it.
 */
int observe_next(struct observe *observe, union observe_message *message, GError **error);
void observe_close(struct observe *observe);

#endif
