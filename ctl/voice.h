/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl voice`: how the voice speaks.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_VOICE_H
#define SIDETOUCH_CTL_VOICE_H

/* The exit code: 0 done, 1 failed, 2 wrong usage. */
int ctl_voice(int argc, char **argv);

#endif
