/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contacts without slots as slots, and the core's slots as such contacts again.
 * Called by driver/flow on the path of a touch, and by sidetouchctl replay.
 * Owns a translator's state; which anonymous contact is which is libmtdev's to say, as for
 * libinput.
 */
#include "driver/protocol.h"

#include <errno.h>
#include <linux/input.h>
#include <mtdev-plumbing.h>
#include <stdlib.h>
#include <string.h>

/* What libmtdev tells apart. */
#define SLOTS_MAX 32 /* DIM_FINGER in its common.h */
/* Of a frame with as many contacts as that it makes a loop without end (measured); the rest of a
 * crowd is seen by readers of the clone, but is no press. */
#define CONTACTS_MAX 31
/* Its queue is a ring of 512 events, DIM_EVENTS, that is empty again when it is full. */
#define QUEUE_MAX 480
/* The longest frame that is read, and each of them changing all 13 axes and being selected. */
#define EVENTS_MAX (1024 + SLOTS_MAX * 14)

#define MT_FIRST ABS_MT_TOUCH_MAJOR
#define MT_COUNT (ABS_MT_TOOL_Y - ABS_MT_TOUCH_MAJOR + 1)

struct events {
	size_t count;
	struct core_event list[EVENTS_MAX];
};

struct told_slot {
	int32_t value[MT_COUNT];
};

struct translator {
	enum protocol protocol;
	struct core_panel panel;
	/* The panel's side: its last frame, and the same in slots. */
	struct events raw, slots;
	struct mtdev mtdev; /* PROTOCOL_ANONYMOUS */
	bool reselect;      /* its slot is 0 again, and the core does not know */
	bool touched;       /* PROTOCOL_SINGLE */
	int32_t x, y, pressure, last_id;
	/* The clone's side. */
	int32_t selected;
	struct told_slot told[SLOTS_MAX];
	struct events out;
};

static bool
is_mt(uint16_t code)
{
	return code >= ABS_MT_SLOT && code <= ABS_MT_TOOL_Y;
}

static void
add(struct events *events, uint16_t type, uint16_t code, int32_t value)
{
	/* No panel sends that much: what does not fit is the end of a frame that no one could use.
	 */
	if (events->count < EVENTS_MAX)
		events->list[events->count++] = (struct core_event){type, code, value};
}

uint16_t
protocol_x(const struct core_panel *panel)
{
	return panel->has_axis[ABS_MT_POSITION_X] ? ABS_MT_POSITION_X : ABS_X;
}

uint16_t
protocol_y(const struct core_panel *panel)
{
	return panel->has_axis[ABS_MT_POSITION_Y] ? ABS_MT_POSITION_Y : ABS_Y;
}

static void
give_range(struct core_panel *panel)
{
	struct core_axis *axes[] = {&panel->x, &panel->y};

	for (unsigned i = 0; i < 2; i++) {
		if (axes[i]->minimum < axes[i]->maximum)
			continue;
		*axes[i] = (struct core_axis){0, 1};
		panel->width_mm = panel->height_mm = 0;
	}
}

enum protocol
protocol_prepare(struct core_panel *panel)
{
	const bool *has = panel->has_axis;
	bool multi = has[ABS_MT_POSITION_X] && has[ABS_MT_POSITION_Y];

	give_range(panel);
	if (multi && has[ABS_MT_SLOT] && has[ABS_MT_TRACKING_ID])
		return panel->slots > 0 ? PROTOCOL_SLOTS : PROTOCOL_NONE;
	if (multi && !has[ABS_MT_SLOT]) {
		panel->slots = SLOTS_MAX;
		return PROTOCOL_ANONYMOUS;
	}
	if (!multi && has[ABS_X] && has[ABS_Y] && panel->has_btn_touch) {
		panel->slots = 1;
		panel->has_axis[ABS_MT_POSITION_X] = panel->has_axis[ABS_MT_POSITION_Y] = true;
		panel->has_axis[ABS_MT_PRESSURE] = has[ABS_PRESSURE];
		return PROTOCOL_SINGLE;
	}
	return PROTOCOL_NONE;
}

/* By hand, for a translator has no descriptor; without fuzz, for what passes is not to be smoothed.
 */
static int
open_mtdev(struct translator *translator)
{
	int r = mtdev_init(&translator->mtdev);

	if (r < 0)
		return r;
	/* Without TOUCH_MAJOR: that a contact of size 0 is none is seen to here, since libmtdev
	 * would believe whatever its stack held for a contact that does not say its size. */
	for (int code = MT_FIRST + 1; code < MT_FIRST + MT_COUNT; code++)
		mtdev_set_mt_event(&translator->mtdev, code, translator->panel.has_axis[code]);
	return 0;
}

static void
forget_told(struct translator *translator)
{
	translator->selected = 0;
	memset(translator->told, 0, sizeof(translator->told));
	for (unsigned i = 0; i < SLOTS_MAX; i++)
		translator->told[i].value[ABS_MT_TRACKING_ID - MT_FIRST] = -1;
}

int
translator_new(enum protocol protocol, const struct core_panel *panel, struct translator **out)
{
	struct translator *translator;
	int r = 0;

	*out = NULL;
	if (protocol != PROTOCOL_SINGLE && protocol != PROTOCOL_ANONYMOUS)
		return -EINVAL;
	translator = calloc(1, sizeof(*translator));
	if (!translator)
		return -ENOMEM;
	translator->protocol = protocol;
	translator->panel = *panel;
	forget_told(translator);
	if (protocol == PROTOCOL_ANONYMOUS)
		r = open_mtdev(translator);
	if (r < 0) {
		free(translator);
		return r;
	}
	*out = translator;
	return 0;
}

struct translator *
translator_free(struct translator *translator)
{
	if (translator && translator->protocol == PROTOCOL_ANONYMOUS)
		mtdev_close(&translator->mtdev);
	free(translator);
	return NULL;
}

static int32_t
next_id(struct translator *translator)
{
	translator->last_id = (translator->last_id + 1) & 0xffff; /* the kernel's range */
	return translator->last_id;
}

void
translator_reset(struct translator *translator, struct core_slot *slots)
{
	bool touched = slots[0].tracking_id >= 0;

	if (translator->protocol == PROTOCOL_ANONYMOUS) {
		translator->reselect = true;
		mtdev_close(&translator->mtdev);
		/* Without memory for its state no contact is known until the panel is opened anew.
		 */
		(void)open_mtdev(translator);
		return;
	}
	if (touched)
		slots[0].tracking_id =
		    translator->touched ? translator->last_id : next_id(translator);
	translator->touched = touched;
	translator->x = slots[0].value[ABS_MT_POSITION_X];
	translator->y = slots[0].value[ABS_MT_POSITION_Y];
}

/* Whether the contact that begins with this event is told with size 0: it has lifted. */
static bool
is_empty(const struct events *frame, size_t i)
{
	for (; i < frame->count; i++) {
		const struct core_event *event = &frame->list[i];

		if (event->type == EV_SYN && event->code == SYN_MT_REPORT)
			return false;
		if (event->type == EV_ABS && event->code == ABS_MT_TOUCH_MAJOR && event->value == 0)
			return true;
	}
	return false;
}

/* Hand libmtdev what it turns into slots: the contacts that are there, as many as it can tell. */
static void
put_contacts(struct translator *translator)
{
	const struct events *raw = &translator->raw;
	bool empty = is_empty(raw, 0);
	unsigned contacts = 0, ends = 0, queued = 0;

	for (size_t i = 0; i < raw->count; i++) {
		const struct input_event event = {.type = raw->list[i].type,
						  .code = raw->list[i].code,
						  .value = raw->list[i].value};
		bool end = event.type == EV_SYN && event.code == SYN_MT_REPORT;

		if (!end && (event.type != EV_ABS || !is_mt(event.code))) {
			add(&translator->slots, event.type, event.code, event.value);
		} else if (!end && !empty && contacts < CONTACTS_MAX && queued < QUEUE_MAX) {
			mtdev_put_event(&translator->mtdev, &event);
			queued++;
		} else if (end && (ends == 0 || (!empty && contacts < CONTACTS_MAX))) {
			mtdev_put_event(&translator->mtdev, &event);
			ends++;
		}
		if (!end)
			continue;
		contacts += !empty;
		empty = is_empty(raw, i + 1);
	}
}

static void
take_anonymous(struct translator *translator)
{
	struct mtdev *mtdev = &translator->mtdev;
	struct input_event event = {.type = EV_SYN, .code = SYN_REPORT};

	if (!mtdev->state)
		return;
	if (translator->reselect)
		add(&translator->slots, EV_ABS, ABS_MT_SLOT, 0);
	translator->reselect = false;
	put_contacts(translator);
	mtdev_put_event(mtdev, &event);
	while (!mtdev_empty(mtdev)) {
		mtdev_get_event(mtdev, &event);
		if (event.type != EV_SYN || event.code != SYN_REPORT)
			add(&translator->slots, event.type, event.code, event.value);
	}
}

/* The contact first, as the kernel would have it, then the frame itself. */
static void
take_single(struct translator *translator)
{
	struct events *slots = &translator->slots;
	bool was_touched = translator->touched;
	int32_t x = translator->x, y = translator->y, pressure = translator->pressure;

	for (size_t i = 0; i < translator->raw.count; i++) {
		const struct core_event *event = &translator->raw.list[i];

		if (event->type == EV_KEY && event->code == BTN_TOUCH)
			translator->touched = event->value != 0;
		else if (event->type == EV_ABS && event->code == ABS_X)
			translator->x = event->value;
		else if (event->type == EV_ABS && event->code == ABS_Y)
			translator->y = event->value;
		else if (event->type == EV_ABS && event->code == ABS_PRESSURE)
			translator->pressure = event->value;
	}
	if (translator->touched && !was_touched) {
		add(slots, EV_ABS, ABS_MT_TRACKING_ID, next_id(translator));
	} else if (!translator->touched && was_touched) {
		add(slots, EV_ABS, ABS_MT_TRACKING_ID, -1);
	}
	if (translator->touched && (!was_touched || x != translator->x))
		add(slots, EV_ABS, ABS_MT_POSITION_X, translator->x);
	if (translator->touched && (!was_touched || y != translator->y))
		add(slots, EV_ABS, ABS_MT_POSITION_Y, translator->y);
	if (translator->touched && (!was_touched || pressure != translator->pressure))
		add(slots, EV_ABS, ABS_MT_PRESSURE, translator->pressure);
	for (size_t i = 0; i < translator->raw.count; i++) {
		const struct core_event *event = &translator->raw.list[i];

		add(slots, event->type, event->code, event->value);
	}
}

const struct core_event *
translator_to_slots(struct translator *translator, const struct core_event *events, size_t count,
		    size_t *slots_count)
{
	translator->raw.count = translator->slots.count = 0;
	for (size_t i = 0; i < count; i++)
		add(&translator->raw, events[i].type, events[i].code, events[i].value);
	switch (translator->protocol) {
	case PROTOCOL_ANONYMOUS:
		take_anonymous(translator);
		break;
	case PROTOCOL_SINGLE:
		take_single(translator);
		break;
	case PROTOCOL_NONE:
	case PROTOCOL_SLOTS:
		break;
	}
	*slots_count = translator->slots.count;
	return translator->slots.list;
}

/* What the clone's slots hold after these events; true when one of them is about a slot. */
static bool
follow(struct translator *translator, const struct core_event *events, size_t count)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		const struct core_event *event = &events[i];

		if (event->type != EV_ABS || !is_mt(event->code))
			continue;
		any = true;
		if (event->code == ABS_MT_SLOT)
			translator->selected = event->value;
		else if (translator->selected >= 0 && translator->selected < SLOTS_MAX)
			translator->told[translator->selected].value[event->code - MT_FIRST] =
			    event->value;
	}
	return any;
}

static void
add_contact(struct translator *translator, const struct told_slot *slot)
{
	for (unsigned code = MT_FIRST; code < MT_FIRST + MT_COUNT; code++) {
		if (translator->panel.has_axis[code])
			add(&translator->out, EV_ABS, (uint16_t)code, slot->value[code - MT_FIRST]);
	}
	add(&translator->out, EV_SYN, SYN_MT_REPORT, 0);
}

/* Each frame lists what is down, whether it changed or not; an empty list is one end mark. */
static void
list_contacts(struct translator *translator, bool changed)
{
	bool any = false;

	for (unsigned i = 0; i < SLOTS_MAX; i++) {
		if (translator->told[i].value[ABS_MT_TRACKING_ID - MT_FIRST] < 0)
			continue;
		add_contact(translator, &translator->told[i]);
		any = true;
	}
	if (!any && changed)
		add(&translator->out, EV_SYN, SYN_MT_REPORT, 0);
}

const struct core_event *
translator_from_slots(struct translator *translator, const struct core_event *events, size_t count,
		      size_t *panel_count)
{
	bool changed = follow(translator, events, count);

	if (events == translator->slots.list) {
		*panel_count = translator->raw.count;
		return translator->raw.list;
	}
	translator->out.count = 0;
	if (translator->protocol == PROTOCOL_ANONYMOUS)
		list_contacts(translator, changed);
	for (size_t i = 0; i < count; i++) {
		if (events[i].type != EV_ABS || !is_mt(events[i].code))
			add(&translator->out, events[i].type, events[i].code, events[i].value);
	}
	*panel_count = translator->out.count;
	return translator->out.list;
}
