/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a reading cursor steps on, in which order: windows as real toolkits build them.
 * Run by tests/run. Each row is a widget: its parent's number, its role, its name, its states.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "common/cleanup.h"
#include "daemon/a11y_items.h"
#include "daemon/a11y_words.h"

enum {
	CHECK_BOX = 7,
	COMBO = 11,
	FILLER = 20,
	FRAME = 23,
	IMAGE = 27,
	LABEL = 29,
	LIST = 31,
	LIST_ITEM = 32,
	PANEL = 39,
	BUTTON = 43,
	TEXT = 61,
	PARAGRAPH = 73,
	HEADING = 83,
	LINK = 88,
};

#define SHOWN  (1ULL << A11Y_STATE_SHOWING | 1ULL << A11Y_STATE_VISIBLE)
#define HIDDEN 0

struct row {
	size_t parent;
	uint32_t role;
	const char *name;
	uint64_t states;
};

struct window {
	struct a11y_node nodes[32];
	const struct a11y_node *refs[32];
	struct a11y_items *items;
};

static void
build(struct window *window, const struct row *rows, size_t count, bool shows)
{
	assert_true(count <= G_N_ELEMENTS(window->nodes));
	for (size_t i = 0; i < count; i++) {
		window->nodes[i] = (struct a11y_node){
		    .path = g_strdup_printf("/w%zu", i),
		    .parent = rows[i].parent,
		    .role = rows[i].role,
		    .has_role = true,
		    .name = g_strdup(rows[i].name),
		    .states = rows[i].states,
		};
		window->refs[i] = &window->nodes[i];
	}
	window->items = a11y_items_new(window->refs, count, A11Y_ITEMS_NONE, shows);
}

static void
clear(struct window *window, size_t count)
{
	a11y_items_free(window->items);
	for (size_t i = 0; i < count; i++) {
		g_free(window->nodes[i].path);
		g_free(window->nodes[i].name);
	}
}

/* Names of what next of a kind stops at, in order. */
static void
expect(const struct window *window, enum command_kind kind, const char *wanted)
{
	g_autoptr(GString) forwards = g_string_new(NULL);
	g_autoptr(GString) backwards = g_string_new(NULL);
	const struct a11y_items *items = window->items;

	for (size_t i = a11y_items_after(items, A11Y_ITEMS_NONE, kind); i != A11Y_ITEMS_NONE;
	     i = a11y_items_after(items, i, kind))
		g_string_append_printf(forwards, "%s|", a11y_items_node(items, i)->name);
	for (size_t i = a11y_items_before(items, A11Y_ITEMS_NONE, kind); i != A11Y_ITEMS_NONE;
	     i = a11y_items_before(items, i, kind)) {
		g_autofree char *name = g_strdup_printf("%s|", a11y_items_node(items, i)->name);

		g_string_prepend(backwards, name);
	}
	assert_string_equal(forwards->str, wanted);
	assert_string_equal(backwards->str, wanted);
}

/* In the order of a walk, level after level. */
static const struct row form[] = {
    {0, FRAME, "Settings", SHOWN},      /* 0 */
    {0, FILLER, "", SHOWN},             /* 1 */
    {0, FILLER, "", HIDDEN},            /* 2: another page */
    {1, HEADING, "Account", SHOWN},     /* 3 */
    {1, LABEL, "Name:", SHOWN},         /* 4 */
    {1, COMBO, "", SHOWN},              /* 5: with a text field in it */
    {1, BUTTON, "Save", SHOWN},         /* 6 */
    {1, LIST, "Devices", SHOWN},        /* 7 */
    {1, PARAGRAPH, "Read this", SHOWN}, /* 8 */
    {1, IMAGE, "GtkImage", SHOWN},      /* 9 */
    {2, BUTTON, "Elsewhere", SHOWN},    /* 10 */
    {5, TEXT, "", SHOWN},               /* 11 */
    {6, LABEL, "Save", SHOWN},          /* 12: GTK 4's label in a button */
    {7, LIST_ITEM, "Phone", SHOWN},     /* 13 */
    {7, LIST_ITEM, "", SHOWN},          /* 14: GTK 4's row: only what it holds has a name */
    {8, LINK, "Terms", SHOWN},          /* 15 */
    {13, CHECK_BOX, "Trusted", SHOWN},  /* 16 */
    {13, LABEL, "Phone", SHOWN},        /* 17 */
    {14, LABEL, "Tablet", SHOWN},       /* 18 */
};

static void
what_is_stepped_on(void **state)
{
	struct window window;

	(void)state;
	build(&window, form, G_N_ELEMENTS(form), true);
	expect(&window, COMMAND_KIND_ITEM,
	       "Account|Name:|||Save|Phone|Trusted|Tablet|Read this|Terms|");
	expect(&window, COMMAND_KIND_HEADING, "Account|");
	expect(&window, COMMAND_KIND_BUTTON, "Save|");
	expect(&window, COMMAND_KIND_LIST, "Devices|");
	expect(&window, COMMAND_KIND_LINK, "Terms|");
	expect(&window, COMMAND_KIND_LANDMARK, "");
	clear(&window, G_N_ELEMENTS(form));
}

/* GTK 4 says of nothing but a window that it shows. */
static void
where_nothing_shows(void **state)
{
	struct row rows[G_N_ELEMENTS(form)];
	struct window window;

	(void)state;
	memcpy(rows, form, sizeof(rows));
	for (size_t i = 1; i < G_N_ELEMENTS(rows); i++)
		rows[i].states &= ~(1ULL << A11Y_STATE_SHOWING);
	build(&window, rows, G_N_ELEMENTS(rows), false);
	expect(&window, COMMAND_KIND_BUTTON, "Save|");
	clear(&window, G_N_ELEMENTS(rows));
}

static void
in_and_out(void **state)
{
	struct window window;
	size_t list, phone, of;

	(void)state;
	build(&window, form, G_N_ELEMENTS(form), true);
	list = a11y_items_find(window.items, "/w7");
	phone = a11y_items_find(window.items, "/w13");
	assert_int_equal(a11y_items_into(window.items, list), phone);
	assert_int_equal(a11y_items_out(window.items, phone), list);
	assert_int_equal(a11y_items_out(window.items, list), A11Y_ITEMS_NONE);
	assert_int_equal(a11y_items_out(window.items, a11y_items_find(window.items, "/w16")),
			 phone);
	assert_int_equal(a11y_items_into(window.items, a11y_items_find(window.items, "/w15")),
			 A11Y_ITEMS_NONE);
	/* Inside a button nothing is stepped on, but one may look. */
	assert_int_equal(a11y_items_into(window.items, a11y_items_find(window.items, "/w6")),
			 a11y_items_find(window.items, "/w12"));
	assert_int_equal(a11y_items_find(window.items, "/w10"), A11Y_ITEMS_NONE);
	assert_int_equal(a11y_items_find(window.items, "/nowhere"), A11Y_ITEMS_NONE);
	assert_true(a11y_items_is_in(window.items, phone, list));
	assert_false(a11y_items_is_in(window.items, list, phone));
	assert_int_equal(a11y_items_number(window.items, phone, &of), 6);
	assert_int_equal(of, 10);
	clear(&window, G_N_ELEMENTS(form));
}

/* As deep as an application likes: no recursion. */
static void
deep(void **state)
{
	enum { DEPTH = 4000 };
	static struct a11y_node nodes[DEPTH];
	static const struct a11y_node *refs[DEPTH];
	static char path[] = "/p", name[] = "deep";
	struct a11y_items *items;

	(void)state;
	for (size_t i = 0; i < DEPTH; i++) {
		nodes[i] = (struct a11y_node){.path = path,
					      .parent = i == 0 ? 0 : i - 1,
					      .role = i + 1 == DEPTH ? BUTTON : PANEL,
					      .has_role = true,
					      .name = i + 1 == DEPTH ? name : NULL,
					      .states = SHOWN};
		refs[i] = &nodes[i];
	}
	items = a11y_items_new(refs, DEPTH, A11Y_ITEMS_NONE, true);
	assert_int_equal(a11y_items_after(items, A11Y_ITEMS_NONE, COMMAND_KIND_ITEM), DEPTH - 1);
	a11y_items_free(items);
}

/* Qt's group box with a check box in its title, as in its gallery; GTK 4's check box. */
static void
check_boxes_that_hold(void **state)
{
	static const struct row rows[] = {
	    {0, FRAME, "Gallery", SHOWN},   {0, CHECK_BOX, "Simple", SHOWN},
	    {0, CHECK_BOX, "Plain", SHOWN}, {1, TEXT, "Field", SHOWN},
	    {1, BUTTON, "Clear", SHOWN},    {2, LABEL, "Plain", SHOWN},
	    {2, IMAGE, "GtkImage", SHOWN},
	};
	struct window window;

	(void)state;
	build(&window, rows, G_N_ELEMENTS(rows), true);
	expect(&window, COMMAND_KIND_ITEM, "Simple|Field|Clear|Plain|");
	expect(&window, COMMAND_KIND_ENTRY, "Field|");
	clear(&window, G_N_ELEMENTS(rows));
}

/* GTK 4's drop-down while it is open; closed, nothing in it is. */
static void
a_list_in_a_box(void **state)
{
	static const uint64_t row = SHOWN | 1ULL << A11Y_STATE_FOCUSABLE;
	const struct row rows[] = {
	    {0, FRAME, "Window", SHOWN},    {0, COMBO, "Country", SHOWN},
	    {1, BUTTON, "", SHOWN},         {1, LIST, "", SHOWN},
	    {2, LABEL, "Ireland", SHOWN},   {3, LIST_ITEM, "Ireland", row},
	    {3, LIST_ITEM, "Malta", row},   {5, LABEL, "Ireland", SHOWN},
	    {1, LIST_ITEM, "Shown", SHOWN},
	};
	struct window window;

	(void)state;
	build(&window, rows, G_N_ELEMENTS(rows), true);
	expect(&window, COMMAND_KIND_ITEM, "Country|Ireland|Malta|");
	clear(&window, G_N_ELEMENTS(rows));
}

/* A window that is known only in part, as a walk in reading order has it. */
static void
the_beginning(void **state)
{
	struct window window;
	struct a11y_items *part;
	const size_t count = G_N_ELEMENTS(form);

	(void)state;
	build(&window, form, count, true);
	for (size_t before = 1; before < count; before++) {
		size_t stops = A11Y_ITEMS_NONE;

		part = a11y_items_new(window.refs, count, before, true);
		for (size_t i = 0; i < a11y_items_count(window.items); i++)
			if (a11y_items_node(window.items, i) == window.refs[before])
				stops = i;
		assert_int_equal(a11y_items_count(part), stops);
		assert_true(a11y_items_is_last(part, 0));
		for (size_t i = 0; i < stops; i++) {
			assert_ptr_equal(a11y_items_node(part, i),
					 a11y_items_node(window.items, i));
			assert_int_equal(a11y_items_is_item(part, i),
					 a11y_items_is_item(window.items, i));
			for (size_t j = 0; j < stops; j++)
				assert_int_equal(a11y_items_is_in(part, j, i),
						 a11y_items_is_in(window.items, j, i));
		}
		a11y_items_free(part);
	}
	clear(&window, count);
}

static void
an_empty_window(void **state)
{
	const struct row rows[] = {{0, FRAME, "Empty", SHOWN}};
	struct window window;

	(void)state;
	build(&window, rows, 1, false);
	expect(&window, COMMAND_KIND_ITEM, "");
	assert_int_equal(a11y_items_into(window.items, 0), A11Y_ITEMS_NONE);
	assert_int_equal(a11y_items_out(window.items, 0), A11Y_ITEMS_NONE);
	clear(&window, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_stepped_on), cmocka_unit_test(where_nothing_shows),
	    cmocka_unit_test(in_and_out),         cmocka_unit_test(deep),
	    cmocka_unit_test(an_empty_window),    cmocka_unit_test(check_boxes_that_hold),
	    cmocka_unit_test(the_beginning),      cmocka_unit_test(a_list_in_a_box),
	};

	return cmocka_run_group_tests_name("a11y-items", tests, NULL, NULL);
}
