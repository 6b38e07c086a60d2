/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON as RFC 8259 has it, written from what D-Bus sends.
 * Called by the subcommands that have --json.
 * Owns nothing.
 */
#ifndef SIDETOUCH_JSON_H
#define SIDETOUCH_JSON_H

#include <glib.h>

/* A string with its quotes; what is not valid UTF-8 becomes U+FFFD. */
void json_append_string(GString *out, const char *text);

/*
 * Any value made of strings, numbers, booleans, variants, arrays and dictionaries with string keys
 * (in the order of their names); anything else becomes null.
 */
void json_append_variant(GString *out, GVariant *value);

#endif
