/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Turns CALIBRATE into samples of a panel, and CALIBRATION_SET into a film that lies elsewhere.
 * Called by driver/driver.
 * Owns what struct calibrator holds; panels are looked up each time, since they come and go.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/calibrator.h"

#include <errno.h>
#include <math.h>

#include "common/alarm.h"
#include "driver/drift.h"

/* As far as a film laid on by hand lies beside the default one, and no further: a tap there was for
 * a button. Bump dots of a whole hand's width beside it are found with `sidetouchctl calibrate`. */
#define BESIDE_MM 10.0
/* A tap on the glass lasts 55 to 188 ms (measured); a swipe that begins there lasts longer. */
#define BESIDE_MS 250
/* What is typed near the edge is nobody's affair: an offer takes one, its answer three, and a
 * second try of that three more. */
#define BESIDE_TOLD_MAX 7

struct calibrator {
	struct link_server *link;
	struct notices *notices;
	struct calibration_store *store;
	calibrator_find_fn *find;
	void *data;
	uint32_t sampled; /* the panel that is; 0: none */
	struct alarm *end;
	uint32_t kept; /* the panel whose places are being kept; 0: none */
	struct calibration places;
	unsigned beside; /* touches beside a pad that this daemon was told of */
};

static void
set_sampling(struct calibrator *calibrator, uint32_t number, bool sampling)
{
	struct panel *panel = calibrator->find(calibrator->data, number);
	struct flow *flow = panel ? panel_get_flow(panel) : NULL;

	if (flow)
		flow_set_sampling(flow, sampling);
}

static void
stop(struct calibrator *calibrator)
{
	if (calibrator->sampled != 0)
		set_sampling(calibrator, calibrator->sampled, false);
	calibrator->sampled = 0;
	alarm_unset(calibrator->end);
}

static void
on_end(void *data)
{
	struct calibrator *calibrator = data;

	g_warning("the daemon did not go on with its calibration: the panel is the system's again");
	stop(calibrator);
}

struct calibrator *
calibrator_new(struct link_server *link, struct notices *notices, struct calibration_store *store,
	       calibrator_find_fn *find, void *data)
{
	struct calibrator *calibrator = g_new0(struct calibrator, 1);

	calibrator->link = link;
	calibrator->notices = notices;
	calibrator->store = store;
	calibrator->find = find;
	calibrator->data = data;
	calibrator->end = alarm_new(on_end, calibrator);
	return calibrator;
}

struct calibrator *
calibrator_free(struct calibrator *calibrator)
{
	if (!calibrator)
		return NULL;
	calibration_store_forget(calibrator->store, calibrator);
	alarm_free(calibrator->end);
	g_free(calibrator);
	return NULL;
}

static void
answer(struct calibrator *calibrator, uint32_t panel, enum link_type request, int error)
{
	struct link_calibration_done done = {.panel = panel, .request = request, .error = error};

	link_server_send(calibrator->link, &done.header, LINK_CALIBRATION_DONE, sizeof(done));
}

static int
start(struct calibrator *calibrator, uint32_t number)
{
	struct panel *panel = calibrator->find(calibrator->data, number);
	const struct film *film = panel ? panel_get_film(panel) : NULL;
	int r = film ? film_check(film) : -ENODEV;

	if (r < 0)
		return r;
	if (calibrator->sampled != number)
		stop(calibrator);
	calibrator->sampled = number;
	/* Each time: the panel may have been given up and taken again meanwhile. */
	set_sampling(calibrator, number, true);
	alarm_set(calibrator->end, usec_add(usec_from_us((uint64_t)g_get_monotonic_time()),
					    usec_from_ms(LINK_CALIBRATE_IDLE_MS)));
	return 0;
}

static void
take_calibrate(struct calibrator *calibrator, const struct link_calibrate *message)
{
	if (message->on)
		answer(calibrator, message->panel, LINK_CALIBRATE,
		       start(calibrator, message->panel));
	else if (calibrator->sampled == message->panel)
		stop(calibrator);
}

static void
adopt(struct calibrator *calibrator, uint32_t number)
{
	struct panel *panel = calibrator->find(calibrator->data, number);
	struct link_panel message;

	/* Unplugged meanwhile: it will be read from its file. */
	if (!panel || !panel_get_film(panel))
		return;
	film_adopt(panel_get_film(panel), &calibrator->places);
	/* Otherwise it is taken with the film that it has. */
	if (panel_get_flow(panel))
		flow_take_film(panel_get_flow(panel));
	/* Neither a bad file nor a film that has crept is a trouble any more. */
	notices_forget(calibrator->notices, number);
	/* A panel too small for the default film has pads now. */
	if (panel_describe(panel, &message))
		link_server_send_panel(calibrator->link, &message);
}

static void
on_saved(void *data, uint32_t number, int error)
{
	struct calibrator *calibrator = data;

	if (error == 0)
		adopt(calibrator, number);
	calibrator->kept = 0;
	answer(calibrator, number, LINK_CALIBRATION_SET, error);
}

static void
take_set(struct calibrator *calibrator, const struct link_calibration_set *message)
{
	struct panel *panel = calibrator->find(calibrator->data, message->panel);
	struct film *film = panel ? panel_get_film(panel) : NULL;
	struct calibration places;
	int r = film ? 0 : -ENODEV;

	if (r == 0 && calibrator->kept != 0)
		r = -EBUSY;
	if (r == 0)
		r = film_measure(film, message, &places);
	if (r < 0) {
		answer(calibrator, message->panel, LINK_CALIBRATION_SET, r);
		return;
	}
	calibrator->places = places;
	calibrator->kept = message->panel;
	film_save(film, &places, on_saved, calibrator, message->panel);
}

bool
calibrator_take(struct calibrator *calibrator, const struct packet_header *message)
{
	if (message->type == LINK_CALIBRATE)
		take_calibrate(calibrator, (const void *)message);
	else if (message->type == LINK_CALIBRATION_SET)
		take_set(calibrator, (const void *)message);
	else
		return false;
	return true;
}

/* What a panel tells may be anything; what the link tells is in range. */
static int32_t
um_of(double mm, double min_um, double max_um)
{
	return (int32_t)lround(fmax(min_um, fmin(max_um, mm * 1000)));
}

void
calibrator_sample(struct calibrator *calibrator, struct panel *panel,
		  const struct core_sample *sample)
{
	const double limit_um = LINK_SIZE_MAX_UM;
	struct mm_point place = film_mount(panel_get_film(panel), sample->landed);
	struct link_sample message = {
	    .panel = panel_get_number(panel),
	    .contact = sample->contact,
	    .phase = sample->phase,
	    .x_um = um_of(place.x, -limit_um, limit_um),
	    .y_um = um_of(place.y, -limit_um, limit_um),
	    .travel_um = (uint32_t)um_of(sample->travel_mm, 0, 2 * limit_um),
	    .major_um = (uint32_t)um_of(sample->major_mm, 0, limit_um),
	    .down_us = sample->down.us,
	    .time_us = sample->time.us,
	};

	link_server_send(calibrator->link, &message.header, LINK_SAMPLE, sizeof(message));
}

void
calibrator_look(struct calibrator *calibrator, const struct panel *panel)
{
	const struct film *film = panel_get_film(panel);

	/* Taken again, after a sleep for one. */
	if (film && calibrator->sampled == panel_get_number(panel))
		set_sampling(calibrator, calibrator->sampled, true);
	if (film && film_problem(film))
		notices_keep(calibrator->notices, LINK_NOTICE_BAD_FILE, panel_get_number(panel),
			     film_problem(film));
}

void
calibrator_pressed(struct calibrator *calibrator, const struct panel *panel)
{
	g_autofree char *sentence = NULL;
	enum pad pad;

	if (!panel_get_film(panel) || !film_take_warning(panel_get_film(panel), &pad))
		return;
	sentence = g_strdup_printf("The film has crept by more than %.0f millimetres at %s. Lay it "
				   "on anew, or calibrate it with: sidetouchctl calibrate",
				   DRIFT_MAX_MM, pad_to_str(pad));
	notices_keep(calibrator->notices, LINK_NOTICE_FILM_CREPT, panel_get_number(panel),
		     sentence);
}

void
calibrator_contact(struct calibrator *calibrator, const struct panel *panel,
		   const struct core_became *became)
{
	const struct film *film = panel_get_film(panel);

	if (became->became != CORE_BECAME_FINGER || !became->live || !became->has_pads ||
	    became->beside_mm > BESIDE_MM ||
	    usec_since(became->time, became->down).us > usec_from_ms(BESIDE_MS).us || !film ||
	    film_is_placed(film) || calibrator->beside == BESIDE_TOLD_MAX)
		return;
	calibrator->beside++;
	notices_tell(calibrator->notices, LINK_NOTICE_BESIDE, panel_get_number(panel), NULL);
}

void
calibrator_listening(struct calibrator *calibrator, bool listening)
{
	calibrator->beside = 0;
	if (!listening)
		stop(calibrator);
}
