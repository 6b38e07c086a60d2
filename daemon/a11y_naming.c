/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a profile would name a widget so that it, and no other of its window, is found again.
 * Called by daemon/apps_point; pure.
 * Owns nothing. The same matching is used as when the command is run (daemon/apps_wanted).
 */
#include "daemon/a11y_naming.h"

#include <string.h>

#include "common/command.h"
#include "common/i18n.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_wanted.h"
#include "daemon/apps_widget.h"

/* What is longer is a paragraph: nobody wants to hear it at each press, and it is never the same.
 */
#define NAME_BYTES_MAX 200

struct window {
	const struct a11y_node *const *nodes;
	size_t count;
	size_t target;
	bool shows;
};

void
a11y_naming_clear(struct a11y_naming *naming)
{
	g_free(naming->command);
	g_free(naming->label);
	g_free(naming->words);
	*naming = (struct a11y_naming){0};
}

static bool
is_inside(const struct window *window, size_t inner, size_t outer)
{
	while (inner != 0 && inner != outer)
		inner = window->nodes[inner]->parent;
	return inner == outer;
}

/* GTK 4's menu buttons are two widgets of one name, one in the other: to press either is the same.
 */
static bool
is_another(const struct window *window, size_t number)
{
	const struct a11y_node *node = window->nodes[number];

	if (window->shows && !a11y_state_has(node->states, A11Y_STATE_SHOWING))
		return false;
	return !is_inside(window, number, window->target) &&
	       !is_inside(window, window->target, number);
}

static bool
fits(const struct apps_wanted *wanted, const struct a11y_node *node)
{
	if (wanted->role && !a11y_role_matches(wanted->role, node->role))
		return false;
	if (!apps_wanted_fits_name(wanted, node->name ? node->name : "") ||
	    !apps_wanted_fits_description(wanted, node->description ? node->description : ""))
		return false;
	return (!wanted->id || g_strcmp0(wanted->id, node->id) == 0) &&
	       apps_wanted_fits_place(wanted, node);
}

static bool
is_unique(const struct window *window, const struct apps_wanted *wanted)
{
	for (size_t i = 0; i < window->count; i++) {
		if (is_another(window, i) && fits(wanted, window->nodes[i]))
			return false;
	}
	return true;
}

static void
add_argument(GString *command, const char *argument, const char *value)
{
	if (!value)
		return;
	g_string_append_printf(command, " %s=\"", argument);
	for (const char *c = value; *c != '\0'; c++) {
		if (*c == '"' || *c == '\\')
			g_string_append_c(command, '\\');
		g_string_append_c(command, *c);
	}
	g_string_append_c(command, '"');
}

/* NULL when no profile may have it: it is too long, or has what a line cannot hold. */
static char *
write_command(const struct apps_wanted *wanted)
{
	g_autoptr(GString) text = g_string_new("activate");
	g_autofree char *reason = NULL;
	struct command *command;

	if (wanted->role && !strchr(wanted->role, ' '))
		g_string_append_printf(text, " role=%s", wanted->role);
	else
		add_argument(text, "role", wanted->role);
	add_argument(text, "name", wanted->names ? wanted->names[0] : NULL);
	add_argument(text, "description", wanted->description);
	add_argument(text, "id", wanted->id);
	if (wanted->path)
		g_string_append_printf(text, " path=%s", wanted->path);
	if (command_parse(text->str, &command, &reason) < 0)
		return NULL;
	command_free(command);
	return g_strdup(text->str);
}

/* By what it is named first, then by what makes it the only one, and last by where it is: another
 * version of the app may have something else there. */
static bool
try_ways(const struct window *window, struct apps_wanted plain, struct a11y_naming *out,
	 bool *by_place)
{
	const struct a11y_node *node = window->nodes[window->target];
	char *id = node->id && node->id[0] ? node->id : NULL;
	char *description = node->description && node->description[0] ? node->description : NULL;
	g_autofree char *place = a11y_node_place(node);
	struct apps_wanted ways[] = {plain, plain, plain, plain};
	const bool there[] = {plain.names != NULL, id != NULL, description != NULL,
			      place && plain.role};

	ways[1].id = id;
	ways[2].description = description;
	ways[3].path = place;
	for (size_t i = 0; i < G_N_ELEMENTS(ways) && !out->command; i++) {
		if (there[i] && is_unique(window, &ways[i]))
			out->command = write_command(&ways[i]);
		*by_place = ways[i].path != NULL;
	}
	return out->command != NULL;
}

/* As daemon/apps_widget does it, and that it is less sure than by a name. */
static char *
name_in_words(const char *best, const char *id, const char *role, bool by_place)
{
	if (!by_place)
		return g_strconcat(best[0] ? best : id, ", ", role, NULL);
	if (best[0])
		return g_strdup_printf(_("%s, %s, found again only by its place"), best, role);
	return g_strdup_printf(_("%s without a name, found again only by its place"), role);
}

static bool
is_secret(const struct a11y_node *node)
{
	return apps_widget_is_secret(node->role, node->name, NULL, 0);
}

void
a11y_naming_find(const struct a11y_node *const *nodes, size_t count, size_t target, bool shows,
		 struct a11y_naming *out)
{
	static char button[] = "button";
	const struct window window = {nodes, count, target, shows};
	const struct a11y_node *node = nodes[target];
	const char *role = apps_widget_role(node->role);
	bool named = node->name && node->name[0] && !a11y_name_is_class(node->name);
	char *names[] = {node->name, NULL};
	g_autofree char *best = a11y_name_best(named ? node->name : "", node->description);
	struct apps_wanted plain = {.names = named ? names : NULL};
	bool by_place = false;

	*out = (struct a11y_naming){0};
	/* A person who writes a profile says "button", too. */
	if (node->has_role)
		plain.role = node->role == A11Y_ROLE_PUSH_BUTTON
				 ? button
				 : (char *)a11y_role_name(node->role);
	if (is_secret(node)) {
		out->words = g_strdup(_("A field for a password is not for a button. Move to "
					"another control"));
	} else if (strlen(best) > NAME_BYTES_MAX) {
		out->words = g_strdup_printf(_("The name of this %s is too long for a button. Move "
					       "to another control"),
					     role);
	} else if (try_ways(&window, plain, out, &by_place)) {
		out->words = name_in_words(best, node->id, role, by_place);
		out->label = named ? NULL : g_strdup(best[0] ? best : role);
	} else if (best[0]) {
		out->words = g_strdup_printf(_("More than one control here is called %s, so this "
					       "one cannot be found again. Move to another one"),
					     best);
	} else {
		out->words = g_strdup_printf(_("This %s has no name, so it cannot be found again. "
					       "Move to another control"),
					     role);
	}
}
