#!/bin/bash
# vm: timeout 900
# SPDX-License-Identifier: GPL-3.0-or-later
# Real fingers on real panels through the driver on a real kernel: run inside a guest by tests/vm/run, as root, with udevd
# up, $BUILD set and the repository as the current folder. Prints TAP.
set -u
# shellcheck source=tests/vm/guest.sh
. tests/vm/guest.sh
# shellcheck source=tests/vm/quick.sh
. tests/vm/quick.sh

install_rules
ok $? "the service's user and the udev rules install"
# shellcheck source=tests/support/recordings.sh
. tests/support/recordings.sh
# Two panels for each recording; what libinput does about a panel that wavers stays as it is.
plug_quickly 90-libinput-fuzz-override.rules
if [[ -d $recordings/fingers ]]; then
	run_tap "$BUILD/tools/kernel-recordings" "$recordings/fingers"
else
	ok 0 "recorded fingers through the driver # SKIP no recordings at $recordings"
fi
guest_end
