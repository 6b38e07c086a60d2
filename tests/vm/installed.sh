# SPDX-License-Identifier: GPL-3.0-or-later
# The service's user and udev rules as `make install` would put them, in the guest's own overlay. Sourced by
# tests/vm/guest-*.sh and tests/vm/bench-*.sh as root, with udevd up and the repository as the current folder.
# shellcheck shell=bash

install_rules() {
	mkdir -p /run/udev/rules.d /etc/sysusers.d
	cp install/60-sidetouch.rules /run/udev/rules.d/
	cp install/sidetouch.sysusers /etc/sysusers.d/sidetouch.conf
	systemd-sysusers && udevadm control --reload && udevadm trigger /dev/uinput && udevadm settle
}
