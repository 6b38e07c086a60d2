/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands that the daemon carries out itself.
 * Called by the daemon's main object; results are told from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#include "daemon/daemon_private.h"
#include "daemon/own_words.h"

static void
on_result(void *data, uint32_t press, const char *text)
{
	struct daemon *daemon = data;

	daemon->private =
	    g_hash_table_remove(daemon->message_reads, GUINT_TO_POINTER(press)) && text;
	daemon_tell_result(daemon, press, BRAIN_RESULT_DONE, text);
	daemon->private = false;
}

void
daemon_own_new(struct daemon *daemon)
{
	daemon->own = own_results_new(on_result, daemon);
}

static void
read_notification(struct daemon *daemon, uint32_t press, const struct command *command)
{
	bool private;
	char *text = daemon_notifications_read(daemon, command->step, &private);

	if (private)
		g_hash_table_add(daemon->message_reads, GUINT_TO_POINTER(press));
	own_results_add(daemon->own, press, text);
}

void
daemon_own_run(struct daemon *daemon, uint32_t press, const struct command *command)
{
	g_autoptr(GDateTime) time = NULL;

	if (command->type == COMMAND_STOP) {
		speech_silence(daemon->speech);
		own_results_add(daemon->own, press, NULL);
	} else if (command->type == COMMAND_TIME) {
		time = g_date_time_new_now_local();
		own_results_add(daemon->own, press, own_words_time(time));
	} else if (command->type == COMMAND_HOW) {
		own_results_add(daemon->own, press, g_strdup(apps_way(daemon->apps)));
	} else if (command->type == COMMAND_HOLD_KEY) {
		talk_key_run(&daemon->talk_key, press, command);
	} else if (command->type == COMMAND_UNDO) {
		daemon_undo_run(daemon, press);
	} else if (command->type == COMMAND_NOTIFICATIONS) {
		read_notification(daemon, press, command);
	}
}
