/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which widget a command means: by role, name, description, id or place, or the one that has the
 * focus. Filled in by daemon/apps_run, asked by the searches. One that was copied owns its strings.
 */
#include "daemon/apps_wanted.h"

#include <glib.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/a11y_walk.h"
#include "daemon/a11y_words.h"

struct apps_wanted
apps_wanted_copy(const struct apps_wanted *wanted)
{
	struct apps_wanted copy = *wanted;

	copy.role = g_strdup(wanted->role);
	copy.names = g_strdupv(wanted->names);
	copy.description = g_strdup(wanted->description);
	copy.id = g_strdup(wanted->id);
	copy.path = g_strdup(wanted->path);
	return copy;
}

void
apps_wanted_clear(struct apps_wanted *wanted)
{
	g_free(wanted->role);
	g_strfreev(wanted->names);
	g_free(wanted->description);
	g_free(wanted->id);
	g_free(wanted->path);
	*wanted = (struct apps_wanted){0};
}

static bool
fits(const char *wanted, const char *text, bool any_case)
{
	g_autofree char *tidy = NULL;

	if (any_case ? g_ascii_strcasecmp(wanted, text) == 0 : a11y_name_matches(wanted, text))
		return true;
	/* A calculator has a button that is called *. */
	if (!strpbrk(wanted, "*?") || strspn(wanted, "*? ") == strlen(wanted))
		return false;
	tidy = a11y_name_tidy(text);
	return g_pattern_match_simple(wanted, tidy);
}

bool
apps_wanted_fits_name(const struct apps_wanted *wanted, const char *name)
{
	if (!wanted->names)
		return true;
	for (char **one = wanted->names; *one; one++)
		if (fits(*one, name, wanted->any_case))
			return true;
	return false;
}

bool
apps_wanted_fits_description(const struct apps_wanted *wanted, const char *description)
{
	return !wanted->description || fits(wanted->description, description, wanted->any_case);
}

/* What came to that place, and has a name, is another one. */
bool
apps_wanted_fits_place(const struct apps_wanted *wanted, const struct a11y_node *node)
{
	bool named = node->name && node->name[0] && !a11y_name_is_class(node->name);
	g_autofree char *place = NULL;

	if (!wanted->path)
		return true;
	place = a11y_node_place(node);
	return g_strcmp0(place, wanted->path) == 0 &&
	       (!named || wanted->names || wanted->description || wanted->id);
}

size_t
apps_wanted_roles(const struct apps_wanted *wanted, uint32_t roles[APPS_WANTED_ROLES])
{
	size_t count = 0;

	if (!wanted->role && !wanted->of_role)
		return 0;
	for (uint32_t role = 0; role < A11Y_ROLE_COUNT && count < APPS_WANTED_ROLES; role++)
		if (wanted->role ? a11y_role_matches(wanted->role, role) : wanted->of_role(role))
			roles[count++] = role;
	return count;
}
