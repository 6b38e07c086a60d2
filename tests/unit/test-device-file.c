/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Overlay and quirk files: what is found for which device, and every mistake with its line.
 * Run by tests/run.
 * Owns a folder for the tests of directories.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <linux/input-event-codes.h>
#include <string.h>

#include "common/device_file.h"
#include "driver/film.h"

#define PAD_LINES(name) "[" name "]\nX=5\nY=50\nRadius=6.5\n"
#define FILM                                                                                       \
	PAD_LINES("left-top")                                                                      \
	PAD_LINES("left-middle")                                                                   \
	PAD_LINES("left-bottom")                                                                   \
	PAD_LINES("right-top") PAD_LINES("right-middle") PAD_LINES("right-bottom")
#define DEVICE        "[device]\nVendor=1189\nProduct=8890\n"
#define KEY(pad, key) "[" pad "]\nKey=" key "\n"

static void
note_problem(void *data, const char *problem)
{
	GPtrArray *problems = data;

	g_ptr_array_add(problems, g_strdup(problem));
}

static GPtrArray *
add(struct device_rules *rules, enum device_file_kind kind, const char *text)
{
	GPtrArray *problems = g_ptr_array_new_with_free_func(g_free);
	bool good =
	    device_rules_add_text(rules, kind, "f", text, strlen(text), note_problem, problems);

	assert_int_equal(good, problems->len == 0);
	return problems;
}

static void
add_good(struct device_rules *rules, enum device_file_kind kind, const char *text)
{
	g_autoptr(GPtrArray) problems = add(rules, kind, text);

	if (problems->len > 0)
		fail_msg("%s", (char *)g_ptr_array_index(problems, 0));
}

static void
test_keys(void **state)
{
	const struct device_id id = {0x1189, 0x8890, "Some Macro Pad"};
	struct device_rules *rules = device_rules_new();
	const struct device_overlay *found;

	(void)state;
	assert_false(device_rules_has_keys(rules));
	add_good(rules, DEVICE_FILE_OVERLAY,
		 "\xef\xbb\xbf# six keys\r\n" DEVICE KEY("left-top", "KEY_F13")
		     KEY("left-middle", "f14") KEY("left-bottom", "1") KEY("right-top", "BTN_0")
			 KEY("right-middle", "300") KEY("right-bottom", "KEY_KPENTER"));
	assert_true(device_rules_has_keys(rules));
	assert_null(device_rules_find_overlay(rules, DEVICE_OVERLAY_FILM, &id));
	found = device_rules_find_overlay(rules, DEVICE_OVERLAY_KEYS, &id);
	assert_non_null(found);
	assert_string_equal(found->origin, "f:2");
	assert_int_equal(found->keys[PAD_LEFT_TOP], KEY_F13);
	assert_int_equal(found->keys[PAD_LEFT_MIDDLE], KEY_F14);
	assert_int_equal(found->keys[PAD_LEFT_BOTTOM], KEY_1);
	assert_int_equal(found->keys[PAD_RIGHT_TOP], BTN_0);
	assert_int_equal(found->keys[PAD_RIGHT_MIDDLE], 300);
	assert_int_equal(found->keys[PAD_RIGHT_BOTTOM], KEY_KPENTER);
	device_rules_free(rules);
}

static void
test_match(void **state)
{
	static const struct {
		struct device_id id;
		bool first, second;
	} cases[] = {
	    {{0x1189, 0x8890, "anything"}, true, false},
	    {{0x1189, 0x8891, "anything"}, false, false},
	    {{0x118a, 0x8890, "anything"}, false, false},
	    {{0, 0, "Pad 6 keyboard"}, false, true},
	    {{0, 0, "Pad 16 keyboard"}, false, false},
	    {{0, 0, "My Pad 6 keyboard"}, false, false},
	    {{0x1189, 0x8890, "Pad 6"}, true, true}, /* the last one is meant */
	};
	struct device_rules *rules = device_rules_new();

	(void)state;
	add_good(rules, DEVICE_FILE_OVERLAY,
		 DEVICE KEY("left-top", "F13") "[device]\nName=Pad ?*\n[left-top]\nKey=F14\n");
	(void)device_rules_free(rules);
	rules = device_rules_new();
	add_good(rules, DEVICE_FILE_OVERLAY,
		 DEVICE KEY("left-top", "F13") "[device]\nName=Pad 6*\n[left-top]\nKey=F14\n");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct device_overlay *found =
		    device_rules_find_overlay(rules, DEVICE_OVERLAY_KEYS, &cases[i].id);
		uint16_t key = found ? found->keys[PAD_LEFT_TOP] : 0;

		assert_int_equal(key, cases[i].second ? KEY_F14 : cases[i].first ? KEY_F13 : 0);
	}
	device_rules_free(rules);
}

static void
test_film(void **state)
{
	const struct device_id id = {0x1189, 0x8890, "Panel"};
	struct device_rules *rules = device_rules_new();
	const struct device_overlay *found;

	(void)state;
	add_good(rules, DEVICE_FILE_OVERLAY, DEVICE FILM);
	assert_false(device_rules_has_keys(rules));
	found = device_rules_find_overlay(rules, DEVICE_OVERLAY_FILM, &id);
	assert_non_null(found);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		assert_true(found->film.pads[pad].centre.y == 50);
		assert_true(found->film.pads[pad].radius_mm == 6.5);
	}
	device_rules_free(rules);
}

static void
test_quirks(void **state)
{
	const struct device_id id = {0x04f3, 0x0020, "ELAN Touchscreen"}, other = {0, 0, "Other"};
	struct device_rules *rules = device_rules_new();
	struct device_quirks quirks;

	(void)state;
	add_good(rules, DEVICE_FILE_QUIRK,
		 "[device]\nName=ELAN*\n[quirk]\nWidth=256\nHeight=144.5\nIgnore=yes\n"
		 "[device]\nVendor=04f3\nProduct=20\n[quirk]\nIgnore=no\nTouchMajorScale=0.5\n"
		 "IgnoreTouchMajor=yes\n");
	quirks = device_rules_find_quirks(rules, &id);
	assert_true(quirks.width_mm == 256 && quirks.height_mm == 144.5);
	assert_true(quirks.major_scale == 0.5 && quirks.ignore_major && !quirks.ignore);
	quirks = device_rules_find_quirks(rules, &other);
	assert_true(quirks.width_mm == 0 && quirks.major_scale == 0 && !quirks.ignore_major);
	device_rules_free(rules);
}

#define O DEVICE_FILE_OVERLAY
#define Q DEVICE_FILE_QUIRK

static const struct {
	enum device_file_kind kind;
	const char *text;
	const char *problems; /* the first ones, a line each */
} bads[] = {
    {O, DEVICE, "f:1: nothing is said of the device; add a group for each pad, as [left-top]\n"},
    {O, DEVICE PAD_LINES("left-top"),
     "f:1: the device has no group [left-middle]; a film has six pads\n"
     "f:1: the device has no group [left-bottom]; a film has six pads\n"
     "f:1: the device has no group [right-top]; a film has six pads\n"
     "f:1: the device has no group [right-middle]; a film has six pads\n"
     "f:1: the device has no group [right-bottom]; a film has six pads\n"},
    {O, "[device]\nName=Pad\n[left-tpo]\nKey=F13\n[left-top]\nKey=KEY_F31\nKey=F14\nColour=red\n",
     "f:3: unknown group 'left-tpo', did you mean 'left-top'\n"
     "f:6: unknown key 'KEY_F31', did you mean 'KEY_F1'\n"
     "f:7: the key Key is there already, in line 6\n"
     "f:8: unknown key 'Colour'\n"},
    {O, "[device]\nName=*\n" KEY("left-top", "F13"),
     "f:1: [device] has a Name that every device has; write more of it\n"},
    {O, "[device]\nVendor=1189\n" KEY("left-top", "F13"),
     "f:1: [device] needs Name, or Vendor and Product, which /proc/bus/input/devices shows\n"},
    {O, "[device]\nVendor=0000\nProduct=0\n" KEY("left-top", "F13"),
     "f:1: Vendor=0000 and Product=0000 are no device's own; add Name\n"},
    {O, "[device]\nVender=1189\nProduct=0x8890\nName=Pad\n" KEY("left-top", "F13"),
     "f:2: unknown key 'Vender', did you mean 'Vendor'\n"
     "f:3: Product is not a hexadecimal number of up to four digits, as in 04f3\n"},
    {O, DEVICE KEY("left-top", "F13") KEY("right-top", "F13") "[left-middle]\n",
     "f:8: [left-middle] has no Key\nf:6: [right-top] has the Key that [left-top] has\n"},
    {O, DEVICE KEY("left-top", "F13") PAD_LINES("right-top"),
     "f:1: the device has pads with Key and pads with X, Y and Radius; it is a panel or it has "
     "keys\n"},
    {O, KEY("left-top", "F13"), "f:1: [left-top] comes before the group [device]\n"},
    {O, "Key=F13\n", "f:1: 'Key' comes before the first group, [device]\n"},
    {O, DEVICE "[left-top]\nKey=BTN_TOUCH\n", "f:5: BTN_TOUCH is a touch and no key\n"},
    {O, DEVICE "[left-top]\nKey=\n", "f:5: Key is empty\n"},
    {O, DEVICE "[left-top\nX=1\n", "f:4: the group's name does not end with ']'\n"},
    {O, DEVICE "[quirk]\nIgnore=yes\n", "f:4: [quirk] belongs in a .quirk file in quirks.d\n"},
    {O, DEVICE FILM "[left-top]\nX=5\n",
     "f:28: the group [left-top] is there already, in line 4\n"},
    {Q, "[device]\nName=Pad\n", "f:1: nothing is set for the device; add a group [quirk]\n"},
    {Q, DEVICE "[quirk]\nIgnore=true\nWidth=5\nHeight=many\nTouchMajorScale=0\nSize=1\n",
     "f:5: unknown value of Ignore 'true'\nf:6: Width is not between 20 and 2540\n"
     "f:7: Height is not a number of millimetres, as in 5.5\n"
     "f:8: TouchMajorScale is not between 0.1 and 100\nf:9: unknown key 'Size'\n"},
    {Q, DEVICE "[quirk]\nWidth=50\n", "f:1: Width and Height belong together\n"},
    {Q, DEVICE "[left-top]\nX=1\n", "f:4: [left-top] belongs in an .overlay file in overlays.d\n"},
    {Q, DEVICE "[quirk]\nIgnore\n", "f:5: 'Ignore' is neither [group], Key=value nor # comment\n"},
    {Q,
     "\x7f"
     "ELF\xff\n",
     "f:1: the line is not valid UTF-8\n"},
};

static void
test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bads); i++) {
		struct device_rules *rules = device_rules_new();
		g_autoptr(GPtrArray) problems = add(rules, bads[i].kind, bads[i].text);
		g_autoptr(GString) all = g_string_new(NULL);

		for (guint k = 0; k < problems->len; k++)
			g_string_append_printf(all, "%s\n", (char *)g_ptr_array_index(problems, k));
		if (!g_str_has_prefix(all->str, bads[i].problems))
			fail_msg("%zu:\n%snot\n%s", i, all->str, bads[i].problems);
		assert_false(device_rules_has_keys(rules));
		device_rules_free(rules);
	}
}

static void
write_file(const char *directory, const char *folder, const char *name, const char *text)
{
	g_autofree char *parent = g_build_filename(directory, folder, NULL);
	g_autofree char *path = g_build_filename(parent, name, NULL);

	assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

static unsigned
left_top_key(const struct device_rules *rules, const char *name)
{
	const struct device_id id = {1, 1, name};
	const struct device_overlay *found =
	    device_rules_find_overlay(rules, DEVICE_OVERLAY_KEYS, &id);

	return found ? found->keys[PAD_LEFT_TOP] : 0;
}

static void
remove_folder(const char *path)
{
	g_autofree char *command = g_strdup_printf("rm -r '%s'", path);

	assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
}

static void
test_directories(void **state)
{
	g_autofree char *root = g_dir_make_tmp("test-device-file-XXXXXX", NULL);
	g_autofree char *system = g_build_filename(root, "system", NULL);
	g_autofree char *own = g_build_filename(root, "own", NULL);
	const char *const directories[] = {system, own, "/nowhere", NULL};
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *bad = g_build_filename(own, "overlays.d", "bad.overlay", NULL);
	struct device_rules *rules = device_rules_new();
	struct device_quirks quirks;

	(void)state;
	write_file(system, "overlays.d", "a.overlay", "[device]\nName=A\n" KEY("left-top", "F1"));
	write_file(system, "overlays.d", "b.overlay", "[device]\nName=B\n" KEY("left-top", "F1"));
	write_file(system, "overlays.d", "c.overlay", "[device]\nName=C\n" KEY("left-top", "F1"));
	write_file(system, "overlays.d", "z.overlay", "[device]\nName=A*\n" KEY("left-top", "F3"));
	write_file(own, "overlays.d", "b.overlay", "[device]\nName=B\n" KEY("left-top", "F2"));
	write_file(own, "overlays.d", "c.overlay", "# not here\n");
	write_file(own, "overlays.d", "bad.overlay", "[device]\nName=D\n" KEY("left-top", "F99"));
	write_file(own, "overlays.d", "notes.txt", "nonsense\n");
	write_file(own, "quirks.d", "q.quirk", "[device]\nName=A\n[quirk]\nIgnore=yes\n");
	write_file(own, "quirks.d/folder.quirk", "x", "");
	device_rules_load(rules, directories, note_problem, problems);
	assert_int_equal(left_top_key(rules, "A"), KEY_F3);
	assert_int_equal(left_top_key(rules, "B"), KEY_F2);
	assert_int_equal(left_top_key(rules, "C"), 0);
	assert_int_equal(left_top_key(rules, "D"), 0);
	quirks = device_rules_find_quirks(rules, &(struct device_id){1, 1, "A"});
	assert_true(quirks.ignore);
	assert_int_equal(problems->len, 2);
	assert_true(g_str_has_prefix(g_ptr_array_index(problems, 0), bad));
	assert_true(g_str_has_suffix(g_ptr_array_index(problems, 1),
				     "folder.quirk: is a directory and no file of quirks"));
	device_rules_free(rules);
	remove_folder(root);
}

static const struct probe phone = {.width_mm = 68, .height_mm = 136, .matrix = {1, 0, 0, 0, 1, 0}};

static double
right_top_x(const struct film *film)
{
	struct overlay overlay;

	assert_int_equal(film_overlay(film, &overlay), 0);
	return overlay.pads[PAD_RIGHT_TOP].centre.x;
}

/* A file of overlays.d that was made for a larger panel. */
static void
test_film_that_does_not_fit(void **state)
{
	static const struct input_id id = {.vendor = 1};
	struct device_overlay file = {.origin = "tablet.overlay:3"};
	struct probe probe = phone;
	struct film *film;

	(void)state;
	assert_int_equal(overlay_default(160, 240, &file.film), 0);
	probe.film = &file;
	film = film_new(NULL, &id, "Panel", &probe);
	assert_string_equal(
	    film_problem(film),
	    "tablet.overlay:3: left-middle is not on this touchscreen, which is 68 by 136 mm");
	assert_float_equal(right_top_x(film), 63, 1e-6);
	film_free(film);
	/* One that fits is used. */
	assert_int_equal(overlay_default(66, 120, &file.film), 0);
	film = film_new(NULL, &id, "Panel", &probe);
	assert_null(film_problem(film));
	assert_float_equal(right_top_x(film), 61, 1e-6);
	film_free(film);
}

/* A size that no touchscreen has is none: told, it would have the daemon hang up. */
static void
test_size_that_cannot_be(void **state)
{
	static const struct device_id id = {1, 2, "Panel"};
	struct device_rules *rules = device_rules_new();
	struct probe probe = phone;

	(void)state;
	assert_true(probe_apply(&probe, rules, &id));
	assert_float_equal(probe.width_mm, 68, 1e-6);
	probe.height_mm = 16384;
	assert_true(probe_apply(&probe, rules, &id));
	assert_float_equal(probe.width_mm, 0, 0);
	assert_float_equal(probe.height_mm, 0, 0);
	device_rules_free(rules);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_keys),
	    cmocka_unit_test(test_match),
	    cmocka_unit_test(test_film),
	    cmocka_unit_test(test_quirks),
	    cmocka_unit_test(test_bad),
	    cmocka_unit_test(test_film_that_does_not_fit),
	    cmocka_unit_test(test_size_that_cannot_be),
	    cmocka_unit_test(test_directories),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
