#!/bin/bash
# vm: timeout 600
# SPDX-License-Identifier: GPL-3.0-or-later
# Devices that are no ordinary touchscreen, on a real kernel: run inside a guest by tests/vm/run, as root, with udevd
# up, $BUILD set and the repository as the current folder. Prints TAP.
set -u
# shellcheck source=tests/vm/guest.sh
. tests/vm/guest.sh
# shellcheck source=tests/vm/quick.sh
. tests/vm/quick.sh

install_rules
ok $? "the service's user and the udev rules install"
# Also as where libinput has no helpers for udev: the kernel itself smooths what wavers.
plug_quickly
run_tap "$BUILD/tools/kernel-keys"
run_tap "$BUILD/tools/kernel-state"
run_tap "$BUILD/tools/kernel-hotplug" 100
# "nobody" may read touchscreens and make devices here.
chmod 1777 /run
chmod 0666 /dev/uinput
run_tap "$BUILD/tools/kernel-devices" "$(id -u nobody)" "$(getent group input | cut -d: -f3)"
guest_end
