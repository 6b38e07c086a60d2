/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The link between sidetouch-driver (server) and sidetouchd (client): every message there is.
 * SOCK_SEQPACKET at /run/sidetouch/driver.sock, checked by common/packet on both sides.
 * A connection starts with the driver's HELLO and its PANELs; the pads are live only after the
 * daemon's HELLO, and the driver hangs up when that does not come within LINK_HELLO_MS.
 */
#ifndef SIDETOUCH_LINK_H
#define SIDETOUCH_LINK_H

#include "common/ear.h"
#include "common/packet.h"
#include "common/pad.h"

#define LINK_VERSION     4
#define LINK_SOCKET_PATH "/run/sidetouch/driver.sock"

/* A daemon that was started answers in a few ms; 2 s is the longest wait of all programs here. */
#define LINK_HELLO_MS 2000
/* A PRESS that is not SEEN within this time came to a hung daemon: the driver hangs up, so that
 * the pads pass through again. Longer than any pause measured of a busy daemon (100 ms promised).
 */
#define LINK_SEEN_MS 1000

/* What an ear or a calibration is told of is kept from the system meanwhile: a daemon that reads
 * none of it for this long hangs, and the panel is to work again. Longer than any pause of a
 * machine that swaps, since a hand at the ear can wait; shorter than patience with a dead panel. */
#define LINK_READ_MS 5000

/* Longer than the 20 s after which the daemon ends a calibration, plus its longest sentence: a
 * daemon that hangs does not keep the panel. */
#define LINK_CALIBRATE_IDLE_MS 60000

/* A pad's radius, from a pad that a thumb just hits to one that leaves its neighbours room. */
#define LINK_RADIUS_MIN_UM 4000u
#define LINK_RADIUS_MAX_UM 10000u
/* Panels tell a finger's size as 0.2 to 77 mm where 15.5 is right (measured): 0.2 to 78. */
#define LINK_MAJOR_MIN_PERMILLE 100u
#define LINK_MAJOR_MAX_PERMILLE 100000u

/* No panel is larger than a wall; 0 means unknown. */
#define LINK_SIZE_MAX_UM 5000000u

#define LINK_NAME_SIZE 80 /* bytes of a panel's name, its NUL included; uinput's limit */

#define LINK_NOTICE_SIZE 256 /* bytes of a notice's text, its NUL included: a sentence */

enum link_type {
	/* driver to daemon */
	LINK_DRIVER_HELLO = 1,
	LINK_REFUSED = 2,
	LINK_PANEL = 3,
	LINK_PRESS = 4,
	LINK_TOUCH = 5,
	LINK_KEY_DONE = 6,
	LINK_CHORD = 7,
	LINK_NOTICE = 8,
	LINK_EAR = 9,
	LINK_SAMPLE = 10,
	LINK_CALIBRATION_DONE = 11,
	LINK_EAR_SEEN = 14,
	LINK_EAR_KEY = 15,
	/* daemon to driver */
	LINK_DAEMON_HELLO = 32,
	LINK_TYPE_KEY = 33,
	LINK_WATCH = 34,
	LINK_SEEN = 35,
	LINK_PROXIMITY = 36,
	LINK_EAR_MODE = 37,
	LINK_BUZZ = 38,
	LINK_CALIBRATE = 39,
	LINK_CALIBRATION_SET = 40,
	LINK_EAR_LEARN = 50,
	LINK_HOLD_KEY = 51,
};

enum link_refusal {
	LINK_REFUSED_USER = 1, /* the peer is not the user of the active session of the seat */
	LINK_REFUSED_BUSY = 2, /* another daemon of this user is connected */
};

enum link_panel_state {
	LINK_PANEL_WAITING = 1,  /* seen, not grabbed yet: something touches it */
	LINK_PANEL_READY = 2,    /* grabbed, its clone is in place */
	LINK_PANEL_REFUSED = 3,  /* another program has grabbed it */
	LINK_PANEL_NO_CLONE = 4, /* /dev/uinput missing or not permitted: left alone */
	LINK_PANEL_NO_SIZE = 5,  /* grabbed, but its size in mm is unknown, so it has no pads */
	LINK_PANEL_GONE = 6,     /* unplugged */
};

enum link_modifier {
	LINK_SHIFT = 1 << 0,
	LINK_CONTROL = 1 << 1,
	LINK_ALT = 1 << 2,
	LINK_SUPER = 1 << 3,
};
#define LINK_MODIFIER_MASK 15u

/* Whether the driver lets the device be felt. */
enum link_buzz_state {
	LINK_BUZZ_NONE = 0,   /* it has no vibrator: whoever else has one may */
	LINK_BUZZ_DRIVER = 1, /* it buzzes at each press, and when asked to */
	LINK_BUZZ_OFF = 2,    /* the machine's owner wants none */
};

/* Said again when something of it has changed. */
struct link_driver_hello {
	struct packet_header header;
	uint32_t can_type; /* 1 when the driver has a keyboard of its own, else 0 */
	uint32_t buzz;     /* enum link_buzz_state */
	uint32_t reserved; /* 0 */
};

struct link_refused {
	struct packet_header header;
	uint32_t reason; /* enum link_refusal */
};

struct link_panel {
	struct packet_header header;
	uint32_t panel; /* a number that stays this panel's while the driver runs */
	uint32_t state; /* enum link_panel_state */
	uint32_t width_um;
	uint32_t height_um;
	uint32_t slots;
	char name[LINK_NAME_SIZE]; /* valid UTF-8, NUL-terminated */
};

struct link_press {
	struct packet_header header;
	uint32_t press; /* one number from DOWN to UP or CANCEL, rising */
	uint32_t panel;
	uint32_t pad;     /* enum pad */
	uint32_t phase;   /* enum press_phase */
	uint64_t down_us; /* kernel's CLOCK_MONOTONIC when the contact landed */
	uint64_t time_us; /* and when this phase happened; never before down_us */
};

/* Once after each WATCH: a contact that is no press landed. Where, it never says. */
struct link_touch {
	struct packet_header header;
	uint64_t time_us;
};

struct link_key_done {
	struct packet_header header;
	uint32_t request;
	int32_t error; /* 0 or a negative errno */
};

/*
 * The phone is at an ear (EAR_ENTER), no longer (EAR_LEAVE), or what the ear did in between. No pad
 * counts while it is there. Not to be SEEN, for a gesture that comes late is only late; but to be
 * read within LINK_READ_MS, for nothing that touches reaches the system meanwhile.
 */
struct link_ear {
	struct packet_header header;
	uint32_t panel;
	uint32_t kind;   /* enum ear_kind */
	int32_t by_x_um; /* swipes and moves: how far, to the right and down as mounted; else 0 */
	int32_t by_y_um;
	uint64_t time_us; /* kernel's CLOCK_MONOTONIC when it was certain */
};

/* While EAR_LEARN is on: a touch is over, and this was seen of it. */
struct link_ear_seen {
	struct packet_header header;
	uint32_t panel;
	uint32_t patches; /* contacts at once, at most */
	uint32_t size_um; /* from one end to the other, at most; 0: the panel does not say */
	uint32_t ear;     /* 1: it was the ear's; 0: it was not, or not yet */
	uint64_t lasted_us;
};

/* The key that the machine's owner has named for it was pressed: the ear on, or off. */
struct link_ear_key {
	struct packet_header header;
	uint64_t time_us;
};

/*
 * A contact on a panel that is being calibrated, when it lands (DOWN) and when it has ended (UP, or
 * CANCEL when how it ended is unknown). It is nobody else's: no press, and not the clone's.
 */
struct link_sample {
	struct packet_header header;
	uint32_t panel;
	uint32_t contact; /* one number from DOWN to UP or CANCEL, rising */
	uint32_t phase;   /* enum press_phase, never HOLD */
	int32_t x_um;     /* where it landed, from the top left corner as mounted */
	int32_t y_um;
	uint32_t travel_um; /* the furthest it has been from there */
	uint32_t major_um;  /* the largest it has been as the panel tells it; 0: it does not */
	uint32_t reserved;  /* 0 */
	uint64_t down_us;   /* kernel's CLOCK_MONOTONIC when it landed */
	uint64_t time_us;   /* and when this phase happened; never before down_us */
};

/* The answer to CALIBRATE (on) and to CALIBRATION_SET. */
struct link_calibration_done {
	struct packet_header header;
	uint32_t panel;
	uint32_t request;  /* which of the two types it answers */
	int32_t error;     /* 0 or a negative errno; what each means is said with those two */
	uint32_t reserved; /* 0 */
};

/*
 * Two pads pressed together: one input of its own. Its DOWN follows the DOWN of the second press,
 * and both presses are cancelled right after it. UP when the first of the two lifts.
 */
struct link_chord {
	struct packet_header header;
	uint32_t chord; /* one number from DOWN to UP or CANCEL, of the same series as presses */
	uint32_t panel;
	uint32_t pads[2]; /* enum pad, the smaller one first */
	uint32_t
	    presses[2]; /* the presses that it is made of; 0: none, it came while the ear was on */
	uint32_t phase; /* enum press_phase */
	uint32_t reserved; /* 0 */
	uint64_t down_us;  /* kernel's CLOCK_MONOTONIC when the second contact landed */
	uint64_t time_us;  /* and when this phase happened; never before down_us */
};

enum link_notice_kind {
	LINK_NOTICE_ESCAPE_ON = 1,  /* five fingers lay still: every touch passes for a minute */
	LINK_NOTICE_ESCAPE_OFF = 2, /* the minute is over */
	LINK_NOTICE_BAD_FILE = 3,   /* text: FILE:LINE: what is wrong; what was shipped is used */
	LINK_NOTICE_FILM_CREPT = 4, /* text: a sentence that asks for a calibration */
	LINK_NOTICE_RECORD_ON = 5,  /* an observer is told all that touches a panel */
	LINK_NOTICE_RECORD_OFF = 6, /* and no longer */
	LINK_NOTICE_MONITOR_ON = 7, /* an observer is told what becomes of touches */
	LINK_NOTICE_MONITOR_OFF = 8,
	/* A finger touched beside a pad of a film that nobody has placed. Told a few times at most,
	 * and not where: it is for offering a calibration. */
	LINK_NOTICE_BESIDE = 9,
};

/* Something that the user is to be told of. */
struct link_notice {
	struct packet_header header;
	uint32_t kind;               /* enum link_notice_kind */
	uint32_t panel;              /* whose it is; 0: none's */
	char text[LINK_NOTICE_SIZE]; /* what the kind leaves open, valid UTF-8, NUL-terminated */
};

struct link_daemon_hello {
	struct packet_header header;
	uint32_t pid; /* for the driver's log only */
};

struct link_type_key {
	struct packet_header header;
	uint32_t request;
	uint32_t key;       /* KEY_... of linux/input-event-codes.h, below KEY_MAX, no button */
	uint32_t modifiers; /* enum link_modifier bits */
};

/* Tell me once when another contact lands (a first press is armed), or no longer. */
struct link_watch {
	struct packet_header header;
	uint32_t on;
};

/* The daemon's loop has taken this press. */
struct link_seen {
	struct packet_header header;
	uint32_t press;
};

/* What the proximity sensor says, for all panels; unknown until told, and when the daemon goes. */
struct link_proximity {
	struct packet_header header;
	uint32_t proximity; /* enum ear_proximity */
};

/*
 * The user wants the ear on (1), whatever the sensor says, or off (0), until it is near anew. On,
 * it ends like any ear: when the sensor says far after near, without a sensor when nothing touches
 * any more, and when the daemon goes. A chord is told while it is on, as the way out. Answered by
 * EAR_ENTER or EAR_LEAVE, unless it was so already.
 */
struct link_ear_mode {
	struct packet_header header;
	uint32_t on;
};

/* Tell EAR_SEEN (1), or no longer (0); off when the daemon goes. */
struct link_ear_learn {
	struct packet_header header;
	uint32_t on;
};

/*
 * Hold a key down (1), or let it go (0). One at a time; when the daemon goes it is let go. Down is
 * answered by KEY_DONE as TYPE_KEY is; of letting go nothing is told, and its request is 0.
 */
struct link_hold_key {
	struct packet_header header;
	uint32_t request;
	uint32_t key;       /* as in TYPE_KEY */
	uint32_t modifiers; /* enum link_modifier bits */
	uint32_t down;
};

enum link_buzz_kind {
	LINK_BUZZ_PRESS = 1, /* one short buzz */
	LINK_BUZZ_ARMED = 2, /* two: the next press runs the command */
};

/* Let the device be felt; without a vibrator nothing happens. */
struct link_buzz {
	struct packet_header header;
	uint32_t kind; /* enum link_buzz_kind */
};

/*
 * Turn the contacts of a panel into SAMPLEs, or back into touches and presses. It ends by itself
 * when the daemon goes, and LINK_CALIBRATE_IDLE_MS after the last of these messages: as long as it
 * is to go on, it is sent again. Answered each time it is on, with CALIBRATION_DONE: -ENODEV no
 * such panel, or it is not in use; -ERANGE its size is unknown.
 */
struct link_calibrate {
	struct packet_header header;
	uint32_t panel;
	uint32_t on;
};

/*
 * The film lies here: kept for this panel, and in force at once. Answered with CALIBRATION_DONE:
 * -ENODEV no such panel; -ERANGE a pad outside of the panel, or two nearer than 12 mm; -EROFS,
 * -ENOSPC, -EACCES ...: it could not be kept, and what was before is still in force.
 */
struct link_calibration_set {
	struct packet_header header;
	uint32_t panel;
	uint32_t major_permille; /* true size of a contact / size the panel tells; 0: unknown */
	struct link_calibration_pad {
		int32_t x_um; /* from the top left corner as mounted */
		int32_t y_um;
		uint32_t radius_um;
	} pads[PAD_COUNT];
};

extern const struct packet_protocol link_protocol;

/* Put what an ear did into its message; the panel and the header are left to the caller. */
void link_ear_init(struct link_ear *message, const struct ear_event *event);

void link_ear_seen_init(struct link_ear_seen *message, const struct ear_seen *seen);

/* "escape-on", "escape-off", "bad-file"; never NULL. */
const char *link_notice_kind_to_str(enum link_notice_kind kind);

/* "waiting", "ready", "refused", "no-clone", "no-size", "gone"; never NULL. */
const char *link_panel_state_to_str(enum link_panel_state state);

#endif
