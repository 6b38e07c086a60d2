/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results of the commands that the daemon carries out itself (stop, time), told from the loop like
 * those of apps and driver, never from inside the brain.
 * The daemon's main object is the only caller.
 * Owns what has not been told yet.
 */
#ifndef SIDETOUCH_OWN_RESULTS_H
#define SIDETOUCH_OWN_RESULTS_H

#include <stdint.h>

struct own_results;

/* text: what is to be said, or NULL. */
typedef void own_results_fn(void *data, uint32_t press, const char *text);

struct own_results *own_results_new(own_results_fn *tell, void *data);
struct own_results *own_results_free(struct own_results *results);

/* Takes text, which g_free() frees. */
void own_results_add(struct own_results *results, uint32_t press, char *text);

#endif
