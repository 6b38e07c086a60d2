/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layers: where a profile comes from, and what it may therefore do.
 * Called by the parser for each file, and by the daemon for what apps offer while they run.
 * Owns only constant tables.
 */
#ifndef SIDETOUCH_PROFILE_RULES_H
#define SIDETOUCH_PROFILE_RULES_H

#include <stdbool.h>

#include "common/input.h"

/* In the order in which they win, the last one over all others. */
enum profile_layer {
	PROFILE_LAYER_BUILT_IN,
	PROFILE_LAYER_SHIPPED, /* by us, by the system's packages: $XDG_DATA_DIRS */
	PROFILE_LAYER_FLATPAK, /* exported by an app in a sandbox: for that app only */
	PROFILE_LAYER_RUNNING, /* offered by an app while it runs: for its own windows only */
	PROFILE_LAYER_ADMIN,   /* /etc */
	PROFILE_LAYER_USER,
};
#define PROFILE_LAYER_COUNT 6

/* "built-in", "shipped", "flatpak", "running", "admin", "user". */
const char *profile_layer_to_str(enum profile_layer layer);

/*
 * Whether this layer may have this command, as it is written: only the user may start programs,
 * send on D-Bus and type texts. False with *reason, an allocated sentence.
 */
bool profile_layer_may_run(enum profile_layer layer, const char *command, char **reason);
/*
 * Whether this layer may say what this input does, in the profile for all other apps or in one
 * for some: the left pads are the same everywhere unless the user says otherwise.
 */
bool profile_layer_may_bind(enum profile_layer layer, bool is_default, struct input input,
			    char **reason);
/* Whether this layer may change the profile for all other apps. */
bool profile_layer_may_default(enum profile_layer layer, char **reason);

#endif
