/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Puts calibration, default and drift together into the pads that are in force.
 * Called by driver/panel, driver/flow and driver/calibrator.
 * Owns what struct film holds.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/film.h"

#include <errno.h>
#include <math.h>

#include "common/alarm.h"
#include "driver/drift.h"

/* How long after a press what has crept is written: a flash is not worn, and a crash loses less
 * than a film creeps in a day. */
#define SAVE_AFTER_MS 600000
/* Less than this is not worth writing, nor moving a pad for: a thumb does not feel it. */
#define WORTH_MM 0.1

struct film {
	struct calibration_store *store;
	struct calibration_identity identity;
	char *name;
	struct probe probe;
	char *problem;
	struct calibration calibration; /* as read or adopted */
	int error;                      /* there is no film: 0, -EINVAL or -ERANGE */
	struct drift drift;             /* in mm as mounted */
	struct overlay in_force;        /* the same axes; what was given out last */
	struct overlay written;         /* where the drift that was written last puts the pads */
	struct alarm *save_timer;
	bool save_is_due;
	bool warn;
	enum pad warn_pad;
};

static double
furthest_mm(const struct overlay *a, const struct overlay *b)
{
	double furthest = 0;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		furthest = fmax(furthest, mm_distance(a->pads[pad].centre, b->pads[pad].centre));
	return furthest;
}

/* --- the file --- */

static char *
describe_fault(enum overlay_fault fault, enum pad pad, enum pad other)
{
	switch (fault) {
	case OVERLAY_OUTSIDE:
		return g_strdup_printf("%s is not on this touchscreen", pad_to_str(pad));
	case OVERLAY_RADIUS:
		return g_strdup_printf("the radius of %s is not between %g and %g mm",
				       pad_to_str(pad), OVERLAY_RADIUS_MIN_MM,
				       OVERLAY_RADIUS_MAX_MM);
	case OVERLAY_NEAR:
		return g_strdup_printf("%s is less than %g mm from %s", pad_to_str(pad),
				       OVERLAY_APART_MIN_MM, pad_to_str(other));
	case OVERLAY_FINE:
		break;
	}
	return NULL;
}

/* What is wrong with a file that could be read; NULL when nothing is. */
static char *
find_fault(const struct film *film, const struct calibration *read,
	   const struct calibration_lines *lines)
{
	g_autofree char *path = NULL, *what = NULL;
	enum pad pad = PAD_LEFT_TOP, other = PAD_LEFT_TOP;
	enum overlay_fault fault;
	double width, height;

	if (!read->has_film)
		return NULL;
	probe_mounted_size(&film->probe, &width, &height);
	fault = overlay_check(&read->film, width, height, &pad, &other);
	what = describe_fault(fault, pad, other);
	if (!what)
		return NULL;
	path = calibration_store_path(film->store, &film->identity);
	return g_strdup_printf("%s:%u: %s", path, lines->pad[pad], what);
}

/* A film of a file that does not fit on this panel: the default one is used. How large pads are and
 * how near to each other, who writes such a file decides. */
static void
check_file(struct film *film)
{
	const struct device_overlay *file = film->probe.film;
	unsigned pad = 0;
	double width, height;

	if (!file || film->error < 0)
		return;
	probe_mounted_size(&film->probe, &width, &height);
	while (pad < PAD_COUNT && overlay_is_on_panel(&file->film, (enum pad)pad, width, height))
		pad++;
	if (pad == PAD_COUNT)
		return;
	film->problem =
	    g_strdup_printf("%s: %s is not on this touchscreen, which is %.0f by %.0f mm",
			    file->origin, pad_to_str((enum pad)pad), width, height);
	g_warning("%s; the default film is used", film->problem);
	film->probe.film = NULL;
}

static void
load(struct film *film)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *problem = NULL;
	struct calibration_lines lines = {0};
	struct calibration read = {0};

	if (!film->store || film->error < 0)
		return;
	if (!calibration_store_load(film->store, &film->identity, &read, &lines, &error))
		problem = error ? g_strdup(error->message) : NULL;
	else
		problem = find_fault(film, &read, &lines);
	if (!problem) {
		film->calibration = read;
		return;
	}
	g_warning("%s; the default film is used, until you calibrate again with: "
		  "sidetouchctl calibrate",
		  problem);
	g_free(film->problem);
	film->problem = g_steal_pointer(&problem);
}

/* --- what is in force --- */

/* From the calibration: where the film is, and how far it has crept from there. */
static void
settle(struct film *film)
{
	struct overlay base;

	film->error = probe_film(&film->probe, &base);
	if (film->calibration.has_film) {
		base = film->calibration.film;
		film->error = 0;
	}
	if (film->error < 0)
		return;
	drift_init(&film->drift, &base);
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		film->drift.pads[pad].mean = film->calibration.drift[pad].offset;
		film->drift.pads[pad].presses = film->calibration.drift[pad].presses;
	}
	drift_film(&film->drift, &film->in_force);
	film->written = film->in_force;
}

/* --- keeping what has crept --- */

static struct calibration
with_drift(const struct film *film)
{
	struct calibration calibration = film->calibration;

	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		calibration.drift[pad].offset = film->drift.pads[pad].mean;
		calibration.drift[pad].presses = film->drift.pads[pad].presses;
	}
	return calibration;
}

static void
write_drift(struct film *film)
{
	struct calibration calibration;

	if (!film->store || film->error < 0 ||
	    furthest_mm(&film->in_force, &film->written) < WORTH_MM)
		return;
	calibration = with_drift(film);
	film->written = film->in_force;
	calibration_store_save(film->store, &film->identity, &calibration, NULL, NULL, 0);
}

static void
on_save(void *data)
{
	struct film *film = data;

	film->save_is_due = false;
	write_drift(film);
}

struct film *
film_new(struct calibration_store *store, const struct input_id *id, const char *name,
	 const struct probe *probe)
{
	struct film *film = g_new0(struct film, 1);

	film->store = store;
	film->name = g_strdup(name);
	film->probe = *probe;
	film->save_timer = alarm_new(on_save, film);
	film->identity = (struct calibration_identity){
	    .id = *id,
	    .name = film->name,
	    .width_mm = probe->width_mm,
	    .height_mm = probe->height_mm,
	};
	film->error = film_check(film) < 0 ? -EINVAL : 0;
	check_file(film);
	load(film);
	settle(film);
	return film;
}

struct film *
film_free(struct film *film)
{
	if (!film)
		return NULL;
	alarm_free(film->save_timer);
	write_drift(film);
	g_free(film->problem);
	g_free(film->name);
	g_free(film);
	return NULL;
}

bool
film_is_placed(const struct film *film)
{
	return film->calibration.has_film || film->probe.film;
}

const char *
film_problem(const struct film *film)
{
	return film->problem;
}

int
film_overlay(const struct film *film, struct overlay *out)
{
	if (film->error < 0)
		return film->error;
	*out = film->in_force;
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		(void)probe_unmount(&film->probe, film->in_force.pads[pad].centre,
				    &out->pads[pad].centre);
	return 0;
}

double
film_major_scale(const struct film *film)
{
	if (film->calibration.major_scale > 0)
		return film->calibration.major_scale;
	return film->probe.quirks.major_scale > 0 ? film->probe.quirks.major_scale : 1;
}

struct mm_point
film_mount(const struct film *film, struct mm_point kernel)
{
	struct mm_point mounted = kernel;

	(void)probe_mount(&film->probe, kernel, &mounted);
	return mounted;
}

/* --- presses --- */

bool
film_press(struct film *film, const struct core_press *press)
{
	struct overlay now;

	if (press->phase != PRESS_UP || film->error < 0)
		return false;
	if (drift_press(&film->drift, press->pad, film_mount(film, press->landed))) {
		film->warn = true;
		film->warn_pad = press->pad;
	}
	drift_film(&film->drift, &now);
	if (furthest_mm(&now, &film->in_force) < WORTH_MM)
		return false;
	film->in_force = now;
	if (!film->save_is_due) {
		film->save_is_due = true;
		alarm_set(film->save_timer, usec_add(press->time, usec_from_ms(SAVE_AFTER_MS)));
	}
	return true;
}

bool
film_take_warning(struct film *film, enum pad *pad)
{
	bool warn = film->warn;

	film->warn = false;
	*pad = film->warn_pad;
	return warn;
}

/* --- calibration --- */

int
film_check(const struct film *film)
{
	struct mm_point ignored;

	return probe_mount(&film->probe, (struct mm_point){0, 0}, &ignored) < 0 ? -ERANGE : 0;
}

int
film_measure(const struct film *film, const struct link_calibration_set *places,
	     struct calibration *out)
{
	enum pad pad, other;
	double width, height;

	if (film_check(film) < 0)
		return -ERANGE;
	*out =
	    (struct calibration){.has_film = true, .major_scale = places->major_permille / 1000.0};
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		const struct link_calibration_pad *place = &places->pads[i];

		out->film.pads[i] = (struct overlay_pad){
		    {place->x_um / 1000.0, place->y_um / 1000.0}, place->radius_um / 1000.0};
	}
	probe_mounted_size(&film->probe, &width, &height);
	return overlay_check(&out->film, width, height, &pad, &other) == OVERLAY_FINE ? 0 : -ERANGE;
}

void
film_save(struct film *film, const struct calibration *calibration,
	  calibration_store_saved_fn *saved, void *data, uint32_t tag)
{
	calibration_store_save(film->store, &film->identity, calibration, saved, data, tag);
}

void
film_adopt(struct film *film, const struct calibration *calibration)
{
	film->calibration = *calibration;
	g_clear_pointer(&film->problem, g_free);
	film->warn = false;
	settle(film);
}
