#!/bin/bash
# vm: timeout 600
# SPDX-License-Identifier: GPL-3.0-or-later
# sidetouchctl record and monitor on a real kernel: run inside a guest by tests/vm/run, as root, with udevd up, $BUILD
# set and the repository as the current folder. Prints TAP.
set -u
mkdir -p /run/udev/rules.d /etc/sysusers.d
cp install/60-sidetouch.rules /run/udev/rules.d/
cp install/sidetouch.sysusers /etc/sysusers.d/sidetouch.conf
systemd-sysusers && udevadm control --reload && udevadm trigger /dev/uinput && udevadm settle
exec "$BUILD/tools/kernel-observe"
