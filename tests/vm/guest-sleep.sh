#!/bin/bash
# vm: sleeps
# SPDX-License-Identifier: GPL-3.0-or-later
# The driver on a machine that sleeps and wakes up: run inside a guest by tests/vm/run, as root, with udevd up, $BUILD set
# and the repository as the current folder. The guest's files are gone with its virtual disk after the sleep: what is used
# then is copied to memory first, and kernel-sleep prints the TAP to the console, where tests/vm/boot finds it.
set -u
# shellcheck source=tests/vm/guest.sh
. tests/vm/guest.sh

install_rules
memory=/run/sleep
mkdir -p "$memory"
cp "$BUILD/sidetouch-driver" "$BUILD/tools/kernel-sleep" "$memory/"
ldd "$memory/sidetouch-driver" "$memory/kernel-sleep" | awk '$2 == "=>" { print $3 }' | sort -u | xargs cp -t "$memory"
# The loader has one place.
loader=$(ldd "$memory/sidetouch-driver" | awk '/ld-/ { print $1 }') && loader=$(readlink -f "$loader")
cp "$loader" "$memory/loader" && mount --bind "$memory/loader" "$loader"
cd "$memory" || exit 1
# TZ: without it each line of a log asks /etc/localtime, a link on the disk that is gone. LC_ALL, CHARSET: a locale and
# glibc's table of conversions are mapped from files, and a process that ends has to close what it maps.
TZ=UTC0 LC_ALL=C CHARSET=UTF-8 BUILD=$memory LD_LIBRARY_PATH=$memory exec "$memory/kernel-sleep"
