/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as frames of a panel from before slots, through its translator, a core and back: it
 * comes to an end, names only slots that there are, and nothing touches when the panel says so.
 * Run by tests/fuzz/run (libFuzzer). The first byte says which kind of panel; then three bytes an
 * event, of which the first says what it is, also the end of a frame or events lost.
 * Owns nothing between inputs.
 */
#include <glib.h>
#include <linux/input.h>
#include <stddef.h>
#include <stdint.h>

#include "driver/frame_reader.h"
#include "driver/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The longest that a panel of a hundred millimetres reaches. */
#define RANGE 1000

struct life {
	struct translator *translator;
	struct core *core;
	struct core_panel panel;
	struct usec time;
	struct core_event frame[FRAME_READER_FRAME_EVENTS];
	size_t count;
};

static void
on_frame(void *data, struct usec time, const struct core_event *events, size_t count)
{
	struct life *life = data;
	const struct core_event *out =
	    translator_from_slots(life->translator, events, count, &count);

	(void)time;
	for (size_t i = 0; i < count; i++)
		g_assert_true(out[i].type != EV_ABS || out[i].code != ABS_MT_SLOT);
}

static void
on_press(void *data, const struct core_press *press)
{
	(void)data;
	g_assert_cmpuint(press->pad, <, PAD_COUNT);
}

static void
on_touch(void *data, struct usec time)
{
	(void)data;
	(void)time;
}

static void
pass(struct life *life)
{
	size_t count;
	const struct core_event *slots =
	    translator_to_slots(life->translator, life->frame, life->count, &count);

	for (size_t i = 0; i < count; i++) {
		if (slots[i].type == EV_ABS && slots[i].code == ABS_MT_SLOT)
			g_assert_cmpuint(slots[i].value, <, life->panel.slots);
	}
	life->time = usec_add(life->time, usec_from_ms(10));
	core_frame(life->core, life->time, slots, count);
	life->count = 0;
}

static void
lose(struct life *life, bool touched)
{
	struct core_slot slots[64] = {0};

	for (size_t i = 0; i < G_N_ELEMENTS(slots); i++)
		slots[i].tracking_id = -1;
	if (life->panel.slots == 1)
		slots[0].tracking_id = touched ? 0 : -1;
	life->count = 0;
	translator_reset(life->translator, slots);
	core_resync(life->core, life->time, slots, life->panel.slots);
}

static void
take(struct life *life, uint8_t what, uint16_t value)
{
	static const struct {
		uint16_t type, code;
	} codes[] = {
	    {EV_ABS, ABS_X},
	    {EV_ABS, ABS_Y},
	    {EV_ABS, ABS_MT_POSITION_X},
	    {EV_ABS, ABS_MT_POSITION_Y},
	    {EV_ABS, ABS_MT_TOUCH_MAJOR},
	    {EV_ABS, ABS_MT_TRACKING_ID},
	    {EV_ABS, ABS_MT_PRESSURE},
	    {EV_KEY, BTN_TOUCH},
	    {EV_SYN, SYN_MT_REPORT},
	    {EV_MSC, MSC_RAW},
	};
	int32_t signed_value = (int16_t)value;

	if (what == 0xff) {
		lose(life, value & 1);
		return;
	}
	if (what == 0xfe || life->count == G_N_ELEMENTS(life->frame)) {
		pass(life);
		return;
	}
	/* Many contacts at once in few bytes. */
	for (unsigned times = what & 0x80 ? value % 400 : 1;
	     times > 0 && life->count + 3 <= G_N_ELEMENTS(life->frame); times--) {
		what %= G_N_ELEMENTS(codes);
		/* The kernel gives out no event of an axis that the panel does not have. */
		if (codes[what].type == EV_ABS && !life->panel.has_axis[codes[what].code])
			return;
		life->frame[life->count++] =
		    (struct core_event){codes[what].type, codes[what].code, signed_value};
		if (codes[what].code == ABS_MT_POSITION_X && times > 1)
			life->frame[life->count++] = (struct core_event){EV_SYN, SYN_MT_REPORT, 0};
		signed_value += 7;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct core_output output = {
	    .frame = on_frame, .press = on_press, .touch = on_touch};
	g_autofree struct life *life = g_new0(struct life, 1);
	uint8_t kind = size > 0 ? data[0] : 0;
	bool multi = (kind & 1) == 0;
	struct overlay overlay;

	life->panel = (struct core_panel){
	    .x = {0, RANGE},
	    .y = {0, RANGE},
	    .width_mm = RANGE / 10.0,
	    .height_mm = RANGE / 10.0,
	    .has_btn_touch = !multi || (kind & 2),
	};
	life->panel.has_axis[multi ? ABS_MT_POSITION_X : ABS_X] = true;
	life->panel.has_axis[multi ? ABS_MT_POSITION_Y : ABS_Y] = true;
	life->panel.has_axis[multi ? ABS_MT_TOUCH_MAJOR : ABS_PRESSURE] = (kind & 4) != 0;
	life->panel.has_axis[ABS_MT_TRACKING_ID] = multi && (kind & 8);
	g_assert_cmpint(
	    translator_new(protocol_prepare(&life->panel), &life->panel, &life->translator), ==, 0);
	g_assert_cmpint(overlay_default(life->panel.width_mm, life->panel.height_mm, &overlay), ==,
			0);
	g_assert_cmpint(core_new(&life->panel, &overlay, &output, life, &life->core), ==, 0);
	core_set_listening(life->core, true, life->time);
	lose(life, false);
	for (size_t i = 1; i + 2 < size; i += 3)
		take(life, data[i], (uint16_t)(data[i + 1] | data[i + 2] << 8));
	pass(life);
	/* An empty list; or the one touch lifts. */
	life->frame[life->count++] = multi ? (struct core_event){EV_SYN, SYN_MT_REPORT, 0}
					   : (struct core_event){EV_KEY, BTN_TOUCH, 0};
	pass(life);
	g_assert_true(core_is_idle(life->core));
	core_release(life->core, life->time);
	core_unref(life->core);
	translator_free(life->translator);
	return 0;
}
