/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A loop that does not come round any more, ours or a library's, ends the program: the kernel gives
 * every panel back, and systemd starts the driver anew.
 * Made by main() for the driver's loop; counts the processor's time and not the wall's, so that it
 * wakes nobody and no busy machine is mistaken for a stall.
 * Owns its timer; the turns are the loop's.
 */
#ifndef SIDETOUCH_STALL_H
#define SIDETOUCH_STALL_H

#include <stdatomic.h>

/* Many times what any turn takes, of which the longest is to look at a new panel (20 ms; 700 ms in
 * an emulated guest); a hand on a dead panel waits up to twice this. */
#define STALL_CPU_MS 5000
/* How a stalled program ends: EX_SOFTWARE of sysexits.h. */
#define STALL_EXIT_CODE 70

struct stall;

/*
 * From now on the program ends when the calling thread spends this much processor time, or up to
 * twice as much, and turns stays the same. 0 or -errno. turns outlives it.
 */
int stall_new(const atomic_uint *turns, unsigned cpu_ms, struct stall **out);
struct stall *stall_free(struct stall *stall);

#endif
