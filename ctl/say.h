/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl say TEXT`, or `say -` for what comes on standard input: any bytes are spoken, those
 * that are no text part words. Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_SAY_H
#define SIDETOUCH_CTL_SAY_H

/* argv[0] is the subcommand's name. The exit code: 0 done, 1 failed, 2 wrong usage. */
int ctl_say(int argc, char **argv);

#endif
