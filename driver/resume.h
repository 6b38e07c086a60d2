/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notices that the machine has slept, without logind and without ever waking up for it.
 * Used by driver/driver, which then opens its panels anew: some never speak again through a
 * descriptor from before.
 * Owns a timer that never fires and the source that watches it.
 */
#ifndef SIDETOUCH_RESUME_H
#define SIDETOUCH_RESUME_H

#include <stdbool.h>
#include <stdint.h>

struct resume;

/* resumed is called from the main loop after each sleep. -errno when the kernel has no such timer.
 */
int resume_new(void (*resumed)(void *data), void *data, struct resume **out);
struct resume *resume_free(struct resume *resume);

/*
 * Whether the machine slept between two looks at how far CLOCK_BOOTTIME is ahead of
 * CLOCK_MONOTONIC, which only a sleep changes.
 */
bool resume_has_slept(int64_t before_us, int64_t now_us);

#endif
