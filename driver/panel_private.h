/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stages of a panel and what it holds in them.
 * Shared by driver/panel.c, which leads it from one to the next, and driver/panel_tell.c, which
 * says where it is. struct panel owns all of it.
 */
#ifndef SIDETOUCH_PANEL_PRIVATE_H
#define SIDETOUCH_PANEL_PRIVATE_H

#include "driver/clone.h"
#include "driver/flow.h"
#include "driver/panel.h"
#include "driver/panel_device.h"
#include "driver/probe.h"

/*
 *   udev tells of the panel    clone made     udev tells of it     nothing touches the panel
 *            |                     |                |                        |
 *            +-- opened, probed ---+-- ANNOUNCING --+-------- WAITING -------+---- LIVE ---- ...
 *                                                   (touches go to the system as ever)
 *   After a sleep of the machine the panel is opened anew and WAITING, with the clone that it has.
 *
 *   CLOSED    the node may not be opened yet: tried again when udev speaks of it
 *   IGNORED   of another seat, no touchscreen, or a file says so: never touched
 *   UNCLONED  no /dev/uinput, or it failed: left to the system; tried again when udev speaks of it
 *   REFUSED   another program has grabbed it: tried again every REFUSED_RETRY_MS
 *   GONE      unplugged: waits for panel_free()
 */
enum stage {
	STAGE_CLOSED,
	STAGE_IGNORED,
	STAGE_ANNOUNCING,
	STAGE_WAITING,
	STAGE_LIVE,
	STAGE_REFUSED,
	STAGE_UNCLONED,
	STAGE_GONE,
};

struct panel_source {
	GSource base;
	struct panel *panel;
};

struct panel {
	uint32_t number;
	char *syspath, *sysname, *devnode, *seat;
	struct panel_events events;
	void *data;
	bool listening;
	bool no_escape;
	enum ear_proximity proximity;
	bool ear_mode;
	const struct device_rules *rules;
	const struct device_overlay *keys; /* NULL: a touchscreen */

	enum stage stage;
	struct panel_device device;
	struct probe probe;
	struct clone *clone;
	struct calibration_store *store;
	struct film *film; /* while LIVE; NULL: a device with keys */
	struct flow *flow; /* while LIVE */

	struct panel_source *source;
	void *fd_tag; /* before it is LIVE */
	struct loop *loop;
	struct loop_watch *watch; /* while LIVE: frames, before anything else */
};

#endif
