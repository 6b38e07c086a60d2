/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What common/device_file.c, which keeps the rules, shares with common/device_parse.c, which reads
 * one file.
 * Included by those two alone.
 * Owns nothing.
 */
#ifndef SIDETOUCH_DEVICE_PRIVATE_H
#define SIDETOUCH_DEVICE_PRIVATE_H

#include "common/device_file.h"

/* Which devices a rule is for: all that is set must be right. */
struct device_match {
	bool has_vendor, has_product;
	uint16_t vendor, product;
	char *name; /* with * and ?, or NULL */
};

struct device_rule {
	enum device_file_kind kind;
	struct device_match match;
	struct device_overlay overlay; /* DEVICE_FILE_OVERLAY */
	struct device_quirks quirks;   /* DEVICE_FILE_QUIRK */
};

void device_rule_free(void *data);

/* Append the rules of one text to an array of struct device_rule; false, and none, on a problem. */
bool device_parse(enum device_file_kind kind, const char *name, const char *text, size_t size,
		  GPtrArray *rules, group_file_problem_fn *problem, void *data);

#endif
