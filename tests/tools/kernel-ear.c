/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An ear on a real kernel: the driver tells of its gestures and shows none of it to the system, and
 * what it had shown of one without a sensor libinput takes for a cancelled touch.
 * Run by tests/vm/guest-driver.sh; prints TAP.
 * Owns the rig.
 */
#include "tests/tools/driver_rig.h"

#include <libinput.h>

#include "ctl/player_strokes.h"

#define FRAME_US 8333 /* 120 frames a second, as phones do */
/* After a pause this long, frames begin anew instead of catching up. */
#define IDLE_US 400000

/* What may be told while one stroke is played. */
#define HEARD_MAX 64

struct ear {
	struct rig *rig;
	struct player_strokes strokes;
	const struct scenario_device *device;
	struct sim_panel *panel;
	gint64 next_us; /* the next frame's time */
	enum ear_kind heard[HEARD_MAX];
	unsigned heard_count;
};

/* What ctl/player_uinput does with a frame. */
static void
send_touches(struct sim_panel *panel, const struct player_touch *touches, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct player_touch *touch = &touches[i];

		switch (touch->phase) {
		case PLAYER_TOUCH_DOWN:
			sim_panel_down(panel, touch->slot, touch->place.x, touch->place.y);
			sim_panel_size(panel, touch->slot, touch->major_mm, touch->minor_mm);
			break;
		case PLAYER_TOUCH_MOVE:
			sim_panel_move(panel, touch->slot, touch->place.x, touch->place.y);
			sim_panel_size(panel, touch->slot, touch->major_mm, touch->minor_mm);
			break;
		case PLAYER_TOUCH_UP:
			sim_panel_up(panel, touch->slot);
			break;
		}
	}
	touch_frame(panel);
}

static void
note_ear(struct ear *ear, const struct packet_header *header)
{
	const struct link_ear *message = (const void *)header;

	if (header->type == LINK_EAR && ear->heard_count < HEARD_MAX)
		ear->heard[ear->heard_count++] = (enum ear_kind)message->kind;
}

/* Take what has been told by now: a daemon that does not read is hung up on. */
static void
listen_on(struct ear *ear)
{
	union rig_message message;
	enum packet_fault fault;

	while (packet_receive(ear->rig->link, &link_protocol, PACKET_FROM_SERVER, &message,
			      &fault) > 0)
		note_ear(ear, &message.header);
}

/* Frames keep to their times, or come as soon as this machine can after them: a slow one does not
 * make a tap longer than it is. */
static void
play_frames(struct ear *ear, unsigned count)
{
	struct player_touch touches[CORE_SLOTS_MAX];

	while (count-- > 0) {
		gint64 time = g_get_monotonic_time();

		listen_on(ear);
		if (ear->next_us < time - IDLE_US)
			ear->next_us = time;
		if (ear->next_us > time)
			rig_let_pass((uint64_t)(ear->next_us - time));
		ear->next_us += FRAME_US;
		send_touches(ear->panel, touches, player_strokes_step(&ear->strokes, touches));
	}
}

/* Let the ear do this, to its end. */
static void
play(struct ear *ear, enum scenario_ear act)
{
	const struct scenario_statement statement = {.ear = act};

	g_assert_true(player_strokes_play_ear(&ear->strokes, ear->device, &statement));
	while (synth_ear_is_busy(&ear->strokes.ear))
		play_frames(ear, 1);
	/* What it leaves lifts in one frame more. */
	play_frames(ear, 1);
}

static void
set_proximity(struct ear *ear, enum ear_proximity proximity)
{
	struct link_proximity message = {.proximity = proximity};

	packet_init(&link_protocol, &message.header, LINK_PROXIMITY, sizeof(message));
	if (packet_send(ear->rig->link, &message.header) < 0)
		rig_give_up(ear->rig, "the driver does not take what a sensor says");
	(void)rig_type(ear->rig, KEY_A, 0); /* by its answer it has taken that */
	ear->heard_count = 0;
}

/* What the ear did next, whatever else is told in between. */
static enum ear_kind
hear_ear(struct ear *ear)
{
	union rig_message message;
	enum ear_kind kind;

	while (ear->heard_count == 0) {
		if (!rig_hear(ear->rig, &message))
			rig_give_up(ear->rig, "the driver hung up");
		note_ear(ear, &message.header);
	}
	kind = ear->heard[0];
	ear->heard_count--;
	memmove(ear->heard, ear->heard + 1, ear->heard_count * sizeof(ear->heard[0]));
	return kind;
}

static bool
hears(struct ear *ear, enum ear_kind wanted)
{
	enum ear_kind kind = hear_ear(ear);

	if (kind != wanted)
		printf("# %s, not %s\n", ear_kind_to_str(kind), ear_kind_to_str(wanted));
	return kind == wanted;
}

static void
test_near(struct rig *rig, struct ear *ear, struct view *view)
{
	unsigned downs = view->downs;

	set_proximity(ear, EAR_PROXIMITY_NEAR);
	play(ear, SCENARIO_EAR_PLACE);
	play_frames(ear, 20);
	play(ear, SCENARIO_EAR_LIFT);
	rig_ok(rig, hears(ear, EAR_ENTER), "an ear that is placed while near is told");
	rig_let_pass(UINT64_C(500) * 1000); /* longer than between two taps */
	play(ear, SCENARIO_EAR_DOUBLE_TAP);
	rig_ok(rig, hears(ear, EAR_DOUBLE_TAP), "its double tap is told, its arrival was none");
	play(ear, SCENARIO_EAR_SWIPE_LEFT);
	rig_ok(rig, hears(ear, EAR_SWIPE_LEFT), "its swipe is told");
	set_proximity(ear, EAR_PROXIMITY_FAR);
	/* The clone is read up to a finger that it does see. */
	touch_down(ear->panel, 0, 34, 60);
	rig_ok(rig, view_until(view, rig, view->downs > downs) && view->downs == downs + 1,
	       "the clone has seen none of it, and sees the finger after it");
	touch_up(ear->panel, 0);
	view_until(view, rig, view_down_count(view) == 0);
}

static int
open_device(const char *path, int flags, void *data)
{
	int fd = open(path, flags | O_CLOEXEC);

	(void)data;
	return fd < 0 ? -errno : fd;
}

static void
close_device(int fd, void *data)
{
	(void)data;
	close(fd);
}

/* Downs, ups and cancels that libinput has made of the clone by now. */
struct touches {
	unsigned downs, ups, cancels;
};

static void
take_touches(struct libinput *libinput, struct touches *touches)
{
	struct libinput_event *event;

	(void)libinput_dispatch(libinput);
	while ((event = libinput_get_event(libinput))) {
		enum libinput_event_type type = libinput_event_get_type(event);

		touches->downs += type == LIBINPUT_EVENT_TOUCH_DOWN;
		touches->ups += type == LIBINPUT_EVENT_TOUCH_UP;
		touches->cancels += type == LIBINPUT_EVENT_TOUCH_CANCEL;
		libinput_event_destroy(event);
	}
}

static void
test_withdrawn(struct rig *rig, struct ear *ear, const char *clone)
{
	static const struct libinput_interface interface = {open_device, close_device};
	struct libinput *libinput = libinput_path_create_context(&interface, NULL);
	struct touches touches = {0};

	if (!libinput || !libinput_path_add_device(libinput, clone))
		rig_give_up(rig, "libinput does not take the clone");
	set_proximity(ear, EAR_PROXIMITY_UNKNOWN);
	play(ear, SCENARIO_EAR_PLACE);
	rig_ok(rig, hears(ear, EAR_ENTER), "without a sensor its shape alone enters");
	take_touches(libinput, &touches);
	printf("# libinput: %u down, %u up, %u cancelled\n", touches.downs, touches.ups,
	       touches.cancels);
	rig_ok(rig, touches.downs > 0 && touches.cancels > 0,
	       "libinput saw it land and takes it for a cancelled touch");
	rig_ok(rig, touches.downs == touches.ups + touches.cancels, "and nothing of it stays down");
	play(ear, SCENARIO_EAR_LIFT);
	rig_ok(rig, hears(ear, EAR_LEAVE), "it leaves when nothing was there for 3 s");
	libinput_unref(libinput);
}

int
main(void)
{
	g_autofree char *clone = NULL;
	struct ear ear = {0};
	struct rig rig;
	struct view view;

	rig_init(&rig);
	ear.rig = &rig;
	ear.panel = rig_plug(&rig, "rich-phone");
	ear.device = scenario_device_find("rich-phone");
	player_strokes_init(&ear.strokes, ear.device);
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_await_state(&rig, LINK_PANEL_READY);
	clone = rig_find_clone(ear.panel);
	view_open(&view, &rig, clone);
	test_near(&rig, &ear, &view);
	test_withdrawn(&rig, &ear, clone);
	rig_hang_up(&rig);
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends the driver with 0");
	sim_panel_free(ear.panel);
	return rig_finish(&rig);
}
