/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong, each thing once.
 * The daemon's main object is the only caller.
 * Owns the sentences.
 */
#include "daemon/problems.h"

/* A list in the status that is still read to its end. */
#define PROBLEMS_MAX 100

struct problems {
	GPtrArray *list;
	char *now[PROBLEMS_OF_COUNT]; /* the one in the list, NULL: it works */
};

struct problems *
problems_new(void)
{
	struct problems *problems = g_new0(struct problems, 1);

	problems->list = g_ptr_array_new_with_free_func(g_free);
	return problems;
}

struct problems *
problems_free(struct problems *problems)
{
	if (!problems)
		return NULL;
	for (size_t i = 0; i < PROBLEMS_OF_COUNT; i++)
		g_free(problems->now[i]);
	g_ptr_array_unref(problems->list);
	g_free(problems);
	return NULL;
}

bool
problems_add(struct problems *problems, const char *sentence)
{
	g_autofree char *valid = g_utf8_make_valid(sentence, -1);

	if (problems->list->len >= PROBLEMS_MAX ||
	    g_ptr_array_find_with_equal_func(problems->list, valid, g_str_equal, NULL))
		return false;
	g_ptr_array_add(problems->list, g_steal_pointer(&valid));
	return true;
}

bool
problems_set(struct problems *problems, enum problems_of of, const char *sentence)
{
	bool is_new = false;

	if (g_strcmp0(problems->now[of], sentence) == 0)
		return false;
	if (problems->now[of])
		problems_remove(problems, problems->now[of]);
	if (sentence)
		is_new = problems_add(problems, sentence);
	g_free(problems->now[of]);
	problems->now[of] = g_strdup(sentence);
	return is_new;
}

void
problems_remove(struct problems *problems, const char *sentence)
{
	g_autofree char *valid = g_utf8_make_valid(sentence, -1);
	guint index;

	if (g_ptr_array_find_with_equal_func(problems->list, valid, g_str_equal, &index))
		g_ptr_array_remove_index(problems->list, index);
}

size_t
problems_count(const struct problems *problems)
{
	return problems->list->len;
}

const char *
problems_get(const struct problems *problems, size_t index)
{
	return g_ptr_array_index(problems->list, index);
}

GVariant *
problems_to_variant(const struct problems *problems)
{
	return g_variant_new_strv((const char *const *)problems->list->pdata,
				  (gssize)problems->list->len);
}
