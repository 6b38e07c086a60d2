/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What ear.c, which handles frames, and ear_time.c, which handles all else, know of each other.
 * Included by these two only.
 * struct ear is the caller's.
 */
#ifndef SIDETOUCH_EAR_PRIVATE_H
#define SIDETOUCH_EAR_PRIVATE_H

#include "driver/core/ear.h"

/* Near, and a single contact of unknown size: longer than a finger's tap, it is the ear. */
#define EAR_SIZELESS_MS 150 /* taps of fingers last 50 to 150 ms, arriving ears 200 and more */
/* By its shape alone, the ear is on until nothing of it was there for so long. */
#define EAR_LEAVE_MS 3000 /* issue 4 */

/* By command and without a sensor it is on until nothing of it was there for EAR_LEAVE_MS, or until
 * it has not come for so long. */
#define EAR_COME_MS 15000 /* a hand that has pressed two buttons takes a few seconds to the ear */

bool ear_is_touched(const struct ear *ear);
/* Something other than the shape says that the phone is at the ear. */
bool ear_is_agreed(const struct ear *ear);
/* Whether a touch may turn the ear on. */
bool ear_may_enter(const struct ear *ear);
/* When one contact without a size, which is no more than near and long, becomes the ear. */
bool ear_sizeless_deadline(const struct ear *ear, struct usec *deadline);

/* The ear is on; what touches, if anything does, brought it there. */
void ear_enter(struct ear *ear, struct usec time, bool touched);
/* The ear is off, if it was on; what touches stays what it was. */
void ear_leave(struct ear *ear, struct usec time);
/* Something touches: whether it shows to be the ear now. */
void ear_handle_touched(struct ear *ear, struct usec time);

#endif
