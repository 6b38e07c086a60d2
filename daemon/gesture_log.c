/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shapes of the last ten gestures.
 * Called by the daemon's main object.
 * Owns nothing.
 */
#include "daemon/gesture_log.h"

#include <math.h>

#define US_PER_S 1000000

static struct gesture *
add(struct gesture_log *log)
{
	struct gesture *gesture = &log->gestures[log->count % GESTURE_LOG_SIZE];

	log->count++;
	*gesture = (struct gesture){.pads = {-1, -1}};
	return gesture;
}

static bool
is_of_chord(const struct gesture_log *log, uint32_t press)
{
	return press == log->chorded[0] || press == log->chorded[1];
}

void
gesture_log_press(struct gesture_log *log, const struct link_press *press)
{
	enum press_phase phase = (enum press_phase)press->phase;
	bool held = press->press == log->held;
	struct gesture *gesture;

	if (phase == PRESS_HOLD)
		log->held = press->press;
	if ((phase != PRESS_UP && phase != PRESS_CANCEL) || is_of_chord(log, press->press))
		return;
	gesture = add(log);
	gesture->kind = phase == PRESS_CANCEL ? "cancelled" : held ? "hold" : "press";
	gesture->pads[0] = (int)press->pad;
	gesture->panel = press->panel;
	gesture->time = usec_from_us(press->time_us);
	gesture->lasted = usec_since(gesture->time, usec_from_us(press->down_us));
}

void
gesture_log_chord(struct gesture_log *log, const struct link_chord *chord)
{
	enum press_phase phase = (enum press_phase)chord->phase;
	struct gesture *gesture;

	if (phase == PRESS_DOWN) {
		log->chorded[0] = chord->presses[0];
		log->chorded[1] = chord->presses[1];
	}
	if (phase == PRESS_HOLD)
		log->held = chord->chord;
	if (phase != PRESS_UP && phase != PRESS_CANCEL)
		return;
	gesture = add(log);
	gesture->kind = phase == PRESS_CANCEL       ? "chord cancelled"
			: chord->chord == log->held ? "chord hold"
						    : "chord";
	gesture->pads[0] = (int)chord->pads[0];
	gesture->pads[1] = (int)chord->pads[1];
	gesture->panel = chord->panel;
	gesture->time = usec_from_us(chord->time_us);
	gesture->lasted = usec_since(gesture->time, usec_from_us(chord->down_us));
}

void
gesture_log_ear(struct gesture_log *log, const struct link_ear *ear)
{
	struct gesture *gesture = add(log);

	gesture->kind = ear_kind_to_str((enum ear_kind)ear->kind);
	gesture->panel = ear->panel;
	gesture->time = usec_from_us(ear->time_us);
	gesture->right_mm = (int)lround(ear->by_x_um / 1000.0);
	gesture->down_mm = (int)lround(ear->by_y_um / 1000.0);
}

static char *
name_pads(const struct gesture *gesture)
{
	if (gesture->pads[0] < 0)
		return g_strdup("ear");
	if (gesture->pads[1] < 0)
		return g_strdup(pad_to_str((enum pad)gesture->pads[0]));
	return g_strconcat(pad_to_str((enum pad)gesture->pads[0]), " + ",
			   pad_to_str((enum pad)gesture->pads[1]), NULL);
}

static GVariant *
describe(const struct gesture *gesture, struct usec now)
{
	g_autofree char *pads = name_pads(gesture);
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("a{sv}"));
	g_variant_builder_add(&builder, "{sv}", "kind", g_variant_new_string(gesture->kind));
	g_variant_builder_add(&builder, "{sv}", "pads", g_variant_new_string(pads));
	g_variant_builder_add(&builder, "{sv}", "panel", g_variant_new_uint32(gesture->panel));
	g_variant_builder_add(&builder, "{sv}", "duration-ms",
			      g_variant_new_uint32((guint32)(gesture->lasted.us / 1000)));
	g_variant_builder_add(
	    &builder, "{sv}", "seconds-ago",
	    g_variant_new_uint32((guint32)(usec_since(now, gesture->time).us / US_PER_S)));
	g_variant_builder_add(&builder, "{sv}", "right-mm",
			      g_variant_new_double(gesture->right_mm));
	g_variant_builder_add(&builder, "{sv}", "down-mm", g_variant_new_double(gesture->down_mm));
	return g_variant_builder_end(&builder);
}

GVariant *
gesture_log_to_variant(const struct gesture_log *log, struct usec now)
{
	uint64_t kept = MIN(log->count, GESTURE_LOG_SIZE);
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("aa{sv}"));
	for (uint64_t i = 1; i <= kept; i++)
		g_variant_builder_add_value(
		    &builder, describe(&log->gestures[(log->count - i) % GESTURE_LOG_SIZE], now));
	return g_variant_builder_end(&builder);
}
