/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys that the driver was asked to type and has not answered for: each ends exactly once.
 * Used by daemon/driver_link only.
 * Owns the list and a timer for each key.
 */
#ifndef SIDETOUCH_DRIVER_KEYS_H
#define SIDETOUCH_DRIVER_KEYS_H

#include "common/link.h"

/* The longest a key may take: the driver writes three events to its own device, the rest is for a
 * busy machine. */
#define DRIVER_KEYS_MS 1000

/* error: 0 or -errno. Called from the loop or from driver_keys_done() and _fail(). */
typedef void driver_keys_typed_fn(void *data, uint32_t tag, int error);

struct driver_keys;

struct driver_keys *driver_keys_new(driver_keys_typed_fn *typed, void *data);
/* Nothing is told of those that are left. Returns NULL. */
struct driver_keys *driver_keys_free(struct driver_keys *keys);

/* The number to send with the next key. */
uint32_t driver_keys_next(struct driver_keys *keys);
/* It was sent (error 0), or could not be: told from the loop, so that callers see one order. */
void driver_keys_add(struct driver_keys *keys, uint32_t tag, int error);
/* The driver's answer. */
void driver_keys_done(struct driver_keys *keys, const struct link_key_done *done);
/* All that are left end with this error. */
void driver_keys_fail(struct driver_keys *keys, int error);

#endif
