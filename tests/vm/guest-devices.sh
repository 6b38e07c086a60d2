#!/bin/bash
# vm: timeout 600
# SPDX-License-Identifier: GPL-3.0-or-later
# Devices that are no ordinary touchscreen, on a real kernel: run inside a guest by tests/vm/run, as root, with udevd
# up, $BUILD set and the repository as the current folder. Prints TAP.
set -u
# shellcheck source=tests/vm/guest.sh
. tests/vm/guest.sh

install_rules
ok $? "the service's user and the udev rules install"
run_tap "$BUILD/tools/kernel-keys"
# As where libinput has no helpers for udev: the kernel itself smooths what wavers.
: > /run/udev/rules.d/90-libinput-fuzz-override.rules
udevadm control --reload
run_tap "$BUILD/tools/kernel-state"
rm /run/udev/rules.d/90-libinput-fuzz-override.rules
# Each plug costs most of a second where all is emulated, so it is without what libinput's quirks (100 files on the host's
# disk) and the rules of other devices would cost each time. Those that find a touchscreen and name its clone stay.
mkdir -p /run/quirks
printf '[None]\nMatchName=none\nModelAppleTouchpad=1\n' > /run/quirks/10-none.quirks
for rule in /lib/udev/rules.d/*.rules; do
	case $rule in
	*/50-udev-default.rules | */60-input-id.rules) ;;
	*) [[ -e /run/udev/rules.d/${rule##*/} ]] || ln -s /dev/null "/run/udev/rules.d/${rule##*/}" ;;
	esac
done
udevadm control --reload
LIBINPUT_QUIRKS_DIR=/run/quirks run_tap "$BUILD/tools/kernel-hotplug" 100
# "nobody" may read touchscreens and make devices here.
chmod 1777 /run
chmod 0666 /dev/uinput
run_tap "$BUILD/tools/kernel-devices" "$(id -u nobody)" "$(getent group input | cut -d: -f3)"
guest_end
