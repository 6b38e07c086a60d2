/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl status` and `profile`: ask the running daemon, check a file.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_STATUS_H
#define SIDETOUCH_CTL_STATUS_H

/* argv[0] is the subcommand's name. Each returns the exit code: 0 done, 1 failed, 2 wrong usage. */
int ctl_status(int argc, char **argv);

#endif
