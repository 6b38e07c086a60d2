/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl replay`: a recording through driver/core, without a device.
 * Called by ctl/main.c's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_REPLAY_H
#define SIDETOUCH_CTL_REPLAY_H

/* argv[0] is "replay". Returns the exit code: 0 done, 1 failed, 2 wrong usage. */
int ctl_replay(int argc, char **argv);

#endif
