/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Touchscreens as data: a table of models, and the frames a real one of each would send.
 * Called by `sidetouchctl simulate`, tests/tools and tests/bench; never by the driver itself.
 * Owns a uinput device and what is in each slot, because a frame says only what changed.
 */
#define G_LOG_DOMAIN "sidetouch"
#include "driver/sim_panel.h"

#include <errno.h>
#include <linux/input.h>
#include <string.h>

#include "driver/uinput_device.h"
#include <glib.h>

/* A fingertip covers 7 mm on the phones measured (p50); it only has to be plausible. */
#define FINGERTIP_MM 7.0
/* The largest contact reported: an ear pressed flat measured 65 mm. */
#define SIZE_MAX_MM 80.0
/* How far off the glass a finger is that hovers, in the panel's own measure. */
#define HOVER_UNITS 20
/* SLOT, TRACKING_ID, X, Y, MAJOR, MINOR, TOOL_TYPE, DISTANCE of each slot; then BTN_TOUCH, ABS_X,
 * ABS_Y, SYN_REPORT. */
#define FRAME_MAX (SIM_PANEL_SLOTS_MAX * 8 + 4)

static const struct sim_panel_model models[] = {
    {"phone", "Sidetouch simulated phone", 68.0, 136.0, 10, 10, false},
    {"tablet", "Sidetouch simulated tablet", 160.0, 256.0, 10, 10, false},
    {"rich-phone", "Sidetouch simulated rich phone", 68.0, 136.0, 10, 10, true},
};

struct sim_slot {
	bool down;
	bool changed;
	bool lifted; /* and the frame has not been sent */
	double x_mm, y_mm, major_mm, minor_mm;
	bool palm, hovers;
	int tracking_id;
};

struct sim_panel {
	const struct sim_panel_model *model;
	struct uinput_device *device;
	struct sim_slot slots[SIM_PANEL_SLOTS_MAX];
	int next_tracking_id;
	bool touched; /* BTN_TOUCH as last sent */
	struct input_event frame[FRAME_MAX];
	size_t count;
};

const struct sim_panel_model *
sim_panel_find_model(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(models); i++) {
		if (strcmp(models[i].name, name) == 0)
			return &models[i];
	}
	return NULL;
}

static int
units(const struct sim_panel_model *model, double mm, double max_mm)
{
	return (int)(CLAMP(mm, 0.0, max_mm) * model->units_per_mm + 0.5);
}

static const uint16_t sim_axes[] = {
    ABS_X,
    ABS_Y,
    ABS_MT_SLOT,
    ABS_MT_TOUCH_MAJOR,
    ABS_MT_TOUCH_MINOR,
    ABS_MT_POSITION_X,
    ABS_MT_POSITION_Y,
    ABS_MT_TRACKING_ID,
    /* Only rich panels have the rest. */
    ABS_MT_TOOL_TYPE,
    ABS_MT_DISTANCE,
};
#define RICH_AXES 2

static size_t
axis_count(const struct sim_panel_model *model)
{
	return G_N_ELEMENTS(sim_axes) - (model->is_rich ? 0 : RICH_AXES);
}

static struct input_absinfo
axis_info(const struct sim_panel_model *model, unsigned code)
{
	struct input_absinfo info = {.resolution = (int)model->units_per_mm};

	switch (code) {
	case ABS_X:
	case ABS_MT_POSITION_X:
		info.maximum = units(model, model->width_mm, model->width_mm);
		break;
	case ABS_Y:
	case ABS_MT_POSITION_Y:
		info.maximum = units(model, model->height_mm, model->height_mm);
		break;
	case ABS_MT_TOUCH_MAJOR:
	case ABS_MT_TOUCH_MINOR:
		info.maximum = units(model, SIZE_MAX_MM, SIZE_MAX_MM);
		break;
	case ABS_MT_SLOT:
		info.maximum = (int)model->slots - 1;
		info.resolution = 0;
		break;
	case ABS_MT_TOOL_TYPE:
		info.maximum = MT_TOOL_PALM;
		info.resolution = 0;
		break;
	case ABS_MT_DISTANCE:
		info.maximum = HOVER_UNITS;
		info.resolution = 0;
		break;
	default: /* the tracking id: the kernel's own range */
		info.maximum = 0xffff;
		info.resolution = 0;
		break;
	}
	return info;
}

void
sim_panel_describe(const struct sim_panel_model *model, struct core_panel *out)
{
	struct input_absinfo x = axis_info(model, ABS_MT_POSITION_X);
	struct input_absinfo y = axis_info(model, ABS_MT_POSITION_Y);
	struct input_absinfo major = axis_info(model, ABS_MT_TOUCH_MAJOR);

	*out = (struct core_panel){
	    .x = {x.minimum, x.maximum},
	    .y = {y.minimum, y.maximum},
	    .width_mm = model->width_mm,
	    .height_mm = model->height_mm,
	    .slots = model->slots,
	    .has_btn_touch = true,
	    .major = {major.minimum, major.maximum},
	    .major_resolution = major.resolution,
	};
	for (size_t i = 0; i < axis_count(model); i++)
		out->has_axis[sim_axes[i]] = true;
}

int
sim_panel_new(const struct sim_panel_model *model, struct sim_panel **out)
{
	struct libevdev *description = libevdev_new();
	struct uinput_device *device;
	struct sim_panel *panel;
	int r;

	*out = NULL;
	libevdev_set_name(description, model->title);
	libevdev_set_id_bustype(description, BUS_I2C);
	libevdev_enable_property(description, INPUT_PROP_DIRECT);
	libevdev_enable_event_code(description, EV_KEY, BTN_TOUCH, NULL);
	for (size_t i = 0; i < axis_count(model); i++) {
		struct input_absinfo info = axis_info(model, sim_axes[i]);

		libevdev_enable_event_code(description, EV_ABS, sim_axes[i], &info);
	}
	r = uinput_device_new(description, "sidetouch/simulated", &device);
	libevdev_free(description);
	if (r < 0)
		return r;

	panel = g_new0(struct sim_panel, 1);
	panel->model = model;
	panel->device = device;
	panel->next_tracking_id = 1;
	for (unsigned i = 0; i < model->slots; i++)
		sim_panel_size(panel, i, FINGERTIP_MM, FINGERTIP_MM);
	*out = panel;
	return 0;
}

struct sim_panel *
sim_panel_free(struct sim_panel *panel)
{
	if (panel)
		uinput_device_free(panel->device);
	g_free(panel);
	return NULL;
}

const char *
sim_panel_devnode(const struct sim_panel *panel)
{
	return uinput_device_devnode(panel->device);
}

const struct sim_panel_model *
sim_panel_get_model(const struct sim_panel *panel)
{
	return panel->model;
}

void
sim_panel_down(struct sim_panel *panel, unsigned slot, double x_mm, double y_mm)
{
	g_assert(slot < panel->model->slots && !panel->slots[slot].down);
	panel->slots[slot].down = true;
	panel->slots[slot].tracking_id = panel->next_tracking_id;
	panel->next_tracking_id = (panel->next_tracking_id + 1) & 0xffff;
	sim_panel_move(panel, slot, x_mm, y_mm);
}

void
sim_panel_move(struct sim_panel *panel, unsigned slot, double x_mm, double y_mm)
{
	g_assert(slot < panel->model->slots && panel->slots[slot].down);
	panel->slots[slot].x_mm = x_mm;
	panel->slots[slot].y_mm = y_mm;
	panel->slots[slot].changed = true;
}

void
sim_panel_up(struct sim_panel *panel, unsigned slot)
{
	g_assert(slot < panel->model->slots && panel->slots[slot].down);
	panel->slots[slot].down = false;
	panel->slots[slot].lifted = true;
	panel->slots[slot].changed = true;
}

void
sim_panel_size(struct sim_panel *panel, unsigned slot, double major_mm, double minor_mm)
{
	g_assert(slot < panel->model->slots);
	panel->slots[slot].major_mm = major_mm;
	panel->slots[slot].minor_mm = minor_mm;
	panel->slots[slot].changed = panel->slots[slot].down;
}

void
sim_panel_tool(struct sim_panel *panel, unsigned slot, bool palm, bool hovers)
{
	struct sim_slot *at = &panel->slots[slot];

	g_assert(slot < panel->model->slots);
	at->changed |= at->palm != palm || at->hovers != hovers;
	at->palm = palm;
	at->hovers = hovers;
}

static void
add(struct sim_panel *panel, uint16_t type, uint16_t code, int value)
{
	g_assert(panel->count < FRAME_MAX);
	panel->frame[panel->count++] =
	    (struct input_event){.type = type, .code = code, .value = value};
}

static void
add_slot(struct sim_panel *panel, unsigned index)
{
	const struct sim_panel_model *model = panel->model;
	struct sim_slot *slot = &panel->slots[index];

	add(panel, EV_ABS, ABS_MT_SLOT, (int)index);
	if (slot->lifted)
		add(panel, EV_ABS, ABS_MT_TRACKING_ID, -1);
	slot->lifted = false;
	slot->changed = false;
	if (!slot->down)
		return;
	/* The kernel drops what did not change, this id too after the first frame. */
	add(panel, EV_ABS, ABS_MT_TRACKING_ID, slot->tracking_id);
	add(panel, EV_ABS, ABS_MT_POSITION_X, units(model, slot->x_mm, model->width_mm));
	add(panel, EV_ABS, ABS_MT_POSITION_Y, units(model, slot->y_mm, model->height_mm));
	add(panel, EV_ABS, ABS_MT_TOUCH_MAJOR, units(model, slot->major_mm, SIZE_MAX_MM));
	add(panel, EV_ABS, ABS_MT_TOUCH_MINOR, units(model, slot->minor_mm, SIZE_MAX_MM));
	if (!model->is_rich)
		return;
	add(panel, EV_ABS, ABS_MT_TOOL_TYPE, slot->palm ? MT_TOOL_PALM : MT_TOOL_FINGER);
	add(panel, EV_ABS, ABS_MT_DISTANCE, slot->hovers ? HOVER_UNITS : 0);
}

/* What the kernel's input_mt_report_pointer_emulation() adds for real panels: the oldest contact.
 */
static void
add_pointer(struct sim_panel *panel)
{
	const struct sim_panel_model *model = panel->model;
	const struct sim_slot *oldest = NULL;

	for (unsigned i = 0; i < model->slots; i++) {
		const struct sim_slot *slot = &panel->slots[i];

		if (slot->down && (!oldest || slot->tracking_id < oldest->tracking_id))
			oldest = slot;
	}
	if (panel->touched != (oldest != NULL))
		add(panel, EV_KEY, BTN_TOUCH, oldest != NULL);
	panel->touched = oldest != NULL;
	if (!oldest)
		return;
	add(panel, EV_ABS, ABS_X, units(model, oldest->x_mm, model->width_mm));
	add(panel, EV_ABS, ABS_Y, units(model, oldest->y_mm, model->height_mm));
}

int
sim_panel_frame(struct sim_panel *panel)
{
	panel->count = 0;
	for (unsigned i = 0; i < panel->model->slots; i++) {
		if (panel->slots[i].changed)
			add_slot(panel, i);
	}
	if (panel->count == 0)
		return 0;
	add_pointer(panel);
	add(panel, EV_SYN, SYN_REPORT, 0);
	return uinput_device_write(panel->device, panel->frame, panel->count);
}
