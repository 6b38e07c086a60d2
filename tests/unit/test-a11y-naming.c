/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words for a widget that no other of its window fits, or why there are none.
 * Run by tests/run. Each row is a widget: its parent's number, its role, what it is called.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "daemon/a11y_naming.h"
#include "daemon/a11y_words.h"
#include "daemon/apps_wanted.h"

enum {
	FRAME = 23,
	LABEL = 29,
	CHECK_MENU_ITEM = 8,
	PASSWORD = 40,
	BUTTON = 43,
	ENTRY = 79,
};

struct row {
	size_t parent;
	uint32_t role;
	const char *name, *description, *id;
	bool hidden;
};

static void
assert_named(const struct row *rows, size_t count, size_t target, bool shows, const char *command,
	     const char *label, const char *words)
{
	struct a11y_node nodes[16];
	const struct a11y_node *refs[16];
	size_t children[16] = {0};
	struct a11y_naming naming;

	assert_true(count <= G_N_ELEMENTS(nodes));
	for (size_t i = 0; i < count; i++) {
		nodes[i] = (struct a11y_node){
		    .parent = rows[i].parent,
		    .in = i == 0 ? NULL : &nodes[rows[i].parent],
		    .index = i == 0 ? 0 : children[rows[i].parent]++,
		    .role = rows[i].role,
		    .has_role = true,
		    .name = (char *)rows[i].name,
		    .description = (char *)rows[i].description,
		    .id = (char *)rows[i].id,
		    .states = rows[i].hidden ? 0 : 1ULL << A11Y_STATE_SHOWING,
		};
		refs[i] = &nodes[i];
	}
	a11y_naming_find(refs, count, target, shows, &naming);
	if (!command && naming.command)
		fail_msg("%s", naming.command);
	if (command)
		assert_string_equal(naming.command, command);
	if (label)
		assert_string_equal(naming.label, label);
	else
		assert_null(naming.label);
	assert_string_equal(naming.words, words);
	a11y_naming_clear(&naming);
}

#define NAMED(rows, target, command, label, words)                                                 \
	assert_named(rows, G_N_ELEMENTS(rows), target, true, command, label, words)

static void
by_role_and_name(void **state)
{
	static const struct row rows[] = {
	    {0, FRAME, "Calculator", "", "", false},
	    {0, BUTTON, "5", "", "", false},
	    {0, LABEL, "5", "", "", false},
	    {0, BUTTON, "say \"a\\b\"", "", "", false},
	    {0, CHECK_MENU_ITEM, "Show", "", "", false},
	    {0, BUTTON, "*", "", "", false},
	};

	(void)state;
	NAMED(rows, 1, "activate role=button name=\"5\"", NULL, "5, button");
	NAMED(rows, 3, "activate role=button name=\"say \\\"a\\\\b\\\"\"", NULL,
	      "say \"a\\b\", button");
	NAMED(rows, 4, "activate role=\"check menu item\" name=\"Show\"", NULL,
	      "Show, check menu item");
	NAMED(rows, 5, "activate role=button name=\"*\"", NULL, "*, button");
}

static void
made_unique(void **state)
{
	static const struct row rows[] = {
	    {0, FRAME, "W", "", "", false},
	    {0, BUTTON, "Add", "Adds a line", "", false},
	    {0, BUTTON, "Add", "Adds a page", "", false},
	    {0, BUTTON, "Copy", "", "copy-1", false},
	    {0, BUTTON, "Copy", "", "copy-2", false},
	    {0, BUTTON, "", "Sends it", "", false},
	    {0, BUTTON, NULL, NULL, "send", false},
	    /* Its own name stands for others, too. */
	    {0, BUTTON, "Add*", "", "", false},
	};

	(void)state;
	NAMED(rows, 1, "activate role=button name=\"Add\" description=\"Adds a line\"", NULL,
	      "Add, button");
	NAMED(rows, 4, "activate role=button name=\"Copy\" id=\"copy-2\"", NULL, "Copy, button");
	NAMED(rows, 5, "activate role=button description=\"Sends it\"", "Sends it",
	      "Sends it, button");
	NAMED(rows, 6, "activate role=button id=\"send\"", "button", "send, button");
	NAMED(rows, 7, "activate role=button name=\"Add*\" path=6", NULL,
	      "Add*, button, found again only by its place");
}

/* What nothing else tells from others. */
static void
by_place(void **state)
{
	static const struct row rows[] = {
	    {0, FRAME, "W", "", "", false},        {0, BUTTON, "Add", "", "", false},
	    {0, BUTTON, "Add", "", "", false},     {0, BUTTON, "", "", "", false},
	    {0, LABEL, "In a row", "", "", false}, {4, ENTRY, "GtkEntry", "", "", false},
	    {4, BUTTON, "", "Sends", "", false},   {4, BUTTON, "", "Sends", "", false},
	    {0, BUTTON, "Add*", "", "", false},
	};

	(void)state;
	NAMED(rows, 1, "activate role=button name=\"Add\" path=0", NULL,
	      "Add, button, found again only by its place");
	NAMED(rows, 3, "activate role=button path=2", "button",
	      "button without a name, found again only by its place");
	NAMED(rows, 5, "activate role=entry path=3.0", "text field",
	      "text field without a name, found again only by its place");
	NAMED(rows, 7, "activate role=button path=3.2", "Sends",
	      "Sends, button, found again only by its place");
	NAMED(rows, 8, "activate role=button name=\"Add*\" path=4", NULL,
	      "Add*, button, found again only by its place");
}

/* Another widget in its place is not taken for it. */
static void
another_in_its_place(void **state)
{
	static char path[] = "0.1", name[] = "Pay";
	char *names[] = {name, NULL};
	const struct a11y_node window = {.name = NULL};
	const struct a11y_node box = {.in = &window};
	struct a11y_node node = {.in = &box, .index = 1};
	const struct apps_wanted nameless = {.path = path}, named = {.path = path, .names = names};

	(void)state;
	assert_true(apps_wanted_fits_place(&nameless, &node));
	assert_false(apps_wanted_fits_place(&nameless, &box));
	node.name = name;
	assert_false(apps_wanted_fits_place(&nameless, &node));
	assert_true(apps_wanted_fits_place(&named, &node));
	node.index = 11;
	assert_false(apps_wanted_fits_place(&named, &node));
}

/* Deeper than a person made anything; deeper than any path that a profile may have. */
static void
too_deep(void **state)
{
	struct a11y_node nodes[300] = {0};

	(void)state;
	for (size_t i = 1; i < G_N_ELEMENTS(nodes); i++)
		nodes[i].in = &nodes[i - 1];
	assert_null(a11y_node_place(&nodes[0]));
	assert_null(a11y_node_place(&nodes[299]));
}

static void
refused(void **state)
{
	static const struct row rows[] = {
	    {0, FRAME, "W", "", "", false},
	    {0, PASSWORD, "Key", "", "", false},
	    {0, ENTRY, "PIN", "", "", false},
	};

	(void)state;
	NAMED(rows, 1, NULL, NULL,
	      "A field for a password is not for a button. Move to another control");
	NAMED(rows, 2, NULL, NULL,
	      "A field for a password is not for a button. Move to another control");
}

/* What is not shown is not in the way where the toolkit says so; nor is what is in or around it. */
static void
twins_that_are_none(void **state)
{
	static const struct row hidden[] = {
	    {0, FRAME, "W", "", "", false},
	    {0, BUTTON, "5", "", "", false},
	    {0, BUTTON, "5", "", "", true},
	};
	static const struct row nested[] = {
	    {0, FRAME, "W", "", "", false},
	    {0, BUTTON, "Menu", "", "", false},
	    {1, BUTTON, "Menu", "", "", false},
	};

	(void)state;
	NAMED(hidden, 1, "activate role=button name=\"5\"", NULL, "5, button");
	assert_named(hidden, G_N_ELEMENTS(hidden), 1, false,
		     "activate role=button name=\"5\" path=0", NULL,
		     "5, button, found again only by its place");
	NAMED(nested, 1, "activate role=button name=\"Menu\"", NULL, "Menu, button");
	NAMED(nested, 2, "activate role=button name=\"Menu\"", NULL, "Menu, button");
}

static void
too_long(void **state)
{
	g_autofree char *name = g_strnfill(1500, 'x');
	const struct row rows[] = {{0, FRAME, "W", "", "", false},
				   {0, BUTTON, name, "", "page-button", false}};

	(void)state;
	NAMED(rows, 1, NULL, NULL,
	      "The name of this button is too long for a button. Move to another control");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(by_role_and_name),
	    cmocka_unit_test(made_unique),
	    cmocka_unit_test(by_place),
	    cmocka_unit_test(another_in_its_place),
	    cmocka_unit_test(too_deep),
	    cmocka_unit_test(refused),
	    cmocka_unit_test(twins_that_are_none),
	    cmocka_unit_test(too_long),
	};

	return cmocka_run_group_tests_name("a11y-naming", tests, NULL, NULL);
}
