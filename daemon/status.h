/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answer to GetStatus: the state of every part in one dictionary.
 * Called by the daemon's main object.
 * Owns nothing.
 */
#ifndef SIDETOUCH_STATUS_H
#define SIDETOUCH_STATUS_H

#include <glib.h>

#include "daemon/apps.h"
#include "daemon/brain.h"
#include "daemon/driver_link.h"
#include "daemon/earside.h"
#include "daemon/problems.h"
#include "daemon/speech.h"

struct status_parts {
	const struct driver_link *link;
	const struct apps *apps;
	const struct brain *brain;
	const struct profile_set *profiles;
	const struct speech *speech;
	const struct problems *problems;
	const struct earside *earside;
	const char *notifications; /* as of daemon/notify_bus */
};

/* A floating a{sv}; sidetouchctl status shows every key by its name. */
GVariant *status_new(const struct status_parts *parts);

#endif
