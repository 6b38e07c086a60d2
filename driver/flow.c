/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Joins a panel's frames, its core and its clone; or those of a device with keys.
 * Called by driver/panel at each wake-up of a grabbed panel.
 * Owns the core and buffers; after flow_new() nothing is allocated and nothing logged.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/flow.h"

#include <errno.h>
#include <glib.h>
#include <linux/input-event-codes.h>
#include <string.h>

#include "driver/carry.h"
#include "driver/frame_reader.h"

struct flow {
	const struct panel_device *device;
	struct clone *clone;
	struct flow_output output;
	void *data;
	struct film *film; /* NULL: a device with keys */
	bool has_pads;
	bool film_moved;               /* the core is to be told when no press is under way */
	struct core *core;             /* NULL: a device with keys */
	struct translator *translator; /* NULL: a panel with slots */
	struct key_core *keys;         /* NULL: a panel */
	int error; /* of the clone or of a question to the panel: told after the read */
	struct core_slot *slots;
	struct frame_reader reader;
};

/* The kernel's clock for events, as panel_device_open() chose it. */
static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

static void
on_core_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct flow *flow = data;
	int r;

	(void)time;
	if (flow->translator)
		events = translator_from_slots(flow->translator, events, count, &count);
	r = clone_write(flow->clone, events, count);
	if (r < 0)
		flow->error = r;
}

static void
on_core_press(void *data, const struct core_press *press)
{
	struct flow *flow = data;

	if (flow->film)
		flow->film_moved |= film_press(flow->film, press);
	flow->output.press(flow->data, press);
}

static void
on_core_sample(void *data, const struct core_sample *sample)
{
	struct flow *flow = data;

	flow->output.sample(flow->data, sample);
}

static void
on_core_touch(void *data, struct usec time)
{
	struct flow *flow = data;

	flow->output.touch(flow->data, time);
}

static void
on_core_chord(void *data, const struct core_chord *chord)
{
	struct flow *flow = data;

	flow->output.chord(flow->data, chord);
}

static void
on_core_notice(void *data, enum core_notice notice, struct usec time)
{
	struct flow *flow = data;

	(void)time;
	flow->output.notice(flow->data, notice);
}

static void
on_core_ear(void *data, const struct ear_event *event)
{
	struct flow *flow = data;

	flow->output.ear(flow->data, event);
}

static void
on_core_ear_seen(void *data, const struct ear_seen *seen)
{
	const struct flow *flow = data;

	flow->output.ear_seen(flow->data, seen);
}

static void
on_core_contact(void *data, const struct core_became *became)
{
	struct flow *flow = data;

	if (flow->output.contact)
		flow->output.contact(flow->data, became);
}

static const struct core_output core_output = {
    .frame = on_core_frame,
    .press = on_core_press,
    .touch = on_core_touch,
    .chord = on_core_chord,
    .notice = on_core_notice,
    .ear = on_core_ear,
    .ear_seen = on_core_ear_seen,
    .contact = on_core_contact,
};

static void
tell_raw(struct flow *flow, struct usec time, const struct core_event *events, size_t count)
{
	if (flow->output.raw && !flow->keys)
		flow->output.raw(flow->data, time, events, count);
}

static void
tell_raw_syn(struct flow *flow, struct usec time, uint16_t code)
{
	const struct core_event syn = {EV_SYN, code, 0};

	tell_raw(flow, time, &syn, 1);
}

/* What was read of the slots last. Empty ones count: the kernel repeats no value. */
static void
tell_slots(struct flow *flow, struct usec time, const struct core_event *selected)
{
	for (unsigned i = 0; i < flow->device->core.slots; i++) {
		struct core_event events[2 + ABS_MT_TOOL_Y - ABS_MT_TOUCH_MAJOR + 1];
		const struct core_slot *slot = &flow->slots[i];
		size_t count = 0;

		events[count++] = (struct core_event){EV_ABS, ABS_MT_SLOT, (int32_t)i};
		events[count++] =
		    (struct core_event){EV_ABS, ABS_MT_TRACKING_ID, slot->tracking_id};
		for (uint16_t code = ABS_MT_TOUCH_MAJOR; code <= ABS_MT_TOOL_Y; code++) {
			if (code != ABS_MT_TRACKING_ID && flow->device->core.has_axis[code])
				events[count++] =
				    (struct core_event){EV_ABS, code, slot->value[code]};
		}
		tell_raw(flow, time, events, count);
	}
	tell_raw(flow, time, selected, 1);
	tell_raw_syn(flow, time, SYN_REPORT);
}

void
flow_tell_state(struct flow *flow)
{
	struct core_event selected;

	if (!flow->keys && flow->device->protocol == PROTOCOL_SLOTS &&
	    panel_device_read_slots(flow->device, flow->slots, &selected) == 0)
		tell_slots(flow, now(), &selected);
}

static int
synchronise_keys(struct flow *flow)
{
	uint8_t down[KEY_CORE_BYTES];
	struct carry carry;
	int r = panel_device_read_keys(flow->device, down);

	if (r == 0)
		r = carry_read(flow->device, false, &carry);
	if (r < 0)
		return r;
	key_core_resync(flow->keys, now(), down);
	return carry_write(&carry, flow->clone);
}

/* Make the core's idea of the slots the kernel's; what is queued is older and thrown away. A key or
 * a switch that changed in what was lost is no contact, so no core knows of it. */
static int
synchronise(struct flow *flow)
{
	struct core_event selected;
	struct carry carry;
	int r = frame_reader_discard(&flow->reader, flow->device->fd);

	if (r == 0 && flow->keys)
		return synchronise_keys(flow);
	if (r == 0)
		r = carry_read(flow->device, false, &carry);
	if (r == 0)
		r = panel_device_read_slots(flow->device, flow->slots, &selected);
	if (r < 0)
		return r;
	if (flow->translator)
		translator_reset(flow->translator, flow->slots);
	core_resync(flow->core, now(), flow->slots, flow->device->core.slots);
	if (!flow->translator) {
		frame_reader_prepend(&flow->reader, &selected);
		tell_slots(flow, now(), &selected);
	}
	return carry_write(&carry, flow->clone);
}

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct flow *flow = data;

	if (flow->keys) {
		key_core_frame(flow->keys, time, events, count);
		return;
	}
	tell_raw(flow, time, events, count + 1); /* with its SYN_REPORT */
	if (flow->translator)
		events = translator_to_slots(flow->translator, events, count, &count);
	core_frame(flow->core, time, events, count);
}

static void
on_dropped(void *data, struct usec time)
{
	struct flow *flow = data;
	int r;

	tell_raw_syn(flow, time, SYN_DROPPED);
	r = synchronise(flow);
	if (r < 0)
		flow->error = r;
}

static const struct frame_reader_events reader_events = {on_frame, on_dropped};

static int
make_core(struct flow *flow, const struct probe *probe)
{
	struct overlay overlay;
	struct core_panel panel = flow->device->core;
	int r = film_overlay(flow->film, &overlay);

	flow->has_pads = r == 0;
	if (r == -ERANGE)
		g_message("%s is too small for six pads; it works without them",
			  flow->device->name);
	else if (r < 0)
		g_message("the size of %s is unknown, so it works without pads: give it in mm in "
			  "a file in /etc/sidetouch/quirks.d, see sidetouch-devices(5)",
			  flow->device->name);
	panel.width_mm = probe->width_mm;
	panel.height_mm = probe->height_mm;
	memcpy(panel.mounting, probe->matrix, sizeof(panel.mounting));
	if (probe->quirks.ignore_major)
		panel.has_axis[ABS_MT_TOUCH_MAJOR] = panel.has_axis[ABS_MT_TOUCH_MINOR] = false;
	r = core_new(&panel, flow->has_pads ? &overlay : NULL, &core_output, flow, &flow->core);
	if (r == 0)
		core_set_major_scale(flow->core, film_major_scale(flow->film));
	return r;
}

/* Tell the core where the pads are by now; a press under way is judged by where they were. */
static void
follow_film(struct flow *flow)
{
	struct overlay overlay;

	if (film_overlay(flow->film, &overlay) == 0) {
		if (core_set_overlay(flow->core, &overlay) < 0)
			return; /* not now: asked again after the next frame */
		flow->has_pads = true;
	}
	flow->film_moved = false;
}

/* The kernel repeats no value: what the device holds has to be the clone's before a frame. */
static int
copy_state(struct flow *flow)
{
	struct carry carry;
	int r = carry_read(flow->device, true, &carry);

	return r < 0 ? r : carry_write(&carry, flow->clone);
}

static int
copy_slots(struct flow *flow)
{
	struct core_event selected;
	int r = panel_device_read_slots(flow->device, flow->slots, &selected);

	if (r < 0)
		return r;
	return clone_set_values(flow->clone, &flow->device->core, flow->slots,
				flow->device->core.slots);
}

static int
start(struct flow *flow, const struct probe *probe)
{
	enum protocol protocol = flow->device->protocol;
	int r = 0;

	if (protocol != PROTOCOL_SLOTS)
		r = translator_new(protocol, &flow->device->core, &flow->translator);
	if (r == 0)
		r = make_core(flow, probe);
	if (r == 0)
		r = copy_state(flow);
	if (r == 0 && protocol == PROTOCOL_SLOTS)
		r = copy_slots(flow);
	if (r == 0)
		r = synchronise(flow);
	return r;
}

static struct flow *
make(const struct panel_device *device, struct clone *clone, const struct flow_output *output,
     void *data)
{
	struct flow *flow = g_new0(struct flow, 1);

	flow->device = device;
	flow->clone = clone;
	flow->output = *output;
	flow->data = data;
	flow->slots = g_new0(struct core_slot, device->core.slots);
	frame_reader_init(&flow->reader, &reader_events, flow);
	flow->reader.real_time = device->real_time;
	return flow;
}

int
flow_new(const struct panel_device *device, struct clone *clone, const struct probe *probe,
	 struct film *film, const struct flow_output *output, void *data, struct flow **out)
{
	struct flow *flow = make(device, clone, output, data);
	int r;

	flow->film = film;
	r = start(flow, probe);
	*out = r < 0 ? flow_free(flow) : flow;
	return r;
}

int
flow_new_keys(const struct panel_device *device, struct clone *clone,
	      const uint16_t keys[PAD_COUNT], const struct flow_output *output, void *data,
	      struct flow **out)
{
	struct flow *flow = make(device, clone, output, data);
	int r = key_core_new(keys, &core_output, flow, &flow->keys);

	flow->has_pads = true;
	if (r == 0)
		r = synchronise(flow);
	*out = r < 0 ? flow_free(flow) : flow;
	return r;
}

struct flow *
flow_free(struct flow *flow)
{
	if (!flow)
		return NULL;
	if (flow->core)
		core_release(flow->core, now());
	if (flow->keys)
		key_core_release(flow->keys, now());
	core_unref(flow->core);
	key_core_unref(flow->keys);
	translator_free(flow->translator);
	g_free(flow->slots);
	g_free(flow);
	return NULL;
}

bool
flow_has_pads(const struct flow *flow)
{
	return flow->has_pads;
}

void
flow_set_listening(struct flow *flow, bool listening)
{
	if (flow->keys)
		key_core_set_listening(flow->keys, listening, now());
	else
		core_set_listening(flow->core, listening, now());
}

void
flow_set_escape(struct flow *flow, bool allowed)
{
	if (flow->core)
		core_set_escape(flow->core, allowed);
}

void
flow_set_proximity(struct flow *flow, enum ear_proximity proximity)
{
	if (flow->core)
		core_set_proximity(flow->core, proximity, now());
}

void
flow_set_ear_mode(struct flow *flow, bool on)
{
	if (flow->core)
		core_set_ear_mode(flow->core, on, now());
}

void
flow_set_sampling(struct flow *flow, bool sampling)
{
	core_set_sampler(flow->core, sampling ? on_core_sample : NULL);
}

void
flow_take_film(struct flow *flow)
{
	core_set_major_scale(flow->core, film_major_scale(flow->film));
	flow->film_moved = true;
	follow_film(flow);
}

int
flow_read(struct flow *flow)
{
	int r = frame_reader_read(&flow->reader, flow->device->fd);

	if (flow->film_moved)
		follow_film(flow);
	return r < 0 && r != -EAGAIN ? r : flow->error;
}

int
flow_tick(struct flow *flow)
{
	struct usec deadline, time;

	if (!flow_next_deadline(flow, &deadline))
		return flow->error;
	time = now();
	if (usec_before(time, deadline))
		return flow->error;
	if (flow->keys)
		key_core_tick(flow->keys, time);
	else
		core_tick(flow->core, time);
	return flow->error;
}

bool
flow_next_deadline(const struct flow *flow, struct usec *deadline)
{
	return flow->keys ? key_core_next_deadline(flow->keys, deadline)
			  : core_next_deadline(flow->core, deadline);
}
