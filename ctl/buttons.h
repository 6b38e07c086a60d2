/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl buttons [SETTING [VALUE]]`: how the buttons are confirmed.
 * Called by ctl/main's table of subcommands.
 * Owns nothing between calls.
 */
#ifndef SIDETOUCH_CTL_BUTTONS_H
#define SIDETOUCH_CTL_BUTTONS_H

int ctl_buttons(int argc, char **argv);

#endif
