/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl overlay template`: which panel is meant, where its pads are, and the file.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#include "ctl/overlay.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/link.h"
#include "ctl/completion.h"
#include "ctl/daemon_call.h"
#include "ctl/json.h"
#include "ctl/usage.h"
#include "driver/evemu_describe.h"
#include "driver/probe.h"
#include "driver/settings.h"

struct options {
	char *panel;
	char *size;
	char *output;
	gboolean json;
};

static void
options_clear(struct options *options)
{
	g_free(options->panel);
	g_free(options->size);
	g_free(options->output);
}

static bool
check(const struct options *options, int argc, char **argv, GError **error)
{
	const char *what = NULL;

	if (argc < 2)
		what = _("say what to do: template");
	else if (strcmp(argv[1], "template") != 0)
		what = _("there is only: overlay template");
	else if (argc > 2)
		what = _("too many words; the file is named with -o FILE");
	else if (options->panel && options->size)
		what = _("a size or a panel, not both");
	if (what)
		g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, what);
	return !what;
}

static void
complete_verb(int argc, char **argv)
{
	(void)argv;
	if (argc == 0)
		completion_word("template", _("where the buttons belong, and a drawing of them"));
}

static bool
parse(struct options *options, int *argc, char ***argv)
{
	const GOptionEntry entries[] = {
	    {"size", 's', 0, G_OPTION_ARG_STRING, &options->size,
	     _("A touchscreen of this size in millimetres, for example 68x136"), "WxH"},
	    {"panel", 'p', 0, G_OPTION_ARG_FILENAME, &options->panel,
	     _("The touchscreen of this number, as status shows it, or of this device, for example "
	       "/dev/input/event5; needed where there are several"),
	     "NUMBER|DEVICE"},
	    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
	     _("Draw it into this file: .svg, .pdf, or .scad for a three-dimensional printer"),
	     "FILE"},
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json, _("Print one JSON object"), NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new("template");
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(
	    context,
	    _("Says where the six buttons belong on a touchscreen, in millimetres from its "
	      "edges,\nand draws a film to cut out, or a frame to print, at its true size."));
	if (completion_parse(context, entries, complete_verb, argc, argv, &error) &&
	    check(options, *argc, *argv, &error))
		return true;
	return usage_wrong("%s", error->message);
}

/* --- which panel --- */

bool
overlay_size_from_str(const char *text, double *width_mm, double *height_mm)
{
	const double max_mm = LINK_SIZE_MAX_UM / 1000.0;
	char *end;

	*width_mm = g_ascii_strtod(text, &end);
	if (end == text || (*end != 'x' && *end != 'X'))
		return false;
	text = end + 1;
	*height_mm = g_ascii_strtod(text, &end);
	/* Neither is a NaN then. */
	return end != text && *end == '\0' && *width_mm > 0 && *height_mm > 0 &&
	       *width_mm <= max_mm && *height_mm <= max_mm;
}

static bool
fail(GError **error, const char *why, const char *what)
{
	g_autofree char *message = g_strdup_printf("%s: %s", what, why);

	g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, message);
	return false;
}

static bool
set_default(struct template_drawing *drawing, double width_mm, double height_mm, GError **error)
{
	int r = overlay_default(width_mm, height_mm, &drawing->overlay);

	drawing->width_mm = width_mm;
	drawing->height_mm = height_mm;
	if (r == 0)
		return true;
	return fail(error,
		    r == -ERANGE
			? _("too small for six buttons that are 12 mm apart; it needs 22 by 44 mm")
			: _("its size is unknown; measure it and say --size WxH"),
		    _("this touchscreen"));
}

static void
print_problem(void *data, const char *problem)
{
	(void)data;
	fprintf(stderr, "%s\n", problem);
}

/* What the driver would have found out about it. */
static bool
take_device(struct template_drawing *drawing, const char *devnode, GError **error)
{
	static const char *const directories[] = {SIDETOUCH_DATADIR, SETTINGS_DIRECTORY, NULL};
	struct device_rules *rules = device_rules_new();
	_autoclose_ int fd = open(devnode, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct evemu_device described;
	struct device_id id;
	struct probe probe;
	int r = fd < 0 ? -errno : evemu_describe(fd, &described);

	if (r == 0)
		r = probe_device(devnode, &probe);
	if (r < 0) {
		device_rules_free(rules);
		return fail(
		    error,
		    r == -EACCES || r == -EPERM
			? _("it may not be read by you; say its number, as status shows it")
			: _("it is no touchscreen that can be read; status shows which there "
			    "are"),
		    devnode);
	}
	id = (struct device_id){described.vendor, described.product, described.name};
	device_rules_load(rules, directories, print_problem, NULL);
	(void)probe_apply(&probe, rules, &id);
	r = probe_film(&probe, &drawing->overlay);
	probe_mounted_size(&probe, &drawing->width_mm, &drawing->height_mm);
	device_rules_free(rules);
	return r == 0 || set_default(drawing, drawing->width_mm, drawing->height_mm, error);
}

/* A panel that has pads, or would have some if its size were known. */
static bool
take_status(GVariant *panels, guint64 wanted, struct template_drawing *drawing, GError **error)
{
	unsigned found = 0;

	for (gsize i = 0; i < g_variant_n_children(panels); i++) {
		g_autoptr(GVariant) panel = g_variant_get_child_value(panels, i);
		guint32 number = 0, slots = 0;

		g_variant_lookup(panel, "number", "u", &number);
		g_variant_lookup(panel, "slots", "u", &slots);
		if (slots == 0 || (wanted != 0 && wanted != number))
			continue;
		found++;
		g_variant_lookup(panel, "width-mm", "d", &drawing->width_mm);
		g_variant_lookup(panel, "height-mm", "d", &drawing->height_mm);
	}
	if (found == 1)
		return set_default(drawing, drawing->width_mm, drawing->height_mm, error);
	return fail(error,
		    found > 1 ? _("say which one with --panel NUMBER, as status numbers them")
			      : _("there is none, as far as sidetouchd knows; measure it and say "
				  "--size WxH"),
		    _("the touchscreen"));
}

static bool
ask_daemon(guint64 wanted, struct template_drawing *drawing, GError **error)
{
	g_autoptr(GVariant) answer = daemon_call("GetStatus", NULL, "(a{sv})", error);
	g_autoptr(GVariant) status = answer ? g_variant_get_child_value(answer, 0) : NULL;
	g_autoptr(GVariant) panels =
	    status ? g_variant_lookup_value(status, "panels", G_VARIANT_TYPE("aa{sv}")) : NULL;

	if (!answer) {
		g_prefix_error(error, _("without --size WxH the running daemon is asked, but "));
		return false;
	}
	if (!panels)
		return fail(error,
			    _("it is of another version; restart it with: systemctl --user "
			      "restart sidetouchd"),
			    "sidetouchd");
	return take_status(panels, wanted, drawing, error);
}

static bool
choose(const struct options *options, struct template_drawing *drawing, GError **error)
{
	guint64 number = 0;
	double width, height;

	if (options->size) {
		if (!overlay_size_from_str(options->size, &width, &height))
			return fail(error, _("write the size in millimetres as 68x136"),
				    options->size);
		return set_default(drawing, width, height, error);
	}
	if (options->panel &&
	    !g_ascii_string_to_unsigned(options->panel, 10, 1, G_MAXUINT32, &number, NULL))
		return take_device(drawing, options->panel, error);
	return ask_daemon(number, drawing, error);
}

/* --- what comes of it --- */

bool
overlay_template_write(const struct template_drawing *drawing, const char *path, GError **error)
{
	g_autoptr(GBytes) bytes = NULL;
	gsize size;
	const char *data;

	if (g_str_has_suffix(path, ".pdf")) {
		bytes = template_pdf(drawing, error);
		if (!bytes)
			return false;
	} else if (g_str_has_suffix(path, ".svg") || g_str_has_suffix(path, ".scad")) {
		char *text =
		    g_str_has_suffix(path, ".svg") ? template_svg(drawing) : template_scad(drawing);

		bytes = g_bytes_new_take(text, strlen(text));
	} else {
		return fail(error, _("end the file's name in .svg, .pdf or .scad"), path);
	}
	data = g_bytes_get_data(bytes, &size);
	/* Written beside it and renamed: a full disk leaves what was there. */
	return g_file_set_contents(path, data, (gssize)size, error);
}

static void
print_words(const struct template_drawing *drawing)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) width = g_string_new(NULL);
	g_autoptr(GString) height = g_string_new(NULL);

	template_append_mm(width, drawing->width_mm);
	template_append_mm(height, drawing->height_mm);
	g_string_append_printf(out, _("Touchscreen: %s by %s mm"), width->str, height->str);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		g_string_append_c(out, '\n');
		template_append_place(out, drawing, (enum pad)pad);
	}
	puts(out->str);
}

static void
print_json(const struct template_drawing *drawing, const char *path)
{
	g_autoptr(GString) out = g_string_new("{\"width_mm\":");

	template_append_mm(out, drawing->width_mm);
	g_string_append(out, ",\"height_mm\":");
	template_append_mm(out, drawing->height_mm);
	g_string_append(out, ",\"pads\":[");
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		const struct overlay_pad *pad = &drawing->overlay.pads[i];

		g_string_append_printf(out, "%s{\"pad\":\"%s\",\"x_mm\":", i > 0 ? "," : "",
				       pad_to_str((enum pad)i));
		template_append_mm(out, pad->centre.x);
		g_string_append(out, ",\"y_mm\":");
		template_append_mm(out, pad->centre.y);
		g_string_append(out, ",\"radius_mm\":");
		template_append_mm(out, pad->radius_mm);
		g_string_append_c(out, '}');
	}
	g_string_append(out, "],\"file\":");
	if (path)
		json_append_string(out, path);
	else
		g_string_append(out, "null");
	printf("%s}\n", out->str);
}

int
ctl_overlay(int argc, char **argv)
{
	_cleanup_(options_clear) struct options options = {0};
	struct template_drawing drawing = {0};
	g_autoptr(GError) error = NULL;

	if (!parse(&options, &argc, &argv))
		return 2;
	if (!choose(&options, &drawing, &error) ||
	    (options.output && !overlay_template_write(&drawing, options.output, &error))) {
		fprintf(stderr, "sidetouchctl overlay: %s\n", error->message);
		return 1;
	}
	if (options.json)
		print_json(&drawing, options.output);
	else
		print_words(&drawing);
	return 0;
}
