/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl calibrate`: asks the daemon to lead through a calibration, and prints what it says.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_CALIBRATE_H
#define SIDETOUCH_CTL_CALIBRATE_H

/* argv[0] is the subcommand's name. The exit code: 0 calibrated, 1 not, 2 wrong usage. */
int ctl_calibrate(int argc, char **argv);

#endif
