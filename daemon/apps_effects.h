/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The events in which it shows that an application does something. daemon/apps_press listens to
 * them for the effect of a press; daemon/apps_run keeps them coming while it still looks for what
 * to press. Owns the subscriptions.
 */
#ifndef SIDETOUCH_APPS_EFFECTS_H
#define SIDETOUCH_APPS_EFFECTS_H

#include <gio/gio.h>

struct apps_effects;

/* The application told of one. */
typedef void (*apps_effects_seen)(void *data);

/*
 * bus: the application's unique name. seen NULL: nobody is told. Of several for one application
 * only the first has the bus asked for its events (GDBus counts those who want the same).
 */
struct apps_effects *apps_effects_new(GDBusConnection *connection, const char *bus,
				      apps_effects_seen seen, void *data);
struct apps_effects *apps_effects_free(struct apps_effects *effects);

#endif
