/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `sidetouchctl simulate` prints: a line for each scenario, on request one for all that came
 * out, as text or as JSON. Called by ctl/simulate and, through the player, for each entry.
 * Owns nothing but its own few words; writes to standard output, failures also to standard error.
 */
#ifndef SIDETOUCH_SIMULATE_PRINT_H
#define SIDETOUCH_SIMULATE_PRINT_H

#include "ctl/player.h"

struct simulate_print;

struct simulate_print *simulate_print_new(const char *scenario, bool json, bool verbose);
void simulate_print_free(struct simulate_print *print);

/* A player_log_fn, a player_live_note_fn and a player_expect_fn. */
void simulate_print_entry(void *data, const struct player_entry *entry);
void simulate_print_note(void *data, const char *kind, const char *text);
void simulate_print_expect(void *data, const struct scenario_statement *statement, const char *but);

/* How the scenario ended; error NULL: all held. True when it was skipped. */
bool simulate_print_end(struct simulate_print *print, const GError *error);

#endif
