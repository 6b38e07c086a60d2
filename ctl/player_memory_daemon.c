/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Playing in memory, the daemon's end: the driver's messages reach the brain, and what the brain
 * wants is said by a virtual voice and done at once by an actor, as daemon/daemon does it.
 * Called by the brain and by ctl/player_memory. Owns nothing.
 */
#include "ctl/player_memory_private.h"
#include "daemon/brain_message.h"
#include "daemon/own_words.h"

/* Every utterance under way ends now; the brain is told from the loop, as a voice would tell it. */
static void
on_stop(void *data)
{
	struct player_memory *memory = data;

	for (guint i = 0; i < memory->due->len; i++) {
		struct player_memory_due *due =
		    &g_array_index(memory->due, struct player_memory_due, i);

		if (due->kind == PLAYER_MEMORY_DUE_SPOKEN)
			due->time = memory->now;
	}
}

static uint32_t
on_say(void *data, uint32_t press, const char *text)
{
	struct player_memory *memory = data;
	uint64_t characters = (uint64_t)g_utf8_strlen(text, -1);

	(void)press;
	on_stop(memory);
	player_log_say(memory->log, text, memory->now);
	memory->utterance++;
	player_memory_add_due(
	    memory, PLAYER_MEMORY_DUE_SPOKEN, memory->utterance,
	    usec_add(memory->now, usec_from_ms(characters * PLAYER_MEMORY_SPEECH_MS)));
	return memory->utterance;
}

static void
on_run(void *data, uint32_t press, const struct profile_binding *binding)
{
	struct player_memory *memory = data;
	const struct command *command = binding->command;
	struct link_type_key key = {.key = command->key, .modifiers = command->modifiers};

	player_log_command(memory->log, command->text, memory->now);
	if (command->type == COMMAND_KEY) {
		key.request = ++memory->request;
		memory->request_press = press;
		player_memory_send(memory, PACKET_FROM_CLIENT, LINK_TYPE_KEY, &key.header,
				   sizeof(key));
		return;
	}
	if (command->type == COMMAND_STOP)
		on_stop(memory);
	player_memory_add_due(memory, PLAYER_MEMORY_DUE_RESULT, press, memory->now);
}

static void
on_watch(void *data, bool on)
{
	struct player_memory *memory = data;
	struct link_watch message = {.on = on};

	if (memory->up)
		player_memory_send(memory, PACKET_FROM_CLIENT, LINK_WATCH, &message.header,
				   sizeof(message));
}

const struct brain_output player_memory_brain_output = {
    .say = on_say,
    .stop = on_stop,
    .run = on_run,
    .watch = on_watch,
};

static void
daemon_takes_press(struct player_memory *memory, const struct link_press *message)
{
	struct link_seen seen = {.press = message->press};
	struct brain_press press = brain_message_press(message);

	player_log_press(memory->log, press.press, press.pad, press.phase, press.time);
	player_memory_send(memory, PACKET_FROM_CLIENT, LINK_SEEN, &seen.header, sizeof(seen));
	brain_press(memory->brain, &press);
}

static void
daemon_takes_chord(struct player_memory *memory, const struct link_chord *message)
{
	struct brain_chord chord = brain_message_chord(message);

	player_log_chord(memory->log, chord.chord, input_chord(chord.pads[0], chord.pads[1]),
			 chord.phase, chord.time);
	brain_chord(memory->brain, &chord);
}

static void
daemon_takes_notice(struct player_memory *memory, const struct link_notice *notice)
{
	enum link_notice_kind kind = (enum link_notice_kind)notice->kind;
	const char *words = own_words_notice(kind);

	player_log_notice(memory->log, link_notice_kind_to_str(kind), memory->now);
	on_say(memory, 0, words ? words : notice->text);
}

static void
daemon_takes_ear(struct player_memory *memory, const struct link_ear *ear)
{
	player_log_ear(memory->log, (enum ear_kind)ear->kind, usec_from_us(ear->time_us));
}

void
player_memory_daemon_takes(struct player_memory *memory, const struct packet_header *header)
{
	struct link_daemon_hello hello = {.pid = 1};

	switch ((enum link_type)header->type) {
	case LINK_DRIVER_HELLO:
		player_memory_send(memory, PACKET_FROM_CLIENT, LINK_DAEMON_HELLO, &hello.header,
				   sizeof(hello));
		brain_link(memory->brain, true, memory->now);
		break;
	case LINK_PRESS:
		daemon_takes_press(memory, (const struct link_press *)header);
		break;
	case LINK_CHORD:
		daemon_takes_chord(memory, (const struct link_chord *)header);
		break;
	case LINK_NOTICE:
		daemon_takes_notice(memory, (const struct link_notice *)header);
		break;
	case LINK_TOUCH:
		brain_touch(memory->brain,
			    (struct usec){((const struct link_touch *)header)->time_us});
		break;
	case LINK_KEY_DONE:
		if (((const struct link_key_done *)header)->request == memory->request)
			player_memory_add_due(memory, PLAYER_MEMORY_DUE_RESULT,
					      memory->request_press, memory->now);
		break;
	case LINK_EAR:
		daemon_takes_ear(memory, (const struct link_ear *)header);
		break;
	case LINK_REFUSED:
	case LINK_PANEL:
	case LINK_DAEMON_HELLO:
	case LINK_TYPE_KEY:
	case LINK_WATCH:
	case LINK_SEEN:
	case LINK_PROXIMITY:
	case LINK_EAR_MODE:
	case LINK_SAMPLE:
	case LINK_CALIBRATION_DONE:
	case LINK_BUZZ:
	case LINK_CALIBRATE:
	case LINK_CALIBRATION_SET:
	case LINK_EAR_SEEN:
	case LINK_EAR_KEY:
	case LINK_EAR_LEARN:
	case LINK_HOLD_KEY:
		break;
	}
}
