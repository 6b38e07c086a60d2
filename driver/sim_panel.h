/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A touchscreen made of uinput, from a small table of models: what a real one would send.
 * Used by `sidetouchctl simulate`, the tests on a real kernel and the benchmark.
 * Owns the uinput device; it is unplugged when freed.
 */
#ifndef SIDETOUCH_SIM_PANEL_H
#define SIDETOUCH_SIM_PANEL_H

#include <stdbool.h>
#include <stdint.h>

#include "driver/core/core.h"

#define SIM_PANEL_SLOTS_MAX 16

struct sim_panel_model {
	const char *name;  /* as scenarios write it: "phone" */
	const char *title; /* the device's name */
	double width_mm;
	double height_mm;
	unsigned slots;
	unsigned units_per_mm; /* resolution of the positions and of the contacts' sizes */
	bool is_rich;          /* it tells of palms, and of fingers that hover */
};

/* The model of this name ("phone", "tablet", "rich-phone"), or NULL. The table is constant. */
const struct sim_panel_model *sim_panel_find_model(const char *name);

/* What the core is to know of such a panel: for playing in memory, without a device. */
void sim_panel_describe(const struct sim_panel_model *model, struct core_panel *out);

struct sim_panel;

/* Plug one in. -ENOENT, -EACCES ...: /dev/uinput is missing or not permitted. */
int sim_panel_new(const struct sim_panel_model *model, struct sim_panel **out);
/* Unplug it, whatever is down. */
struct sim_panel *sim_panel_free(struct sim_panel *panel);

/* "/dev/input/event5" */
const char *sim_panel_devnode(const struct sim_panel *panel);
const struct sim_panel_model *sim_panel_get_model(const struct sim_panel *panel);

/*
 * What the next frame says of a slot, in mm from the top left corner. Out of range places are
 * clamped to the glass, as a panel would. A slot that is down may not be put down again, nor one
 * that is up be moved or lifted: these are programmers' errors and abort.
 */
void sim_panel_down(struct sim_panel *panel, unsigned slot, double x_mm, double y_mm);
void sim_panel_move(struct sim_panel *panel, unsigned slot, double x_mm, double y_mm);
void sim_panel_up(struct sim_panel *panel, unsigned slot);
/* The ellipse the contact covers from the next frame on; 7 x 7 mm, a fingertip, until told. */
void sim_panel_size(struct sim_panel *panel, unsigned slot, double major_mm, double minor_mm);

/* What a rich panel says of the contact from the next frame on; others ignore it. */
void sim_panel_tool(struct sim_panel *panel, unsigned slot, bool palm, bool hovers);

/* Send the frame in one write, with SYN_REPORT; 0 or -errno. Nothing to say: nothing is sent. */
int sim_panel_frame(struct sim_panel *panel);

#endif
