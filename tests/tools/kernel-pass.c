/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the system sees of a panel that the driver has taken: an equal one, and every touch that is
 * no press.
 * Run by tests/vm/guest-driver.sh on a real kernel; prints TAP.
 * Owns the rig.
 */
#include "tests/tools/driver_rig.h"

/* The middle of a phone: no pad is near. */
#define MIDDLE_X 34.0
#define MIDDLE_Y 60.0

/* How long a person presses: this is the finger, not a wait for something. */
#define PRESS_US 60000

static bool
same_bits(int a, int b, unsigned type)
{
	unsigned char bits_a[KEY_CNT / 8] = {0}, bits_b[KEY_CNT / 8] = {0};
	int size_a = ioctl(a, EVIOCGBIT(type, sizeof(bits_a)), bits_a);

	/* Both know no such type, or both the same codes of it. */
	return size_a == ioctl(b, EVIOCGBIT(type, sizeof(bits_b)), bits_b) &&
	       memcmp(bits_a, bits_b, sizeof(bits_a)) == 0;
}

static bool
same_axis(int a, int b, unsigned code)
{
	struct input_absinfo info_a = {0}, info_b = {0};

	if (ioctl(a, EVIOCGABS(code), &info_a) < 0 || ioctl(b, EVIOCGABS(code), &info_b) < 0)
		return false;
	/* Where the last touch was does not describe it. */
	info_a.value = info_b.value = 0;
	return memcmp(&info_a, &info_b, sizeof(info_a)) == 0;
}

static bool
same_identity(int a, int b)
{
	char name_a[256] = "", name_b[256] = "";
	unsigned char prop_a[4] = {0}, prop_b[4] = {0};
	struct input_id id_a, id_b;

	return ioctl(a, EVIOCGNAME(sizeof(name_a)), name_a) >= 0 &&
	       ioctl(b, EVIOCGNAME(sizeof(name_b)), name_b) >= 0 && strcmp(name_a, name_b) == 0 &&
	       ioctl(a, EVIOCGID, &id_a) == 0 && ioctl(b, EVIOCGID, &id_b) == 0 &&
	       memcmp(&id_a, &id_b, sizeof(id_a)) == 0 &&
	       ioctl(a, EVIOCGPROP(sizeof(prop_a)), prop_a) >= 0 &&
	       ioctl(b, EVIOCGPROP(sizeof(prop_b)), prop_b) >= 0 &&
	       memcmp(prop_a, prop_b, sizeof(prop_a)) == 0;
}

static void
test_equal(struct rig *rig, const struct sim_panel *panel, const char *clone)
{
	int a = open(sim_panel_devnode(panel), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int b = open(clone, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	bool same = same_identity(a, b);

	/* Type 0 is the types themselves. */
	for (unsigned type = 0; type < EV_CNT; type++)
		same = same && same_bits(a, b, type);
	for (unsigned code = 0; code < ABS_CNT; code++)
		same = same && same_axis(a, b, code);
	rig_ok(rig, same, "the clone equals its panel: name, ids, properties, codes, axes");
	close(a);
	close(b);
}

static void
test_pass_alone(struct rig *rig, struct sim_panel *panel, struct view *view)
{
	struct mm_point pad = rig_pad(panel, PAD_LEFT_MIDDLE);

	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_down(panel, 1, pad.x, pad.y);
	touch_move(panel, 0, MIDDLE_X + 1, MIDDLE_Y + 2);
	touch_up(panel, 1);
	touch_up(panel, 0);
	rig_ok(rig,
	       view_until(view, rig, view->ups == 2 && !view->touched) && view->downs == 2 &&
		   view->slots[0].x == rig_units(MIDDLE_X + 1) &&
		   view->slots[0].y == rig_units(MIDDLE_Y + 2) &&
		   view->slots[1].x == rig_units(pad.x) && view->slots[1].y == rig_units(pad.y),
	       "with nobody connected every touch passes, on the pads too");
}

/* A touch that passes afterwards shows that what came before it on a pad did not. */
static void
test_withheld(struct rig *rig, struct sim_panel *panel, struct view *view)
{
	struct mm_point pad = rig_pad(panel, PAD_RIGHT_BOTTOM);
	unsigned downs = view->downs, ups = view->ups;
	uint32_t number;

	touch_down(panel, 0, pad.x, pad.y);
	number = rig_await_press(rig, PAD_RIGHT_BOTTOM, PRESS_DOWN);
	rig_let_pass(PRESS_US);
	touch_up(panel, 0);
	rig_ok(rig, rig_await_press(rig, PAD_RIGHT_BOTTOM, PRESS_UP) == number,
	       "a press on a pad reaches the daemon, down and up with one number");
	touch_down(panel, 3, MIDDLE_X, MIDDLE_Y);
	touch_up(panel, 3);
	rig_ok(rig,
	       view_until(view, rig, view->ups > ups && !view->touched) &&
		   view->downs == downs + 1 && view->ups == ups + 1,
	       "and nothing of it reaches the system");
}

static void
test_slide_off(struct rig *rig, struct sim_panel *panel, struct view *view)
{
	struct mm_point pad = rig_pad(panel, PAD_LEFT_TOP);
	unsigned downs = view->downs;

	touch_down(panel, 0, pad.x, pad.y);
	rig_await_press(rig, PAD_LEFT_TOP, PRESS_DOWN);
	for (int mm = 2; mm <= 20; mm += 2)
		touch_move(panel, 0, pad.x + mm, pad.y);
	rig_await_press(rig, PAD_LEFT_TOP, PRESS_CANCEL);
	rig_ok(rig,
	       view_until(view, rig, view->downs > downs) &&
		   view_until(view, rig, view->slots[0].x == rig_units(pad.x + 20)) &&
		   view->slots[0].y == rig_units(pad.y),
	       "a touch that slides off a pad is replayed");
	touch_up(panel, 0);
	rig_ok(rig,
	       view_until(view, rig, view_down_count(view) == 0 && !view->touched) &&
		   view->downs == downs + 1,
	       "and ends like any other");
}

/* The kernel leaves out an axis that did not change since the withheld press. */
static void
test_same_place(struct rig *rig, struct sim_panel *panel, struct view *view)
{
	struct mm_point pad = rig_pad(panel, PAD_RIGHT_TOP);
	unsigned downs = view->downs;

	touch_down(panel, 0, pad.x, pad.y);
	rig_await_press(rig, PAD_RIGHT_TOP, PRESS_DOWN);
	rig_let_pass(PRESS_US);
	touch_up(panel, 0);
	rig_await_press(rig, PAD_RIGHT_TOP, PRESS_UP);
	rig_hang_up(rig);
	/* The next one is let in only when the driver knows that the first has gone; it says no
	 * hello, so the pads pass. */
	if (!rig_dial_once(rig))
		rig_give_up(rig, "the driver does not listen");
	rig_await_state(rig, LINK_PANEL_READY);
	touch_down(panel, 0, pad.x, pad.y);
	rig_ok(rig,
	       view_until(view, rig, view->downs > downs && view->touched) &&
		   view->slots[0].x == rig_units(pad.x) && view->slots[0].y == rig_units(pad.y),
	       "a touch where a withheld press was is at the right place");
	touch_up(panel, 0);
	view_until(view, rig, view_down_count(view) == 0 && !view->touched);
	rig_hang_up(rig);
}

/* A daemon that hangs (stopped, say): it does not answer, and keeps the pads for a second only. */
static void
test_hung_daemon(struct rig *rig, struct sim_panel *panel, struct view *view)
{
	struct mm_point pad = rig_pad(panel, PAD_LEFT_BOTTOM);
	unsigned downs = view->downs;
	union rig_message message;

	rig_join(rig);
	(void)rig_type(rig, KEY_A, 0);
	touch_down(panel, 0, pad.x, pad.y);
	rig_let_pass(PRESS_US);
	touch_up(panel, 0);
	while (rig_hear(rig, &message))
		continue;
	rig_hang_up(rig);
	touch_down(panel, 0, pad.x, pad.y);
	touch_up(panel, 0);
	rig_ok(rig,
	       view_until(view, rig, view->downs > downs) &&
		   view_until(view, rig, view_down_count(view) == 0),
	       "a daemon that does not take a press is hung up on, and the pads pass");
}

static void
test_key(struct rig *rig)
{
	static const struct input_event expected[] = {
	    {.code = KEY_LEFTALT, .value = 1},
	    {.code = KEY_LEFT, .value = 1},
	    {.code = KEY_LEFT, .value = 0},
	    {.code = KEY_LEFTALT, .value = 0},
	};
	g_autofree char *devnode = rig_find_phys("sidetouch/keyboard");
	int fd = devnode ? open(devnode, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
	struct input_event event;
	size_t found = 0;
	bool right = true;

	rig_join(rig);
	right = rig_type(rig, KEY_LEFT, LINK_ALT) == 0;
	while (read(fd, &event, sizeof(event)) == sizeof(event)) {
		if (event.type != EV_KEY)
			continue;
		right = right && found < G_N_ELEMENTS(expected) &&
			event.code == expected[found].code && event.value == expected[found].value;
		found++;
	}
	rig_ok(rig, right && found == G_N_ELEMENTS(expected),
	       "a key is typed with its modifier, and nothing stays down");
	close(fd);
	rig_hang_up(rig);
}

/* Frames are lost while the driver stands still: what is down afterwards is down on the clone. */
static void
test_dropped(struct rig *rig, struct sim_panel *panel, struct view *view)
{
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_down(panel, 1, MIDDLE_X + 10, MIDDLE_Y);
	view_until(view, rig, view_down_count(view) == 2);
	rig_kill(rig, SIGSTOP);
	touch_up(panel, 0);
	/* More than the kernel keeps for a reader. */
	for (int i = 0; i < 500; i++)
		touch_move(panel, 1, MIDDLE_X + 10, MIDDLE_Y + (i % 50));
	touch_down(panel, 2, 20, 30);
	touch_move(panel, 1, MIDDLE_X + 10, 93);
	rig_kill(rig, SIGCONT);
	rig_ok(rig,
	       view_until(view, rig,
			  view->slots[0].id == -1 && view->slots[2].id >= 0 &&
			      view->slots[2].y == 300 && view->slots[1].y == 930) &&
		   view_down_count(view) == 2,
	       "after lost events the clone has what the panel has");
	touch_up(panel, 1);
	touch_down(panel, 0, 20, 80);
	touch_up(panel, 0);
	touch_up(panel, 2);
	rig_ok(rig, view_until(view, rig, view_down_count(view) == 0 && !view->touched),
	       "and goes on as if nothing had been lost");
}

/* Its file in /proc counts each time it was woken. */
static unsigned long
count_wakeups(const struct rig *rig)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/status", (int)rig->pid);
	g_autofree char *status = NULL;
	const char *line;

	if (!g_file_get_contents(path, &status, NULL, NULL))
		return 0;
	line = strstr(status, "\nvoluntary_ctxt_switches:");
	return line ? strtoul(strchr(line, '\t'), NULL, 10) : 0;
}

static void
test_idle(struct rig *rig)
{
	unsigned long before, after;

	rig_let_pass(UINT64_C(2) * G_USEC_PER_SEC); /* whatever still goes on ends */
	before = count_wakeups(rig);
	rig_let_pass(UINT64_C(10) * G_USEC_PER_SEC); /* this is what is measured */
	after = count_wakeups(rig);
	printf("# %lu wake-ups in 10 s\n", after - before);
	rig_ok(rig, before > 0 && after == before, "untouched it is never woken");
}

int
main(void)
{
	g_autofree char *clone = NULL;
	struct sim_panel *panel;
	struct rig rig;
	struct view view;

	rig_init(&rig);
	panel = rig_plug(&rig, "phone");
	/* A last touch before the driver comes: its values must be the clone's too. */
	touch_down(panel, 0, MIDDLE_X, MIDDLE_Y);
	touch_up(panel, 0);
	rig_start(&rig, 0, 0);
	rig_join(&rig);
	rig_await_state(&rig, LINK_PANEL_READY);
	rig_ok(&rig, true, "the driver takes a touchscreen that nothing touches");
	clone = rig_find_clone(panel);
	view_open(&view, &rig, clone);
	test_equal(&rig, panel, clone);
	rig_hang_up(&rig);
	/* As in test_same_place(). */
	if (!rig_dial_once(&rig))
		rig_give_up(&rig, "the driver does not listen");
	rig_await_state(&rig, LINK_PANEL_READY);
	test_pass_alone(&rig, panel, &view);
	rig_hang_up(&rig);
	rig_join(&rig);
	(void)rig_type(&rig, KEY_A, 0);
	test_withheld(&rig, panel, &view);
	test_slide_off(&rig, panel, &view);
	test_same_place(&rig, panel, &view);
	test_hung_daemon(&rig, panel, &view);
	test_key(&rig);
	test_dropped(&rig, panel, &view);
	test_idle(&rig);
	rig_kill(&rig, SIGTERM);
	rig_ok(&rig, rig_wait_end(&rig) == 0, "SIGTERM ends it with 0");
	sim_panel_free(panel);
	return rig_finish(&rig);
}
