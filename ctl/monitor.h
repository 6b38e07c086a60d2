/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl monitor`: what each touch became, and why.
 * Called by ctl/main.c's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_MONITOR_H
#define SIDETOUCH_CTL_MONITOR_H

/* argv[0] is "monitor". Returns the exit code: 0 done, 1 failed, 2 wrong usage. */
int ctl_monitor(int argc, char **argv);

#endif
