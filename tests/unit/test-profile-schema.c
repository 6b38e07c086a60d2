/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of keys in the man page is the one in code, and every group that a profile can have is
 * in its README. Run by tests/run, in the repository's root. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>
#include <string.h>

#include "common/input.h"
#include "common/profile_schema.h"

static char *
contents(const char *path)
{
	char *text;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		fail_msg("%s cannot be read", path);
	return text;
}

static void
man_page(void **state)
{
	g_autofree char *page = contents("install/man/sidetouch-profile.5");
	g_autoptr(GString) table = g_string_new(NULL);

	(void)state;
	profile_schema_print_man(table);
	if (!strstr(page, table->str))
		fail_msg("the table in install/man/sidetouch-profile.5 is not this one:\n%s",
			 table->str);
}

static void
readme(void **state)
{
	g_autofree char *text = contents("profiles/README.md");

	(void)state;
	for (int key = 0; key < PROFILE_KEY_COUNT; key++) {
		g_autofree char *sentence =
		    g_strdup_printf("\n%s is ", profile_schema((enum profile_key)key)->name);

		if (!strstr(text, sentence))
			fail_msg("profiles/README.md does not say what %s is",
				 profile_schema((enum profile_key)key)->name);
	}
	for (unsigned i = 0; i < INPUT_COUNT; i++) {
		struct input input = {i};

		if (input_kind(input) == INPUT_PRESS || input_kind(input) == INPUT_EAR)
			assert_non_null(strstr(text, input_to_str(input)));
	}
}

static void
every_row(void **state)
{
	const char *names[PROFILE_KEY_COUNT];
	size_t count = profile_schema_names(PROFILE_GROUP_PROFILE, names);

	(void)state;
	count += profile_schema_names(PROFILE_GROUP_INPUT, names + count);
	assert_int_equal(count, PROFILE_KEY_COUNT);
	for (int key = 0; key < PROFILE_KEY_COUNT; key++) {
		const struct profile_schema *row = profile_schema((enum profile_key)key);
		enum profile_key found;

		assert_true(profile_schema_find(row->group, row->name, &found));
		assert_int_equal(found, key);
		assert_non_null(row->help);
		assert_non_null(row->values);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(man_page),
	    cmocka_unit_test(readme),
	    cmocka_unit_test(every_row),
	};

	return cmocka_run_group_tests_name("profile-schema", tests, NULL, NULL);
}
