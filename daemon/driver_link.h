/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon's end of the link to sidetouch-driver: connects, reconnects, checks every message.
 * The daemon's main object is the only caller.
 * Owns the socket and the table of panels.
 */
#ifndef SIDETOUCH_DRIVER_LINK_H
#define SIDETOUCH_DRIVER_LINK_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/link.h"
#include "common/units.h"

struct driver_link_events {
	void (*press)(void *data, const struct link_press *press);
	/* A contact that is no press, once after driver_link_watch(true). */
	void (*touch)(void *data, struct usec time);
	/* A panel was unplugged, and with it whatever its pads had begun. */
	void (*panel_gone)(void *data);
	/* The driver has taken us (true), or is gone (false). */
	void (*up)(void *data, bool up);
	/* Exactly one for each driver_link_type_key(); error 0 or -errno. */
	void (*typed)(void *data, uint32_t tag, int error);
	/* Any other message of the driver, checked. May be NULL: it is ignored. */
	void (*message)(void *data, const struct packet_header *message);
};

struct driver_link;

/* path: of the driver's socket. */
int driver_link_new(const char *path, const struct driver_link_events *events, void *data,
		    struct driver_link **out);
struct driver_link *driver_link_unref(struct driver_link *link);

/* Connect from the loop, and again whenever the driver has gone; never waits, never fails. */
void driver_link_start(struct driver_link *link);

/*
 * Type a key; tag comes back in typed(), always from the loop and never from inside this call.
 * -ENOTCONN: no driver. -ENODEV: the driver has no keyboard. -ETIMEDOUT: it did not answer.
 */
void driver_link_type_key(struct driver_link *link, uint32_t tag, uint32_t key, uint32_t modifiers);
/* The same, but hold it down; and let go of what is held, which is not answered. */
void driver_link_hold_key(struct driver_link *link, uint32_t tag, uint32_t key, uint32_t modifiers);
void driver_link_let_go(struct driver_link *link, uint32_t key, uint32_t modifiers);
void driver_link_watch(struct driver_link *link, bool on);
/* Any other message; its header is filled in here. size is the whole's. -ENOTCONN: no driver. */
int driver_link_send(struct driver_link *link, struct packet_header *message, enum link_type type,
		     size_t size);
/* Whether the driver lets the device be felt; NONE while there is no driver. */
enum link_buzz_state driver_link_buzz(const struct driver_link *link);
bool driver_link_is_up(const struct driver_link *link);
/* It has just said that it serves another: the user who is at the screen now. */
bool driver_link_is_refused(const struct driver_link *link);

/* "connected", or a sentence that says what to do. */
const char *driver_link_state(const struct driver_link *link);
/* Every panel, in the order they were told. */
typedef void driver_link_panel_fn(void *data, const struct link_panel *panel);
void driver_link_foreach_panel(const struct driver_link *link, driver_link_panel_fn *panel,
			       void *data);

#endif
