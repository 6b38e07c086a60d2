/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands that the daemon carries out itself.
 * Called by the daemon's main object; results are told from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#include <linux/input-event-codes.h>

#include "common/i18n.h"
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

/*
 * The prompt for the password and nothing more: logind would end the lock itself for the asking,
 * and whoever has found the device could press the button, too. A space brings it up on the lock
 * screens of GNOME, KDE and Phosh (of their sources); where it was up, the space is taken back.
 */
static void
unlock(struct daemon *daemon, uint32_t press)
{
	if (!daemon->locked) {
		own_results_add(daemon->own, press, g_strdup(_("The screen is not locked")));
		return;
	}
	daemon->unlocking = press;
	daemon->unlock_shows = false;
	driver_link_type_key(daemon->link, press, KEY_SPACE, 0);
}

bool
daemon_own_typed(struct daemon *daemon, uint32_t press, const char *reason)
{
	if (daemon->unlocking == 0 || press != daemon->unlocking)
		return false;
	if (!reason && !daemon->unlock_shows) {
		daemon->unlock_shows = true;
		driver_link_type_key(daemon->link, press, KEY_BACKSPACE, 0);
		return true;
	}
	daemon->unlocking = 0;
	if (reason)
		daemon_tell_result(daemon, press, BRAIN_RESULT_FAILED, reason);
	else
		daemon_tell_result(daemon, press, BRAIN_RESULT_DONE,
				   _("Type your PIN or password, then Enter"));
	return true;
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
	} else if (command->type == COMMAND_UNLOCK) {
		unlock(daemon, press);
	}
}
