/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What leads to the ear on a real kernel: a switch SW_FRONT_PROXIMITY, and two keys that the
 * machine's owner has named, of a device that stays everybody's; and the key that the driver holds
 * down for the daemon. Run by tests/vm/guest-driver.sh; prints TAP. Owns the rig and the two
 * devices.
 */
#include "tests/tools/driver_rig.h"

#include <libevdev/libevdev-uinput.h>
#include <libevdev/libevdev.h>

#include "driver/keyboard.h"

#define ROCKER "Simulated rocker"

static struct libevdev_uinput *
plug(struct rig *rig, const char *name, unsigned type, const unsigned *codes, size_t count)
{
	struct libevdev *description = libevdev_new();
	struct libevdev_uinput *made = NULL;

	libevdev_set_name(description, name);
	for (size_t i = 0; i < count; i++)
		libevdev_enable_event_code(description, type, codes[i], NULL);
	if (libevdev_uinput_create_from_device(description, LIBEVDEV_UINPUT_OPEN_MANAGED, &made) <
	    0)
		rig_give_up(rig, "a device cannot be simulated: is /dev/uinput there?");
	libevdev_free(description);
	return made;
}

static void
emit(struct libevdev_uinput *device, unsigned type, unsigned code, int value)
{
	(void)libevdev_uinput_write_event(device, type, code, value);
	(void)libevdev_uinput_write_event(device, EV_SYN, SYN_REPORT, 0);
}

/* The driver's loop has gone round, and taken what was there. */
static void
settle(struct rig *rig)
{
	(void)rig_type(rig, KEY_F13, 0);
	(void)rig_type(rig, KEY_F13, 0);
}

/* Whether the clone shows a finger that taps the panel's middle. Near, none is shown so soon. */
static bool
shows_tap(struct rig *rig, struct sim_panel *panel, struct view *view)
{
	struct pollfd pollfd = {.fd = view->fd, .events = POLLIN};
	unsigned downs = view->downs;

	touch_down(panel, 0, 34, 60);
	rig_let_pass(60000);
	touch_up(panel, 0);
	settle(rig);
	while (poll(&pollfd, 1, 0) == 1 && view_step(view, rig))
		continue;
	return view->downs > downs;
}

static void
test_switch(struct rig *rig, struct sim_panel *panel, struct view *view,
	    struct libevdev_uinput *sensor)
{
	rig_ok(rig, shows_tap(rig, panel, view), "the switch says far: a finger is shown");
	emit(sensor, EV_SW, SW_FRONT_PROXIMITY, 1);
	settle(rig);
	rig_ok(rig, !shows_tap(rig, panel, view), "it says near: a fingertip is shown to nobody");
	emit(sensor, EV_SW, SW_FRONT_PROXIMITY, 0);
	settle(rig);
	rig_ok(rig, shows_tap(rig, panel, view), "it says far again: so is the finger");
}

/* How often the key was told before the answer to a key that is typed. */
static unsigned
count_keys(struct rig *rig)
{
	struct link_type_key message = {.request = 4, .key = KEY_F13};
	union rig_message answer;
	unsigned count = 0;

	for (unsigned i = 0; i < 2; i++) {
		packet_init(&link_protocol, &message.header, LINK_TYPE_KEY, sizeof(message));
		(void)packet_send(rig->link, &message.header);
		do {
			if (!rig_hear(rig, &answer))
				rig_give_up(rig, "the driver hung up");
			count += answer.header.type == LINK_EAR_KEY;
		} while (answer.header.type != LINK_KEY_DONE);
	}
	return count;
}

static void
test_keys(struct rig *rig, struct libevdev_uinput *rocker)
{
	const char *devnode = libevdev_uinput_get_devnode(rocker);
	int fd = open(devnode, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct input_event event;
	unsigned seen = 0;

	emit(rocker, EV_KEY, KEY_VOLUMEUP, 1);
	emit(rocker, EV_KEY, KEY_VOLUMEUP, 0);
	emit(rocker, EV_KEY, KEY_VOLUMEDOWN, 1);
	emit(rocker, EV_KEY, KEY_VOLUMEDOWN, 0);
	rig_ok(rig, count_keys(rig) == 0, "one after the other, the two keys mean what they did");
	emit(rocker, EV_KEY, KEY_VOLUMEUP, 1);
	emit(rocker, EV_KEY, KEY_VOLUMEDOWN, 1);
	rig_ok(rig, count_keys(rig) == 1, "both together are told, once");
	emit(rocker, EV_KEY, KEY_VOLUMEUP, 0);
	emit(rocker, EV_KEY, KEY_VOLUMEDOWN, 0);
	emit(rocker, EV_KEY, KEY_A, 1);
	emit(rocker, EV_KEY, KEY_A, 0);
	rig_ok(rig, count_keys(rig) == 0, "letting go of them, and another key, are not");
	while (fd >= 0 && read(fd, &event, sizeof(event)) == sizeof(event))
		seen += event.type == EV_KEY;
	rig_ok(rig, seen == 10, "everybody else has seen every key");
	close(fd);
}

static bool
is_down(int fd, unsigned key)
{
	unsigned char keys[KEY_CNT / 8] = {0};

	return ioctl(fd, EVIOCGKEY(sizeof(keys)), keys) >= 0 && (keys[key / 8] >> (key % 8) & 1);
}

static void
test_held(struct rig *rig)
{
	g_autofree char *keyboard = rig_find_phys(KEYBOARD_PHYS);
	int fd = keyboard ? open(keyboard, O_RDONLY | O_CLOEXEC) : -1;
	struct link_hold_key hold = {
	    .request = 9, .key = KEY_SPACE, .modifiers = LINK_CONTROL, .down = 1};
	struct link_hold_key let_go = {.key = KEY_SPACE};

	packet_init(&link_protocol, &hold.header, LINK_HOLD_KEY, sizeof(hold));
	(void)packet_send(rig->link, &hold.header);
	settle(rig);
	rig_ok(rig, fd >= 0 && is_down(fd, KEY_SPACE) && is_down(fd, KEY_LEFTCTRL),
	       "a key that the daemon holds is down, with its modifier");
	packet_init(&link_protocol, &let_go.header, LINK_HOLD_KEY, sizeof(let_go));
	(void)packet_send(rig->link, &let_go.header);
	settle(rig);
	rig_ok(rig, !is_down(fd, KEY_SPACE) && !is_down(fd, KEY_LEFTCTRL), "and let go it is up");
	(void)packet_send(rig->link, &hold.header);
	settle(rig);
	rig_ok(rig, is_down(fd, KEY_SPACE), "down once more");
	rig_hang_up(rig);
	rig_join(rig);
	settle(rig);
	rig_ok(rig, !is_down(fd, KEY_SPACE), "when the daemon goes, it is up");
	close(fd);
}

int
main(void)
{
	static const unsigned switches[] = {SW_FRONT_PROXIMITY};
	static const unsigned keys[] = {KEY_VOLUMEUP, KEY_VOLUMEDOWN, KEY_A};
	g_autofree char *clone = NULL;
	struct libevdev_uinput *sensor, *rocker;
	struct sim_panel *panel;
	struct rig rig;
	struct view view;

	rig_init(&rig);
	rig.settings = "/run/sidetouch-ear-inputs.conf";
	g_file_set_contents(rig.settings,
			    "[Driver]\nEarDevice=Simulated rock*\nEarKeys=VOLUMEUP+VOLUMEDOWN\n",
			    -1, NULL);
	sensor = plug(&rig, "Simulated proximity switch", EV_SW, switches, 1);
	rocker = plug(&rig, ROCKER, EV_KEY, keys, 3);
	panel = rig_plug(&rig, "phone");
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_await_state(&rig, LINK_PANEL_READY);
	clone = rig_find_clone(panel);
	view_open(&view, &rig, clone);
	settle(&rig);
	test_switch(&rig, panel, &view, sensor);
	test_keys(&rig, rocker);
	test_held(&rig);
	rig_hang_up(&rig);
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends the driver with 0");
	view_close(&view);
	sim_panel_free(panel);
	libevdev_uinput_destroy(sensor);
	libevdev_uinput_destroy(rocker);
	return rig_finish(&rig);
}
