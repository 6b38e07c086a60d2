/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the ear has to do with the rest of the daemon: its gestures reach the brain or a learner,
 * what is private the privacy, its commands the driver.
 * Called by daemon.c, daemon_driver.c, daemon/earside and the bus.
 * Owns nothing: all of it is the daemon's.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include <string.h>

#include "common/i18n.h"
#include "daemon/accelerometer.h"
#include "daemon/daemon_private.h"
#include "daemon/message_app.h"

/* --- what earside wants --- */

static void
on_rotate(void *data, bool clockwise, struct usec time)
{
	struct daemon *daemon = data;
	struct input input =
	    input_ear(clockwise ? INPUT_EAR_ROTATE_CLOCKWISE : INPUT_EAR_ROTATE_BACK);

	bus_ear(daemon->bus, strchr(input_to_str(input), ' ') + 1, time);
	brain_rotate(daemon->brain, clockwise, time);
	daemon_rearm(daemon);
}

static const struct earside_events events = {
    .say = daemon_say,
    .say_after = daemon_say_after,
    .problem = daemon_problem,
    .rotate = on_rotate,
};

static void
on_settings(void *data)
{
	struct daemon *daemon = data;

	earside_changed(daemon->earside);
	daemon_changes_set(daemon);
}

void
daemon_ear_new(struct daemon *daemon)
{
	const struct earside_parts parts = {
	    .link = daemon->link,
	    .speech = daemon->speech,
	    .talk = daemon->talk,
	    .privacy = &daemon->privacy,
	    .accelerometers = daemon->options.accelerometers ? daemon->options.accelerometers
							     : ACCELEROMETER_FOLDER,
	};

	daemon->privacy = (struct privacy){.speech = daemon->speech, .talk = daemon->talk};
	daemon->talk_key.link = daemon->link;
	daemon->earside = earside_new(&parts, &events, daemon);
	daemon->learn =
	    ear_learn_new(daemon->link, daemon->bus, daemon->earside, daemon_say, daemon);
	talk_on_change(daemon->talk, on_settings, daemon);
}

void
daemon_ear_free(struct daemon *daemon)
{
	daemon->learn = ear_learn_free(daemon->learn);
	daemon->earside = earside_free(daemon->earside);
	privacy_forget(&daemon->privacy);
}

/* --- from the driver --- */

static void
take_ear(struct daemon *daemon, const struct link_ear *message)
{
	struct usec time = usec_from_us(message->time_us);
	enum ear_kind kind = (enum ear_kind)message->kind;

	gesture_log_ear(&daemon->gestures, message);
	/* Where the phone is, and that a hold has ended, counts whenever it is told. */
	if (kind != EAR_ENTER && kind != EAR_LEAVE && kind != EAR_RELEASE && daemon_is_stale(time))
		return;
	kind = earside_ear(daemon->earside, kind, time);
	bus_ear(daemon->bus, ear_kind_to_str(kind), time);
	if (ear_learn_is_running(daemon->learn)) {
		ear_learn_ear(daemon->learn, kind);
		return;
	}
	brain_ear(daemon->brain, kind, time);
	talk_key_ear(&daemon->talk_key, kind);
	daemon_rearm(daemon);
}

static void
take_key(struct daemon *daemon, const struct link_ear_key *message)
{
	g_autofree char *text = NULL;

	if (daemon_is_stale(usec_from_us(message->time_us)))
		return;
	text = earside_command(daemon->earside, NULL);
	if (text)
		daemon_say(daemon, 0, text);
}

bool
daemon_ear_take(struct daemon *daemon, const struct packet_header *header)
{
	const void *message = header;

	if (header->type == LINK_EAR)
		take_ear(daemon, message);
	else if (header->type == LINK_EAR_SEEN)
		ear_learn_seen(daemon->learn, message);
	else if (header->type == LINK_EAR_KEY)
		take_key(daemon, message);
	else
		return false;
	return true;
}

void
daemon_ear_link(struct daemon *daemon, bool up)
{
	if (!up)
		talk_key_forget(&daemon->talk_key);
	ear_learn_link(daemon->learn, up);
	earside_link(daemon->earside);
}

/* --- commands --- */

static bool
repeats(const struct daemon *daemon, const struct command *command)
{
	return command->type == COMMAND_REPEAT ||
	       (command->type == COMMAND_STOP_OR_REPEAT && !daemon->interrupted);
}

char *
daemon_ear_run(struct daemon *daemon, const struct command *command)
{
	uint32_t resumed;
	char *text;

	if (repeats(daemon, command) && privacy_repeat(&daemon->privacy))
		return NULL;
	if (command->type == COMMAND_EAR)
		return earside_command(daemon->earside, command->value);
	text = talk_run(daemon->talk, command, daemon->interrupted, &resumed);
	apps_resumed(daemon->apps, resumed);
	return text;
}

/* --- what is private --- */

void
daemon_ear_remember(struct daemon *daemon, uint32_t press, const struct command *command)
{
	bool reads = !command_changes_things(command);

	if (reads && message_app_is(brain_front_id(daemon->brain)))
		g_hash_table_add(daemon->message_reads, GUINT_TO_POINTER(press));
	if (command->type == COMMAND_SET_TEXT)
		g_hash_table_add(daemon->writes, GUINT_TO_POINTER(press));
}

bool
daemon_ear_is_message(struct daemon *daemon, uint32_t press, enum brain_result result,
		      const char *text)
{
	return g_hash_table_remove(daemon->message_reads, GUINT_TO_POINTER(press)) &&
	       result == BRAIN_RESULT_DONE && text && !message_app_is_control(text);
}

uint32_t
daemon_say_private(void *data, const char *text, const char *kind, char **reason)
{
	struct daemon *daemon = data;
	enum privacy_kind of;
	uint32_t utterance;

	if (!privacy_kind_from_str(kind, &of)) {
		*reason = g_strdup_printf(_("A private text is a message or a password, not '%s'."),
					  kind);
		return 0;
	}
	if (daemon->locked) {
		if (reason)
			*reason = g_strdup(_("The screen is locked, nothing private is said. "
					     "Unlock it first."));
		return 0;
	}
	utterance = privacy_say(&daemon->privacy, text, of);
	/* Not even those who watch are told the text. */
	bus_said(daemon->bus, 0, utterance,
		 daemon->privacy.utterance == utterance ? "" : privacy_refusal(), daemon_now());
	return utterance;
}

/* --- learning --- */

char *
daemon_learn_ear(void *data, const char *caller)
{
	struct daemon *daemon = data;

	return ear_learn_begin(daemon->learn, caller);
}

bool
daemon_stop_learning(void *data)
{
	struct daemon *daemon = data;

	return ear_learn_stop(daemon->learn);
}
