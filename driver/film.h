/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The film on one panel: where it was calibrated, or else where files or the default have it, and
 * how far it has crept from there.
 * Made by driver/panel when it takes a panel; asked by driver/flow for the pads in the kernel's
 * axes, told of presses, and given new places by driver/calibrator.
 * Owns the calibration, the drift and the timer that keeps it.
 */
#ifndef SIDETOUCH_FILM_H
#define SIDETOUCH_FILM_H

#include "common/link.h"
#include "driver/calibration_store.h"
#include "driver/core/core.h"
#include "driver/probe.h"

struct film;

/* The store may be NULL: nothing is read or kept. The rest is copied. */
struct film *film_new(struct calibration_store *store, const struct input_id *id, const char *name,
		      const struct probe *probe);
/* What has crept is given to the store. Returns NULL. */
struct film *film_free(struct film *film);

/* Whether anybody has said where it lies: a calibration, or a file of the machine's owner. */
bool film_is_placed(const struct film *film);
/* "FILE:LINE: what is wrong" of a file that is not used; NULL when all is well. */
const char *film_problem(const struct film *film);

/*
 * The pads in mm of the kernel's axes, where they are by now. -EINVAL: no size, or a mounting that
 * cannot be undone; -ERANGE: nothing was calibrated and the panel is too small for the default.
 */
int film_overlay(const struct film *film, struct overlay *out);
/* Size of a contact / size the panel tells, as measured or as a quirk says; else 1. */
double film_major_scale(const struct film *film);
/* A place in the kernel's axes as a place on the mounted panel. Only where film_overlay() or
 * film_check() did not say -EINVAL. */
struct mm_point film_mount(const struct film *film, struct mm_point kernel);

/*
 * A press, in the kernel's axes; only its end counts. True when the pads have moved by it:
 * film_overlay() is to be asked again. No I/O, no allocation: safe on the path of a frame.
 */
bool film_press(struct film *film, const struct core_press *press);
/* True once after the film has crept further than it is followed, at *pad. */
bool film_take_warning(struct film *film, enum pad *pad);

/* Whether it can be calibrated: 0, or -ERANGE when the panel's size is unknown. */
int film_check(const struct film *film);
/* New places, of which one may be kept at a time: 0 and *out to be kept, or -ERANGE. */
int film_measure(const struct film *film, const struct link_calibration_set *places,
		 struct calibration *out);
/* Keep it; saved is told when that has been done, or with which error not. */
void film_save(struct film *film, const struct calibration *calibration,
	       calibration_store_saved_fn *saved, void *data, uint32_t tag);
/* It was kept: from now on it is in force. */
void film_adopt(struct film *film, const struct calibration *calibration);

#endif
