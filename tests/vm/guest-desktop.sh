#!/bin/bash
# vm: timeout 600
# SPDX-License-Identifier: GPL-3.0-or-later
# From a touch in the kernel to an app that others wrote: the driver under a real compositor with a real calculator.
# Run in a guest by tests/vm/run, as root. Prints TAP.
set -u
# shellcheck source=tests/vm/desktop.sh
. tests/vm/desktop.sh

panel_start
ok $? "a touchscreen is plugged in"
desktop_start
ok $? "a desktop is up: compositor, accessibility bus, sound"
driver_start
ok $? "the driver takes the touchscreen and makes a clone"
calculator_start
ok $? "the calculator is in front, active, and knows of a touchscreen and of the driver's keyboard"
tap_button 4
shows 4
ok $? "an ordinary touch reaches the app through the clone"

# Nobody listens to the driver. On this screen the calculator's 7 lies under the middle of pad left-bottom.
panel_do tap 5 113.2 80
shows 47
ok $? "with no daemon a touch on a pad passes too"
expected=47

driver_kill
await clone_is none
ok $? "killed, the driver leaves no clone"
tap_button 8
expected+=8
shows "$expected"
ok $? "the next touch reaches the app at once, without the driver"
driver_start
ok $? "started again, it takes the touchscreen again, with nothing down"
await clone_in_compositor
tap_button 9
expected+=9
shows "$expected"
ok $? "and touches reach the app again"

# Killed with a finger down. The app is not told of its end by this compositor (sway 1.7 ignores libinput's cancel when
# a touchscreen is unplugged), so the next touch ends it and only the one after counts: what we owe is that it arrives.
panel_do down 0 34 40
await clone_is 1
ok $? "a finger is down on the clone"
driver_kill
await clone_is none
ok $? "killed with a finger down, the driver leaves no slot down: the clone is gone"
panel_do up 0
before=$(touches)
tap_button 1
await more_touches_than "$before"
ok $? "the next touch arrives at the app at once"
tap_button 2
driver_start
ok $? "started again, nothing is down on the clone"
await clone_in_compositor
before=$(oracle shown)
tap_button 3
shows "${before}3"
ok $? "and touches press the app's buttons again"
finish
