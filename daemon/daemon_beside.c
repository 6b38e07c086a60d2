/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * At the first touch ever that was for a button and missed it, a calibration is offered; three
 * taps soon after begin it. A file in the user's folder of states remembers that it was offered,
 * from when it is being said: what nobody hears is offered again at the next such touch.
 * Called by daemon/daemon_driver and by daemon.c's events of speech, from the loop.
 * Owns nothing: all of it is the daemon's.
 */
#include "common/i18n.h"
#include "daemon/daemon_private.h"
#include "daemon/remembered.h"

#define REMEMBERED "calibration"

/* As long as a calibration waits for a press; the offer itself is 6 s of it. */
#define ACCEPT_MS 20000
/* More than a hand that only looks for a button, or types at the edge, is likely to do by chance.
 */
#define ACCEPT_TOUCHES 3
/* Of one to the next: a press to its second press takes at most so long (daemon/confirm's window is
 * longer, since it waits for speech). */
#define BETWEEN_MS 1500

static void
begin(struct daemon *daemon, uint32_t panel)
{
	g_autofree char *refusal = calibration_run_begin(daemon->calibration, NULL, panel);

	if (refusal)
		daemon_say(daemon, 0, refusal);
}

/* Whether this touch is the last of those that the offer asked for. */
static bool
accepts(struct daemon *daemon, struct usec now)
{
	if (!daemon->offers_calibration ||
	    usec_since(now, daemon->offered_at).us > usec_from_ms(ACCEPT_MS).us)
		return false;
	if (usec_since(now, daemon->accepted_at).us > usec_from_ms(BETWEEN_MS).us)
		daemon->accepting = 0;
	daemon->accepted_at = now;
	return ++daemon->accepting == ACCEPT_TOUCHES;
}

static void
offer(struct daemon *daemon)
{
	/* As if asked for: it is no stutter when the one just before was not heard. */
	const struct speech_request request = {
	    .text = _("That was beside a button, and where yours are was never measured. To "
		      "measure them now, tap there three times."),
	    .priority = SPEECH_NOTIFICATION,
	    .asked = true,
	};

	/* What cannot be remembered would be offered at each touch. */
	if (daemon->calibration_offer || daemon->calibration_offered || !daemon->options.state ||
	    !daemon->options.offers_tutorial || remembered_is(daemon->options.state, REMEMBERED))
		return;
	daemon->calibration_offer = speech_request(daemon->speech, &request);
	bus_said(daemon->bus, 0, daemon->calibration_offer, request.text, daemon_now());
}

void
daemon_beside_started(void *data, uint32_t utterance, struct usec time)
{
	struct daemon *daemon = data;

	(void)time; /* of the voice's clock */
	if (daemon->calibration_offer != utterance || daemon->calibration_offered)
		return;
	daemon->calibration_offered = true;
	daemon->offers_calibration = true;
	daemon->offered_at = daemon_now();
	daemon->accepting = 0;
	(void)remembered_keep(daemon->options.state, REMEMBERED, "offered");
}

void
daemon_beside_ended(struct daemon *daemon, uint32_t utterance)
{
	if (daemon->calibration_offer == utterance)
		daemon->calibration_offer = 0;
}

void
daemon_beside(struct daemon *daemon, uint32_t panel)
{
	struct usec now = daemon_now();

	/* On a locked screen, and in a lesson, hands look for buttons for other reasons. */
	if (daemon->locked || brain_mode(daemon->brain) != BRAIN_MODE_USUAL)
		return;
	if (!accepts(daemon, now)) {
		offer(daemon);
		return;
	}
	daemon->offers_calibration = false;
	begin(daemon, panel);
}
