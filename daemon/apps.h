/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The applications: which one is in front, what has the focus, and how to act in it, by AT-SPI2.
 * All GDBus calls are asynchronous with a deadline each; the daemon's main object is the only
 * caller. Owns the connection to the accessibility bus and everything learned from it.
 */
#ifndef SIDETOUCH_APPS_H
#define SIDETOUCH_APPS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/command.h"
#include "daemon/a11y_naming.h"
#include "daemon/brain.h"
#include "daemon/echo.h"

/* From its answer on, an action's effect is awaited so long before "no response" is said, and once
 * more while the application is at work: who hears that of what is only slow presses again, and has
 * it twice. */
#define APPS_EFFECT_MS 500

/* What is told of the apps' own accord. */
struct apps_told {
	const char *text;
	bool news;  /* it waits for everything else; otherwise it is where the user is */
	bool joins; /* after what was told before, not instead */
	bool typed; /* by the user: it is kept nowhere; "": a key, of what is nobody's business */
};

struct apps_events {
	/* Another app came in front (ids as in brain_front(); empty when there is none). */
	void (*front)(void *data, const char *const *app_ids);
	/* Another window or focus inside it. */
	void (*focus)(void *data);
	/* The browser in front shows another web site; NULL: none. Of another app that came in
	 * front none is known until this tells it. */
	void (*site)(void *data, const char *host);
	/* Exactly one for each apps_run(); text as in brain_result(). */
	void (*result)(void *data, uint32_t press, enum brain_result result, const char *text);
	/* The answer takes long; at most one for each apps_run(), before its result. */
	void (*wait)(void *data, uint32_t press);
	/* For each apps_resolve() at most one, and one more when it has changed; text: the name of
	 * what would be pressed, or NULL. */
	void (*resolved)(void *data, uint32_t press, enum brain_result result, const char *text);
	/* Exactly one for each apps_point_out(). */
	void (*pointed)(void *data, uint32_t press, const struct a11y_naming *naming);
	/* Say what a window shows, after the command of this press; the utterance's number, 0: it
	 * cannot be said. */
	uint32_t (*say)(void *data, uint32_t press, const char *text);
	/* Tell this when there is time; the utterance's number, 0: it is not said. */
	uint32_t (*tell)(void *data, const struct apps_told *told);
	/* Type this key (KEY_...); apps_typed() tells that it was. */
	void (*key)(void *data, uint32_t press, uint32_t key);
	/* A sentence to be said and shown once: no accessibility bus ... what to do. */
	void (*problem)(void *data, const char *sentence);
	/* That is over. */
	void (*solved)(void *data);
};

struct apps;

/* Starts to connect at once and reconnects for ever; never waits, never fails for want of a bus. */
int apps_new(const struct apps_events *events, void *data, struct apps **out);
struct apps *apps_unref(struct apps *apps);

/*
 * Carry out a command that is COMMAND_BY_APP; of back only the button half: BRAIN_RESULT_NOT_FOUND
 * for back means that there is no back button in front, and a key is to be tried.
 */
void apps_run(struct apps *apps, uint32_t press, const struct command *command);

/*
 * Find out what apps_run() would press, as far as it would press anything; nothing is pressed. When
 * that becomes something else, resolved() is told once more; apps_run() of the same command does
 * nothing then. Until apps_disarmed(), after which nothing is told of it either.
 */
void apps_resolve(struct apps *apps, uint32_t press, const struct command *command);
void apps_disarmed(struct apps *apps);
/* Find out what is being read, else what has the focus, and how a profile would name it. */
void apps_point_out(struct apps *apps, uint32_t press);
/* The key for this press was typed, or why not: a sentence. False: it was not asked for here. */
bool apps_typed(struct apps *apps, uint32_t press, const char *reason);

/* The user touched; an utterance ended; pause goes on with what a touch stopped, by this number. */
void apps_hush(struct apps *apps);
void apps_spoken(struct apps *apps, uint32_t utterance, bool spoken);
void apps_resumed(struct apps *apps, uint32_t utterance);

/* The process that has the window in front; 0: none has, or it is not known. */
uint32_t apps_front_pid(const struct apps *apps);
/* How the last act was done: its own action, the focus and a key ...; a sentence. And that a key
 * was typed because apps_run() had found nothing. */
const char *apps_way(const struct apps *apps);
void apps_typed_instead(struct apps *apps);

/* Whether changes in the window in front, and what apps announce, are told, and what of what the
 * user types: nothing until this says otherwise. */
void apps_tell(struct apps *apps, bool changes, enum echo_setting echo);

/* What the daemon's status shows: "connected", or a sentence that says what to do. */
const char *apps_state(const struct apps *apps);

#endif
