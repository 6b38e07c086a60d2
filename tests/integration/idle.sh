#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Nobody touches anything: sidetouchd and sidetouch-voice, which have spoken English and Chinese through a real PipeWire,
# are not woken once after the stream was corked, and are small. The driver's wake-ups are counted on a real kernel, in
# tests/vm. tests/bench/bench-idle.sh counts for a minute.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
command -v pipewire wireplumber pipewire-pulse pactl > /dev/null || { echo "1..0 # SKIP PipeWire is not installed"; exit 0; }
# shellcheck source=tests/support/idle.sh
. tests/support/idle.sh
seconds=10
resident_max_kb=12288 # design: 12 MB each
trap pipewire_stop EXIT
trap 'exit 1' INT TERM HUP
idle_start $((4 * seconds + 30)) || {
	echo "Bail out! nothing was said: $(tail -n 3 "$pipewire_dir"/*.log)"
	exit 1
}
# A slow machine may still end what it began: of four spans one has to be still, and no timer skips one.
for try in 1 2 3 4; do
	daemon_before=$(wakeups "$daemon_pid") voice_before=$(wakeups "$voice_pid")
	pipewire_pause "$seconds"
	daemon=$(($(wakeups "$daemon_pid") - daemon_before)) voice=$(($(wakeups "$voice_pid") - voice_before))
	((daemon + voice)) || break
	echo "# span $try: sidetouchd $daemon, sidetouch-voice $voice wake-ups"
done
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then echo "ok $number - $what"; else echo "not ok $number - $what" && failed=1; fi
}
check "idle, sidetouchd is never woken ($daemon wake-ups in $seconds s)" [ "$daemon" = 0 ]
check "nor is sidetouch-voice ($voice)" [ "$voice" = 0 ]
# Asked last, since the answer may be news for the voice as well.
corked() { [[ $(pactl list sink-inputs) == *'Corked: yes'* ]]; }
check "whose stream the server need not serve" corked

# What a sanitizer notes of all memory is as much again; what it adds is not ours.
resident_kb() { awk '/^Rss:/ { print $2 }' "/proc/$1/smaps_rollup"; }
for process in "sidetouchd $daemon_pid" "sidetouch-voice $voice_pid"; do
	what="${process% *}, with what it said in English and Chinese: $(memory "${process#* }"), at most $resident_max_kb kB"
	if nm "$BUILD/${process% *}" | grep -q __asan_init; then
		check "$what # SKIP built with a sanitizer" true
	else
		check "$what" [ "$(resident_kb "${process#* }")" -le "$resident_max_kb" ]
	fi
done
echo "1..$number"
exit $failed
