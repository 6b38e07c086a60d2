/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units as types: time in microseconds of CLOCK_MONOTONIC, places in millimetres of the panel.
 * A struct of one member cannot be passed where another unit belongs, so a mix-up does not compile.
 * Everything that takes part in a press uses these; time always comes in as a parameter.
 */
#ifndef SIDETOUCH_UNITS_H
#define SIDETOUCH_UNITS_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

struct usec {
	uint64_t us;
};

static inline struct usec
usec_from_us(uint64_t us)
{
	return (struct usec){us};
}

static inline struct usec
usec_from_ms(uint64_t ms)
{
	return (struct usec){ms * 1000};
}

static inline double
usec_to_ms(struct usec time)
{
	return (double)time.us / 1000.0;
}

static inline struct usec
usec_add(struct usec a, struct usec b)
{
	return (struct usec){a.us + b.us};
}

/* The time from earlier to later; 0 when they are the other way round (a clock that stepped). */
static inline struct usec
usec_since(struct usec later, struct usec earlier)
{
	return (struct usec){later.us > earlier.us ? later.us - earlier.us : 0};
}

/* Whether a span of time is at least so many milliseconds. */
static inline bool
usec_lasts_ms(struct usec span, uint64_t ms)
{
	return span.us >= ms * 1000;
}

static inline bool
usec_before(struct usec a, struct usec b)
{
	return a.us < b.us;
}

static inline struct usec
usec_min(struct usec a, struct usec b)
{
	return usec_before(a, b) ? a : b;
}

static inline struct usec
usec_max(struct usec a, struct usec b)
{
	return usec_before(a, b) ? b : a;
}

/* A place on the panel: millimetres from its top left corner as mounted. */
struct mm_point {
	double x;
	double y;
};

static inline double
mm_distance(struct mm_point a, struct mm_point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

#endif
