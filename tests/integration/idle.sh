#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Nobody touches anything: sidetouchd and sidetouch-voice, which have spoken before, are not woken once. The driver's
# wake-ups are counted on a real kernel, in tests/vm. tests/bench/bench-idle.sh counts for a minute.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
command -v pipewire wireplumber pipewire-pulse > /dev/null || { echo "1..0 # SKIP PipeWire is not installed"; exit 0; }
# shellcheck source=tests/support/idle.sh
. tests/support/idle.sh
seconds=10
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
for count in "sidetouchd $daemon" "sidetouch-voice $voice"; do
	number=$((number + 1))
	what="idle, ${count% *} is never woken (${count#* } wake-ups in $seconds s)"
	if [[ ${count#* } == 0 ]]; then echo "ok $number - $what"; else echo "not ok $number - $what" && failed=1; fi
done
echo "1..$number"
exit $failed
