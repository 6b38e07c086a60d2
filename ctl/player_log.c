/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came out while a scenario was played: presses, words, commands, and the clone's contacts.
 * Fed by a player's back end, read by the player's expectations; one log per scenario.
 * Owns its entries and follows the slots of the clone.
 */
#include "ctl/player_log.h"

#include <linux/input-event-codes.h>

#include "common/cleanup.h"

/* The clone has the panel's slots; more than the core looks at are not followed. */
#define LOG_SLOTS CORE_SLOTS_MAX

struct clone_slot {
	struct player_entry *entry; /* NULL: nothing touches */
	struct mm_point place;
	bool landed; /* in this frame */
};

struct player_log {
	player_log_fn *notify;
	void *data;
	GPtrArray *entries[SCENARIO_EXPECT_COUNT];
	GArray *held; /* numbers of the presses that became holds and have not ended */
	struct core_panel panel;
	struct clone_slot slots[LOG_SLOTS];
	unsigned slot;
	uint64_t changes;
};

static void
entry_free(void *data)
{
	struct player_entry *entry = data;

	g_free(entry->text);
	g_free(entry);
}

struct player_log *
player_log_new(player_log_fn *notify, void *data)
{
	struct player_log *log = g_new0(struct player_log, 1);

	log->notify = notify;
	log->data = data;
	for (size_t i = 0; i < SCENARIO_EXPECT_COUNT; i++)
		log->entries[i] = g_ptr_array_new_with_free_func(entry_free);
	log->held = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	return log;
}

struct player_log *
player_log_free(struct player_log *log)
{
	if (!log)
		return NULL;
	for (size_t i = 0; i < SCENARIO_EXPECT_COUNT; i++)
		g_ptr_array_unref(log->entries[i]);
	g_array_unref(log->held);
	g_free(log);
	return NULL;
}

static void
changed(struct player_log *log, const struct player_entry *entry)
{
	log->changes++;
	if (log->notify)
		log->notify(log->data, entry);
}

static struct player_entry *
entry_new(struct player_log *log, enum scenario_expect kind, struct usec time)
{
	struct player_entry *entry = g_new0(struct player_entry, 1);

	entry->kind = kind;
	entry->time = time;
	g_ptr_array_add(log->entries[kind], entry);
	return entry;
}

/* Forget a hold; false when this press was none. */
static bool
take_held(struct player_log *log, uint32_t press)
{
	for (guint i = 0; i < log->held->len; i++) {
		if (g_array_index(log->held, uint32_t, i) == press) {
			g_array_remove_index_fast(log->held, i);
			return true;
		}
	}
	return false;
}

/* complete: what it is called when it lifts without having been a hold. */
static void
log_phase(struct player_log *log, enum scenario_expect complete, uint32_t number,
	  struct input input, enum press_phase phase, struct usec time)
{
	enum scenario_expect kind = complete;
	struct player_entry *entry;

	switch (phase) {
	case PRESS_DOWN:
		return;
	case PRESS_HOLD:
		kind = SCENARIO_EXPECT_HOLD;
		g_array_append_val(log->held, number);
		break;
	case PRESS_UP:
		if (take_held(log, number))
			return;
		break;
	case PRESS_CANCEL:
		kind = SCENARIO_EXPECT_CANCEL;
		take_held(log, number);
		break;
	}
	entry = entry_new(log, kind, time);
	entry->input = input;
	changed(log, entry);
}

void
player_log_press(struct player_log *log, uint32_t press, enum pad pad, enum press_phase phase,
		 struct usec time)
{
	log_phase(log, SCENARIO_EXPECT_PRESS, press, input_press(pad), phase, time);
}

void
player_log_chord(struct player_log *log, uint32_t chord, struct input pads, enum press_phase phase,
		 struct usec time)
{
	log_phase(log, SCENARIO_EXPECT_CHORD, chord, pads, phase, time);
}

static void
log_text(struct player_log *log, enum scenario_expect kind, const char *text, struct usec time)
{
	struct player_entry *entry = entry_new(log, kind, time);

	entry->text = g_strdup(text);
	changed(log, entry);
}

void
player_log_say(struct player_log *log, const char *text, struct usec time)
{
	log_text(log, SCENARIO_EXPECT_SAY, text, time);
}

void
player_log_notice(struct player_log *log, const char *kind, struct usec time)
{
	log_text(log, SCENARIO_EXPECT_NOTICE, kind, time);
}

void
player_log_command(struct player_log *log, const char *text, struct usec time)
{
	log_text(log, SCENARIO_EXPECT_COMMAND, text, time);
}

void
player_log_ear(struct player_log *log, enum ear_kind gesture, struct usec time)
{
	struct player_entry *entry;

	if (gesture == EAR_RELEASE)
		return;
	entry = entry_new(log, SCENARIO_EXPECT_EAR, time);
	entry->gesture = gesture;
	changed(log, entry);
}

void
player_log_clone_panel(struct player_log *log, const struct core_panel *panel)
{
	log->panel = *panel;
}

static double
axis_mm(const struct core_axis *axis, double length_mm, int32_t value)
{
	double range = (double)axis->maximum - (double)axis->minimum;

	return range > 0 ? ((double)value - (double)axis->minimum) / range * length_mm : 0;
}

static void
clone_contact(struct player_log *log, struct clone_slot *slot, int32_t tracking_id,
	      struct usec time)
{
	struct player_entry *entry = slot->entry;

	if (entry) {
		slot->entry = NULL;
		entry->ended = true;
		changed(log, entry);
	}
	if (tracking_id >= 0) {
		slot->entry = entry_new(log, SCENARIO_EXPECT_PASS, time);
		slot->landed = true;
	}
}

static void
clone_event(struct player_log *log, const struct core_event *event, struct usec time)
{
	struct clone_slot *slot = log->slot < LOG_SLOTS ? &log->slots[log->slot] : NULL;

	if (event->type != EV_ABS)
		return;
	if (event->code == ABS_MT_SLOT)
		log->slot = event->value < 0 ? LOG_SLOTS : (unsigned)event->value;
	else if (!slot)
		return;
	else if (event->code == ABS_MT_TRACKING_ID)
		clone_contact(log, slot, event->value, time);
	else if (event->code == ABS_MT_POSITION_X)
		slot->place.x = axis_mm(&log->panel.x, log->panel.width_mm, event->value);
	else if (event->code == ABS_MT_POSITION_Y)
		slot->place.y = axis_mm(&log->panel.y, log->panel.height_mm, event->value);
}

void
player_log_clone_frame(struct player_log *log, struct usec time, const struct core_event *events,
		       size_t count)
{
	for (size_t i = 0; i < count; i++)
		clone_event(log, &events[i], time);
	for (size_t i = 0; i < LOG_SLOTS; i++) {
		struct clone_slot *slot = &log->slots[i];

		if (!slot->entry)
			continue;
		slot->entry->to = slot->place;
		if (slot->landed) {
			slot->landed = false;
			slot->entry->from = slot->place;
			changed(log, slot->entry);
		}
	}
}

size_t
player_log_count(const struct player_log *log, enum scenario_expect kind)
{
	return log->entries[kind]->len;
}

const struct player_entry *
player_log_get(const struct player_log *log, enum scenario_expect kind, size_t index)
{
	return g_ptr_array_index(log->entries[kind], index);
}

size_t
player_log_down(const struct player_log *log)
{
	size_t down = 0;

	for (size_t i = 0; i < LOG_SLOTS; i++)
		down += log->slots[i].entry ? 1 : 0;
	return down;
}

uint64_t
player_log_changes(const struct player_log *log)
{
	return log->changes;
}

char *
player_entry_describe(const struct player_entry *entry)
{
	switch (entry->kind) {
	case SCENARIO_EXPECT_PRESS:
	case SCENARIO_EXPECT_HOLD:
	case SCENARIO_EXPECT_CANCEL:
	case SCENARIO_EXPECT_CHORD:
		return g_strdup_printf("%s %s", scenario_expect_to_str(entry->kind),
				       input_to_str(entry->input));
	case SCENARIO_EXPECT_NOTICE:
		return g_strdup_printf("notice %s", entry->text);
	case SCENARIO_EXPECT_SAY:
		return g_strdup_printf("say \"%s\"", entry->text);
	case SCENARIO_EXPECT_COMMAND:
		return g_strdup_printf("command %s", entry->text);
	case SCENARIO_EXPECT_PASS:
		return g_strdup_printf("pass %.1f,%.1f -> %.1f,%.1f%s", entry->from.x,
				       entry->from.y, entry->to.x, entry->to.y,
				       entry->ended ? "" : " (still down)");
	case SCENARIO_EXPECT_EAR:
		return g_strdup_printf("ear %s", ear_kind_to_str(entry->gesture));
	}
	return g_strdup("nothing");
}
