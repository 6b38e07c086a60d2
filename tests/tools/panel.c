/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A simulated phone touchscreen that does what it is told on stdin, a line at a time, and answers
 * "done". Called by tests/vm/desktop.sh as root. Owns the uinput device, unplugged at the end of
 * stdin.
 *
 *   down SLOT X Y   move SLOT X Y   up SLOT     each one frame, in mm
 *   both X Y X Y                                two fingers, slots 0 and 1, in one frame
 *   tap X Y MS                                  down, that long, up
 *   clone        answers "clone SLOTS_DOWN", or "clone none" when there is none
 *   pad NAME     answers "X Y", the middle of this pad on the default film
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "driver/core/overlay.h"
#include "driver/sim_panel.h"

/* Slots of this device that are down, or -1 when it is no clone. */
static int
clone_slots_down(const char *devnode)
{
	struct libevdev *device = NULL;
	int down = -1;
	_autoclose_ int fd = open(devnode, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || libevdev_new_from_fd(fd, &device) < 0)
		return -1;

	const char *phys = libevdev_get_phys(device);
	if (phys && strstr(phys, "clone") && libevdev_has_event_code(device, EV_ABS, ABS_MT_SLOT)) {
		down = 0;
		for (int slot = 0; slot < libevdev_get_num_slots(device); slot++)
			down += libevdev_get_slot_value(device, (unsigned)slot,
							ABS_MT_TRACKING_ID) >= 0;
	}
	libevdev_free(device);
	return down;
}

static void
answer_clone(void)
{
	DIR *folder = opendir("/dev/input");
	int found = -1;
	for (struct dirent *entry; folder && found < 0 && (entry = readdir(folder));) {
		char devnode[300];
		if (strncmp(entry->d_name, "event", 5) != 0)
			continue;
		snprintf(devnode, sizeof(devnode), "/dev/input/%s", entry->d_name);
		found = clone_slots_down(devnode);
	}
	if (folder)
		closedir(folder);
	if (found < 0)
		puts("clone none");
	else
		printf("clone %d\n", found);
}

/* False when it is no pad's name. */
static bool
answer_pad(const struct sim_panel *panel, const char *name)
{
	const struct sim_panel_model *model = sim_panel_get_model(panel);
	struct overlay overlay;
	enum pad pad;

	if (!pad_from_str(name, &pad) ||
	    overlay_default(model->width_mm, model->height_mm, &overlay) < 0)
		return false;
	printf("%.1f %.1f\n", overlay.pads[pad].centre.x, overlay.pads[pad].centre.y);
	return true;
}

static int
frame(struct sim_panel *panel)
{
	int r = sim_panel_frame(panel);
	if (r < 0)
		fprintf(stderr, "panel: the frame was not sent: %s\n", strerror(-r));
	return r;
}

/* 0, or a negative errno; -EINVAL for a line that is none of the above. */
static int
obey(struct sim_panel *panel, const char *line)
{
	unsigned slot, ms;
	double x, y, other_x, other_y;
	if (sscanf(line, "down %u %lf %lf", &slot, &x, &y) == 3 && slot < SIM_PANEL_SLOTS_MAX) {
		sim_panel_down(panel, slot, x, y);
		return frame(panel);
	}
	if (sscanf(line, "move %u %lf %lf", &slot, &x, &y) == 3 && slot < SIM_PANEL_SLOTS_MAX) {
		sim_panel_move(panel, slot, x, y);
		return frame(panel);
	}
	if (sscanf(line, "up %u", &slot) == 1 && slot < SIM_PANEL_SLOTS_MAX) {
		sim_panel_up(panel, slot);
		return frame(panel);
	}
	if (sscanf(line, "both %lf %lf %lf %lf", &x, &y, &other_x, &other_y) == 4) {
		sim_panel_down(panel, 0, x, y);
		sim_panel_down(panel, 1, other_x, other_y);
		return frame(panel);
	}
	if (sscanf(line, "tap %lf %lf %u", &x, &y, &ms) == 3) {
		struct timespec time = {.tv_sec = ms / 1000,
					.tv_nsec = (long)(ms % 1000) * 1000000};
		sim_panel_down(panel, 0, x, y);
		int r = frame(panel);
		if (r < 0)
			return r;
		nanosleep(&time, NULL);
		sim_panel_up(panel, 0);
		return frame(panel);
	}
	return -EINVAL;
}

int
main(void)
{
	struct sim_panel *panel = NULL;
	char line[200], name[20];
	int r = sim_panel_new(sim_panel_find_model("phone"), &panel);
	if (r < 0) {
		fprintf(stderr,
			"panel: no touchscreen could be made: %s. Is /dev/uinput writable?\n",
			strerror(-r));
		return EXIT_FAILURE;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts(sim_panel_devnode(panel));
	while (fgets(line, sizeof(line), stdin)) {
		if (strcmp(line, "clone\n") == 0) {
			answer_clone();
			continue;
		}
		if (sscanf(line, "pad %19s", name) == 1 && answer_pad(panel, name))
			continue;
		r = obey(panel, line);
		if (r < 0) {
			fprintf(stderr, "panel: '%s': %s\n", line, strerror(-r));
			break;
		}
		puts("done");
	}
	sim_panel_free(panel);
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
