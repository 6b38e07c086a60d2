#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What sidetouchd and sidetouch-voice cost while nothing happens, after they have spoken: wake-ups and memory. The
# driver's are in tests/vm/bench-cost.sh. Run by tests/bench/run.
# Usage: tests/bench/bench-idle.sh [SECONDS]   (60 unless told)
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(readlink -f "${BUILD:-build}")
# shellcheck source=tests/support/idle.sh
. tests/support/idle.sh
# shellcheck source=tests/bench/machine.sh
. tests/bench/machine.sh
seconds=${1:-60}
trap pipewire_stop EXIT
trap 'exit 1' INT TERM HUP
idle_start $((seconds + 30)) || {
	tail -n 5 "$pipewire_dir"/*.log >&2
	exit 1
}
daemon=$(wakeups "$daemon_pid") voice=$(wakeups "$voice_pid")
pipewire_pause "$seconds"
daemon=$(($(wakeups "$daemon_pid") - daemon)) voice=$(($(wakeups "$voice_pid") - voice))
echo "machine  $(machine_facts)"
echo "promise  0 wake-ups in 60 s; 12288 kB resident each"
echo "command  tests/bench/bench-idle.sh"
echo
printf '%-16s %4d wake-ups in %d s, %s\n' sidetouchd "$daemon" "$seconds" "$(memory "$daemon_pid")" \
	sidetouch-voice "$voice" "$seconds" "$(memory "$voice_pid")"
