/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys as pads: press, hold, bounce, what passes, and that no key is ever left down on the clone.
 * Run by tests/run; time is what the tests say it is.
 * Owns one rig a test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <glib.h>
#include <linux/input-event-codes.h>
#include <string.h>

#include "driver/core/key_core.h"

static const uint16_t keys[PAD_COUNT] = {KEY_F13, KEY_F14, KEY_F15, KEY_F16, KEY_F17, 0};

struct rig {
	struct key_core *core;
	uint64_t now_ms;
	GString *log; /* what came out: "down left-top", "key 30 1", "scan", "|" after a frame */
	bool unchanged;
	const struct core_event *fed;
	bool clone[KEY_CNT];
	uint32_t press[PAD_COUNT]; /* under way; 0: none */
	int chords;                /* under way */
	bool listening;
};

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct rig *rig = data;

	(void)time;
	rig->unchanged = events == rig->fed;
	for (size_t i = 0; i < count; i++) {
		if (events[i].type == EV_KEY) {
			rig->clone[events[i].code] = events[i].value != 0;
			g_string_append_printf(rig->log, "key %d %d,", events[i].code,
					       events[i].value);
		} else {
			g_string_append(rig->log, "scan,");
		}
	}
	g_string_append(rig->log, "|,");
}

static void
on_press(void *data, const struct core_press *press)
{
	struct rig *rig = data;
	uint32_t *own = &rig->press[press->pad];

	if (press->phase == PRESS_DOWN) {
		assert_true(rig->listening && *own == 0 && press->press != 0);
		*own = press->press;
	}
	/* One number from its beginning to its end. */
	assert_int_equal(*own, press->press);
	assert_true(press->time.us >= press->down.us);
	if (press->phase == PRESS_UP || press->phase == PRESS_CANCEL)
		*own = 0;
	g_string_append_printf(rig->log, "%s %s,", press_phase_to_str(press->phase),
			       pad_to_str(press->pad));
}

static void
on_touch(void *data, struct usec time)
{
	struct rig *rig = data;

	(void)time;
	g_string_append(rig->log, "touch,");
}

static void
on_chord(void *data, const struct core_chord *chord)
{
	struct rig *rig = data;

	/* It begins while both presses are under way, with a number of its own. */
	if (chord->phase == PRESS_DOWN) {
		assert_int_equal(rig->press[chord->pads[0]], chord->presses[0]);
		assert_int_equal(rig->press[chord->pads[1]], chord->presses[1]);
		assert_true(chord->chord > chord->presses[0] && chord->chord > chord->presses[1]);
	}
	rig->chords += chord->phase == PRESS_DOWN;
	rig->chords -= chord->phase == PRESS_UP || chord->phase == PRESS_CANCEL;
	assert_true(chord->time.us >= chord->down.us && chord->pads[0] < chord->pads[1]);
	g_string_append_printf(rig->log, "%s %s+%s,", press_phase_to_str(chord->phase),
			       pad_to_str(chord->pads[0]), pad_to_str(chord->pads[1]));
}

static const struct core_output output = {
    .frame = on_frame,
    .press = on_press,
    .touch = on_touch,
    .chord = on_chord,
};

static void
listen(struct rig *rig, bool listening)
{
	rig->listening = listening;
	key_core_set_listening(rig->core, listening, usec_from_ms(rig->now_ms));
}

static void
rig_open(struct rig *rig)
{
	*rig = (struct rig){.log = g_string_new(NULL), .now_ms = 1000};
	assert_int_equal(key_core_new(keys, &output, rig, &rig->core), 0);
	listen(rig, true);
}

static void
rig_close(struct rig *rig)
{
	rig->core = key_core_unref(rig->core);
	g_string_free(rig->log, TRUE);
}

/* One key as the kernel sends it: its scan code, then itself. */
static void
key(struct rig *rig, uint16_t code, int value)
{
	const struct core_event events[] = {{EV_MSC, MSC_SCAN, 0x70000 + code},
					    {EV_KEY, code, value}};

	rig->fed = events;
	rig->unchanged = false;
	key_core_frame(rig->core, usec_from_ms(rig->now_ms), events, G_N_ELEMENTS(events));
	rig->fed = NULL;
}

static void
wait_ms(struct rig *rig, unsigned ms)
{
	struct usec due;

	rig->now_ms += ms;
	if (key_core_next_deadline(rig->core, &due) && due.us <= rig->now_ms * 1000)
		key_core_tick(rig->core, usec_from_ms(rig->now_ms));
}

static void
assert_log(struct rig *rig, const char *expected)
{
	assert_string_equal(rig->log->str, expected);
	g_string_set_size(rig->log, 0);
}

static void
test_press(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig);
	key(&rig, KEY_F13, 1);
	wait_ms(&rig, 80);
	key(&rig, KEY_F13, 0);
	assert_log(&rig, "down left-top,up left-top,");
	/* Two presses 60 ms apart are two; so are two keys that are down together, over 150 ms
	 * apart. */
	wait_ms(&rig, 60);
	key(&rig, KEY_F13, 1);
	wait_ms(&rig, 151);
	key(&rig, KEY_F17, 1);
	wait_ms(&rig, 60);
	key(&rig, KEY_F17, 0);
	key(&rig, KEY_F13, 0);
	assert_log(&rig, "down left-top,down right-middle,up right-middle,up left-top,");
	rig_close(&rig);
}

static void
test_hold(void **state)
{
	struct rig rig;
	struct usec due;

	(void)state;
	rig_open(&rig);
	key(&rig, KEY_F14, 1);
	assert_true(key_core_next_deadline(rig.core, &due));
	assert_int_equal(due.us, 1600 * 1000);
	wait_ms(&rig, 500);
	key(&rig, KEY_F14, 2); /* the kernel's repeat */
	wait_ms(&rig, 99);
	assert_log(&rig, "down left-middle,");
	wait_ms(&rig, 1);
	key(&rig, KEY_F14, 2);
	wait_ms(&rig, 100);
	key(&rig, KEY_F14, 0);
	assert_log(&rig, "hold left-middle,up left-middle,");
	assert_false(key_core_next_deadline(rig.core, &due));
	rig_close(&rig);
}

static void
test_chord(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig);
	key(&rig, KEY_F17, 1);
	wait_ms(&rig, 100);
	key(&rig, KEY_F13, 1);
	assert_log(&rig, "down right-middle,down left-top,down left-top+right-middle,"
			 "cancel right-middle,cancel left-top,");
	wait_ms(&rig, 100);
	key(&rig, KEY_F17, 0);
	wait_ms(&rig, 900);
	key(&rig, KEY_F13, 0);
	assert_log(&rig, "up left-top+right-middle,");
	/* Held; and a third key is a press of its own. */
	wait_ms(&rig, 100);
	key(&rig, KEY_F13, 1);
	key(&rig, KEY_F14, 1);
	key(&rig, KEY_F15, 1);
	g_string_set_size(rig.log, 0);
	wait_ms(&rig, 600);
	assert_log(&rig, "hold left-top+left-middle,hold left-bottom,");
	key(&rig, KEY_F15, 0);
	listen(&rig, false);
	assert_log(&rig, "up left-bottom,cancel left-top+left-middle,key 183 1,key 184 1,|,");
	rig_close(&rig);
}

static void
test_bounce(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig);
	key(&rig, KEY_F13, 1);
	wait_ms(&rig, 50);
	key(&rig, KEY_F13, 0);
	wait_ms(&rig, 39);
	key(&rig, KEY_F13, 1);
	wait_ms(&rig, 5);
	key(&rig, KEY_F13, 0);
	assert_log(&rig, "down left-top,up left-top,");
	wait_ms(&rig, 40);
	key(&rig, KEY_F13, 1);
	assert_log(&rig, "down left-top,");
	rig_close(&rig);
}

static void
test_passes(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig);
	key(&rig, KEY_A, 1);
	assert_true(rig.unchanged);
	key(&rig, KEY_F13, 1);
	key(&rig, KEY_A, 2);
	assert_true(rig.unchanged);
	key(&rig, KEY_A, 0);
	key(&rig, KEY_F13, 0);
	assert_log(&rig, "scan,key 30 1,|,touch,down left-top,scan,key 30 2,|,scan,key 30 0,|,"
			 "up left-top,");
	/* Both in one frame: only what passes is left. */
	key_core_frame(rig.core, usec_from_ms(2000),
		       (const struct core_event[]){{EV_MSC, MSC_SCAN, 1},
						   {EV_KEY, KEY_F14, 1},
						   {EV_MSC, MSC_SCAN, 2},
						   {EV_KEY, KEY_B, 1}},
		       4);
	assert_log(&rig, "down left-middle,scan,key 48 1,|,touch,");
	rig_close(&rig);
}

static void
test_nobody_listens(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig);
	listen(&rig, false);
	key(&rig, KEY_F13, 1);
	/* It began as the clone's and stays it. */
	listen(&rig, true);
	key(&rig, KEY_F13, 0);
	assert_log(&rig, "scan,key 183 1,|,touch,scan,key 183 0,|,");
	/* And a press that loses its listener is the clone's from then on. */
	key(&rig, KEY_F13, 1);
	listen(&rig, false);
	key(&rig, KEY_F13, 0);
	assert_log(&rig, "down left-top,cancel left-top,key 183 1,|,scan,key 183 0,|,");
	rig_close(&rig);
}

static void
test_dropped(void **state)
{
	uint8_t down[KEY_CORE_BYTES] = {0};
	struct rig rig;

	(void)state;
	rig_open(&rig);
	key(&rig, KEY_A, 1);
	key(&rig, KEY_F13, 1);
	wait_ms(&rig, 200);
	key(&rig, KEY_F14, 1);
	assert_log(&rig, "scan,key 30 1,|,touch,down left-top,down left-middle,");
	down[KEY_F14 / 8] |= 1U << (KEY_F14 % 8);
	down[KEY_F15 / 8] |= 1U << (KEY_F15 % 8);
	down[KEY_B / 8] |= 1U << (KEY_B % 8);
	key_core_resync(rig.core, usec_from_ms(rig.now_ms), down);
	assert_log(&rig, "cancel left-top,key 30 0,key 48 1,key 185 1,|,");
	wait_ms(&rig, 50);
	key(&rig, KEY_F14, 0);
	key(&rig, KEY_F15, 0);
	assert_log(&rig, "up left-middle,scan,key 185 0,|,");
	rig_close(&rig);
}

static void
test_release(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig);
	key(&rig, KEY_A, 1);
	key(&rig, KEY_F13, 1);
	g_string_set_size(rig.log, 0);
	key_core_release(rig.core, usec_from_ms(rig.now_ms));
	assert_log(&rig, "cancel left-top,key 30 0,|,");
	rig_close(&rig);
}

/* Any mixture: what is down on the clone is down on the device, and at the end nothing is. */
static void
test_random(void **state)
{
	static const uint16_t used[] = {KEY_F13, KEY_F14, KEY_F17, KEY_A, KEY_B};
	g_autoptr(GRand) random = g_rand_new_with_seed(7);
	bool device[KEY_CNT] = {false};
	struct rig rig;

	(void)state;
	rig_open(&rig);
	for (unsigned step = 0; step < 200000; step++) {
		uint16_t code = used[g_rand_int_range(random, 0, G_N_ELEMENTS(used))];
		uint8_t down[KEY_CORE_BYTES] = {0};

		wait_ms(&rig, (unsigned)g_rand_int_range(random, 0, 300));
		switch (g_rand_int_range(random, 0, 40)) {
		case 0:
			listen(&rig, !rig.listening);
			break;
		case 1:
			device[code] = !device[code];
			for (unsigned i = 0; i < KEY_CNT; i++)
				down[i / 8] |= (uint8_t)(device[i] << (i % 8));
			key_core_resync(rig.core, usec_from_ms(rig.now_ms), down);
			break;
		default:
			device[code] = !device[code];
			key(&rig, code, device[code]);
			break;
		}
		for (unsigned i = 0; i < KEY_CNT; i++) {
			assert_false(rig.clone[i] && !device[i]);
			assert_false(device[i] && !rig.clone[i] && (i == KEY_A || i == KEY_B));
		}
		for (unsigned pad = 0; pad < PAD_COUNT; pad++)
			assert_false(rig.press[pad] != 0 && !device[keys[pad]]);
		assert_in_range(rig.chords, 0, 1);
		g_string_set_size(rig.log, 0);
	}
	key_core_release(rig.core, usec_from_ms(rig.now_ms));
	assert_int_equal(rig.chords, 0);
	for (unsigned i = 0; i < KEY_CNT; i++)
		assert_false(rig.clone[i]);
	rig_close(&rig);
}

static void
test_wrong_key(void **state)
{
	const uint16_t wrong[PAD_COUNT] = {KEY_CNT};
	struct key_core *core;

	(void)state;
	assert_int_equal(key_core_new(wrong, &output, NULL, &core), -EINVAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_press),          cmocka_unit_test(test_hold),
	    cmocka_unit_test(test_chord),          cmocka_unit_test(test_bounce),
	    cmocka_unit_test(test_passes),         cmocka_unit_test(test_dropped),
	    cmocka_unit_test(test_nobody_listens), cmocka_unit_test(test_release),
	    cmocka_unit_test(test_random),         cmocka_unit_test(test_wrong_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
