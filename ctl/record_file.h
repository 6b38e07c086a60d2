/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An evemu recording as it grows: only whole frames are in the file, at any moment.
 * Used by ctl/record.
 * Owns the file's descriptor and the frame that is not whole yet.
 */
#ifndef SIDETOUCH_CTL_RECORD_FILE_H
#define SIDETOUCH_CTL_RECORD_FILE_H

#include <glib.h>
#include <stdint.h>

#include "common/observe_link.h"

struct record_file;

/*
 * A new file that only its owner may read; one that is there already is an error. NULL: standard
 * output. The error, in the G_FILE_ERROR domain, is a sentence that names the file.
 */
struct record_file *record_file_new(const char *path, GError **error);
/* Closes it; what was added whole is in it, and when that is nothing it is removed. Returns NULL.
 */
struct record_file *record_file_free(struct record_file *file);

/* The description, in pieces. False: it cannot be written; what was whole before is kept. */
bool record_file_add_text(struct record_file *file, const char *text, size_t size, GError **error);
bool record_file_add_events(struct record_file *file, const struct observe_event *events,
			    size_t count, GError **error);
uint64_t record_file_frames(const struct record_file *file);

#endif
