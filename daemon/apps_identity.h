/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks who an application on the accessibility bus is: its process, and what it calls itself, of
 * which daemon/app_id makes its ids.
 * daemon/apps makes one for each that comes in front. Owns its questions.
 */
#ifndef SIDETOUCH_APPS_IDENTITY_H
#define SIDETOUCH_APPS_IDENTITY_H

#include "daemon/a11y_call.h"

struct apps_identity;

/* ids as in apps_events.front; pid 0: not known. Called once, from the loop; it may be freed there.
 */
typedef void (*apps_identity_done)(void *data, const char *const *ids, uint32_t pid);

struct apps_identity *apps_identity_new(GDBusConnection *connection, const char *bus,
					apps_identity_done done, void *data);
struct apps_identity *apps_identity_free(struct apps_identity *identity);
const char *apps_identity_bus(const struct apps_identity *identity);

#endif
