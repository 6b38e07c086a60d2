#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the driver costs a device on which nothing happens, and under ten fingers at 240 Hz, a minute each: wake-ups, lost
# frames, memory; see tests/tools/kernel-cost.c. Run in a guest by tests/bench/run, as root.
set -u
# shellcheck source=tests/vm/installed.sh
. tests/vm/installed.sh
# shellcheck source=tests/bench/machine.sh
. tests/bench/machine.sh
install_rules > /dev/null 2>&1 || exit 1
echo "machine  $(machine_facts)"
echo "command  tests/bench/run bench-cost"
echo
"$BUILD/tools/kernel-cost" 60 60
