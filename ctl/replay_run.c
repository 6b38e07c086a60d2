/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plays a recording: cuts it into frames, keeps the core's deadlines, writes down what comes out.
 * Called by ctl/replay.c once the recording was read completely.
 * Owns the core while it runs.
 */
#include "ctl/replay_run.h"

#include <errno.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <string.h>

#include "driver/core/core.h"
#include "driver/link_chord.h"
#include "driver/protocol.h"

struct replay {
	const struct evemu_recording *recording;
	struct core *core;             /* NULL: no touchscreen; it passes as it is */
	struct translator *translator; /* NULL: a panel with slots */
	GString *lines;
	FILE *clone;
	struct replay_picture *picture; /* NULL: none is wanted */
	int error;
	uint64_t frames; /* without a core */
	/* The present frame, as it was recorded and as the core is shown it. */
	const struct evemu_event *recorded;
	size_t recorded_count; /* without its SYN_REPORT */
	const struct core_event *shown;
	bool ended; /* what comes now is of the recording's end, not of what was recorded */
};

/* A number as JSON has it in any locale, to the microsecond, with at least one decimal. */
static void
append_ms(GString *line, struct usec time)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	size_t length;

	g_ascii_formatd(text, sizeof(text), "%.3f", usec_to_ms(time));
	length = strlen(text);
	while (text[length - 1] == '0' && text[length - 2] != '.')
		text[--length] = '\0';
	g_string_append(line, text);
}

static void
write_event(struct replay *replay, const struct evemu_event *event)
{
	if (replay->clone && evemu_write_event(replay->clone, event) < 0)
		replay->error = -EIO;
}

/* It went out as it came in, each event at its own time, as kernels before 2012 stamped them. */
static void
write_recorded(struct replay *replay)
{
	for (size_t i = 0; i <= replay->recorded_count; i++)
		write_event(replay, &replay->recorded[i]);
}

static void
write_frame(struct replay *replay, struct usec time, const struct core_event *events, size_t count)
{
	struct evemu_event event = {.stamp = usec_add(replay->recording->start, time)};

	for (size_t i = 0; i < count; i++) {
		event.type = events[i].type;
		event.code = events[i].code;
		event.value = events[i].value;
		write_event(replay, &event);
	}
	event.type = EV_SYN;
	event.code = SYN_REPORT;
	event.value = 0;
	write_event(replay, &event);
}

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct replay *replay = data;
	bool unchanged = events == replay->shown;

	if (replay->translator)
		events = translator_from_slots(replay->translator, events, count, &count);
	if (unchanged)
		write_recorded(replay);
	else
		write_frame(replay, time, events, count);
}

/* The beginning of a line: when what happened. */
static void
append_kind(struct replay *replay, struct usec time, const char *kind)
{
	g_string_append(replay->lines, "{\"time_ms\":");
	append_ms(replay->lines, time);
	g_string_append_printf(replay->lines, ",\"kind\":\"%s\"", kind);
}

static void
on_press(void *data, const struct core_press *press)
{
	struct replay *replay = data;

	append_kind(replay, press->time, "press");
	g_string_append_printf(replay->lines, ",\"pad\":\"%s\",\"phase\":\"%s\"}\n",
			       pad_to_str(press->pad), press_phase_to_str(press->phase));
}

static void
on_chord(void *data, const struct core_chord *chord)
{
	struct replay *replay = data;

	append_kind(replay, chord->time, "chord");
	g_string_append_printf(replay->lines, ",\"pads\":[\"%s\",\"%s\"],\"phase\":\"%s\"}\n",
			       pad_to_str(chord->pads[0]), pad_to_str(chord->pads[1]),
			       press_phase_to_str(chord->phase));
}

static void
on_notice(void *data, enum core_notice notice, struct usec time)
{
	struct replay *replay = data;

	append_kind(replay, time, "notice");
	g_string_append_printf(replay->lines, ",\"notice\":\"%s\"}\n",
			       link_notice_kind_to_str(link_notice_kind_of(notice)));
}

static void
on_touch(void *data, struct usec time)
{
	(void)data; /* contacts that pass are in the summary */
	(void)time;
}

static void
on_ear(void *data, const struct ear_event *event)
{
	struct replay *replay = data;

	/* That a hold ended is no gesture, nor is it the ear that ends a recording. */
	if (event->kind == EAR_RELEASE || replay->ended)
		return;
	g_string_append(replay->lines, "{\"time_ms\":");
	append_ms(replay->lines, event->time);
	g_string_append_printf(replay->lines, ",\"kind\":\"ear\",\"gesture\":\"%s\"}\n",
			       ear_kind_to_str(event->kind));
	if (replay->picture)
		replay_picture_ear(replay->picture, event);
}

static void
on_contact(void *data, const struct core_became *became)
{
	struct replay *replay = data;

	if (replay->picture)
		replay_picture_became(replay->picture, became);
}

static const struct core_output core_output = {
    .frame = on_frame,
    .press = on_press,
    .touch = on_touch,
    .chord = on_chord,
    .notice = on_notice,
    .ear = on_ear,
    .contact = on_contact,
};

static double
size_mm(const struct evemu_abs *axis)
{
	if (!axis->present || axis->resolution <= 0)
		return 0;
	return ((double)axis->maximum - axis->minimum) / axis->resolution;
}

bool
replay_panel_size(const struct evemu_device *device, double *width_mm, double *height_mm)
{
	bool multi = device->abs[ABS_MT_POSITION_X].present;

	*width_mm = size_mm(&device->abs[multi ? ABS_MT_POSITION_X : ABS_X]);
	*height_mm = size_mm(&device->abs[multi ? ABS_MT_POSITION_Y : ABS_Y]);
	return *width_mm > 0 && *height_mm > 0;
}

static struct core_axis
describe_axis(const struct evemu_abs *axis)
{
	return (struct core_axis){axis->minimum, axis->maximum};
}

static void
describe_panel(const struct evemu_device *device, struct core_panel *out)
{
	int32_t last_slot = device->abs[ABS_MT_SLOT].maximum;

	*out = (struct core_panel){
	    .slots = last_slot >= 0 ? (unsigned)last_slot + 1 : 0,
	    .has_btn_touch = evemu_has_code(device, EV_KEY, BTN_TOUCH),
	    .counts_fingers = evemu_has_code(device, EV_KEY, BTN_TOOL_DOUBLETAP),
	};
	for (unsigned code = 0; code <= ABS_MAX; code++)
		out->has_axis[code] = device->abs[code].present;
	out->x = describe_axis(&device->abs[protocol_x(out)]);
	out->y = describe_axis(&device->abs[protocol_y(out)]);
	out->major = describe_axis(&device->abs[ABS_MT_TOUCH_MAJOR]);
	out->major_resolution = device->abs[ABS_MT_TOUCH_MAJOR].resolution;
	replay_panel_size(device, &out->width_mm, &out->height_mm);
}

static void
play_frame(struct replay *replay, struct usec time, const struct core_event *events, size_t count)
{
	struct usec due;

	replay->shown = NULL;
	if (!replay->core) {
		replay->frames++;
		write_recorded(replay);
		return;
	}
	/* One deadline at a time, so that holds come in the order of time. */
	while (core_next_deadline(replay->core, &due) && !usec_before(time, due))
		core_tick(replay->core, due);
	if (replay->translator)
		events = translator_to_slots(replay->translator, events, count, &count);
	replay->shown = events;
	if (replay->picture)
		replay_picture_frame(replay->picture, time, events, count);
	core_frame(replay->core, time, events, count);
	replay->shown = NULL;
}

static void
play(struct replay *replay)
{
	const struct evemu_recording *recording = replay->recording;
	GArray *frame = g_array_new(FALSE, FALSE, sizeof(struct core_event));

	for (size_t i = 0; i < recording->event_count; i++) {
		const struct evemu_event *event = &recording->events[i];
		struct core_event now = {event->type, event->code, event->value};

		if (event->type != EV_SYN || event->code != SYN_REPORT) {
			g_array_append_val(frame, now);
			continue;
		}
		replay->recorded_count = frame->len;
		replay->recorded = event - frame->len;
		play_frame(replay, event->time,
			   (const struct core_event *)(const void *)frame->data, frame->len);
		g_array_set_size(frame, 0);
	}
	g_array_unref(frame);
}

/* What is certain only some time after the last lift: whether a second tap comes, whether it rests.
 */
static void
play_silence(struct replay *replay)
{
	struct usec due;

	if (!replay->core)
		return;
	while (core_is_idle(replay->core) && core_next_deadline(replay->core, &due))
		core_tick(replay->core, due);
}

/* A press under way ends; the clone is not told of lifts that the recording does not have. */
static struct core_counts
finish(struct replay *replay)
{
	size_t count = replay->recording->event_count;
	struct core_counts counts = {.frames = replay->frames};

	if (!replay->core)
		return counts;
	counts = core_get_counts(replay->core);
	replay->clone = NULL;
	replay->ended = true;
	core_release(replay->core, replay->recording->events[count - 1].time);
	/* A contact that never lifted stayed a pad's, or an ear's. */
	counts.pressed = core_get_counts(replay->core).pressed;
	counts.ear = core_get_counts(replay->core).ear;
	return counts;
}

static void
append_summary(GString *lines, const struct core_counts *counts)
{
	g_string_append_printf(
	    lines,
	    "{\"kind\":\"summary\",\"frames\":%" G_GUINT64_FORMAT ",\"contacts\":%" G_GUINT64_FORMAT
	    ",\"passed\":%" G_GUINT64_FORMAT ",\"pad\":%" G_GUINT64_FORMAT
	    ",\"ear\":%" G_GUINT64_FORMAT ",\"withheld_ms_max\":",
	    counts->frames, counts->contacts, counts->passed, counts->pressed, counts->ear);
	append_ms(lines, counts->withheld_max);
	g_string_append(lines, "}\n");
}

int
replay_run(const struct evemu_recording *recording, const struct overlay *overlay,
	   enum ear_proximity proximity, GString *lines, FILE *clone,
	   struct replay_picture *picture)
{
	struct replay replay = {
	    .recording = recording, .lines = lines, .clone = clone, .picture = picture};
	struct core_panel panel;
	struct core_counts counts;
	enum protocol protocol;

	describe_panel(&recording->device, &panel);
	protocol = protocol_prepare(&panel);
	if (clone && evemu_write_description(clone, &recording->device) < 0)
		return -EIO;
	if (protocol == PROTOCOL_SINGLE || protocol == PROTOCOL_ANONYMOUS)
		replay.error = translator_new(protocol, &panel, &replay.translator);
	if (replay.error == 0 && protocol != PROTOCOL_NONE)
		replay.error = core_new(&panel, overlay, &core_output, &replay, &replay.core);
	if (picture)
		replay_picture_begin(picture, &panel, overlay);
	if (replay.core) {
		core_set_listening(replay.core, true, usec_from_us(0));
		core_set_proximity(replay.core, proximity, usec_from_us(0));
	}
	play(&replay);
	play_silence(&replay);
	counts = finish(&replay);
	core_unref(replay.core);
	translator_free(replay.translator);
	append_summary(lines, &counts);
	return replay.error;
}
