/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a silent application is doing: stopped, at work, or asleep although it was asked something.
 * Called by daemon/a11y_call when nothing was answered for a while; reads /proc only.
 * Owns nothing; the parsers are pure and take the files' text.
 */
#ifndef SIDETOUCH_A11Y_PULSE_H
#define SIDETOUCH_A11Y_PULSE_H

#include <stdbool.h>
#include <stdint.h>

enum a11y_pulse {
	A11Y_PULSE_STOPPED, /* by a signal or a debugger, or dead: it answers nothing */
	A11Y_PULSE_AT_WORK, /* it runs, waits for a core, or for a disk: its answer may come */
	A11Y_PULSE_ASLEEP,  /* it waits for something else than us; or nobody knows */
};

/* From /proc/PID/stat or /proc/PID/task/TID/stat: of one thread. */
enum a11y_pulse a11y_pulse_from_stat(const char *text);
/* From /proc/loadavg: whether more threads want to run than there are cores. */
bool a11y_pulse_is_crowded(const char *loadavg, unsigned cores);
/* Whether any thread of a process is at work, but for the one that asks. */
bool a11y_pulse_has_thread_at_work(uint32_t pid);

/*
 * Of a process, 0: unknown. Stopped is one whose first thread is, at work one of which any thread
 * is: Java answers from another than the first. One that sleeps is taken to be at work, too, while
 * a thread of ours is, which may be reading its answer, and on a machine with more to run than it
 * has cores: the bus or the screen that it waits for may be what has no core.
 */
enum a11y_pulse a11y_pulse_of(uint32_t pid);

#endif
