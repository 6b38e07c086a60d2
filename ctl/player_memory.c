/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Playing in memory: panel -> driver/core -> link messages -> daemon/brain -> a virtual voice and
 * an actor that has done everything at once. What the driver's and the daemon's loops do between
 * these parts is done here in their place; nothing waits, time is a number.
 * Owns its core, brain, clock and the messages under way; borrows the log and the profiles.
 */
#include "ctl/player_memory.h"

#include <errno.h>
#include <string.h>

#include "common/cleanup.h"
#include "ctl/player_memory_private.h"
#include "driver/sim_panel.h"

/* A message between the two ends, as the socket would keep it. */
struct message {
	enum packet_sender sender;
	size_t size;
	_Alignas(8) uint8_t bytes[PACKET_SIZE_MAX];
};

/* Time 0 means "never" to nobody here, but a clock that starts later would show it if it did. */
#define START_MS 1000

void
player_memory_send(struct player_memory *memory, enum packet_sender sender, uint16_t type,
		   struct packet_header *header, size_t size)
{
	struct message *message;

	packet_init(&link_protocol, header, type, size);
	message = g_new0(struct message, 1);
	message->sender = sender;
	message->size = size;
	memcpy(message->bytes, header, size);
	g_queue_push_tail(&memory->messages, message);
}

void
player_memory_add_due(struct player_memory *memory, enum player_memory_due_kind kind,
		      uint32_t number, struct usec time)
{
	struct player_memory_due due = {kind, number, time};

	g_array_append_val(memory->due, due);
}

/* Deliver what is under way, judged as at both ends of the real link. */
static bool
pump(struct player_memory *memory, GError **error)
{
	struct message *next;

	while ((next = g_queue_pop_head(&memory->messages))) {
		g_autofree struct message *message = next;
		enum packet_fault fault =
		    packet_check(&link_protocol, message->sender, message->bytes, message->size);

		if (fault != PACKET_FAULT_NONE) {
			g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
				    "a message on the link %s", packet_fault_to_str(fault));
			return false;
		}
		if (message->sender == PACKET_FROM_SERVER)
			player_memory_daemon_takes(memory, (const void *)message->bytes);
		else
			player_memory_driver_takes(memory, (const void *)message->bytes);
	}
	return true;
}

static bool
earliest_due(const struct player_memory *memory, struct usec *time, guint *index)
{
	bool any = false;

	for (guint i = 0; i < memory->due->len; i++) {
		const struct player_memory_due *due =
		    &g_array_index(memory->due, struct player_memory_due, i);

		if (any && !usec_before(due->time, *time))
			continue;
		any = true;
		*time = due->time;
		*index = i;
	}
	return any;
}

static void
take_due(struct player_memory *memory, guint index)
{
	struct player_memory_due due = g_array_index(memory->due, struct player_memory_due, index);

	g_array_remove_index(memory->due, index);
	switch (due.kind) {
	case PLAYER_MEMORY_DUE_SPOKEN:
		brain_spoken(memory->brain, due.number, memory->now);
		break;
	case PLAYER_MEMORY_DUE_RESULT:
		brain_result(memory->brain, due.number, BRAIN_RESULT_DONE, NULL, memory->now);
		break;
	}
}

/* Whatever is due first and not after `until` happens; false when nothing is. */
static bool
step(struct player_memory *memory, struct usec until)
{
	struct usec core_time, brain_time, due_time, first = until;
	guint index = 0;
	bool core_due = core_next_deadline(memory->core, &core_time);
	bool brain_due = brain_next_deadline(memory->brain, &brain_time);
	bool other_due = earliest_due(memory, &due_time, &index);

	core_due = core_due && !usec_before(until, core_time);
	brain_due = brain_due && !usec_before(until, brain_time);
	other_due = other_due && !usec_before(until, due_time);
	if (core_due)
		first = usec_min(first, core_time);
	if (brain_due)
		first = usec_min(first, brain_time);
	if (other_due)
		first = usec_min(first, due_time);
	if (!core_due && !brain_due && !other_due)
		return false;
	memory->now = usec_max(memory->now, first);
	if (core_due && !usec_before(first, core_time))
		core_tick(memory->core, memory->now);
	else if (other_due && !usec_before(first, due_time))
		take_due(memory, index);
	else
		brain_tick(memory->brain, memory->now);
	return true;
}

static bool
memory_wait(void *data, struct usec until, GError **error)
{
	struct player_memory *memory = data;
	uint64_t changes = player_log_changes(memory->log);

	if (!pump(memory, error))
		return false;
	while (player_log_changes(memory->log) == changes && step(memory, until)) {
		if (!pump(memory, error))
			return false;
	}
	if (player_log_changes(memory->log) == changes)
		memory->now = usec_max(memory->now, until);
	return true;
}

static struct usec
memory_now(void *data)
{
	return ((struct player_memory *)data)->now;
}

static bool
memory_frame(void *data, const struct player_touch *touches, size_t count, GError **error)
{
	struct player_memory *memory = data;
	struct core_event events[PLAYER_ENCODER_EVENTS_MAX];
	size_t event_count = player_encoder_frame(&memory->encoder, touches, count, events);

	if (event_count > 0)
		core_frame(memory->core, memory->now, events, event_count);
	return pump(memory, error);
}

static bool
memory_front(void *data, const char *app, GError **error)
{
	struct player_memory *memory = data;
	const char *const ids[] = {app, NULL};

	brain_front(memory->brain, ids, memory->now);
	return pump(memory, error);
}

static bool
memory_link(void *data, bool up, GError **error)
{
	struct player_memory *memory = data;
	struct link_driver_hello hello = {.can_type = 1};

	if (up == memory->up)
		return true;
	memory->up = up;
	memory->watching = false;
	if (up) {
		player_memory_send(memory, PACKET_FROM_SERVER, LINK_DRIVER_HELLO, &hello.header,
				   sizeof(hello));
		return pump(memory, error);
	}
	core_set_listening(memory->core, false, memory->now);
	brain_link(memory->brain, false, memory->now);
	return pump(memory, error);
}

/* The daemon hands on what its sensor says. */
static bool
memory_proximity(void *data, enum ear_proximity proximity, GError **error)
{
	struct player_memory *memory = data;
	struct link_proximity message = {.proximity = proximity};

	player_memory_send(memory, PACKET_FROM_CLIENT, LINK_PROXIMITY, &message.header,
			   sizeof(message));
	return pump(memory, error);
}

static bool
memory_ear_mode(void *data, bool on, GError **error)
{
	struct player_memory *memory = data;
	struct link_ear_mode message = {.on = on};

	player_memory_send(memory, PACKET_FROM_CLIENT, LINK_EAR_MODE, &message.header,
			   sizeof(message));
	return pump(memory, error);
}

static bool
memory_open(void *data, const struct scenario_device *device, GError **error)
{
	struct player_memory *memory = data;
	const struct sim_panel_model *model = sim_panel_find_model(device->name);
	struct core_panel panel;
	struct overlay overlay;

	sim_panel_describe(model, &panel);
	player_encoder_init(&memory->encoder, &panel, model->units_per_mm);
	player_log_clone_panel(memory->log, &panel);
	if (overlay_default(panel.width_mm, panel.height_mm, &overlay) < 0 ||
	    core_new(&panel, &overlay, &player_memory_core_output, memory, &memory->core) < 0) {
		g_set_error(error, PLAYER_ERROR, PLAYER_ERROR_WORLD, "the %s has no room for pads",
			    device->name);
		return false;
	}
	return memory_link(memory, true, error);
}

const struct player_backend player_memory_backend = {
    .await_ms = PLAYER_AWAIT_MS,
    .open = memory_open,
    .frame = memory_frame,
    .now = memory_now,
    .wait = memory_wait,
    .front = memory_front,
    .link = memory_link,
    .proximity = memory_proximity,
    .ear_mode = memory_ear_mode,
};

int
player_memory_new(const struct profile_set *profiles, struct player_log *log,
		  struct player_memory **out)
{
	struct player_memory *memory = g_new0(struct player_memory, 1);
	int r;

	*out = NULL;
	memory->log = log;
	memory->now = usec_from_ms(START_MS);
	memory->due = g_array_new(FALSE, FALSE, sizeof(struct player_memory_due));
	g_queue_init(&memory->messages);
	r = brain_new(&player_memory_brain_output, memory, profiles, &memory->brain);
	if (r < 0) {
		player_memory_unref(memory);
		return r;
	}
	*out = memory;
	return 0;
}

struct player_memory *
player_memory_unref(struct player_memory *memory)
{
	if (!memory)
		return NULL;
	if (memory->core)
		core_unref(memory->core);
	if (memory->brain)
		brain_unref(memory->brain);
	g_queue_clear_full(&memory->messages, g_free);
	g_array_unref(memory->due);
	g_free(memory);
	return NULL;
}
