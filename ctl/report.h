/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl report`: what a bug report needs, in one file: versions, what doctor finds, what is
 * connected, and the shapes of the last gestures. No text, no names of apps or people.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_REPORT_H
#define SIDETOUCH_CTL_REPORT_H

int ctl_report(int argc, char **argv);

#endif
