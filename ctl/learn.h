/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl learn`: every button only says what it would do; with --ear the daemon leads
 * through the ear's gestures, and what it says is printed. Called by ctl/main's table of
 * subcommands. Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_LEARN_H
#define SIDETOUCH_CTL_LEARN_H

/* argv[0] is the subcommand's name. The exit code: 0 done, of the ear all of it, 1 not, 2 wrong
 * usage. */
int ctl_learn(int argc, char **argv);

#endif
