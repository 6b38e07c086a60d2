/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Panels of anonymous contacts (type A): followed, passed, pressed, lifted by size, and by chance.
 * Run by tests/run.
 * Owns nothing.
 */
#include "driver/frame_reader.h"
#include "tests/unit/protocol_rig.h"

static void
test_anonymous_passes(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig, true, false);
	FEED(&rig, AT(MIDDLE, MIDDLE), AT(800, 200));
	ASSERT_OUT(&rig, AT(MIDDLE, MIDDLE), AT(800, 200));
	/* In another order, and nothing new: still the same events. */
	FEED(&rig, AT(800, 200), AT(MIDDLE, MIDDLE));
	ASSERT_OUT(&rig, AT(800, 200), AT(MIDDLE, MIDDLE));
	FEED(&rig, AT(MIDDLE, MIDDLE));
	ASSERT_OUT(&rig, AT(MIDDLE, MIDDLE));
	FEED(&rig, NOTHING);
	ASSERT_OUT(&rig, NOTHING);
	assert_int_equal(core_get_counts(rig.core).contacts, 2);
	assert_int_equal(core_get_counts(rig.core).passed, 2);
	assert_true(core_is_idle(rig.core));
	rig_close(&rig);
}

static void
test_anonymous_pressed(void **state)
{
	struct rig rig;

	(void)state;
	rig_open(&rig, true, false);
	FEED(&rig, AT(PAD_UNITS, PAD_UNITS));
	assert_int_equal(rig.frames, 0);
	/* A finger beside the pressed pad passes, and its frames list it alone. */
	for (int i = 0; i < 6; i++) {
		FEED(&rig, AT(PAD_UNITS, PAD_UNITS), AT(MIDDLE, MIDDLE + i));
		ASSERT_OUT(&rig, AT(MIDDLE, MIDDLE + i));
	}
	FEED(&rig, AT(MIDDLE, 600));
	ASSERT_OUT(&rig, AT(MIDDLE, 600));
	assert_int_equal(rig.downs, 1);
	assert_int_equal(rig.ups, 1);
	FEED(&rig, NOTHING);
	ASSERT_OUT(&rig, NOTHING);
	FEED(&rig, AT(MIDDLE, 600));
	g_array_set_size(rig.out, 0);
	rig.frames = 0;
	/* A clean end: an empty list lifts all. */
	core_release(rig.core, usec_from_ms(rig.time_ms));
	ASSERT_OUT(&rig, NOTHING);
	rig_close(&rig);
}

/* After lost events the list is known again with the next frame. */
static void
test_anonymous_reset(void **state)
{
	struct core_slot slots[32];
	struct rig rig;

	(void)state;
	for (unsigned i = 0; i < G_N_ELEMENTS(slots); i++)
		slots[i] = (struct core_slot){.tracking_id = -1};
	rig_open(&rig, true, false);
	FEED(&rig, AT(MIDDLE, MIDDLE), AT(800, 200));
	FEED(&rig, AT(800, 200));
	g_array_set_size(rig.out, 0);
	rig.frames = 0;
	translator_reset(rig.translator, slots);
	core_resync(rig.core, usec_from_ms(rig.time_ms), slots, G_N_ELEMENTS(slots));
	ASSERT_OUT(&rig, NOTHING);
	FEED(&rig, AT(800, 210), AT(300, 300));
	assert_int_equal(core_get_counts(rig.core).contacts, 4);
	FEED(&rig, NOTHING);
	ASSERT_OUT(&rig, NOTHING);
	rig_close(&rig);
}

static void
test_anonymous_size(void **state)
{
	struct core_panel panel = describe(true, false);
	struct rig rig;

	(void)state;
	rig_open(&rig, true, false);
	translator_free(rig.translator);
	panel.has_axis[ABS_MT_TOUCH_MAJOR] = true;
	assert_int_equal(translator_new(protocol_prepare(&panel), &panel, &rig.translator), 0);
	FEED(&rig, {EV_ABS, ABS_MT_TOUCH_MAJOR, 5}, AT(MIDDLE, MIDDLE));
	FEED(&rig, AT(MIDDLE, 510));
	assert_false(core_is_idle(rig.core));
	FEED(&rig, {EV_ABS, ABS_MT_TOUCH_MAJOR, 0}, AT(MIDDLE, 510));
	assert_true(core_is_idle(rig.core));
	FEED(&rig, {EV_ABS, ABS_MT_TOUCH_MAJOR, 7}, AT(300, 300));
	assert_int_equal(core_get_counts(rig.core).contacts, 2);
	FEED(&rig, {EV_ABS, ABS_MT_TOUCH_MAJOR, 0}, AT(300, 300));
	ASSERT_OUT(&rig, {EV_ABS, ABS_MT_TOUCH_MAJOR, 0}, AT(300, 300));
	assert_true(core_is_idle(rig.core));
	assert_int_equal(core_get_counts(rig.core).contacts, 2);
	rig_close(&rig);
}

struct place {
	int x, y;
};

/* The contacts that a frame lists, in order of x and y. */
static void
read_list(const struct core_event *events, size_t count, GArray *places)
{
	struct place place = {-1, -1};

	g_array_set_size(places, 0);
	for (size_t i = 0; i < count; i++) {
		if (events[i].type == EV_ABS && events[i].code == ABS_MT_POSITION_X)
			place.x = events[i].value;
		if (events[i].type == EV_ABS && events[i].code == ABS_MT_POSITION_Y)
			place.y = events[i].value;
		if (events[i].type == EV_SYN && events[i].code == SYN_MT_REPORT && place.x >= 0) {
			g_array_append_val(places, place);
			place.x = -1;
		}
	}
}

static int
compare_places(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct place));
}

/* The contacts of the last frame that came out; when none did, the clone still has those before. */
static void
read_clone(const struct rig *rig, GArray *places)
{
	const struct core_event *events = (const struct core_event *)(const void *)rig->out->data;
	size_t start = 0, end = 0;

	for (size_t i = 0; i < rig->out->len; i++) {
		if (events[i].type == EV_SYN && events[i].code == SYN_REPORT) {
			start = end;
			end = i + 1;
		}
	}
	if (end > 0)
		read_list(&events[start], end - start, places);
}

static bool
has_place(const GArray *places, const struct place *place)
{
	for (guint i = 0; i < places->len; i++) {
		if (compare_places(&g_array_index(places, struct place, i), place) == 0)
			return true;
	}
	return false;
}

struct walk {
	struct place at[5];
	bool down[5];
};

/* Each finger keeps to its own column, the first one to that of the pad. */
static size_t
step(struct walk *walk, GRand *random, struct core_event *events, GArray *sent)
{
	size_t count = 0;

	g_array_set_size(sent, 0);
	for (int i = 0; i < 5; i++) {
		struct place *at = &walk->at[i];

		if (g_rand_int_range(random, 0, 20) == 0)
			walk->down[i] = !walk->down[i];
		at->x = i * 180 + 20 + g_rand_int_range(random, 0, 40);
		at->y = CLAMP(at->y + g_rand_int_range(random, -20, 20), 0, RANGE);
		if (!walk->down[i])
			continue;
		g_array_append_val(sent, *at);
		events[count++] = (struct core_event){EV_ABS, ABS_MT_POSITION_X, at->x};
		events[count++] = (struct core_event){EV_ABS, ABS_MT_POSITION_Y, at->y};
		events[count++] = (struct core_event)NOTHING;
	}
	if (count == 0)
		events[count++] = (struct core_event)NOTHING;
	return count;
}

/* Five fingers walk, land and lift at random: the clone lists all, but for one on the pad. */
static void
test_anonymous_random(void **state)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(3);
	g_autoptr(GArray) sent = g_array_new(FALSE, FALSE, sizeof(struct place));
	g_autoptr(GArray) listed = g_array_new(FALSE, FALSE, sizeof(struct place));
	struct walk walk = {.at = {{0, PAD_UNITS}}};
	unsigned withheld = 0;
	struct rig rig;

	(void)state;
	rig_open(&rig, true, false);
	for (unsigned i = 0; i < 20000; i++) {
		struct core_event events[5 * 3];

		feed(&rig, events, step(&walk, random, events, sent));
		read_clone(&rig, listed);
		assert_true(listed->len == sent->len || listed->len + 1 == sent->len);
		for (guint k = 0; k < listed->len; k++)
			assert_true(has_place(sent, &g_array_index(listed, struct place, k)));
		if (listed->len == sent->len)
			continue;
		withheld++;
		assert_true(walk.down[0] && !has_place(listed, &walk.at[0]));
	}
	/* Or it has tested nothing. */
	assert_true(withheld > 100 && rig.ups > 10 && rig.cancels > 10);
	rig_close(&rig);
}

/* A hand has no more; the panel may be broken or a fake, and the driver is not to hang on it. */
static void
test_anonymous_crowd(void **state)
{
	static const unsigned crowds[] = {30, 31, 32, 33, 64, 200, 341};
	static const struct core_event nothing = NOTHING;
	struct core_event events[FRAME_READER_FRAME_EVENTS];
	struct rig rig;

	(void)state;
	rig_open(&rig, true, false);
	for (unsigned i = 0; i < G_N_ELEMENTS(crowds); i++) {
		size_t count = 0;

		for (unsigned k = 0; k < crowds[i]; k++) {
			const struct core_event contact[] = {
			    AT((int)k * 2 + 200, (int)k * 3 % RANGE)};

			memcpy(&events[count], contact, sizeof(contact));
			count += G_N_ELEMENTS(contact);
		}
		feed(&rig, events, count);
		assert_true(rig.unchanged);
		assert_int_equal(rig.out->len, count + 1);
		feed(&rig, &nothing, 1);
		assert_true(core_is_idle(rig.core));
	}
	/* And goes on as ever. */
	FEED(&rig, AT(PAD_UNITS, PAD_UNITS));
	FEED(&rig, NOTHING);
	assert_int_equal(rig.ups, 1);
	rig_close(&rig);
}

/* As long as a frame may be, and most of it about anything else: its contacts are lost by none. */
static void
test_anonymous_long_frame(void **state)
{
	static const struct core_event nothing = NOTHING;
	struct core_event events[FRAME_READER_FRAME_EVENTS];
	struct rig rig;
	size_t count = 0;

	(void)state;
	rig_open(&rig, true, false);
	for (; count < G_N_ELEMENTS(events) - 3; count++)
		events[count] = (struct core_event){EV_MSC, MSC_RAW, (int32_t)count};
	events[count++] = (struct core_event){EV_ABS, ABS_MT_POSITION_X, MIDDLE};
	events[count++] = (struct core_event){EV_ABS, ABS_MT_POSITION_Y, MIDDLE};
	events[count++] = nothing;
	feed(&rig, events, count);
	assert_false(core_is_idle(rig.core));
	/* The same again, and its end after as many. */
	events[count - 3] = events[count - 2] = events[0];
	feed(&rig, events, count);
	assert_true(core_is_idle(rig.core));
	rig_close(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_anonymous_passes),     cmocka_unit_test(test_anonymous_pressed),
	    cmocka_unit_test(test_anonymous_reset),      cmocka_unit_test(test_anonymous_size),
	    cmocka_unit_test(test_anonymous_random),     cmocka_unit_test(test_anonymous_crowd),
	    cmocka_unit_test(test_anonymous_long_frame),
	};

	return cmocka_run_group_tests_name("protocol-anonymous", tests, NULL, NULL);
}
