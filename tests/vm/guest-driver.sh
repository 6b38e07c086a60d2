#!/bin/bash
# vm: timeout 900
# SPDX-License-Identifier: GPL-3.0-or-later
# The driver on a real kernel: run inside a guest by tests/vm/run, as root, with udevd up, $BUILD set
# and the repository as the current folder. Prints TAP.
set -u
# shellcheck source=tests/vm/guest.sh
. tests/vm/guest.sh
# shellcheck source=tests/vm/quick.sh
. tests/vm/quick.sh

# A tablet that is mounted turned: what kernel-mount expects.
cat >/run/udev/rules.d/50-rig.rules <<'RULE'
ATTRS{name}=="Sidetouch simulated tablet", ATTRS{phys}=="sidetouch/simulated", KERNEL=="event*", ENV{LIBINPUT_CALIBRATION_MATRIX}="0 -1 1 1 0 0", ENV{WL_OUTPUT}="DSI-1", ENV{LIBINPUT_FUZZ_35}="4", ENV{ID_INPUT_TOUCHSCREEN_INTEGRATION}="internal"
RULE
install_rules
ok $? "the service's user and the udev rules install"
[[ $(stat -c %G:%a /dev/uinput) == sidetouch:660 ]]
ok $? "/dev/uinput is the service's: $(stat -c %G:%a /dev/uinput)"

run_tap "$BUILD/tools/kernel-pass"
run_tap "$BUILD/tools/kernel-cost" 10 5
run_tap "$BUILD/tools/kernel-mount"
# Until here all is as on a machine; what comes now starts the driver a dozen times.
plug_quickly
run_tap "$BUILD/tools/kernel-ear"
run_tap "$BUILD/tools/kernel-ear-inputs"
run_tap "$BUILD/tools/kernel-buzz"
# "nobody" may read touchscreens here, but not make devices.
chmod 1777 /run
run_tap "$BUILD/tools/kernel-trouble" "$(id -u nobody)" "$(getent group input | cut -d: -f3)"

guest_end
