/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What common/evemu.c asks of common/evemu_parse.c: one text, whole or only its description.
 * Included by those two alone.
 * Owns nothing.
 */
#ifndef SIDETOUCH_EVEMU_PRIVATE_H
#define SIDETOUCH_EVEMU_PRIVATE_H

#include "common/evemu.h"

enum evemu_part {
	EVEMU_PART_ALL,         /* events are required */
	EVEMU_PART_DESCRIPTION, /* events may be missing */
};

struct evemu_recording *evemu_parse_parts(const char *name, const char *text, size_t size,
					  const struct evemu_device *description,
					  enum evemu_part part, GError **error);

#endif
