/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl replay`: options, files and exit codes; the playing itself is ctl/replay_run.c.
 * Called by ctl/main.c.
 * Owns the recording and what is to be printed; nothing is printed or written before all is read.
 */
#include "ctl/replay.h"

#include <errno.h>
#include <glib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/device_file.h"
#include "common/overlay_file.h"
#include "ctl/completion.h"
#include "ctl/replay_run.h"
#include "ctl/usage.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
};

struct options {
	char *overlay;
	enum ear_proximity proximity;
	char *clone;
	char *svg;
	char *description;
	gboolean json; /* accepted as everywhere, though there is nothing else */
	char **paths;
};

static void
options_clear(struct options *options)
{
	g_free(options->overlay);
	g_free(options->clone);
	g_free(options->svg);
	g_free(options->description);
	g_strfreev(options->paths);
}

static const char *const summary =
    "Play a recorded touchscreen through the driver's logic and print one JSON object a line:\n"
    "presses on the film's pads, what an ear does, and a summary. No device is needed.\n"
    "\n"
    "RECORDING is an evemu recording. Times are in milliseconds since its first event.";

static const char *const details =
    "A film's FILE has six groups, [left-top] to [right-bottom], each with X=, Y= and Radius=\n"
    "in millimetres from the panel's top left corner; or it is called NAME.overlay, as in\n"
    "sidetouch-devices(5).\n"
    "\n"
    "Exit codes: 0 done, 1 the recording cannot be read, 2 wrong usage.";

static bool
parse_options(int argc, char **argv, struct options *options)
{
	g_autofree char *proximity = NULL;
	const GOptionEntry entries[] = {
	    {"overlay", 0, 0, G_OPTION_ARG_FILENAME, &options->overlay,
	     "Where the pads are: the default film, none, or as FILE says", "default|none|FILE"},
	    {"proximity", 0, 0, G_OPTION_ARG_STRING, &proximity,
	     "What the proximity sensor says throughout", "near|far|unknown"},
	    {"clone", 0, 0, G_OPTION_ARG_FILENAME, &options->clone,
	     "Write what the rest of the system would have seen, as evemu", "OUT.evemu"},
	    {"svg", 0, 0, G_OPTION_ARG_FILENAME, &options->svg,
	     "Draw the pads, each contact's way, and what it became", "FILE.svg"},
	    {"description", 0, 0, G_OPTION_ARG_FILENAME, &options->description,
	     "Read the device's description from FILE", "FILE.desc"},
	    {"json", 'j', 0, G_OPTION_ARG_NONE, &options->json, "Print JSON, as it does anyway",
	     NULL},
	    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->paths, NULL, NULL},
	    {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
	};
	g_autoptr(GOptionContext) context = g_option_context_new("RECORDING");
	g_autoptr(GError) error = NULL;

	g_option_context_set_summary(context, summary);
	g_option_context_set_description(context, details);
	if (!completion_parse(context, entries, NULL, &argc, &argv, &error))
		return usage_wrong("%s", error->message);
	if (!options->paths || g_strv_length(options->paths) != 1)
		return usage_wrong("name one recording");
	if (proximity && !ear_proximity_from_str(proximity, &options->proximity))
		return usage_wrong("--proximity is near, far or unknown");
	return true;
}

static void
print_problem(void *data, const char *problem)
{
	(void)data;
	g_printerr("%s\n", problem);
}

/* The film that a file of overlays.d has for the recorded device. */
static bool
read_device_film(const char *path, const struct evemu_device *device, struct overlay *out)
{
	const struct device_id id = {device->vendor, device->product, device->name};
	struct device_rules *rules = device_rules_new();
	const struct device_overlay *film = NULL;

	if (device_rules_add_file(rules, DEVICE_FILE_OVERLAY, path, print_problem, NULL)) {
		film = device_rules_find_overlay(rules, DEVICE_OVERLAY_FILM, &id);
		if (!film)
			g_printerr("%s has no pads for %s (%04x:%04x)\n", path, device->name,
				   device->vendor, device->product);
	}
	if (film)
		*out = film->film;
	device_rules_free(rules);
	return film != NULL;
}

static bool
read_film(const char *path, const struct evemu_device *device, struct overlay *out)
{
	g_autoptr(GError) error = NULL;

	if (g_str_has_suffix(path, ".overlay"))
		return read_device_film(path, device, out);
	if (overlay_file_read(path, out, &error))
		return true;
	g_printerr("%s\n", error->message);
	return false;
}

/* False after a message. *has_pads is false when the recording is to be played without. */
static bool
choose_overlay(const struct options *options, const struct evemu_device *device,
	       struct overlay *overlay, bool *has_pads)
{
	double width_mm, height_mm;
	const char *choice = options->overlay ? options->overlay : "default";
	bool is_default = strcmp(choice, "default") == 0;

	*has_pads = false;
	if (strcmp(choice, "none") == 0)
		return true;
	if (!is_default && !read_film(choice, device, overlay))
		return false;
	if (!replay_panel_size(device, &width_mm, &height_mm)) {
		g_printerr("This panel does not say its size in millimetres: no pads.\n");
		return true;
	}
	if (is_default && overlay_default(width_mm, height_mm, overlay) < 0) {
		g_printerr("This panel is too small for six pads: no pads.\n");
		return true;
	}
	*has_pads = true;
	return true;
}

static bool
save(const char *path, const char *text, size_t size)
{
	g_autoptr(GError) error = NULL;

	/* Written beside it and renamed: a full disk leaves what was there. */
	if (g_file_set_contents(path, text, (gssize)size, &error))
		return true;
	g_printerr("%s\n", error->message);
	return false;
}

static bool
print_lines(const GString *lines)
{
	if (fwrite(lines->str, 1, lines->len, stdout) == lines->len && fflush(stdout) == 0)
		return true;
	g_printerr("The result cannot be printed: %s\n", g_strerror(errno));
	return false;
}

/* After everything was played, before anything is printed. */
static bool
save_picture(const char *path, const struct replay_picture *picture, const char *device)
{
	g_autofree char *svg = replay_picture_svg(picture, device);

	return save(path, svg, strlen(svg));
}

static enum exit_code
play(const struct options *options, const struct evemu_recording *recording,
     struct replay_picture *picture)
{
	g_autoptr(GString) lines = g_string_new(NULL);
	_autofree_ char *text = NULL;
	size_t size = 0;
	FILE *clone;
	struct overlay overlay;
	bool has_pads;
	int r;

	if (!choose_overlay(options, &recording->device, &overlay, &has_pads))
		return EXIT_FAILED;
	clone = options->clone ? open_memstream(&text, &size) : NULL;
	r = replay_run(recording, has_pads ? &overlay : NULL, options->proximity, lines, clone,
		       picture);
	if ((clone && fclose(clone) != 0) || r < 0) {
		g_printerr("Not enough memory for the clone's events; leave out --clone.\n");
		return EXIT_FAILED;
	}
	if ((clone && !save(options->clone, text, size)) ||
	    (picture && !save_picture(options->svg, picture, recording->device.name)))
		return EXIT_FAILED;
	return print_lines(lines) ? EXIT_DONE : EXIT_FAILED;
}

static enum exit_code
replay(const struct options *options, const struct evemu_recording *recording)
{
	struct replay_picture *picture = options->svg ? replay_picture_new() : NULL;
	enum exit_code code = play(options, recording, picture);

	replay_picture_free(picture);
	return code;
}

int
ctl_replay(int argc, char **argv)
{
	_cleanup_(options_clear) struct options options = {0};
	g_autoptr(GError) error = NULL;
	struct evemu_recording *recording;
	enum exit_code code;

	if (!parse_options(argc, argv, &options))
		return EXIT_USAGE;
	recording = evemu_read(options.paths[0], options.description, &error);
	if (!recording) {
		g_printerr("%s\n", error->message);
		return EXIT_FAILED;
	}
	code = replay(&options, recording);
	evemu_free(recording);
	return (int)code;
}
