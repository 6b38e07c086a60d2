/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An exponential mean of landings for each pad, and the film that follows it.
 * Called by driver/film.
 * Owns nothing.
 */
#include "driver/drift.h"

#include <math.h>

/* One press moves a pad by this share of its distance: a film that crept by 3 mm is followed to
 * within 1 mm after 55 presses, half a day's; one wild press of 6 mm moves it by 0.12 mm. */
#define SHARE 0.02
/* The first presses count as a plain mean from nothing, so that a new film is not thrown about by
 * its very first press: as if it had been hit in the middle that often. */
#define FIRST_PRESSES 25
/* The mean of so few presses is chance: no warning before. */
#define WARN_PRESSES 50
/* Beyond the limit by this much: a mean that wavers about it does not warn. */
#define WARN_MARGIN_MM 0.5
/* Steps in which a neighbour in the way is looked for: 3 mm / 64 is nothing a thumb feels. */
#define STEPS 64

void
drift_init(struct drift *drift, const struct overlay *film)
{
	*drift = (struct drift){.film = *film};
}

bool
drift_press(struct drift *drift, enum pad pad, struct mm_point landed)
{
	struct mm_point centre = drift->film.pads[pad].centre;
	struct mm_point *mean = &drift->pads[pad].mean;
	double share = fmax(SHARE, 1.0 / (FIRST_PRESSES + drift->pads[pad].presses + 1.0));

	mean->x += share * (landed.x - centre.x - mean->x);
	mean->y += share * (landed.y - centre.y - mean->y);
	drift->pads[pad].presses += drift->pads[pad].presses < WARN_PRESSES;
	if (drift->over || drift->pads[pad].presses < WARN_PRESSES ||
	    hypot(mean->x, mean->y) <= DRIFT_MAX_MM + WARN_MARGIN_MM)
		return false;
	drift->over = true;
	return true;
}

/* Where a pad is when it is followed by this share of the way, 0 to 1. */
static struct mm_point
followed(const struct drift *drift, unsigned pad, double share)
{
	struct mm_point centre = drift->film.pads[pad].centre;
	struct mm_point mean = drift->pads[pad].mean;
	double distance = hypot(mean.x, mean.y);
	double way = distance > DRIFT_MAX_MM ? DRIFT_MAX_MM / distance : 1;

	return (struct mm_point){centre.x + mean.x * way * share, centre.y + mean.y * way * share};
}

/* Whether all pads have room when all are followed by this share. */
static bool
has_room(const struct drift *drift, double share)
{
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		for (unsigned j = 0; j < i; j++) {
			double were =
			    mm_distance(drift->film.pads[i].centre, drift->film.pads[j].centre);
			double are =
			    mm_distance(followed(drift, i, share), followed(drift, j, share));

			if (are < fmin(were, OVERLAY_APART_MIN_MM))
				return false;
		}
	}
	return true;
}

void
drift_film(const struct drift *drift, struct overlay *out)
{
	unsigned steps = STEPS;

	/* With no step at all everything is where it was calibrated, which has room. */
	while (steps > 0 && !has_room(drift, (double)steps / STEPS))
		steps--;
	*out = drift->film;
	for (unsigned pad = 0; pad < PAD_COUNT; pad++)
		out->pads[pad].centre = followed(drift, pad, (double)steps / STEPS);
}
