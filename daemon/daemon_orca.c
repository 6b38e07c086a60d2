/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * While Orca runs, it reads: the same words as by its own keys, in its voice and in braille. What
 * it has no command for we read, and hand it the words; what it cannot, or is not to say, we say.
 * Called by the daemon's main object, and by daemon/orca from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#include "daemon/daemon_private.h"
#include "daemon/message_app.h"

/* Not at the ear, where Orca's voice cannot be moved to, nor what somebody has written to the user
 * where others hear it. */
static bool
may_read(const struct daemon *daemon)
{
	return daemon->orca && !daemon->locked && !daemon->privacy.at_ear &&
	       talk_choice(daemon->talk)->reading == VOICE_READING_ORCA &&
	       (!message_app_is(brain_front_id(daemon->brain)) ||
		privacy_allows(&daemon->privacy, PRIVACY_MESSAGE));
}

/* Whether its answer is all that is read. What goes on by itself needs to know when a part of it
 * was said, which Orca does not tell. */
static bool
reads_once(enum command_type type)
{
	return type == COMMAND_READ_FOCUS || type == COMMAND_READ_TITLE ||
	       type == COMMAND_WHERE_AM_I || type == COMMAND_READ_LINE ||
	       type == COMMAND_READ_WORD || type == COMMAND_READ_CHARACTER;
}

static void
on_ran(void *data, uint32_t press, const struct command *command, bool done)
{
	struct daemon *daemon = data;

	/* Only that it was done: the words are Orca's. */
	if (done)
		daemon_tell_result(daemon, press, BRAIN_RESULT_DONE, "");
	else
		daemon_app_run(daemon, press, command);
}

static void
on_presented(void *data, uint32_t press, const char *text, bool done)
{
	daemon_tell_result(data, press, BRAIN_RESULT_DONE, done ? "" : text);
}

void
daemon_orca_bus(struct daemon *daemon, GDBusConnection *bus)
{
	static const struct orca_events events = {.ran = on_ran, .presented = on_presented};

	if (!daemon->orca)
		daemon->orca = orca_new(bus, &events, daemon);
}

bool
daemon_orca_run(struct daemon *daemon, uint32_t press, const struct command *command)
{
	if (!may_read(daemon))
		return false;
	if (orca_run(daemon->orca, press, command))
		return true;
	if (reads_once(command->type))
		g_hash_table_add(daemon->orca_reads, GUINT_TO_POINTER(press));
	return false;
}

bool
daemon_orca_tell(struct daemon *daemon, uint32_t press, enum brain_result result, const char *text)
{
	bool read = g_hash_table_remove(daemon->orca_reads, GUINT_TO_POINTER(press));

	return read && result == BRAIN_RESULT_DONE && text && may_read(daemon) &&
	       orca_present(daemon->orca, press, text);
}
