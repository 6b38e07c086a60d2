/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events that an application tells faster than anybody needs them: they end here, in GDBus' own
 * thread, before the main loop hears of them.
 * daemon/apps_flood makes one for each connection and is the only caller. Owns its filter.
 */
#ifndef SIDETOUCH_A11Y_FLOOD_H
#define SIDETOUCH_A11Y_FLOOD_H

#include <gio/gio.h>

/* Of one application so many in this time are heard: a page that is drawn anew is fewer, and 10,000
 * a second are more even where GDBus, at its 16 us for each, gets a tenth of a core. */
#define A11Y_FLOOD_EVENTS 2000
#define A11Y_FLOOD_MS     1000

struct a11y_flood;

/* From the main context: this application has told more than that; again each A11Y_FLOOD_MS. */
typedef void (*a11y_flood_told)(void *data, const char *bus);

struct a11y_flood *a11y_flood_new(GDBusConnection *connection, a11y_flood_told told, void *data);
/* Nothing is told after this. Returns NULL. */
struct a11y_flood *a11y_flood_free(struct a11y_flood *flood);

#endif
