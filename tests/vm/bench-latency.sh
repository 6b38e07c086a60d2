#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# How long a touch takes from the kernel through a forwarder to a reader of its clone: none, the smallest there can be,
# interception-tools, sidetouch-driver; see tests/bench/pass-latency.c. Run in a guest by tests/bench/run, as root.
set -u
# shellcheck source=tests/vm/installed.sh
. tests/vm/installed.sh
# shellcheck source=tests/bench/machine.sh
. tests/bench/machine.sh
rounds=2 frames=1000
counted=${1:-} # bench-counted.sh: the clock counts instructions
install_rules || exit 1
echo "machine  $(machine_facts)"
echo "frames   $frames for each of 1 and 5 contacts, $rounds rounds; one forwarder after the other with each frame"
[[ $counted ]] && echo "clock    2 ns for each instruction of kernel and programs, whatever it costs this emulator or a processor"
echo "time     from before the write to the simulated touchscreen until a reader of the clone has read the frame"
echo "peers    interception-tools $(package_version interception-tools) (interception | uinput); tests/bench/forward.c"
echo "promise  sidetouch at most x 1.15 of the smallest forwarder"
echo "command  tests/bench/run ${counted:-latency}"
echo
raw=$(mktemp)
"$BUILD/bench/pass-latency" "$rounds" "$frames" > "$raw" || { tail -n 3 "$raw"; exit 1; }
tests/bench/percentiles.py us --against "smallest forwarder" < "$raw"
