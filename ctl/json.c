/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON as RFC 8259 has it, written from what D-Bus sends.
 * Called by the subcommands that have --json.
 * Owns nothing.
 */
#include "ctl/json.h"

#include <math.h>
#include <string.h>

void
json_append_string(GString *out, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	g_string_append_c(out, '"');
	for (const char *c = valid; *c != '\0'; c++) {
		if (*c == '"' || *c == '\\')
			g_string_append_c(out, '\\');
		if ((unsigned char)*c < 0x20)
			g_string_append_printf(out, "\\u%04x", (unsigned)(unsigned char)*c);
		else
			g_string_append_c(out, *c);
	}
	g_string_append_c(out, '"');
}

static int
compare_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
append_dictionary(GString *out, GVariant *value)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();
	g_autoptr(GVariantDict) dict = g_variant_dict_new(value);
	GVariantIter iter;
	const char *key;

	g_variant_iter_init(&iter, value);
	while (g_variant_iter_next(&iter, "{&sv}", &key, NULL))
		g_ptr_array_add(keys, (char *)key);
	g_ptr_array_sort(keys, compare_keys);
	g_string_append_c(out, '{');
	for (guint i = 0; i < keys->len; i++) {
		g_autoptr(GVariant) entry =
		    g_variant_dict_lookup_value(dict, g_ptr_array_index(keys, i), NULL);

		if (i > 0)
			g_string_append_c(out, ',');
		json_append_string(out, g_ptr_array_index(keys, i));
		g_string_append_c(out, ':');
		json_append_variant(out, entry);
	}
	g_string_append_c(out, '}');
}

static void
append_array(GString *out, GVariant *value)
{
	gsize count = g_variant_n_children(value);

	g_string_append_c(out, '[');
	for (gsize i = 0; i < count; i++) {
		g_autoptr(GVariant) entry = g_variant_get_child_value(value, i);

		if (i > 0)
			g_string_append_c(out, ',');
		json_append_variant(out, entry);
	}
	g_string_append_c(out, ']');
}

static void
append_double(GString *out, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	/* JSON has no infinity; the locale's comma would break it too. */
	g_string_append(out, isfinite(value) ? g_ascii_dtostr(text, sizeof(text), value) : "null");
}

void
json_append_variant(GString *out, GVariant *value)
{
	g_autoptr(GVariant) inner = NULL;

	if (g_variant_is_of_type(value, G_VARIANT_TYPE_VARIANT)) {
		inner = g_variant_get_variant(value);
		json_append_variant(out, inner);
	} else if (g_variant_is_of_type(value, G_VARIANT_TYPE_STRING)) {
		json_append_string(out, g_variant_get_string(value, NULL));
	} else if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN)) {
		g_string_append(out, g_variant_get_boolean(value) ? "true" : "false");
	} else if (g_variant_is_of_type(value, G_VARIANT_TYPE_UINT32)) {
		g_string_append_printf(out, "%u", g_variant_get_uint32(value));
	} else if (g_variant_is_of_type(value, G_VARIANT_TYPE_DOUBLE)) {
		append_double(out, g_variant_get_double(value));
	} else if (g_variant_is_of_type(value, G_VARIANT_TYPE_VARDICT)) {
		append_dictionary(out, value);
	} else if (g_variant_is_of_type(value, G_VARIANT_TYPE_ARRAY)) {
		append_array(out, value);
	} else {
		g_string_append(out, "null");
	}
}
