/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The daemon's main object as its own files see it: daemon.c makes it and joins the parts,
 * daemon_driver.c takes what the driver tells, daemon_bus.c what is asked over the bus,
 * daemon_ear.c joins the ear, daemon_tutorial.c remembers the lessons, daemon_assign.c puts
 * commands on buttons, daemon_deeds.c what reaches beyond the app in front, daemon_changes.c tells
 * what apps tell, daemon_notifications.c what the desktop shows of them, daemon_own.c has the
 * commands that are the daemon's own, daemon_orca.c has Orca read. Included by daemon/daemon*.c
 * only; struct daemon owns every part.
 */
#ifndef SIDETOUCH_DAEMON_PRIVATE_H
#define SIDETOUCH_DAEMON_PRIVATE_H

#include "common/alarm.h"
#include "daemon/apps.h"
#include "daemon/brain.h"
#include "daemon/bus.h"
#include "daemon/button_live.h"
#include "daemon/calibration_run.h"
#include "daemon/daemon.h"
#include "daemon/deeds.h"
#include "daemon/driver_link.h"
#include "daemon/ear_learn.h"
#include "daemon/earside.h"
#include "daemon/feedback.h"
#include "daemon/gesture_log.h"
#include "daemon/news.h"
#include "daemon/notifications.h"
#include "daemon/notify_bus.h"
#include "daemon/offers.h"
#include "daemon/orca.h"
#include "daemon/own_results.h"
#include "daemon/privacy.h"
#include "daemon/problems.h"
#include "daemon/profile_live.h"
#include "daemon/session_lock.h"
#include "daemon/speech.h"
#include "daemon/talk.h"
#include "daemon/talk_key.h"

struct daemon {
	struct daemon_options options;
	daemon_ended_fn *ended;
	void *data;
	struct profile_live *profiles;
	struct problems *problems;
	struct brain *brain;
	struct speech *speech;
	struct apps *apps;
	struct driver_link *link;
	struct bus *bus;
	struct alarm *alarm; /* the brain's deadline */
	guint grace;
	bool was_ready;    /* "Sidetouch is ready" was said */
	GHashTable *backs; /* presses whose `back` is with the apps, until Escape is typed */
	struct own_results *own;
	struct deeds *deeds;
	struct calibration_run *calibration;
	uint32_t calibration_offer; /* the utterance that is to offer it; 0: none */
	bool calibration_offered;   /* since the start */
	bool offers_calibration;    /* it was offered, and touches may begin it: */
	struct usec offered_at;     /* until some time after this */
	unsigned accepting;         /* touches that were soon after one another */
	struct usec accepted_at;    /* the last of them */
	struct button_live *buttons;
	struct offers *offers; /* what apps offer while they run */
	struct session_lock *lock;
	bool locked; /* the session: nothing of the apps is said */
	struct talk *talk;
	GCancellable *writing;    /* of profiles, on a thread; cancelled when the daemon ends */
	bool interrupted;         /* the last press stopped speech */
	enum voice_earcon earcon; /* of what is said next */
	struct feedback *feedback;
	struct earside *earside;
	struct ear_learn *learn;
	struct privacy privacy;
	struct notify_bus *notify_bus; /* these three: NULL until there is a bus */
	struct notifications *notifications;
	struct orca *orca;      /* NULL until there is a bus */
	GHashTable *orca_reads; /* presses whose words Orca is to say, as far as it can */
	struct news *news;      /* how much is told of notifications */
	struct talk_key talk_key;
	struct gesture_log gestures;
	uint32_t unlocking;        /* the press of `unlock` whose keys are being typed; 0: none */
	bool unlock_shows;         /* the first of them was */
	GHashTable *writes;        /* presses whose command writes a text, which may be a secret */
	bool written;              /* what is said is what one of them wrote */
	GHashTable *message_reads; /* presses that read what somebody may have written */
	bool private;              /* what is said next is somebody's message to the user */
};

struct usec daemon_now(void);
/* After everything that may have changed what the brain waits for. */
void daemon_rearm(struct daemon *daemon);

/* These take a struct daemon as their data. Say a text now, for this press or 0 for none; after
 * what is being said; and a problem, which is kept and said the first time. */
uint32_t daemon_say(void *data, uint32_t press, const char *text);
void daemon_say_after(void *data, const char *text);
void daemon_problem(void *data, const char *sentence);
/* The same of what may work again: it is told of once an outage. NULL: it does. */
void daemon_problem_of(struct daemon *daemon, enum problems_of of, const char *sentence);
/* These take a struct daemon, for the apps. */
void daemon_problem_apps(void *data, const char *sentence);
void daemon_problem_apps_solved(void *data);

void daemon_tell_result(struct daemon *daemon, uint32_t press, enum brain_result result,
			const char *text);

/* A command goes to the app in front. */
void daemon_app_run(struct daemon *daemon, uint32_t press, const struct command *command);

/* Silence at once; takes a struct daemon. */
void daemon_stop(void *data);
/* This app is in front: NULL-terminated ids, the strongest first. */
void daemon_set_front(struct daemon *daemon, const char *const *app_ids);
/* Other buttons than before: who watches is told, and what they say is made ready. */
void daemon_tell_view(struct daemon *daemon);

/* --- daemon_bus.c --- */

extern const struct bus_events daemon_bus_events;

/* --- daemon_deeds.c --- */

void daemon_deeds_new(struct daemon *daemon);

/* --- daemon_buttons.c --- */

void daemon_buttons_new(struct daemon *daemon);
void daemon_buttons_free(struct daemon *daemon);

/* --- daemon_assign.c --- */

void daemon_assign_new(struct daemon *daemon);
void daemon_assign_free(struct daemon *daemon);
/* These take a struct daemon, for the brain and the apps. */
void daemon_point(void *data, uint32_t press);
void daemon_pointed(void *data, uint32_t press, const struct a11y_naming *naming);
void daemon_assign(void *data, uint32_t press, struct input input, const char *command,
		   const char *label);
void daemon_undo(void *data, uint32_t press);
/* The command: its result is told as any other's. */
void daemon_undo_run(struct daemon *daemon, uint32_t press);

/* --- daemon_tutorial.c --- */

/* "Sidetouch is ready", and at the first start ever what to press to learn. */
void daemon_tutorial_ready(struct daemon *daemon);
/* Takes a struct daemon: it is over, and not offered again unless nobody was there. */
void daemon_tutorial_over(void *data, enum brain_tutorial_end end);

/* --- daemon_beside.c --- */

/* A finger has touched beside a button that nobody has placed on this panel. */
void daemon_beside(struct daemon *daemon, uint32_t panel);
/* An utterance, perhaps the offer of a calibration, is being said now (takes a struct daemon); or
 * is over, said or not. */
void daemon_beside_started(void *data, uint32_t utterance, struct usec time);
void daemon_beside_ended(struct daemon *daemon, uint32_t utterance);

/* --- daemon_audible.c --- */

/* Whether sound that is off is to be made audible: at the first start ever. */
bool daemon_audible_is_due(const struct daemon_options *options);
/* Speech sounds through this, or "" through nothing. */
void daemon_audible_done(const struct daemon *daemon, const char *sink);

/* --- daemon_offers.c --- */

void daemon_offers_new(struct daemon *daemon);
/* For the bus: takes a struct daemon. */
char *daemon_offer(void *data, const char *caller, const char *actions, GVariant *buttons);

/* --- daemon_changes.c --- */

/* Takes a struct daemon; the utterance's number, 0: it is not said. */
uint32_t daemon_tell_change(void *data, const struct apps_told *told);
/* The settings may have changed. */
void daemon_changes_set(struct daemon *daemon);

/* --- daemon_notifications.c --- */

/* There may be a session bus. */
void daemon_notifications_start(struct daemon *daemon);
void daemon_notifications_free(struct daemon *daemon);
/* An utterance ended, of a notification or not. */
void daemon_notifications_spoken(struct daemon *daemon, uint32_t utterance);
/* The words of one, allocated; *private: only the user is to hear them. */
char *daemon_notifications_read(struct daemon *daemon, enum command_step step, bool *private);

/* --- daemon_orca.c --- */

void daemon_orca_bus(struct daemon *daemon, GDBusConnection *bus);
/* Orca reads, and its result is told; false: we are to. */
bool daemon_orca_run(struct daemon *daemon, uint32_t press, const struct command *command);
/* What we have read is given to Orca, and the result is told; false: we are to say it. */
bool daemon_orca_tell(struct daemon *daemon, uint32_t press, enum brain_result result,
		      const char *text);

/* --- daemon_own.c --- */

void daemon_own_new(struct daemon *daemon);
void daemon_own_run(struct daemon *daemon, uint32_t press, const struct command *command);
/* A key for this press was typed, or why not: a sentence. False: it was not asked for here. */
bool daemon_own_typed(struct daemon *daemon, uint32_t press, const char *reason);

/* --- daemon_ear.c --- */

void daemon_ear_new(struct daemon *daemon);
void daemon_ear_free(struct daemon *daemon);
/* False: the message is none of the ear's. */
bool daemon_ear_take(struct daemon *daemon, const struct packet_header *header);
void daemon_ear_link(struct daemon *daemon, bool up);
/* A command about talking or the ear; what is to be said of it, allocated, or NULL. */
char *daemon_ear_run(struct daemon *daemon, const struct command *command);
/* A command goes to the app in front; and its result is what somebody has written to the user. */
void daemon_ear_remember(struct daemon *daemon, uint32_t press, const struct command *command);
bool daemon_ear_is_message(struct daemon *daemon, uint32_t press, enum brain_result result,
			   const char *text);
/* These take a struct daemon, for the bus. */
uint32_t daemon_say_private(void *data, const char *text, const char *kind, char **reason);
char *daemon_learn_ear(void *data, const char *caller);
bool daemon_stop_learning(void *data);

/* --- daemon_driver.c --- */

/* Nothing that was meant a second ago is done now; what it would confirm is let go. */
bool daemon_is_stale(struct usec time);

/* Felt, where the device can: by the driver's vibrator, or by feedbackd where it has none. */
void daemon_feel(struct daemon *daemon, enum link_buzz_kind kind);

extern const struct driver_link_events daemon_link_events;
/* The driver was given time to be there. */
gboolean daemon_on_grace(void *data);

#endif
