/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What others are told of a panel.
 * Called by driver/driver through panel.h.
 * Owns nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "common/cleanup.h"
#include "driver/evemu_describe.h"
#include "driver/panel_private.h"

struct film *
panel_get_film(const struct panel *panel)
{
	return panel->film;
}

struct flow *
panel_get_flow(const struct panel *panel)
{
	return panel->flow;
}

uint32_t
panel_get_number(const struct panel *panel)
{
	return panel->number;
}

const char *
panel_get_sysname(const struct panel *panel)
{
	return panel->sysname;
}

bool
panel_can_be_recorded(const struct panel *panel)
{
	return panel->stage == STAGE_LIVE && !panel->keys;
}

int
panel_write_description(const struct panel *panel, char **text, size_t *size)
{
	/* Apart from the one that is read: a question after keys, as libevdev has one, takes those
	 * that are queued there out of the queue, the end of a touch for one. */
	_autoclose_ int fd = open(panel->devnode, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct evemu_device device;
	FILE *stream;
	int r = fd < 0 ? -errno : evemu_describe(fd, &device);

	if (r < 0)
		return r;
	stream = open_memstream(text, size);
	if (!stream)
		return -errno;
	r = evemu_write_description(stream, &device);
	return fclose(stream) == 0 ? r : -ENOMEM;
}

void
panel_tell_state(struct panel *panel)
{
	if (panel_can_be_recorded(panel))
		flow_tell_state(panel->flow);
}

static enum link_panel_state
link_state(const struct panel *panel)
{
	switch (panel->stage) {
	case STAGE_ANNOUNCING:
	case STAGE_WAITING:
		return LINK_PANEL_WAITING;
	case STAGE_LIVE:
		return flow_has_pads(panel->flow) ? LINK_PANEL_READY : LINK_PANEL_NO_SIZE;
	case STAGE_REFUSED:
		return LINK_PANEL_REFUSED;
	case STAGE_UNCLONED:
		return LINK_PANEL_NO_CLONE;
	case STAGE_CLOSED:
	case STAGE_IGNORED:
	case STAGE_GONE:
		break;
	}
	return LINK_PANEL_GONE;
}

bool
panel_describe(const struct panel *panel, struct link_panel *out)
{
	enum link_panel_state state = link_state(panel);
	double width, height;

	probe_mounted_size(&panel->probe, &width, &height);
	*out = (struct link_panel){
	    .panel = panel->number,
	    .state = state,
	    .width_um = (uint32_t)(width * 1000),
	    .height_um = (uint32_t)(height * 1000),
	    .slots = panel->device.core.slots,
	};
	g_strlcpy(out->name, panel->device.name, sizeof(out->name));
	return state != LINK_PANEL_GONE;
}
