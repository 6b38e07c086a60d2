/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What apps tell of their own accord reaches speech, unless the user does not want it, or others
 * would hear what somebody has written to the user.
 * Called by daemon/apps and daemon/talk from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#include "daemon/daemon_private.h"
#include "daemon/message_app.h"

uint32_t
daemon_tell_change(void *data, const struct apps_told *told)
{
	struct daemon *daemon = data;
	struct speech_request request = {
	    .text = told->text,
	    .priority = told->news ? SPEECH_NOTIFICATION : SPEECH_CHANGE,
	    .joins = told->joins,
	    .content = true,
	};
	uint32_t utterance;

	if (daemon->locked)
		return 0;
	if (told->typed && told->text[0] == '\0') {
		speech_earcon(daemon->speech, VOICE_EARCON_KEY);
		return 0;
	}
	request.secret = told->typed;
	if (!told->typed)
		request.secret = message_app_is(brain_front_id(daemon->brain)) &&
				 !message_app_is_control(told->text);
	/* Without "Private": nobody has asked for it. */
	if (request.secret && !told->typed && !privacy_allows(&daemon->privacy, PRIVACY_MESSAGE))
		return 0;
	utterance = speech_request(daemon->speech, &request);
	if (utterance != 0 && request.secret && !told->typed)
		privacy_told(&daemon->privacy);
	if (utterance != 0)
		bus_told(daemon->bus, utterance, request.secret ? "" : told->text, daemon_now());
	return utterance;
}

void
daemon_changes_set(struct daemon *daemon)
{
	const struct voice_choice *choice = talk_choice(daemon->talk);
	const bool any = !daemon->locked && !daemon->options.front_from_bus;

	if (!daemon->apps)
		return;
	apps_tell(daemon->apps, any && choice->changes != 0, any ? choice->echo : ECHO_NONE);
}
