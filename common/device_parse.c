/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads one overlay or quirk file: [device] says which devices, the groups after it what of them.
 * Called by common/device_file for each file.
 * Owns the rules until they are handed over.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/device_private.h"
#include "common/key_code.h"

/* The largest touchscreen has a diagonal of 100 inches. */
#define SIZE_MAX_MM 2540.0
/* A watch's. */
#define SIZE_MIN_MM 20.0
/* A radius between a bump that is felt at all and a pad that two thumbs would share. */
#define RADIUS_MIN_MM 1.0
#define RADIUS_MAX_MM 20.0 /* design: a thumb is at most 21 mm wide */
/* A finger was measured to read 0.2 to 77 mm, and is 13 mm wide (design). */
#define SCALE_MIN 0.1
#define SCALE_MAX 100.0

/* A Key that was reported: it is not missing too. */
#define KEY_WRONG UINT16_MAX

enum group {
	GROUP_NONE,
	GROUP_UNKNOWN, /* its keys are not looked at: the header was reported */
	GROUP_DEVICE,
	GROUP_PAD,
	GROUP_QUIRK,
};

enum measure {
	MEASURE_X,
	MEASURE_Y,
	MEASURE_RADIUS,
};
#define MEASURE_COUNT 3
static const char *const measure_names[MEASURE_COUNT] = {"X", "Y", "Radius"};

struct parser {
	enum device_file_kind kind;
	struct group_file *file;
	GPtrArray *rules;
	enum group group;
	enum pad pad;
	unsigned devices; /* [device] groups until now */
	/* Of the present device. */
	struct device_rule *rule;
	unsigned device_line;
	unsigned settings;
	unsigned pad_line[PAD_COUNT];
	double measure[PAD_COUNT][MEASURE_COUNT]; /* NAN: not there */
	unsigned measures, keys;
};

void
device_rule_free(void *data)
{
	struct device_rule *rule = data;

	g_free(rule->match.name);
	g_free(rule->overlay.origin);
	g_free(rule);
}

/* --- a device begins and ends ----------------------------------------------------------------- */

static bool
is_wild(const char *glob)
{
	return strspn(glob, "*?") == strlen(glob);
}

/* A rule for everything would grab whatever is plugged in next. */
static void
check_match(struct parser *parser)
{
	const struct device_match *match = &parser->rule->match;
	bool numbered =
	    match->has_vendor && match->has_product && (match->vendor || match->product);

	if (match->name && is_wild(match->name))
		group_file_report(parser->file, parser->device_line,
				  "[device] has a Name that every device has; write more of it");
	else if (!match->name && match->has_vendor && match->has_product && !numbered)
		group_file_report(parser->file, parser->device_line,
				  "Vendor=0000 and Product=0000 are no device's own; add Name");
	else if (!match->name && !numbered)
		group_file_report(parser->file, parser->device_line,
				  "[device] needs Name, or Vendor and Product, which "
				  "/proc/bus/input/devices shows");
}

static void
check_film(struct parser *parser)
{
	static const unsigned none[PAD_COUNT];

	if (memcmp(parser->pad_line, none, sizeof(none)) == 0) {
		group_file_report(parser->file, parser->device_line,
				  "nothing is said of the device; add a group for each pad, as "
				  "[left-top]");
		return;
	}
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		const char *name = pad_to_str((enum pad)pad);
		double *measure = parser->measure[pad];

		if (parser->pad_line[pad] == 0) {
			group_file_report(parser->file, parser->device_line,
					  "the device has no group [%s]; a film has six pads",
					  name);
			continue;
		}
		for (unsigned i = 0; i < MEASURE_COUNT; i++) {
			if (isnan(measure[i]))
				group_file_report(parser->file, parser->pad_line[pad],
						  "[%s] has no %s", name, measure_names[i]);
		}
		parser->rule->overlay.film.pads[pad] = (struct overlay_pad){
		    {measure[MEASURE_X], measure[MEASURE_Y]}, measure[MEASURE_RADIUS]};
	}
}

/* Which keys are pads: at least one, each one only. */
static void
check_keys(struct parser *parser)
{
	const uint16_t *keys = parser->rule->overlay.keys;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		if (parser->pad_line[pad] && !keys[pad])
			group_file_report(parser->file, parser->pad_line[pad], "[%s] has no Key",
					  pad_to_str((enum pad)pad));
		for (unsigned other = 0; other < pad; other++) {
			if (keys[pad] && keys[pad] != KEY_WRONG && keys[pad] == keys[other])
				group_file_report(parser->file, parser->pad_line[pad],
						  "[%s] has the Key that [%s] has",
						  pad_to_str((enum pad)pad),
						  pad_to_str((enum pad)other));
		}
	}
}

static void
check_overlay(struct parser *parser)
{
	bool keys = parser->keys > 0;

	parser->rule->overlay.kind = keys ? DEVICE_OVERLAY_KEYS : DEVICE_OVERLAY_FILM;
	if (keys && parser->measures > 0)
		group_file_report(parser->file, parser->device_line,
				  "the device has pads with Key and pads with X, Y and Radius; it "
				  "is a panel or it has keys");
	else if (keys)
		check_keys(parser);
	else
		check_film(parser);
}

static void
end_device(struct parser *parser)
{
	if (!parser->rule)
		return;
	check_match(parser);
	switch (parser->kind) {
	case DEVICE_FILE_OVERLAY:
		check_overlay(parser);
		break;
	case DEVICE_FILE_QUIRK:
		if (parser->settings == 0)
			group_file_report(parser->file, parser->device_line,
					  "nothing is set for the device; add a group [quirk]");
		break;
	}
	if ((parser->rule->quirks.width_mm > 0) != (parser->rule->quirks.height_mm > 0))
		group_file_report(parser->file, parser->device_line,
				  "Width and Height belong together");
	parser->rule = NULL;
}

static void
begin_device(struct parser *parser)
{
	end_device(parser);
	parser->devices++;
	parser->rule = g_new0(struct device_rule, 1);
	parser->rule->kind = parser->kind;
	parser->rule->overlay.origin =
	    g_strdup_printf("%s:%u", parser->file->name, parser->file->line);
	parser->device_line = parser->file->line;
	parser->settings = parser->measures = parser->keys = 0;
	memset(parser->pad_line, 0, sizeof(parser->pad_line));
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		for (unsigned i = 0; i < MEASURE_COUNT; i++)
			parser->measure[pad][i] = NAN;
	}
	g_ptr_array_add(parser->rules, parser->rule);
}

/* --- groups ----------------------------------------------------------------------------------- */

/* The same group or key may come again for another device. */
static bool
first_time(struct parser *parser, const char *what, const char *id, const char *shown)
{
	g_autofree char *own = g_strdup_printf("%u %s", parser->devices, id);

	return group_file_first_time(parser->file, what, own, shown);
}

static void
take_unknown_group(struct parser *parser, const char *name)
{
	const char *candidates[PAD_COUNT + 1] = {"device"};
	size_t count = 1;

	if (parser->kind == DEVICE_FILE_QUIRK) {
		candidates[count++] = "quirk";
	} else {
		for (unsigned pad = 0; pad < PAD_COUNT; pad++)
			candidates[count++] = pad_to_str((enum pad)pad);
	}
	if (strcmp(name, "quirk") == 0)
		group_file_report(parser->file, parser->file->line,
				  "[quirk] belongs in a .quirk file in quirks.d");
	else if (parser->kind == DEVICE_FILE_QUIRK && pad_from_str(name, &(enum pad){0}))
		group_file_report(parser->file, parser->file->line,
				  "[%s] belongs in an .overlay file in overlays.d", name);
	else
		group_file_report_unknown(parser->file, "group", name, candidates, count);
}

static void
take_group(void *data, struct group_file *file, const char *name)
{
	struct parser *parser = data;
	enum group group = GROUP_UNKNOWN;
	g_autofree char *shown = g_strdup_printf("[%s]", name ? name : "");

	parser->file = file;
	parser->group = GROUP_UNKNOWN;
	if (!name)
		return;
	if (strcmp(name, "device") == 0) {
		begin_device(parser);
		parser->group = GROUP_DEVICE;
		return;
	}
	if (parser->kind == DEVICE_FILE_QUIRK && strcmp(name, "quirk") == 0)
		group = GROUP_QUIRK;
	else if (parser->kind == DEVICE_FILE_OVERLAY && pad_from_str(name, &parser->pad))
		group = GROUP_PAD;
	if (group == GROUP_UNKNOWN) {
		take_unknown_group(parser, name);
		return;
	}
	if (!parser->rule) {
		group_file_report(file, file->line, "[%s] comes before the group [device]", name);
		return;
	}
	if (!first_time(parser, "the group", shown, shown))
		return;
	if (group == GROUP_PAD)
		parser->pad_line[parser->pad] = file->line;
	parser->group = group;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* Four hexadecimal digits, as lsusb and /proc/bus/input/devices have them. */
static bool
take_id(struct parser *parser, const char *key, const char *value, uint16_t *out)
{
	guint64 number;

	if (!g_ascii_string_to_unsigned(value, 16, 0, UINT16_MAX, &number, NULL)) {
		group_file_report(parser->file, parser->file->line,
				  "%s is not a hexadecimal number of up to four digits, as in 04f3",
				  key);
		return false;
	}
	*out = (uint16_t)number;
	return true;
}

static void
take_device_key(struct parser *parser, const char *key, const char *value)
{
	static const char *const keys[] = {"Vendor", "Product", "Name"};
	struct device_match *match = &parser->rule->match;

	if (strcmp(key, "Vendor") == 0)
		match->has_vendor = take_id(parser, key, value, &match->vendor);
	else if (strcmp(key, "Product") == 0)
		match->has_product = take_id(parser, key, value, &match->product);
	else if (strcmp(key, "Name") == 0)
		match->name = g_strdup(value);
	else
		group_file_report_unknown(parser->file, "key", key, keys, G_N_ELEMENTS(keys));
}

static void
take_pad_key(struct parser *parser, const char *key, const char *value)
{
	static const char *const keys[] = {"X", "Y", "Radius", "Key"};

	if (strcmp(key, "Key") == 0) {
		(void)key_code_take(parser->file, value, &parser->rule->overlay.keys[parser->pad]);
		return;
	}
	for (unsigned i = 0; i < MEASURE_COUNT; i++) {
		bool radius = i == MEASURE_RADIUS;

		if (strcmp(key, measure_names[i]) != 0)
			continue;
		parser->measures++;
		parser->measure[parser->pad][i] = 0; /* reported, if wrong: not missing too */
		(void)group_file_number(parser->file, key, value, radius ? RADIUS_MIN_MM : 0,
					radius ? RADIUS_MAX_MM : SIZE_MAX_MM, " of millimetres",
					&parser->measure[parser->pad][i]);
		return;
	}
	group_file_report_unknown(parser->file, "key", key, keys, G_N_ELEMENTS(keys));
}

static void
take_switch(struct parser *parser, const char *key, const char *value, bool *set, bool *out)
{
	static const char *const values[] = {"yes", "no"};

	*set = strcmp(value, "yes") == 0 || strcmp(value, "no") == 0;
	if (*set)
		*out = value[0] == 'y';
	else
		group_file_report_unknown(parser->file, key, value, values, G_N_ELEMENTS(values));
}

static void
take_quirk_key(struct parser *parser, const char *key, const char *value)
{
	static const char *const keys[] = {"Ignore", "Width", "Height", "IgnoreTouchMajor",
					   "TouchMajorScale"};
	struct device_quirks *quirks = &parser->rule->quirks;

	parser->settings++;
	if (strcmp(key, "Ignore") == 0)
		take_switch(parser, "value of Ignore", value, &quirks->has_ignore, &quirks->ignore);
	else if (strcmp(key, "IgnoreTouchMajor") == 0)
		take_switch(parser, "value of IgnoreTouchMajor", value, &quirks->has_ignore_major,
			    &quirks->ignore_major);
	else if (strcmp(key, "Width") == 0)
		(void)group_file_number(parser->file, key, value, SIZE_MIN_MM, SIZE_MAX_MM,
					" of millimetres", &quirks->width_mm);
	else if (strcmp(key, "Height") == 0)
		(void)group_file_number(parser->file, key, value, SIZE_MIN_MM, SIZE_MAX_MM,
					" of millimetres", &quirks->height_mm);
	else if (strcmp(key, "TouchMajorScale") == 0)
		(void)group_file_number(parser->file, key, value, SCALE_MIN, SCALE_MAX, "",
					&quirks->major_scale);
	else
		group_file_report_unknown(parser->file, "key", key, keys, G_N_ELEMENTS(keys));
}

static void
take_key(void *data, struct group_file *file, char *key, const char *value)
{
	struct parser *parser = data;
	g_autofree char *id = g_strdup_printf("%d/%d/%s", parser->group, parser->pad, key);

	parser->file = file;
	if (parser->group == GROUP_UNKNOWN)
		return;
	if (parser->group == GROUP_NONE) {
		group_file_report(file, file->line, "'%s' comes before the first group, [device]",
				  key);
		return;
	}
	if (parser->group == GROUP_PAD && strcmp(key, "Key") == 0) {
		parser->keys++;
		parser->rule->overlay.keys[parser->pad] = KEY_WRONG; /* until it is right */
	}
	if (!first_time(parser, "the key", id, key) || !group_file_check_value(file, key, value))
		return;
	switch (parser->group) {
	case GROUP_DEVICE:
		take_device_key(parser, key, value);
		break;
	case GROUP_PAD:
		take_pad_key(parser, key, value);
		break;
	case GROUP_QUIRK:
		take_quirk_key(parser, key, value);
		break;
	case GROUP_NONE:
	case GROUP_UNKNOWN:
		break;
	}
}

static void
take_end(void *data, struct group_file *file)
{
	struct parser *parser = data;

	parser->file = file;
	end_device(parser);
}

bool
device_parse(enum device_file_kind kind, const char *name, const char *text, size_t size,
	     GPtrArray *rules, group_file_problem_fn *problem, void *data)
{
	static const struct group_file_events events = {take_group, take_key, take_end};
	struct parser parser = {.kind = kind, .rules = rules};
	guint before = rules->len;

	if (group_file_parse(name, text, size, &events, &parser, problem, data))
		return true;
	g_ptr_array_set_size(rules, (gint)before);
	return false;
}
