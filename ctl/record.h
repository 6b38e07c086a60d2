/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl record`: what a touchscreen sends, as an evemu recording, for bug reports.
 * Called by ctl/main.c's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_RECORD_H
#define SIDETOUCH_CTL_RECORD_H

/* argv[0] is "record". Returns the exit code: 0 done, 1 failed, 2 wrong usage. */
int ctl_record(int argc, char **argv);

#endif
