/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a screen reader speaks in this session: Orca on the bus, or org.a11y.Status saying so.
 * Called by daemon/talk; never waits.
 * Owns its watches.
 */
#ifndef SIDETOUCH_SCREEN_READER_H
#define SIDETOUCH_SCREEN_READER_H

#include <gio/gio.h>
#include <stdbool.h>

struct screen_reader;

/* changed: it began or stopped; at the start none speaks. bus: NULL when there is none. */
struct screen_reader *screen_reader_new(GDBusConnection *bus,
					void (*changed)(void *data, bool reads), void *data);
struct screen_reader *screen_reader_free(struct screen_reader *reader);

#endif
