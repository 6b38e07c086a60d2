/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The format of calibrations and films.
 * Called by the driver's store and by sidetouchctl replay --overlay FILE.
 * Owns nothing.
 */
#include "common/calibration_file.h"

#include <math.h>
#include <string.h>

#include "common/group_file.h"

/* A calibration has 40 lines; a file of another kind is told by its size before it is read. */
#define FILE_SIZE_MAX (1u << 20)
/* The largest touchscreen has a diagonal of 100 inches; a film may lie a little beyond the glass.
 */
#define PLACE_MAX_MM 2540.0
#define PLACE_MIN_MM (-20.0)
/* A radius between a bump that is felt at all and a pad that two thumbs would share. */
#define RADIUS_MIN_MM 1.0
#define RADIUS_MAX_MM 20.0 /* design: a thumb is at most 21 mm wide */
/* Presses land within their pad, so that their mean is nearer than the largest radius. */
#define DRIFT_MAX_MM RADIUS_MAX_MM
#define PRESSES_MAX  1e9
/* Panels tell a finger's size as 0.2 to 77 mm where 15.5 is right (measured). */
#define SCALE_MAX 100.0

enum field {
	FIELD_X,
	FIELD_Y,
	FIELD_RADIUS,
	FIELD_DRIFT_X,
	FIELD_DRIFT_Y,
	FIELD_PRESSES,
};
#define FIELD_COUNT 6

static const struct {
	const char *name;
	double minimum, maximum;
	const char *unit;
	int decimals;
} fields[FIELD_COUNT] = {
    [FIELD_X] = {"X", PLACE_MIN_MM, PLACE_MAX_MM, " of mm", 3},
    [FIELD_Y] = {"Y", PLACE_MIN_MM, PLACE_MAX_MM, " of mm", 3},
    [FIELD_RADIUS] = {"Radius", RADIUS_MIN_MM, RADIUS_MAX_MM, " of mm", 3},
    [FIELD_DRIFT_X] = {"DriftX", -DRIFT_MAX_MM, DRIFT_MAX_MM, " of mm", 3},
    [FIELD_DRIFT_Y] = {"DriftY", -DRIFT_MAX_MM, DRIFT_MAX_MM, " of mm", 3},
    [FIELD_PRESSES] = {"Presses", 0, PRESSES_MAX, "", 0},
};

enum group {
	GROUP_NONE,    /* before the first header */
	GROUP_UNKNOWN, /* its keys are not looked at: the header was reported */
	GROUP_CALIBRATION,
	GROUP_PAD,
};

struct parser {
	enum group group;
	enum pad pad;
	double version, scale;                /* NAN: not yet read */
	double value[PAD_COUNT][FIELD_COUNT]; /* NAN: not yet read */
	struct calibration_lines lines;
	struct calibration *out;
};

static void
on_group(void *data, struct group_file *file, const char *name)
{
	static const char calibration_group[] = "calibration";
	const char *candidates[PAD_COUNT + 1] = {calibration_group};
	struct parser *parser = data;
	g_autofree char *id = NULL;

	parser->group = GROUP_UNKNOWN;
	if (!name)
		return;
	for (unsigned i = 0; i < PAD_COUNT; i++)
		candidates[i + 1] = pad_to_str((enum pad)i);
	if (strcmp(name, calibration_group) != 0 && !pad_from_str(name, &parser->pad)) {
		group_file_report_unknown(file, "group", name, candidates,
					  G_N_ELEMENTS(candidates));
		return;
	}
	id = g_strdup_printf("[%s]", name);
	if (!group_file_first_time(file, "the group", id, id))
		return;
	if (strcmp(name, calibration_group) == 0) {
		parser->group = GROUP_CALIBRATION;
		return;
	}
	parser->group = GROUP_PAD;
	parser->lines.pad[parser->pad] = file->line;
}

static void
take_number(struct group_file *file, const char *key, const char *text, double minimum,
	    double maximum, const char *unit, double *out)
{
	if (!isnan(*out))
		group_file_report(file, file->line, "%s is there already", key);
	else
		(void)group_file_number(file, key, text, minimum, maximum, unit, out);
}

static void
take_calibration(struct parser *parser, struct group_file *file, const char *key, const char *text)
{
	static const char *const keys[] = {"Version", "MajorScale"};

	if (strcmp(key, "MajorScale") == 0) {
		take_number(file, key, text, 0, SCALE_MAX, "", &parser->scale);
		return;
	}
	if (strcmp(key, "Version") != 0) {
		group_file_report_unknown(file, "key", key, keys, G_N_ELEMENTS(keys));
		return;
	}
	take_number(file, key, text, 0, 1e6, "", &parser->version);
	if (!isnan(parser->version) && parser->version != CALIBRATION_FILE_VERSION)
		group_file_report(file, file->line,
				  "this file is of version %g and Sidetouch reads version %d; "
				  "calibrate again",
				  parser->version, CALIBRATION_FILE_VERSION);
}

static void
take_pad(struct parser *parser, struct group_file *file, const char *key, const char *text)
{
	const char *keys[FIELD_COUNT];

	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		keys[i] = fields[i].name;
		if (strcmp(key, fields[i].name) != 0)
			continue;
		take_number(file, key, text, fields[i].minimum, fields[i].maximum, fields[i].unit,
			    &parser->value[parser->pad][i]);
		return;
	}
	group_file_report_unknown(file, "key", key, keys, FIELD_COUNT);
}

static void
on_key(void *data, struct group_file *file, char *key, const char *text)
{
	struct parser *parser = data;

	switch (parser->group) {
	case GROUP_CALIBRATION:
		take_calibration(parser, file, key, text);
		break;
	case GROUP_PAD:
		take_pad(parser, file, key, text);
		break;
	case GROUP_NONE:
		group_file_report(file, file->line, "a value before the first [group]");
		break;
	case GROUP_UNKNOWN:
		break;
	}
}

/* X, Y and Radius are there for every pad, or, in a calibration, for none. */
static bool
has_film(const struct parser *parser)
{
	if (isnan(parser->version))
		return true;
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		for (unsigned i = FIELD_X; i <= FIELD_RADIUS; i++) {
			if (!isnan(parser->value[pad][i]))
				return true;
		}
	}
	return false;
}

static double
or_zero(double value)
{
	return isnan(value) ? 0 : value;
}

static void
take_film(struct parser *parser, struct group_file *file, enum pad pad)
{
	const double *value = parser->value[pad];

	for (unsigned i = FIELD_X; i <= FIELD_RADIUS; i++) {
		if (isnan(value[i]))
			group_file_report(file, MAX(file->line, 1),
					  "the file ends without the %s of %s", fields[i].name,
					  pad_to_str(pad));
	}
	parser->out->film.pads[pad] =
	    (struct overlay_pad){{value[FIELD_X], value[FIELD_Y]}, value[FIELD_RADIUS]};
}

static void
on_end(void *data, struct group_file *file)
{
	struct parser *parser = data;
	struct calibration *out = parser->out;

	*out = (struct calibration){.has_film = has_film(parser),
				    .major_scale = or_zero(parser->scale)};
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		const double *value = parser->value[pad];

		if (out->has_film)
			take_film(parser, file, (enum pad)pad);
		out->drift[pad].offset =
		    (struct mm_point){or_zero(value[FIELD_DRIFT_X]), or_zero(value[FIELD_DRIFT_Y])};
		out->drift[pad].presses = (unsigned)or_zero(value[FIELD_PRESSES]);
	}
}

static const struct group_file_events events = {on_group, on_key, on_end};

static void
parser_init(struct parser *parser, struct calibration *out)
{
	*parser = (struct parser){.version = NAN, .scale = NAN, .out = out};
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		for (unsigned i = 0; i < FIELD_COUNT; i++)
			parser->value[pad][i] = NAN;
	}
}

bool
calibration_file_parse(const char *name, const char *text, size_t size, struct calibration *out,
		       struct calibration_lines *lines, GError **error)
{
	struct parser parser;

	parser_init(&parser, out);
	if (!group_file_load_text(name, text, size, &events, &parser, error))
		return false;
	if (lines)
		*lines = parser.lines;
	return true;
}

bool
calibration_file_read(const char *path, struct calibration *out, struct calibration_lines *lines,
		      GError **error)
{
	struct parser parser;

	parser_init(&parser, out);
	if (!group_file_load(path, "calibration", FILE_SIZE_MAX, &events, &parser, error))
		return false;
	if (lines)
		*lines = parser.lines;
	return true;
}

static void
print(GString *text, enum field field, double value)
{
	char number[G_ASCII_DTOSTR_BUF_SIZE];

	/* The point of the C locale, whatever the user's is. */
	g_ascii_formatd(number, sizeof(number), fields[field].decimals == 0 ? "%.0f" : "%.3f",
			value);
	g_string_append_printf(text, "%s=%s\n", fields[field].name, number);
}

static void
print_pad(GString *text, const struct calibration *calibration, enum pad pad)
{
	const struct overlay_pad *film = &calibration->film.pads[pad];

	g_string_append_printf(text, "\n[%s]\n", pad_to_str(pad));
	if (calibration->has_film) {
		print(text, FIELD_X, film->centre.x);
		print(text, FIELD_Y, film->centre.y);
		print(text, FIELD_RADIUS, film->radius_mm);
	}
	if (calibration->drift[pad].presses > 0) {
		print(text, FIELD_DRIFT_X, calibration->drift[pad].offset.x);
		print(text, FIELD_DRIFT_Y, calibration->drift[pad].offset.y);
		print(text, FIELD_PRESSES, calibration->drift[pad].presses);
	}
}

char *
calibration_file_print(const struct calibration *calibration, const char *panel)
{
	GString *text = g_string_new("# Where the six buttons are on this touchscreen, in mm from "
				     "its top left corner: ");
	g_autofree char *valid = g_utf8_make_valid(panel, -1);
	char scale[G_ASCII_DTOSTR_BUF_SIZE];

	/* A device may call itself anything; here it stays within its comment. */
	for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
		if (!g_unichar_iscntrl(g_utf8_get_char(at)))
			g_string_append_unichar(text, g_utf8_get_char(at));
	}
	g_string_append(text, "\n# Written by sidetouch-driver. Remove this file and restart the "
			      "driver to have the default places back.\n\n[calibration]\n");
	g_string_append_printf(text, "Version=%d\n", CALIBRATION_FILE_VERSION);
	if (calibration->major_scale > 0)
		g_string_append_printf(
		    text, "MajorScale=%s\n",
		    g_ascii_formatd(scale, sizeof(scale), "%.3f", calibration->major_scale));
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		print_pad(text, calibration, (enum pad)pad);
	return g_string_free(text, FALSE);
}
