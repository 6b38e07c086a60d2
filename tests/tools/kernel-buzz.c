/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver and a vibrator: a device with force feedback made through uinput, which tells what it
 * was asked to play.
 * Run by tests/vm/guest-driver.sh on a real kernel; prints TAP.
 * Owns the rig and the vibrator.
 */
#include <linux/uinput.h>

#include "tests/tools/driver_rig.h"

struct motor {
	int fd;
	struct ff_effect effects[16]; /* as uploaded, by id */
	unsigned uploads;
	unsigned plays;
	struct input_event last; /* what was played */
};

static void
motor_plug(struct motor *motor, struct rig *rig)
{
	struct uinput_setup setup = {.id = {.bustype = BUS_HOST, .vendor = 1, .product = 2},
				     .name = "Simulated motor",
				     .ff_effects_max = 16};

	*motor = (struct motor){.fd = open("/dev/uinput", O_RDWR | O_NONBLOCK | O_CLOEXEC)};
	if (motor->fd < 0 || ioctl(motor->fd, UI_SET_EVBIT, EV_FF) < 0 ||
	    ioctl(motor->fd, UI_SET_FFBIT, FF_RUMBLE) < 0 ||
	    ioctl(motor->fd, UI_DEV_SETUP, &setup) < 0 || ioctl(motor->fd, UI_DEV_CREATE) < 0)
		rig_give_up(rig, "no vibrator can be simulated: is /dev/uinput there?");
}

static void
motor_upload(struct motor *motor, uint32_t request)
{
	struct uinput_ff_upload upload = {.request_id = request};

	(void)ioctl(motor->fd, UI_BEGIN_FF_UPLOAD, &upload);
	if (upload.effect.id >= 0 && upload.effect.id < 16)
		motor->effects[upload.effect.id] = upload.effect;
	motor->uploads++;
	upload.retval = 0;
	(void)ioctl(motor->fd, UI_END_FF_UPLOAD, &upload);
}

/* Take what the driver asks of the motor, waiting for it. */
static void
motor_step(struct motor *motor, struct rig *rig)
{
	struct pollfd pollfd = {.fd = motor->fd, .events = POLLIN};
	struct input_event event;

	if (poll(&pollfd, 1, RIG_PATIENCE_MS) != 1)
		rig_give_up(rig, "the motor is asked for nothing");
	if (read(motor->fd, &event, sizeof(event)) != sizeof(event))
		return;
	if (event.type == EV_UINPUT && event.code == UI_FF_UPLOAD)
		motor_upload(motor, (uint32_t)event.value);
	if (event.type == EV_FF && event.code < FF_GAIN && event.value > 0) {
		motor->plays++;
		motor->last = event;
	}
}

static void
await_buzz_state(struct rig *rig, enum link_buzz_state state)
{
	union rig_message message;

	do {
		if (!rig_hear(rig, &message))
			rig_give_up(rig, "the driver hung up");
	} while (message.header.type != LINK_DRIVER_HELLO ||
		 ((const struct link_driver_hello *)&message)->buzz != state);
}

static void
press(struct rig *rig, struct sim_panel *panel)
{
	struct mm_point place = rig_pad(panel, PAD_LEFT_TOP);

	rig_let_pass(100000); /* sooner after the last one it would be a bounce */
	touch_down(panel, 0, place.x, place.y);
	rig_await_press(rig, PAD_LEFT_TOP, PRESS_DOWN);
	rig_let_pass(60000); /* as long as a person presses */
	touch_up(panel, 0);
	rig_await_press(rig, PAD_LEFT_TOP, PRESS_UP);
}

int
main(void)
{
	struct link_buzz armed = {.kind = LINK_BUZZ_ARMED};
	struct sim_panel *panel;
	struct motor motor;
	struct rig rig;

	rig_init(&rig);
	panel = rig_plug(&rig, "phone");
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_await_state(&rig, LINK_PANEL_READY);
	press(&rig, panel);
	rig_ok(&rig, true, "without a vibrator a press is a press");

	/* It takes its effects later than a finger takes to press. */
	motor_plug(&motor, &rig);
	if (poll(&(struct pollfd){.fd = motor.fd, .events = POLLIN}, 1, RIG_PATIENCE_MS) != 1)
		rig_give_up(&rig, "the driver does not open the motor");
	press(&rig, panel);
	rig_ok(&rig, true, "a vibrator that answers nothing keeps no press waiting");
	while (motor.uploads < 2)
		motor_step(&motor, &rig);
	await_buzz_state(&rig, LINK_BUZZ_DRIVER);
	rig_ok(&rig, true, "plugged in, it gets its two effects once, and the daemon is told");

	press(&rig, panel);
	while (motor.plays < 1)
		motor_step(&motor, &rig);
	rig_ok(&rig, motor.last.value == 1 && motor.effects[motor.last.code].replay.length == 40,
	       "a press is felt once, for 40 ms");
	packet_init(&link_protocol, &armed.header, LINK_BUZZ, sizeof(armed));
	(void)packet_send(rig.link, &armed.header);
	while (motor.plays < 2)
		motor_step(&motor, &rig);
	rig_ok(&rig, motor.last.value == 2 && motor.effects[motor.last.code].replay.delay == 80,
	       "an armed press is felt twice, 80 ms apart");

	close(motor.fd);
	await_buzz_state(&rig, LINK_BUZZ_NONE);
	press(&rig, panel);
	rig_ok(&rig, motor.uploads == 2, "unplugged, the daemon is told, and a press is a press");
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends it with 0");
	sim_panel_free(panel);
	return rig_finish(&rig);
}
