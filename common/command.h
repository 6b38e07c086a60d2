/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command as a profile writes it: `back`, `activate role=button name="5"`, `key Alt+Left` ...
 * Parsed by common/profile and the scenario runner, carried out by the daemon.
 * A command owns its strings and never changes after it was parsed.
 */
#ifndef SIDETOUCH_COMMAND_H
#define SIDETOUCH_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

/* In the order of the table in common/command_table.c, which says the rest of each. */
enum command_type {
	COMMAND_BACK,
	COMMAND_ACTIVATE, /* nothing given: what the reading cursor is on, or what has the focus */
	COMMAND_KEY,
	COMMAND_READ_FOCUS,
	COMMAND_READ_TITLE,
	COMMAND_STOP,
	COMMAND_TIME,
	COMMAND_REPEAT,
	COMMAND_STOP_OR_REPEAT, /* silence while something is said, else the last words again */
	COMMAND_UNDO,           /* the last assignment of a button */
	COMMAND_SPELL,
	COMMAND_PAUSE,    /* or go on */
	COMMAND_VOICE,    /* set name to value */
	COMMAND_HOLD_KEY, /* down as long as what it is bound to is held */
	COMMAND_EAR,      /* to the ear and back; value: "on", "off", NULL: the other one */
	COMMAND_NEXT,
	COMMAND_PREVIOUS,
	COMMAND_FIRST,
	COMMAND_LAST,
	COMMAND_INTO,
	COMMAND_OUT,
	COMMAND_ROTOR, /* what next and previous mean: the next kind, or the one given */
	COMMAND_FOCUS_HERE,
	COMMAND_READ_SCREEN,
	COMMAND_READ_FROM_HERE,
	COMMAND_READ_LINE,
	COMMAND_READ_WORD,
	COMMAND_READ_CHARACTER,
	COMMAND_WHERE_AM_I,
	COMMAND_TOGGLE,
	COMMAND_INCREASE,
	COMMAND_DECREASE,
	COMMAND_SET_TEXT, /* value is written in the widget */
	COMMAND_ACTION,   /* of the app itself: value, "app.quit" */
	COMMAND_LAUNCH,   /* value: an app's id */
	COMMAND_TYPE,     /* value, letter by letter */
	COMMAND_RUN,      /* words: a program and its arguments */
	COMMAND_DBUS,     /* words: name, path, interface.method, arguments */
	COMMAND_MENU,
	COMMAND_SCROLL,
	COMMAND_HOW,           /* the last act was done */
	COMMAND_NOTIFICATIONS, /* the newest, or on from there: step */
	COMMAND_BATTERY,
	COMMAND_UNLOCK, /* the prompt for it, never the lock itself */
	COMMAND_EMERGENCY,
};
#define COMMAND_COUNT 45

/* Who carries a command out. */
enum command_by {
	COMMAND_BY_APP,     /* the app in front */
	COMMAND_BY_KEYS,    /* the driver, which types */
	COMMAND_BY_VOICE,   /* what speaks */
	COMMAND_BY_US,      /* the daemon itself */
	COMMAND_BY_SESSION, /* programs and services beyond the app in front */
};

/* What next, previous, first, last and the rotor may be about. */
enum command_kind {
	COMMAND_KIND_ANY, /* of next and previous: what the rotor says */
	COMMAND_KIND_ITEM,
	COMMAND_KIND_HEADING,
	COMMAND_KIND_LINK,
	COMMAND_KIND_BUTTON,
	COMMAND_KIND_ENTRY,
	COMMAND_KIND_LIST,
	COMMAND_KIND_LANDMARK,
	COMMAND_KIND_TABLE,
};
#define COMMAND_KIND_COUNT 9

/* Which line, word or character is read. */
enum command_step {
	COMMAND_STEP_HERE,
	COMMAND_STEP_NEXT,
	COMMAND_STEP_PREVIOUS,
};
#define COMMAND_STEP_COUNT 3

enum command_direction {
	COMMAND_UP,
	COMMAND_DOWN,
	COMMAND_LEFT,
	COMMAND_RIGHT,
};
#define COMMAND_DIRECTION_COUNT 4

struct command {
	enum command_type type;
	char *role; /* AT-SPI role name, "button" matching "push button" too; NULL: any */
	char *name; /* accessible name, * for any letters; NULL: any. Of `voice`: the setting */
	char *description; /* as a name */
	char *id;          /* the accessible's id, exactly; NULL: any */
	char *path;   /* its place in the window, "0.2.1"; what has a name then needs it, too */
	char *value;  /* of `voice`, "220" or "+20", and as enum command_type says; else NULL */
	char **words; /* of `run` and `dbus`, NULL-terminated; else NULL */
	uint32_t key; /* KEY_... */
	uint32_t modifiers; /* enum link_modifier bits */
	enum command_kind kind;
	enum command_step step;
	enum command_direction direction; /* of `scroll` */
	char *text;                       /* as it was written, blanks folded; may hold a secret */
};

/* "back", "activate" ...: the first word. */
const char *command_type_to_str(enum command_type type);
/* "heading" ...; "any" is never written. */
const char *command_kind_to_str(enum command_kind kind);

/*
 * Parse one command. On -EINVAL *out is NULL and *reason an allocated sentence without a file name
 * ("unknown command 'bakc', did you mean 'back'").
 */
int command_parse(const char *text, struct command **out, char **reason);
/* Its own strings; NULL: out of nothing. */
struct command *command_copy(const struct command *command);
struct command *command_free(struct command *command);

/* Whether it changes anything outside our own speech and cursor: then two presses are the default.
 */
bool command_changes_things(const struct command *command);
/* Whether it acts on something that has to be found first, and may not be there. */
bool command_needs_target(const struct command *command);
/* Whether it is heard by itself: it is silence, or speech of its own. */
bool command_is_heard(enum command_type type);
/* Whether it is carried out while the session is locked: it shows and does nothing of the apps. */
bool command_when_locked(enum command_type type);
enum command_by command_by(enum command_type type);
/* Whether one of role, name, description and id is given. */
bool command_names_widget(const struct command *command);

/* As it was written, without what it writes, which may be a secret: for whoever watches. Allocated.
 */
char *command_public_text(const struct command *command);

/* What it is called when the profile gives no label: "Back", "5", "Escape". Allocated. */
char *command_default_label(const struct command *command);
/* What is said when the app has no such thing, not translated; NULL: nothing in particular. */
const char *command_not_found(enum command_type type);
/* The same of a kind; and what the rotor says. COMMAND_KIND_ANY: NULL. */
const char *command_kind_not_found(enum command_kind kind);
const char *command_kind_label(enum command_kind kind);

#endif
