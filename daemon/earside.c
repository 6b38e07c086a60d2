/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Joins sensors, commands and the voice's place.
 * Called by the daemon's main object in its loop; never waits.
 * Owns what struct earside holds.
 *
 * | who says so                     | what becomes of it                                        |
 * | ------------------------------- | --------------------------------------------------------- |
 * | the proximity sensor            | told to the driver, which knows touches                   |
 * | a chord, a key, a command       | told to the driver as EAR_MODE, spoken                    |
 * | the accelerometer: lying flat   | told to the driver as EAR_MODE 0                          |
 * | the driver: EAR_ENTER, LEAVE    | speech to the earpiece and back, an earcon                |
 */
#include "daemon/earside.h"

#include "daemon/accelerometer.h"
#include "daemon/callaudio.h"
#include "daemon/earside_words.h"
#include "daemon/sensor_proxy.h"
#include "daemon/turn.h"

/* Where there is no earpiece: a tenth as loud to the ear, as whispering is to speaking. */
#define LOWERED_PERCENT 30
#define NORMAL_PERCENT  100

struct earside {
	struct earside_parts parts;
	const struct earside_events *events;
	void *data;
	struct sensor_proxy *sensors;
	struct accelerometer *accelerometer;
	struct turn turn;
	struct callaudio *callaudio; /* NULL until there is a session bus */
	bool at_ear;
	bool commanded; /* it is there by command, or is to be */
	bool learning;
	enum ear_proximity proximity; /* as the service says */
	bool missing;                 /* there is none, which is said when it matters */
	bool had_earpiece;            /* since the ear came */
	bool moved;                   /* by callaudiod: the loudspeaker is off */
	bool no_earpiece_said;
};

static struct usec
now(void)
{
	return usec_from_us((uint64_t)g_get_monotonic_time());
}

static void
tell_mode(struct earside *earside, bool on)
{
	struct link_ear_mode message = {.on = on};

	(void)driver_link_send(earside->parts.link, &message.header, LINK_EAR_MODE,
			       sizeof(message));
}

/* --- where speech sounds --- */

static void
route(struct earside *earside)
{
	const struct voice_choice *choice = talk_choice(earside->parts.talk);
	bool calling = callaudio_is_calling(earside->callaudio);
	struct voice_route message = {
	    .volume_percent = earside->at_ear ? choice->ear_volume_percent : NORMAL_PERCENT,
	    /* In a call the routes are callaudiod's. */
	    .ear = earside->at_ear && !calling,
	    .lowered_percent = MIN(LOWERED_PERCENT, choice->ear_volume_percent),
	};

	if (earside->moved)
		message.lowered_percent = choice->ear_volume_percent;
	if (earside->at_ear && !calling)
		g_strlcpy(message.sink, choice->earpiece, sizeof(message.sink));
	speech_route(earside->parts.speech, &message);
	if (earside->at_ear && calling)
		callaudio_to_ear(earside->callaudio);
}

static void
no_earpiece(struct earside *earside)
{
	bool gone = earside->had_earpiece;

	earside->had_earpiece = false;
	if (!gone && earside->no_earpiece_said)
		return;
	earside->no_earpiece_said = true;
	earside->events->say_after(earside->data, earside_words_no_earpiece(gone));
}

static void
on_callaudio(void *data, bool done)
{
	struct earside *earside = data;

	if (!earside->at_ear || callaudio_is_calling(earside->callaudio))
		return;
	earside->moved = done;
	if (done)
		route(earside);
	else
		no_earpiece(earside);
}

void
earside_routed(struct earside *earside, const struct voice_routed *routed)
{
	privacy_place(earside->parts.privacy, earside->at_ear,
		      routed->place == VOICE_PLACE_HEADPHONES);
	if (!earside->at_ear || !routed->ear)
		return;
	if (routed->done)
		earside->had_earpiece = true;
	else if (callaudio_is_there(earside->callaudio) && !earside->had_earpiece)
		callaudio_to_ear(earside->callaudio);
	else if (!earside->moved)
		no_earpiece(earside);
}

/* --- the sensors --- */

static void
on_proximity(void *data, enum ear_proximity proximity)
{
	struct earside *earside = data;
	struct link_proximity message = {.proximity = proximity};

	earside->proximity = proximity;
	(void)driver_link_send(earside->parts.link, &message.header, LINK_PROXIMITY,
			       sizeof(message));
}

static void
on_turn(void *data, enum sensor_turn turn)
{
	struct earside *earside = data;

	turn_quarter(&earside->turn, turn, now());
}

static void
on_tilt(void *data, bool flat)
{
	struct earside *earside = data;

	turn_tilt(&earside->turn, flat, now());
}

/* Most tablets have none: that is worth a word to whoever goes to the ear. */
static void
tell_missing(struct earside *earside)
{
	if (earside->missing && earside->proximity == EAR_PROXIMITY_UNKNOWN && earside->at_ear &&
	    !earside->learning)
		earside->events->problem(earside->data, earside_words_fault(SENSOR_FAULT_MISSING));
}

static void
on_fault(void *data, enum sensor_fault fault)
{
	struct earside *earside = data;

	if (fault == SENSOR_FAULT_MISSING) {
		earside->missing = true;
		tell_missing(earside);
	} else {
		earside->events->problem(earside->data, earside_words_fault(fault));
	}
}

static const struct sensor_proxy_events sensor_events = {
    .proximity = on_proximity,
    .turn = on_turn,
    .flat = on_tilt,
    .fault = on_fault,
};

static void
on_sample(void *data, const struct acceleration *acceleration, struct usec time)
{
	struct earside *earside = data;

	turn_sample(&earside->turn, acceleration, time);
}

/* The kernel's is absent or busy: quarter turns are better than none. */
static void
on_accelerometer_lost(void *data)
{
	struct earside *earside = data;

	sensor_proxy_want_turn(earside->sensors, earside->at_ear);
}

static const struct accelerometer_events accelerometer_events = {
    .sample = on_sample,
    .lost = on_accelerometer_lost,
};

static bool
is_mirrored(const struct earside *earside)
{
	return talk_choice(earside->parts.talk)->ear == VOICE_EAR_LEFT;
}

static void
on_step(void *data, bool clockwise, struct usec time)
{
	struct earside *earside = data;

	if (!earside->learning)
		earside->events->rotate(earside->data, clockwise != is_mirrored(earside), time);
}

static void
on_flat(void *data, struct usec time)
{
	struct earside *earside = data;

	(void)time;
	if (earside->at_ear && !earside->learning)
		tell_mode(earside, false);
}

static const struct turn_events turn_events = {
    .step = on_step,
    .flat = on_flat,
};

/* --- the whole --- */

struct earside *
earside_new(const struct earside_parts *parts, const struct earside_events *events, void *data)
{
	struct earside *earside = g_new0(struct earside, 1);

	earside->parts = *parts;
	earside->events = events;
	earside->data = data;
	earside->sensors = sensor_proxy_new(&sensor_events, earside);
	earside->accelerometer =
	    accelerometer_new(parts->accelerometers, &accelerometer_events, earside);
	turn_init(&earside->turn, &turn_events, earside);
	return earside;
}

struct earside *
earside_free(struct earside *earside)
{
	if (!earside)
		return NULL;
	sensor_proxy_free(earside->sensors);
	accelerometer_free(earside->accelerometer);
	callaudio_free(earside->callaudio);
	g_free(earside);
	return NULL;
}

void
earside_bus(struct earside *earside, GDBusConnection *bus)
{
	if (!earside->callaudio)
		earside->callaudio = callaudio_new(bus, on_callaudio, earside);
}

static void
set_at_ear(struct earside *earside, bool at_ear)
{
	if (earside->at_ear == at_ear)
		return;
	earside->at_ear = at_ear;
	earside->had_earpiece = earside->moved = false;
	/* What is private stops before it could be heard elsewhere. */
	privacy_place(earside->parts.privacy, at_ear, earside->parts.privacy->in_headphones);
	talk_set_at_ear(earside->parts.talk, at_ear);
	if (!at_ear)
		callaudio_back(earside->callaudio);
	route(earside);
	speech_earcon(earside->parts.speech, at_ear ? VOICE_EARCON_EAR : VOICE_EARCON_EAR_OFF);
	turn_set_on(&earside->turn, at_ear, now());
	if (at_ear)
		accelerometer_start(earside->accelerometer);
	else
		accelerometer_stop(earside->accelerometer);
	if (!at_ear)
		sensor_proxy_want_turn(earside->sensors, false);
}

static void
on_panel(void *data, const struct link_panel *panel)
{
	bool *any = data;

	/* A device with keys has no size, and no ear. */
	*any |= panel->width_um > 0 && panel->state != LINK_PANEL_GONE &&
		panel->state != LINK_PANEL_REFUSED;
}

void
earside_link(struct earside *earside)
{
	bool up = driver_link_is_up(earside->parts.link);
	bool possible = false;

	if (up)
		driver_link_foreach_panel(earside->parts.link, on_panel, &possible);
	/* The driver takes only the daemon of the session that is active. */
	sensor_proxy_want_proximity(earside->sensors, up && possible);
	if (up)
		return;
	earside->commanded = false;
	set_at_ear(earside, false);
}

static void
entered(struct earside *earside)
{
	set_at_ear(earside, true);
	if (earside->learning)
		return;
	if (earside->commanded)
		earside->events->say(earside->data, 0, earside_words_at_ear(true));
	tell_missing(earside);
}

static void
left(struct earside *earside)
{
	bool commanded = earside->commanded;

	earside->commanded = false;
	/* However it ended: another panel, or one that is opened anew, must not go on. */
	if (commanded || earside->learning)
		tell_mode(earside, earside->learning);
	if (earside->learning)
		return;
	set_at_ear(earside, false);
	if (commanded)
		earside->events->say(earside->data, 0, earside_words_at_ear(false));
}

static enum ear_kind
mirror(enum ear_kind kind)
{
	if (kind == EAR_SWIPE_LEFT)
		return EAR_SWIPE_RIGHT;
	return kind == EAR_SWIPE_RIGHT ? EAR_SWIPE_LEFT : kind;
}

enum ear_kind
earside_ear(struct earside *earside, enum ear_kind kind, struct usec time)
{
	(void)time;
	if (kind == EAR_ENTER)
		entered(earside);
	else if (kind == EAR_LEAVE)
		left(earside);
	return is_mirrored(earside) ? mirror(kind) : kind;
}

char *
earside_command(struct earside *earside, const char *value)
{
	bool on = value ? g_str_equal(value, "on") : !earside->at_ear;

	if (!driver_link_is_up(earside->parts.link))
		return g_strdup(driver_link_state(earside->parts.link));
	if (on == earside->at_ear)
		return g_strdup(earside_words_at_ear(on));
	/* What comes of it is said when the driver has done it. */
	earside->commanded = true;
	tell_mode(earside, on);
	return NULL;
}

void
earside_set_learning(struct earside *earside, bool learning)
{
	bool was = earside->learning;

	earside->learning = learning;
	if (was != learning || learning)
		tell_mode(earside, learning);
}

void
earside_changed(struct earside *earside)
{
	if (earside->at_ear)
		route(earside);
}

bool
earside_is_at_ear(const struct earside *earside)
{
	return earside->at_ear;
}

enum ear_proximity
earside_proximity(const struct earside *earside)
{
	return earside->proximity;
}
