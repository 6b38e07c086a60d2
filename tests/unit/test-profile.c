/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Profiles: what is found for an app, what wins, and the exact sentences for broken files.
 * Run by tests/run.
 * Owns a folder in /tmp while a test needs one.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/profile_folders.h"
#include "common/profile_private.h"

#define HEAD "[Profile]\nName=X\nApp=x\n"

static void
collect(void *data, const char *problem)
{
	g_ptr_array_add(data, g_strdup(problem));
}

static void
no_problem(void *data, const char *problem)
{
	(void)data;
	fail_msg("%s", problem);
}

static void
add(struct profile_set *set, const char *text)
{
	assert_true(profile_set_add_text(set, "f", PROFILE_LAYER_USER, text, strlen(text),
					 no_problem, NULL));
}

static const struct profile_binding *
lookup_input(const struct profile_set *set, const char *id, struct input input)
{
	const char *const ids[] = {id, NULL};
	struct profile_view view;

	profile_set_view(set, ids, NULL, &view);
	return profile_view_binding(&view, input);
}

/* Where the command of an app's pad was written. */
static void
assert_origin(const struct profile_set *set, const char *id, enum pad pad, const char *origin)
{
	g_autofree char *text = NULL;
	const char *const ids[] = {id, NULL};
	struct profile_view view;

	profile_set_view(set, ids, NULL, &view);
	text =
	    profile_origin_to_str(&profile_view_binding(&view, input_press(pad))->command_origin);
	assert_string_equal(text, origin);
}

static const struct profile_binding *
lookup(const struct profile_set *set, const char *id, enum pad pad)
{
	return lookup_input(set, id, input_press(pad));
}

static void
the_default(void **state)
{
	static const struct {
		const char *command, *label;
		enum profile_confirm confirm;
	} expected[PAD_COUNT] = {
	    {"read-screen", "Read screen", PROFILE_CONFIRM_SINGLE},
	    {"stop-or-repeat", "Stop or repeat", PROFILE_CONFIRM_SINGLE},
	    {"back", "Back", PROFILE_CONFIRM_DOUBLE},
	    {"previous", "Previous", PROFILE_CONFIRM_SINGLE},
	    {"next", "Next", PROFILE_CONFIRM_SINGLE},
	    {"activate", "Activate", PROFILE_CONFIRM_DOUBLE},
	};
	struct profile_set *set = profile_set_new();

	(void)state;
	for (size_t i = 0; i < PAD_COUNT; i++) {
		const struct profile_binding *binding = lookup(set, "any", (enum pad)i);

		assert_string_equal(binding->command->text, expected[i].command);
		assert_string_equal(binding->label, expected[i].label);
		assert_int_equal(binding->confirm, expected[i].confirm);
		assert_origin(set, "any", (enum pad)i, "built in");
	}
	assert_int_equal(profile_set_count(set), 1);
	profile_set_free(set);
}

static void
ids_and_patterns(void **state)
{
	struct profile_set *set = profile_set_new();
	const char *const weak[] = {"unknown", "b", NULL};
	const char *const none[] = {NULL};
	struct profile_view view;

	(void)state;
	add(set, "[Profile]\nName=A\nApp=a; a2 ;\n[left-top]\nCommand=time\n");
	add(set, "[Profile]\nName=B\nApp=b*;org.?.c\n");
	assert_string_equal(lookup(set, "a", PAD_LEFT_TOP)->command->text, "time");
	assert_origin(set, "a2", PAD_LEFT_TOP, "f:5");
	assert_string_equal(lookup(set, "a", PAD_LEFT_BOTTOM)->command->text, "back");
	assert_string_equal(lookup(set, "A", PAD_LEFT_TOP)->command->text, "read-screen");
	profile_set_view(set, weak, NULL, &view);
	assert_string_equal(profile_name(view.profile), "B");
	profile_set_view(set, none, NULL, &view);
	assert_string_equal(profile_name(view.profile), "Default");
	assert_int_equal(profile_set_count(set), 3);
	profile_set_free(set);
}

static void
later_wins_key_by_key(void **state)
{
	struct profile_set *set = profile_set_new();
	const struct profile_binding *binding;

	(void)state;
	add(set, HEAD "[left-top]\nCommand=key F5\nLabel=Reload\nConfirm=single\n"
		      "[right-top]\nCommand=time\n");
	add(set, "[Profile]\nName=X\nApp=y\n[left-top]\nLabel=Again\n[right-top]\nCommand=stop\n");
	binding = lookup(set, "y", PAD_LEFT_TOP);
	assert_string_equal(binding->command->text, "key F5");
	assert_string_equal(binding->label, "Again");
	assert_int_equal(binding->confirm, PROFILE_CONFIRM_SINGLE);
	assert_string_equal(lookup(set, "y", PAD_RIGHT_TOP)->label, "Stop");
	assert_string_equal(lookup(set, "x", PAD_RIGHT_TOP)->label, "Previous");
	add(set, "[Profile]\nName=Default\n[left-top]\nConfirm=single\n");
	assert_int_equal(lookup(set, "none", PAD_LEFT_TOP)->confirm, PROFILE_CONFIRM_SINGLE);
	assert_int_equal(profile_set_count(set), 2);
	profile_set_free(set);
}

static void
languages(void **state)
{
	static const char text[] =
	    "[Profile]\nName[zh_CN]=计算器\nName=X\nApp=x\n"
	    "[left-top]\nCommand=back\nLabel=Back\nLabel[de]=Zurück\nLabel[zh_CN]=返回\n"
	    "Hint[zh_CN]=回到上一页\nHint=Goes back\nHint[fr]=Retour\n";
	static const char *const chinese[] = {"zh_CN.UTF-8", "zh_CN", "de", "C", NULL};
	static const char *const french[] = {"fr", "C", NULL};
	struct profile_parse_context context = {.languages = chinese, .layer = PROFILE_LAYER_USER};
	struct profile_file *file;

	(void)state;
	file = profile_parse("f", text, strlen(text), &context, no_problem, NULL);
	assert_string_equal(file->parts[PAD_LEFT_TOP].label.text, "返回");
	assert_string_equal(file->parts[PAD_LEFT_TOP].hint.text, "回到上一页");
	assert_string_equal(file->name.text, "X");
	assert_string_equal(file->title.text, "计算器");
	profile_file_free(file);
	context.languages = french;
	file = profile_parse("f", text, strlen(text), &context, no_problem, NULL);
	assert_string_equal(file->parts[PAD_LEFT_TOP].label.text, "Back");
	assert_string_equal(file->parts[PAD_LEFT_TOP].hint.text, "Retour");
	assert_string_equal(file->title.text, "X");
	profile_file_free(file);
}

static void
holds_and_chords(void **state)
{
	struct profile_set *set = profile_set_new();
	struct input chord = input_chord(PAD_RIGHT_TOP, PAD_LEFT_TOP),
		     hold = input_hold(PAD_LEFT_BOTTOM);
	static const char text[] = "[Profile]\nName=X\nApp=x\n"
				   "[right-top + left-top]\nCommand=key Escape\nLabel=Leave\n"
				   "[left-bottom hold]\nCommand=time\n";
	static const char fallback[] =
	    "[Profile]\nName=Default\n[left-bottom hold]\nCommand=stop\n";

	(void)state;
	assert_null(lookup_input(set, "x", chord));
	assert_null(lookup_input(set, "x", hold));
	add(set, text);
	add(set, fallback);
	assert_string_equal(lookup_input(set, "x", chord)->label, "Leave");
	assert_int_equal(lookup_input(set, "x", chord)->confirm, PROFILE_CONFIRM_DOUBLE);
	assert_string_equal(lookup_input(set, "x", hold)->command->text, "time");
	assert_null(lookup_input(set, "y", chord));
	assert_string_equal(lookup_input(set, "y", hold)->command->text, "stop");
	profile_set_free(set);
}

/* What a text file of cases (test-profile-broken) cannot hold. */
static const struct {
	const char *text;
	const char *problems;
} broken[] = {
    {"", "f:1: there is no group [Profile]"},
    {HEAD "[left-top]\nCommand=back\nLabel=a\x07"
	  "b\n",
     "f:6: Label has a control character"},
    {HEAD "# \xff\xfe\n", "f:4: the line is not valid UTF-8"},
    {HEAD "[left-top]\nCommand=\xc3\x28\n", "f:5: the line is not valid UTF-8\n"
					    "f:4: [left-top] has no Command"},
    {HEAD "[left-top\xff]\nCommand=back\n", "f:4: the line is not valid UTF-8"},
};

static void
broken_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
		struct profile_set *set = profile_set_new();
		g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
		g_autofree char *all = NULL;

		assert_false(profile_set_add_text(set, "f", PROFILE_LAYER_USER, broken[i].text,
						  strlen(broken[i].text), collect, problems));
		g_ptr_array_add(problems, NULL);
		all = g_strjoinv("\n", (char **)problems->pdata);
		assert_string_equal(all, broken[i].problems);
		/* Nothing of it is in the set. */
		assert_int_equal(profile_set_count(set), 1);
		assert_origin(set, "x", PAD_LEFT_TOP, "built in");
		profile_set_free(set);
	}
}

static void
many_problems_end(void **state)
{
	g_autoptr(GString) text = g_string_new(HEAD);
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct profile_set *set = profile_set_new();

	(void)state;
	for (int i = 0; i < 50; i++)
		g_string_append(text, "x\n");
	assert_false(profile_set_add_text(set, "f", PROFILE_LAYER_USER, text->str, text->len,
					  collect, problems));
	assert_int_equal(problems->len, 21);
	assert_string_equal(g_ptr_array_index(problems, 20), "f:53: and 30 more problems");
	profile_set_free(set);
}

static void
inheritance(void **state)
{
	struct profile_set *set = profile_set_new();

	(void)state;
	/* The order of the files does not matter. */
	add(set, "[Profile]\nName=Child\nApp=child\nInherits=Parent\n[right-top]\nCommand=time\n");
	add(set, "[Profile]\nName=Parent\nApp=parent\nInherits=Grand\n"
		 "[right-top]\nCommand=stop\n[right-middle]\nCommand=stop\n");
	add(set, "[Profile]\nName=Grand\nApp=grand\n[right-middle]\nCommand=repeat\n"
		 "[ear hold]\nCommand=spell\n");
	profile_set_check(set, no_problem, NULL);
	assert_string_equal(lookup(set, "child", PAD_RIGHT_TOP)->command->text, "time");
	assert_string_equal(lookup(set, "child", PAD_RIGHT_MIDDLE)->command->text, "stop");
	assert_string_equal(lookup_input(set, "child", input_ear(INPUT_EAR_HOLD))->command->text,
			    "spell");
	assert_string_equal(lookup(set, "child", PAD_RIGHT_BOTTOM)->command->text, "activate");
	profile_set_free(set);
}

static void
wrong_inheritance(void **state)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct profile_set *set = profile_set_new();

	(void)state;
	add(set, "[Profile]\nName=A\nApp=a\nInherits=B\n[right-top]\nCommand=time\n");
	add(set, "[Profile]\nName=B\nApp=b\nInherits=A\n[right-middle]\nCommand=stop\n");
	add(set, "[Profile]\nName=C\nApp=c\nInherits=Nobody\n");
	add(set, "[Profile]\nName=D\nApp=d\nInherits=D\n");
	profile_set_check(set, collect, problems);
	assert_int_equal(problems->len, 4);
	assert_string_equal(g_ptr_array_index(problems, 0),
			    "f:4: 'A' inherits from itself, by way of 'B'; take Inherits out");
	assert_string_equal(g_ptr_array_index(problems, 2),
			    "f:4: Inherits has 'Nobody', but there is no profile of that Name");
	assert_string_equal(g_ptr_array_index(problems, 3),
			    "f:4: 'D' inherits from itself, by way of 'D'; take Inherits out");
	/* And everything else counts. */
	assert_string_equal(lookup(set, "a", PAD_RIGHT_MIDDLE)->command->text, "stop");
	assert_string_equal(lookup(set, "c", PAD_RIGHT_MIDDLE)->command->text, "next");
	profile_set_free(set);
}

static const char *
name_at(const struct profile_set *set, const char *id, const char *site)
{
	const char *const ids[] = {id, NULL};
	struct profile_view view;

	profile_set_view(set, ids, site, &view);
	return profile_name(view.profile);
}

static void
sites(void **state)
{
	struct profile_set *set = profile_set_new();
	static const char *const browser[] = {"firefox", NULL};
	struct profile_view view;

	(void)state;
	add(set, "[Profile]\nName=Browser\nApp=firefox;chromium\n[right-top]\nCommand=key F6\n"
		 "[right-middle]\nCommand=key F5\n");
	add(set, "[Profile]\nName=Shop\nSite=shop.example;*.shop.example;M\u00fcnchen.example\n"
		 "[right-top]\nCommand=activate name=\"Pay\"\n");
	add(set, "[Profile]\nName=One\nSite=one.example\nApp=chrom*\n[right-top]\nCommand=time\n");
	assert_string_equal(name_at(set, "firefox", "shop.example"), "Shop");
	assert_string_equal(name_at(set, "firefox", "SHOP.example."), "Shop");
	assert_string_equal(name_at(set, "firefox", "www.shop.example"), "Shop");
	assert_string_equal(name_at(set, "firefox", "xn--mnchen-3ya.example"), "Shop");
	assert_string_equal(name_at(set, "firefox", "myshop.example"), "Browser");
	assert_string_equal(name_at(set, "firefox", "one.example"), "Browser");
	assert_string_equal(name_at(set, "chromium", "one.example"), "One");
	/* An app that a site's profile names has it there only. */
	assert_string_equal(name_at(set, "chrome", NULL), "Default");
	assert_string_equal(name_at(set, "firefox", NULL), "Browser");
	profile_set_view(set, browser, "shop.example", &view);
	assert_string_equal(profile_view_binding(&view, input_press(PAD_RIGHT_MIDDLE))->label,
			    "F5");
	assert_string_equal(profile_view_binding(&view, input_press(PAD_RIGHT_TOP))->label, "Pay");
	/* Another place for the same profile, in place of the old ones. */
	add(set, "[Profile]\nName=Shop\nSite=other.example\n");
	assert_string_equal(name_at(set, "firefox", "shop.example"), "Browser");
	assert_string_equal(name_at(set, "firefox", "www.shop.example"), "Browser");
	assert_string_equal(name_at(set, "firefox", "other.example"), "Shop");
	profile_set_free(set);
}

static void
assert_written(const struct profile_origin *origin, const char *where, enum profile_layer layer)
{
	g_autofree char *text = profile_origin_to_str(origin);

	assert_string_equal(text, where);
	if (origin->file)
		assert_int_equal(origin->layer, layer);
}

static void
where_it_was_written(void **state)
{
	static const char shipped_text[] = HEAD "[right-top]\nCommand=key F5\nLabel=Reload\n";
	static const char user_text[] = "[Profile]\nName=X\n[right-top]\nConfirm=hold\n"
					"Hint=Loads the page again\n";
	struct profile_set *set = profile_set_new();
	const struct profile_binding *binding;

	(void)state;
	assert_true(profile_set_add_text(set, "s", PROFILE_LAYER_SHIPPED, shipped_text,
					 strlen(shipped_text), no_problem, NULL));
	assert_true(profile_set_add_text(set, "u", PROFILE_LAYER_USER, user_text, strlen(user_text),
					 no_problem, NULL));
	binding = lookup(set, "x", PAD_RIGHT_TOP);
	assert_written(&binding->command_origin, "s:5", PROFILE_LAYER_SHIPPED);
	assert_written(&binding->label_origin, "s:6", PROFILE_LAYER_SHIPPED);
	assert_written(&binding->confirm_origin, "u:4", PROFILE_LAYER_USER);
	assert_written(&binding->hint_origin, "u:5", PROFILE_LAYER_USER);
	assert_int_equal(binding->confirm, PROFILE_CONFIRM_HOLD);
	assert_string_equal(binding->hint, "Loads the page again");
	binding = lookup(set, "x", PAD_RIGHT_MIDDLE);
	assert_written(&binding->command_origin, "built in", PROFILE_LAYER_BUILT_IN);
	binding = lookup(set, "x", PAD_LEFT_TOP);
	assert_written(&binding->label_origin, "", PROFILE_LAYER_BUILT_IN);
	profile_set_free(set);
}

/* An app in a sandbox that calls its profile as the bank's is called changes nothing in the bank.
 */
static void
sandboxed(void **state)
{
	static const char evil[] = "[Profile]\nName=Bank\nApp=org.evil.App\n"
				   "[right-top]\nCommand=activate name=\"Pay all\"\nLabel=Time\n";
	static const char file[] = "/x/org.evil.App.profile";
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	struct profile_set *set = profile_set_new();

	(void)state;
	assert_true(profile_set_add_text(set, file, PROFILE_LAYER_FLATPAK, evil, strlen(evil),
					 no_problem, NULL));
	assert_string_equal(lookup(set, "org.evil.App", PAD_RIGHT_TOP)->label, "Time");
	assert_false(profile_set_add_text(set, file, PROFILE_LAYER_FLATPAK, evil, strlen(evil),
					  collect, problems));
	assert_string_equal(g_ptr_array_index(problems, 0),
			    "/x/org.evil.App.profile:2: there is a profile 'Bank' already; an app "
			    "in a sandbox cannot change it");
	/* The user may change it there, key by key ... */
	add(set, "[Profile]\nName=Bank\nApp=org.evil.App\n[right-top]\nLabel=Never\n");
	assert_string_equal(lookup(set, "org.evil.App", PAD_RIGHT_TOP)->label, "Never");
	/* ... and has the own bank's own profile under the same name. */
	add(set, "[Profile]\nName=Bank\nApp=bank\n[right-middle]\nCommand=time\n");
	assert_string_equal(lookup(set, "bank", PAD_RIGHT_TOP)->label, "Previous");
	assert_string_equal(lookup(set, "bank", PAD_RIGHT_MIDDLE)->label, "Time");
	assert_string_equal(lookup(set, "org.evil.App", PAD_RIGHT_TOP)->label, "Previous");
	profile_set_free(set);
}

/* What is taken is a key file, and GLib reads the same out of it. */
static void
as_glib_reads_it(void **state)
{
	static const char text[] =
	    "# a comment\n\n[Profile]\nName = A\\\\B\nName[de]=C\nApp=x;y\n"
	    "[left-top + right-top]\nCommand=activate name=\"a \\\"b\\\" #1\"\n"
	    "Label[zh_CN]=\u652f\u4ed8\nLabel=Pay\\snow\n";
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autofree char *name = NULL, *label = NULL, *command = NULL;
	struct profile_set *set = profile_set_new();
	const struct profile_binding *binding;

	(void)state;
	add(set, text);
	assert_true(g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, NULL));
	name = g_key_file_get_string(file, "Profile", "Name", NULL);
	label = g_key_file_get_string(file, "left-top + right-top", "Label", NULL);
	command = g_key_file_get_value(file, "left-top + right-top", "Command", NULL);
	assert_string_equal(name_at(set, "y", NULL), name);
	binding = lookup_input(set, "x", input_chord(PAD_LEFT_TOP, PAD_RIGHT_TOP));
	assert_string_equal(binding->label, label);
	assert_string_equal(binding->label, "Pay now");
	assert_string_equal(binding->command->text, command);
	profile_set_free(set);
}

static void
shipped(void **state)
{
	struct profile_set *set = profile_set_new();
	const struct profile_binding *binding;

	(void)state;
	profile_folders_add(set, "profiles", PROFILE_LAYER_SHIPPED, no_problem, NULL);
	assert_true(profile_set_count(set) >= 3);
	binding = lookup(set, "org.gnome.Calculator", PAD_RIGHT_TOP);
	assert_string_equal(binding->command->text, "activate role=button name=\"5\"");
	assert_int_equal(binding->confirm, PROFILE_CONFIRM_DOUBLE);
	profile_set_free(set);
}

/* In the two profiles that are Chinese throughout, every text has its Chinese beside it. */
static void
whole_in_chinese(void **state)
{
	static const char *const files[] = {"profiles/org.gnome.Calculator.profile",
					    "profiles/org.xfce.mousepad.profile"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autoptr(GKeyFile) file = g_key_file_new();
		g_auto(GStrv) groups = NULL;

		assert_true(
		    g_key_file_load_from_file(file, files[i], G_KEY_FILE_KEEP_TRANSLATIONS, NULL));
		groups = g_key_file_get_groups(file, NULL);
		for (char **group = groups; *group; group++) {
			static const char *const keys[] = {"Name", "Label", "Hint"};

			for (size_t j = 0; j < G_N_ELEMENTS(keys); j++) {
				g_autofree char *chinese = g_strdup_printf("%s[zh_CN]", keys[j]);
				bool wanted = (j == 0) == (strcmp(*group, "Profile") == 0);

				if (wanted && !g_key_file_has_key(file, *group, chinese, NULL))
					fail_msg("%s: [%s] has no %s", files[i], *group, chinese);
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_default),           cmocka_unit_test(ids_and_patterns),
	    cmocka_unit_test(later_wins_key_by_key), cmocka_unit_test(languages),
	    cmocka_unit_test(holds_and_chords),      cmocka_unit_test(broken_files),
	    cmocka_unit_test(many_problems_end),     cmocka_unit_test(inheritance),
	    cmocka_unit_test(wrong_inheritance),     cmocka_unit_test(sites),
	    cmocka_unit_test(where_it_was_written),  cmocka_unit_test(sandboxed),
	    cmocka_unit_test(as_glib_reads_it),      cmocka_unit_test(shipped),
	    cmocka_unit_test(whole_in_chinese),
	};

	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
