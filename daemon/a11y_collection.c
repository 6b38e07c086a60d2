/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The interface Collection: an application itself looks for its widgets, in one round trip.
 * Called by searches; toolkits without it (GTK 4, Qt 5) answer with an error.
 * Owns nothing.
 */
#include "daemon/a11y_collection.h"

#include "common/cleanup.h"

/* at-spi2-core: AtspiCollectionMatchType and AtspiCollectionSortOrder. */
enum { MATCH_ALL = 1, MATCH_ANY = 2 };
enum { SORT_CANONICAL = 1 };
/* AtspiRole's numbers end at 133 in 2.58; five words of a bit each. */
enum { ROLE_WORDS = 5, BITS = 32 };

static GVariant *
words(const uint32_t *values, size_t count)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("ai"));
	for (size_t i = 0; i < count; i++)
		g_variant_builder_add(&builder, "i", (int32_t)values[i]);
	return g_variant_builder_end(&builder);
}

void
a11y_get_matches(struct a11y_group *group, const struct a11y_ref *ref, const struct a11y_rule *rule,
		 int32_t limit, a11y_done done, void *data)
{
	const uint32_t states[] = {(uint32_t)rule->states, (uint32_t)(rule->states >> BITS)};
	uint32_t roles[ROLE_WORDS] = {0};
	const char *const interfaces[] = {rule->of_interface, NULL};

	for (size_t i = 0; i < rule->role_count; i++)
		if (rule->roles[i] < ROLE_WORDS * BITS)
			roles[rule->roles[i] / BITS] |= 1U << rule->roles[i] % BITS;
	a11y_call(group, ref, A11Y_IF_COLLECTION, "GetMatches",
		  g_variant_new("((@aii@a{ss}i@aii^asib)uib)", words(states, ARRAY_LENGTH(states)),
				MATCH_ALL, g_variant_new_array(G_VARIANT_TYPE("{ss}"), NULL, 0),
				MATCH_ALL, words(roles, ARRAY_LENGTH(roles)), MATCH_ANY, interfaces,
				MATCH_ALL, FALSE, SORT_CANONICAL, limit, TRUE),
		  "(a(so))", done, data);
}
