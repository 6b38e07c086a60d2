/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `sidetouchctl simulate SCENARIO...`: plays scenarios and says whether what they expect came out.
 * Called by ctl/main with the arguments from the command's name on.
 * Owns nothing after it returns.
 */
#ifndef SIDETOUCH_SIMULATE_H
#define SIDETOUCH_SIMULATE_H

/* 0: all that was expected came; 1: something did not; 2: wrong usage. */
int ctl_simulate(int argc, char **argv);

#endif
