/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The folder in which the driver keeps where films lie, one file a kind of panel.
 * Used by driver/film; a file is replaced in one step, on a thread, since a flash may take seconds.
 * Owns the thread and what waits for it.
 */
#ifndef SIDETOUCH_CALIBRATION_STORE_H
#define SIDETOUCH_CALIBRATION_STORE_H

#include <glib.h>
#include <linux/input.h>

#include "common/calibration_file.h"

/* Where systemd makes a folder for the service (StateDirectory=sidetouch). */
#define CALIBRATION_STORE_FOLDER "/var/lib/sidetouch"

/* What makes two panels the same: a film that fits one fits the other. */
struct calibration_identity {
	struct input_id id;
	const char *name; /* any text */
	double width_mm;  /* as the kernel counts its axes */
	double height_mm;
};

struct calibration_store;

/* The folder need not be there: it is made when something is to be kept. */
struct calibration_store *calibration_store_new(const char *folder);
/* Waits until everything is written; nobody is told any more. Returns NULL. */
struct calibration_store *calibration_store_free(struct calibration_store *store);

/* The file of a panel: what it is called depends on nothing but the identity, and is safe. */
char *calibration_store_path(const struct calibration_store *store,
			     const struct calibration_identity *identity);

/*
 * Read it. False without an error: there is none. False with an error: it cannot be read or is
 * wrong, in a sentence with file and line.
 */
bool calibration_store_load(const struct calibration_store *store,
			    const struct calibration_identity *identity, struct calibration *out,
			    struct calibration_lines *lines, GError **error);

/* error: 0 or -errno; what was there before then still is. Called from the loop. */
typedef void calibration_store_saved_fn(void *data, uint32_t tag, int error);

/* Write it, after what is being written. saved may be NULL: then a failure is only logged. */
void calibration_store_save(struct calibration_store *store,
			    const struct calibration_identity *identity,
			    const struct calibration *calibration,
			    calibration_store_saved_fn *saved, void *data, uint32_t tag);

/* Nobody is told with this data any more; what was to be written still is. */
void calibration_store_forget(struct calibration_store *store, const void *data);

#endif
