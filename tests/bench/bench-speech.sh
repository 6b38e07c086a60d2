#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# From the frame that lifts the finger to the first sample that is no silence, and from the landing that stops speech to
# silence, at the monitor of PipeWire's null sink; beside speech-dispatcher with its warm espeak-ng module, over its own
# protocol and by spd-say; and from the voice's death in a word until it is heard again. Two rounds each; see
# tests/bench/speech-latency.c. Run by tests/bench/run.
# Usage: tests/bench/bench-speech.sh [RUNS]   (of each; 50 unless told)
# On a machine that does other things as well these are the figures of that machine's queue for the processor. Run by
# root as `chrt --rr 10 tests/bench/bench-speech.sh`, everyone in it, the peer too, is served before the rest.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(readlink -f "${BUILD:-build}")
# shellcheck source=tests/support/pipewire.sh
. tests/support/pipewire.sh
# shellcheck source=tests/bench/machine.sh
. tests/bench/machine.sh
half=$(((${1:-50} + 1) / 2))
latency=$BUILD/bench/speech-latency
[[ -x $latency ]] || {
	echo "speech-latency is not built: install libpipewire-0.3-dev (make deps), then run: make test-programs" >&2
	exit 1
}

trap pipewire_stop EXIT
trap 'exit 1' INT TERM HUP
pipewire_start || {
	echo "a private PipeWire does not start:" >&2
	tail -n 5 "$pipewire_dir"/*.log >&2
	exit 1
}
raw=$pipewire_dir/raw
pipewire_spawn monitor-lag "$BUILD/bench/monitor-lag"
pipewire_await 10 pw-link click:port speech:playback_FL && pipewire_await 10 pw-link speech:monitor_FL listen:port
wait "$pipewire_pid"
lag=$(< "$pipewire_dir/monitor-lag.log")
[[ $lag == "$(sed -n 's/^#define MONITOR_LAG_CYCLES //p' tests/bench/monitor.h)" ]] || {
	echo "the monitor of this PipeWire's null sink is late by other cycles than tests/bench/monitor.h takes off: $lag" >&2
	exit 1
}
# "TS, nice -11" or "FF 88": how the threads that mix are served; a desktop's are by rtkit.
served() { # PID
	ps -L -o cls=,rtprio=,ni= -p "$1" | awk '$1 == "FF" || $1 == "RR" { best = $1 " " $2 }
		END { print best ? best : $1 " " $3 }'
}

measure_sidetouch() {
	local socket=$XDG_RUNTIME_DIR/driver.sock daemon code
	pipewire_spawn sidetouchd "$BUILD/sidetouchd" --driver-socket "$socket" --profiles "$pipewire_dir/config" \
		--voice "$BUILD/sidetouch-voice" --app-source bus
	daemon=$pipewire_pid
	"$latency" sidetouch "$socket" "$half" >> "$raw" && "$latency" killed "$socket" "$half" "$daemon" >> "$raw"
	code=$?
	pipewire_end "$daemon"
	((code == 0)) || tail -n 5 "$pipewire_dir/sidetouchd.log" >&2
	return "$code"
}

# As Debian configures it.
measure_speechd() {
	local socket=$XDG_RUNTIME_DIR/speechd.sock server code=0 how
	mkdir -p "$pipewire_dir/speechd" && rm -f "$socket"
	pipewire_spawn speechd speech-dispatcher -s -t 0 -l 1 -c unix_socket -S "$socket" -L "$pipewire_dir/speechd" \
		-P "$pipewire_dir/speechd/pid"
	server=$pipewire_pid
	pipewire_await 10 test -S "$socket" || code=1
	for how in ssip spd-say; do
		((code)) || "$latency" "$how" "$socket" "$half" >> "$raw" || code=1
	done
	pipewire_end "$server"
	return "$code"
}

stalls="$(machine_stalls 15) before"
for _ in 1 2; do
	measure_sidetouch && measure_speechd || exit 1
done
echo "machine  $(machine_facts)"
echo "stalls   of the machine itself: $stalls, $(machine_stalls 15) after"
echo "served   $(served "$BASHPID"), PipeWire's mixing $(served "$(pgrep -xf pipewire -P $$)")"
echo "monitor  $lag cycle late, which is taken off"
echo "sound    PipeWire $(package_version pipewire), support.null-audio-sink, WirePlumber, pipewire-pulse, all private"
echo "peer     speech-dispatcher $(package_version speech-dispatcher), espeak-ng module, warm; ssip: a connection kept open"
echo "texts    \"Back, press again\" and \"Activate, press again\", two rounds"
echo "promise  to first sound 10 / 20 ms and half of the peer's p50; stop to silence 5 ms p99; killed in a word 100 ms"
echo "command  tests/bench/bench-speech.sh"
echo
tests/bench/percentiles.py ms < "$raw"
