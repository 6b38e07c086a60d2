/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Orca's D-Bus service, that of Orca 48 to 50 and the one after it: what it offers of our reading
 * commands, having it read, and having it be silent.
 * Called by daemon/daemon_orca.c only; nothing here waits.
 * Owns the watch on its name and the calls under way.
 */
#ifndef SIDETOUCH_ORCA_H
#define SIDETOUCH_ORCA_H

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/command.h"

struct orca_events {
	/* Exactly one for each orca_run() that was true; false: Orca could not, or did not answer.
	 */
	void (*ran)(void *data, uint32_t press, const struct command *command, bool done);
	/* The same for orca_present(). */
	void (*presented)(void *data, uint32_t press, const char *text, bool done);
};

struct orca;

struct orca *orca_new(GDBusConnection *bus, const struct orca_events *events, void *data);
struct orca *orca_free(struct orca *orca);

/* Have Orca read; false, and nothing is told, when it is not there or has no such command. */
bool orca_run(struct orca *orca, uint32_t press, const struct command *command);
/* Have it say and braille a text of ours; false when it is not there. */
bool orca_present(struct orca *orca, uint32_t press, const char *text);
/* Be silent, if it was asked to read since the last time. */
void orca_hush(struct orca *orca);

#endif
