/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One timer of microseconds on CLOCK_MONOTONIC, set and unset without allocation.
 * The main loops of daemon and driver use it for what is due.
 * Owns its source on the thread-default main context.
 */
#ifndef SIDETOUCH_ALARM_H
#define SIDETOUCH_ALARM_H

#include <stdbool.h>

#include "common/units.h"

struct alarm;

struct alarm *alarm_new(void (*fire)(void *data), void *data);
/* The same, for waiting in vain: what has come by then is heard first, however late we look. */
struct alarm *alarm_new_patient(void (*fire)(void *data), void *data);
struct alarm *alarm_free(struct alarm *alarm);

/* Once at that time, instead of what was set before. From any thread; 0: at once. */
void alarm_set(struct alarm *alarm, struct usec time);
void alarm_unset(struct alarm *alarm);

#endif
