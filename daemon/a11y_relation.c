/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which other widget an answer names: the one that labels this one, the one that it is in.
 * Called by daemon/apps_read; pure.
 * Owns nothing.
 */
#include "daemon/a11y_relation.h"

/* AtspiRelationType. */
enum { RELATION_LABELLED_BY = 2 };

struct a11y_ref
a11y_relation_ref(GVariant *pair, const char *bus)
{
	const char *its_bus;
	const char *path;

	g_variant_get(pair, "(&s&o)", &its_bus, &path);
	if (!g_str_equal(its_bus, bus))
		return (struct a11y_ref){0};
	return (struct a11y_ref){g_strdup(bus), g_strdup(path)};
}

struct a11y_ref
a11y_relation_label(GVariant *body, const char *bus)
{
	g_autoptr(GVariant) relations = g_variant_get_child_value(body, 0);
	struct a11y_ref label = {0};

	for (size_t i = 0; i < g_variant_n_children(relations) && !a11y_ref_is_set(&label); i++) {
		g_autoptr(GVariant) targets = NULL;
		g_autoptr(GVariant) first = NULL;
		uint32_t type;

		g_variant_get_child(relations, i, "(u@a(so))", &type, &targets);
		if (type != RELATION_LABELLED_BY || g_variant_n_children(targets) == 0)
			continue;
		first = g_variant_get_child_value(targets, 0);
		label = a11y_relation_ref(first, bus);
	}
	return label;
}
