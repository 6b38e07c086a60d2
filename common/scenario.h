/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scenario files (*.touch): what touches the panel and what must come out, one statement a line.
 * Played in memory on a virtual clock by the tests and through uinput by sidetouchctl simulate; one
 * parser and one player serve both. tests/scenarios/README.md describes the statements.
 */
#ifndef SIDETOUCH_SCENARIO_H
#define SIDETOUCH_SCENARIO_H

#include <glib.h>
#include <stdbool.h>

#include "common/ear.h"
#include "common/input.h"
#include "common/units.h"

enum scenario_kind {
	SCENARIO_DEVICE, /* device phone|tablet: the first statement of every file */
	SCENARIO_APP,    /* app org.gnome.Calculator | app none */
	SCENARIO_PRESS,  /* [with] press left-top 60ms [at +3,-1] [major 26mm] [palm] [hovering] */
	SCENARIO_CHORD,  /* [with] chord left-top + right-top 80ms */
	SCENARIO_FINGER, /* [with] finger 30,60 [-> 30,100] 200ms [major 26mm [minor 14mm]] [palm]
			    ... */
	SCENARIO_WAIT,   /* wait 300ms */
	SCENARIO_LINK,   /* link down | link up: the daemon goes and comes back */
	SCENARIO_EAR,    /* ear place [30,40] | ear tap | ear lift ... */
	SCENARIO_CHEEK,  /* [with] cheek 800ms */
	SCENARIO_PROXIMITY, /* proximity near|far|unknown: what the sensor says */
	SCENARIO_EXPECT,    /* expect press|hold|cancel|say|command|pass ... */
};

enum scenario_expect {
	SCENARIO_EXPECT_PRESS,   /* expect press left-top | none */
	SCENARIO_EXPECT_HOLD,    /* expect hold left-top [+ right-top] | none */
	SCENARIO_EXPECT_CANCEL,  /* expect cancel left-top [+ right-top] | none */
	SCENARIO_EXPECT_SAY,     /* expect say "Back, press again" | none */
	SCENARIO_EXPECT_COMMAND, /* expect command back | none: the whole command as written */
	SCENARIO_EXPECT_CHORD,   /* expect chord left-top + right-top | none */
	SCENARIO_EXPECT_NOTICE,  /* expect notice escape-on | none */
	SCENARIO_EXPECT_PASS, /* expect pass none | N (contacts) | X,Y -> X,Y (mm, within 1 mm) */
	SCENARIO_EXPECT_EAR,  /* expect ear tap | none: what the ear did, enter and leave too */
};
#define SCENARIO_EXPECT_COUNT 9

enum scenario_ear {
	SCENARIO_EAR_PLACE, /* arrives, and rests on the glass until lifted */
	SCENARIO_EAR_LIFT,
	SCENARIO_EAR_TAP,
	SCENARIO_EAR_DOUBLE_TAP,
	SCENARIO_EAR_SWIPE_UP,
	SCENARIO_EAR_SWIPE_DOWN,
	SCENARIO_EAR_SWIPE_LEFT,
	SCENARIO_EAR_SWIPE_RIGHT,
	SCENARIO_EAR_MOVE, /* ear move +20,0: while it rests */
	SCENARIO_EAR_MODE, /* ear mode on|off: the user's command */
	SCENARIO_EAR_SEED, /* ear seed 7: another ear */
};
#define SCENARIO_EAR_COUNT 11

/* A made-up touchscreen: what `device` names; driver/sim_panel has the rest of it. */
struct scenario_device {
	const char *name;
	double width_mm;
	double height_mm;
	unsigned slots;
	bool is_rich; /* it tells of palms, and of fingers that hover */
};

struct scenario_statement {
	unsigned line;
	enum scenario_kind kind;
	bool with; /* "with finger ...": goes on beside the statements after it */
	const struct scenario_device *device;
	enum pad pad;
	enum pad other;       /* chord: the second one */
	struct input input;   /* expect: of which pad or pads */
	double major_mm;      /* how wide the finger is; 0: as a fingertip */
	double minor_mm;      /* the other way; 0: just as wide */
	bool palm;            /* the panel calls it one */
	bool hovers;          /* it stays over the glass */
	struct mm_point from; /* finger's start; press: offset from the pad's centre */
	struct mm_point to;
	struct usec duration;
	bool up; /* link, ear mode */
	enum scenario_ear ear;
	enum ear_proximity proximity;
	enum ear_kind gesture; /* expect ear */
	enum scenario_expect expect;
	bool none;
	bool has_path;  /* expect pass X,Y -> X,Y; ear place X,Y */
	unsigned count; /* expect pass N, ear seed N */
	char *text;     /* app (NULL for none), say, command, notice */
};

struct scenario {
	char *name; /* the file's, for messages */
	struct scenario_statement *statements;
	size_t count;
};

#define SCENARIO_ERROR (scenario_error_quark())
GQuark scenario_error_quark(void);
enum scenario_error {
	SCENARIO_ERROR_READ,   /* the file cannot be read */
	SCENARIO_ERROR_FORMAT, /* FILE:LINE: what is wrong */
};

/* NULL with error set to "FILE:LINE: what is wrong" for the first wrong line. */
struct scenario *scenario_read(const char *path, GError **error);
/* The same from text in memory, size bytes; name stands for the file in messages. */
struct scenario *scenario_parse(const char *name, const char *text, size_t size, GError **error);
void scenario_free(struct scenario *scenario);

/* The device of that name, NULL when there is none; and the names there are. */
const struct scenario_device *scenario_device_find(const char *name);
const char *const *scenario_device_names(size_t *count);

/* "press", "hold", "cancel", "say", "command", "chord", "notice", "pass"; never NULL. */
const char *scenario_expect_to_str(enum scenario_expect expect);

#endif
