/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Putting a command on a button of the user's own profile: which profile, what is written, what is
 * left alone, and the way back.
 * Run by tests/run. Owns a folder in /tmp while a test needs one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "common/profile_assign.h"
#include "tests/support/folder.h"

struct rig {
	char *folder;
	char *shipped; /* folders in it */
	char *own;
	char *state;
	GArray *folders;
};

static struct rig *
rig_new(void)
{
	struct rig *rig = g_new0(struct rig, 1);
	struct profile_folder folder;

	rig->folder = folder_new("assign");
	rig->shipped = g_build_filename(rig->folder, "shipped", NULL);
	rig->own = g_build_filename(rig->folder, "own", NULL);
	rig->state = g_build_filename(rig->folder, "state", NULL);
	rig->folders = g_array_new(FALSE, FALSE, sizeof(folder));
	folder = (struct profile_folder){rig->shipped, PROFILE_LAYER_SHIPPED};
	g_array_append_val(rig->folders, folder);
	folder = (struct profile_folder){rig->own, PROFILE_LAYER_USER};
	g_array_append_val(rig->folders, folder);
	assert_int_equal(g_mkdir(rig->shipped, 0700), 0);
	return rig;
}

static void
rig_free(struct rig *rig)
{
	folder_remove(rig->folder);
	g_array_unref(rig->folders);
	g_free(rig->folder);
	g_free(rig->shipped);
	g_free(rig->own);
	g_free(rig->state);
	g_free(rig);
}

static void
write_file(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *
read_own(const struct rig *rig, const char *name)
{
	g_autofree char *path = g_build_filename(rig->own, name, NULL);
	char *text = NULL;

	return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

static void
assert_own(const struct rig *rig, const char *name, const char *wanted)
{
	g_autofree char *text = read_own(rig, name);

	if (!wanted) {
		assert_null(text);
		return;
	}
	assert_non_null(text);
	assert_string_equal(text, wanted);
}

static void
no_problem(void *data, const char *problem)
{
	(void)data;
	fail_msg("%s", problem);
}

#define SHIPPED                                                                                    \
	"[Profile]\nName=Calculator\nApp=org.example.Calc;calc\n"                                  \
	"[right-top]\nCommand=activate name=\"5\"\nLabel=Five\n"

/* What is chosen for this app and site, and put on this input. */
static int
assign(const struct rig *rig, const char *const *ids, const char *site, struct input input,
       const char *command, const char *label, char **reason)
{
	struct profile_set *set = profile_folders_load(rig->folders, no_problem, NULL);
	struct profile_assignment assignment;
	struct profile_view view;
	int error;

	profile_set_view(set, ids, site, &view);
	assert_true(profile_assign_choose(&view, ids, site, &assignment));
	profile_set_free(set);
	assignment.input = input;
	assignment.command = g_strdup(command);
	assignment.label = g_strdup(label);
	error = profile_assign(rig->folders, rig->state, &assignment, reason);
	profile_assignment_clear(&assignment);
	return error;
}

static void
assign_well(const struct rig *rig, const char *const *ids, const char *site, struct input input,
	    const char *command, const char *label)
{
	g_autofree char *reason = NULL;

	if (assign(rig, ids, site, input, command, label, &reason) < 0)
		fail_msg("%s", reason);
}

static void
undo_well(const struct rig *rig)
{
	g_autofree char *path = NULL, *reason = NULL;

	if (profile_assign_undo(rig->state, &path, &reason) < 0)
		fail_msg("%s", reason);
}

static void
assert_no_undo(const struct rig *rig, int error, const char *sentence)
{
	g_autofree char *path = NULL, *reason = NULL;

	assert_int_equal(profile_assign_undo(rig->state, &path, &reason), error);
	assert_non_null(strstr(reason, sentence));
}

static const char *const calc[] = {"calc", NULL};

static void
whose_button_it_is(void **state)
{
	struct rig *rig = rig_new();
	static const char *const other[] = {"org.example.Other", "other", NULL};
	static const char *const games[] = {"games.chess", NULL};
	const struct input button = input_press(PAD_RIGHT_TOP);

	(void)state;
	write_file(rig->shipped, "calc.profile", SHIPPED);
	write_file(rig->shipped, "games.profile", "[Profile]\nName=Games\nApp=games.*\n");
	/* Its own, over the one that is shipped. */
	assign_well(rig, calc, NULL, button, "activate name=\"7\"", NULL);
	assert_own(rig, "Calculator.profile",
		   "[Profile]\nName=Calculator\n\n[right-top]\nCommand=activate name=\"7\"\n");
	/* None there is. */
	assign_well(rig, other, NULL, button, "activate id=\"a\"", "A\\B");
	assert_own(rig, "org.example.Other.profile",
		   "[Profile]\nName=org.example.Other\nApp=org.example.Other\n\n"
		   "[right-top]\nCommand=activate id=\"a\"\nLabel=A\\\\B\n");
	/* One for many apps stays as it is. */
	assign_well(rig, games, NULL, button, "activate name=\"Move\"", NULL);
	assert_own(rig, "games.chess.profile",
		   "[Profile]\nName=games.chess\nApp=games.chess\nInherits=Games\n\n"
		   "[right-top]\nCommand=activate name=\"Move\"\n");
	/* On a web site it is the site's. */
	assign_well(rig, other, "shop.example", button, "activate name=\"Pay\"", NULL);
	assert_own(rig, "shop.example.profile",
		   "[Profile]\nName=shop.example\nSite=shop.example\n\n"
		   "[right-top]\nCommand=activate name=\"Pay\"\n");
	assign_well(rig, other, "shop.example", input_hold(PAD_RIGHT_TOP), "activate name=\"Cart\"",
		    NULL);
	assert_own(rig, "shop.example.profile",
		   "[Profile]\nName=shop.example\nSite=shop.example\n\n"
		   "[right-top]\nCommand=activate name=\"Pay\"\n\n"
		   "[right-top hold]\nCommand=activate name=\"Cart\"\n");
	rig_free(rig);
}

static void
nobody_to_ask(void **state)
{
	struct profile_set *set = profile_set_new();
	static const char *const none[] = {NULL};
	struct profile_assignment assignment;
	struct profile_view view;

	(void)state;
	profile_set_view(set, none, NULL, &view);
	assert_false(profile_assign_choose(&view, none, NULL, &assignment));
	profile_set_free(set);
}

/* What is said is what is done: no label of what the button did before stays. */
static void
label_is_of_the_new_command(void **state)
{
	struct rig *rig = rig_new();
	struct profile_set *set;
	struct profile_view view;
	const struct profile_binding *binding;

	(void)state;
	write_file(rig->shipped, "calc.profile", SHIPPED);
	write_file(rig->own, "mine.profile",
		   "# mine\n[Profile]\nName=Calculator\n[right-top]\nLabel=Mine\nConfirm=single\n"
		   "\n# the other one\n[right-middle]\nCommand=time\n");
	assign_well(rig, calc, NULL, input_press(PAD_RIGHT_TOP), "activate name=\"7\"", NULL);
	assert_own(rig, "mine.profile",
		   "# mine\n[Profile]\nName=Calculator\n\n# the other one\n[right-middle]\n"
		   "Command=time\n\n[right-top]\nCommand=activate name=\"7\"\n");
	set = profile_folders_load(rig->folders, no_problem, NULL);
	profile_set_view(set, calc, NULL, &view);
	binding = profile_view_binding(&view, input_press(PAD_RIGHT_TOP));
	assert_string_equal(binding->label, "7");
	assert_int_equal(binding->confirm, PROFILE_CONFIRM_DOUBLE);
	profile_set_free(set);
	rig_free(rig);
}

static void
the_way_back(void **state)
{
	static const char mine[] = "# mine \\ ü\n[Profile]\nName=Calculator\n[right-top]\n"
				   "Command=time\n";
	struct rig *rig = rig_new();
	g_autofree char *path = g_build_filename(rig->own, "mine.profile", NULL);

	(void)state;
	assert_no_undo(rig, -ENOENT, "Nothing was assigned that can be undone");
	write_file(rig->shipped, "calc.profile", SHIPPED);
	write_file(rig->own, "mine.profile", mine);
	assign_well(rig, calc, NULL, input_press(PAD_RIGHT_TOP), "activate name=\"7\"", NULL);
	undo_well(rig);
	assert_own(rig, "mine.profile", mine);
	assert_no_undo(rig, -ENOENT, "Nothing was assigned that can be undone");
	/* The last of two; and a file that there was not is not there again. */
	assert_int_equal(g_unlink(path), 0);
	assign_well(rig, calc, NULL, input_press(PAD_RIGHT_TOP), "activate name=\"7\"", NULL);
	undo_well(rig);
	assert_own(rig, "Calculator.profile", NULL);
	rig_free(rig);
}

static void
what_was_written_since_stays(void **state)
{
	static const char since[] = "[Profile]\nName=Calculator\n[right-top]\nCommand=time\n";
	struct rig *rig = rig_new();

	(void)state;
	write_file(rig->shipped, "calc.profile", SHIPPED);
	assign_well(rig, calc, NULL, input_press(PAD_RIGHT_TOP), "activate name=\"7\"", NULL);
	write_file(rig->own, "Calculator.profile", since);
	assert_no_undo(rig, -EBUSY, "has changed since, so nothing was undone");
	assert_own(rig, "Calculator.profile", since);
	rig_free(rig);
}

/* Whatever fails, the profile is whole, what to do is said, and the undo that there was holds. */
static void
nothing_half_done(void **state)
{
	static const char broken[] = "[Profile]\nName=Calculator\n[right-top]\nCommand=bakc\n";
	struct rig *rig = rig_new();
	g_autofree char *reason = NULL, *state_before = g_steal_pointer(&rig->state);

	(void)state;
	write_file(rig->shipped, "calc.profile", SHIPPED);
	/* There is no folder where states go, but a file: nothing is assigned without a way back.
	 */
	write_file(rig->folder, "file", "");
	rig->state = g_build_filename(rig->folder, "file", "state", NULL);
	assert_true(assign(rig, calc, NULL, input_press(PAD_RIGHT_TOP), "activate name=\"7\"", NULL,
			   &reason) < 0);
	assert_non_null(strstr(reason, "was not changed: Not a directory"));
	assert_own(rig, "Calculator.profile", NULL);
	g_free(rig->state);
	rig->state = g_steal_pointer(&state_before);
	/* And none where the profile goes, after one that was well. */
	assign_well(rig, calc, NULL, input_press(PAD_RIGHT_TOP), "activate name=\"7\"", NULL);
	g_clear_pointer(&reason, g_free);
	assert_int_equal(assign(rig, calc, NULL, input_press(PAD_RIGHT_TOP), "bakc", NULL, &reason),
			 -EINVAL);
	assert_non_null(strstr(reason, "unknown command 'bakc', did you mean 'back'"));
	undo_well(rig);
	assert_own(rig, "Calculator.profile", NULL);
	/* One that is wrong already is not made worse. */
	write_file(rig->own, "mine.profile", broken);
	g_clear_pointer(&reason, g_free);
	{
		struct profile_assignment assignment = {.profile = g_strdup("Calculator"),
							.input = input_press(PAD_RIGHT_MIDDLE),
							.command = g_strdup("time")};

		assert_int_equal(profile_assign(rig->folders, rig->state, &assignment, &reason),
				 -EINVAL);
		profile_assignment_clear(&assignment);
	}
	assert_non_null(strstr(reason, "mine.profile:4: unknown command 'bakc'"));
	assert_own(rig, "mine.profile", broken);
	rig_free(rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whose_button_it_is),           cmocka_unit_test(nobody_to_ask),
	    cmocka_unit_test(label_is_of_the_new_command),  cmocka_unit_test(the_way_back),
	    cmocka_unit_test(what_was_written_since_stays), cmocka_unit_test(nothing_half_done),
	};

	return cmocka_run_group_tests_name("profile-assign", tests, NULL, NULL);
}
