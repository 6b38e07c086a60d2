#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# PipeWire that is killed in a sentence, all of it or a part, and started again: the sentence is said again, by the first
# attempt that meets the server. One that hangs is used as soon as it goes on, though nothing is said. One that lets nobody in.
# How long an attempt is away at most: tests/unit/test-sink-retry.c.
set -u
cd "$(dirname "$0")/../.." || exit 1
for program in pipewire wireplumber pipewire-pulse pactl parec dbus-daemon; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed"; exit 0; }
done
# shellcheck source=tests/support/voice.sh
. tests/support/voice.sh
# shellcheck source=tests/support/pipewire.sh
. tests/support/pipewire.sh
trap 'drive_end; pipewire_stop' EXIT
trap 'exit 1' INT TERM HUP
echo "1..18"
pipewire_start || { echo "Bail out! no PipeWire: $(tail -n 3 "$pipewire_dir"/*.log)"; exit 1; }
dir=$pipewire_dir
drive_start "$voice" --transcript "$dir/transcript"
check "the sink is there" await '^sink works pulse' 20
tell "set 300 en"

long="One two three four five six seven eight nine ten"
times_said() { grep -c '^[0-9]* [0-9]* One' "$dir/transcript"; }
say_long() { said_before=$(times_said); say "$long" && await "^started $id" 20; }

kill_now() { # PID...: as a crash does
	kill -9 "$@" 2> /dev/null
	wait "$@" 2> /dev/null
}
uptime_ms() { local up; read -r up _ < /proc/uptime && echo "${up/./}0"; }
# Told, and no limit: the times of a busy machine are its own.
tell_times() {
	local again_us
	again_us=$(grep '^[0-9]* [0-9]* One' "$dir/transcript" | tail -n 1)
	echo "# $((back_ms - away_ms)) ms after it was killed the server was there, $((${again_us%% *} / 1000 - back_ms)) ms later speech"
}
# A sentence waits 2 s for its server, and is then not spoken: on a busy machine, whose PipeWire is away longer, the next is
# the one that is said, once it was told, without being asked, that the server works.
said_after_all() { # COMMAND...: starts what was killed
	away_ms=$(uptime_ms)
	"$@" && pipewire_await 40 pipewire_has_sink || return 1
	back_ms=$(uptime_ms)
	hears 200 30 & ear=$!
	await "^ended $id (spoken|not)" 40 || return 1
	if [[ $line == *not* ]]; then
		echo "# away for too long"
		await '^sink works pulse' 40
		said_before=$(($(times_said) - 1))
		spoken "$long" || return 1
	fi
	tell_times
	[ $(($(times_said) - said_before)) = 2 ] && sounds
}
# Until the listener has heard enough: on a busy machine it may have begun when the sentence was over.
sounds() {
	local try
	for ((try = 0; try < 10; try++)); do
		kill -0 "$ear" 2> /dev/null || break
		spoken "And more" || return 1
	done
	wait "$ear"
}

say_long
kill_now "$pipewire_pulse_pid"
check "pipewire-pulse killed in a sentence and started again: it is said again, aloud, once" said_after_all pipewire_pulse_start

say_long
kill_now "$pipewire_core_pid" "$pipewire_policy_pid" "$pipewire_pulse_pid"
check "so it is when all of PipeWire was killed" said_after_all eval 'pipewire_core_start && pipewire_policy_start && pipewire_pulse_start'

# A stream that is made while WirePlumber starts is sometimes never answered, and then nobody is.
say_long
kill_now "$pipewire_core_pid" "$pipewire_policy_pid"
connected() { [[ $(pactl list clients) == *'application.name = "Sidetouch"'* ]]; }
no_sink_yet() { pipewire_core_start && pipewire_await 30 connected && [ -z "$(pactl list short sink-inputs)" ]; }
check "while PipeWire has no sink, no stream is made" no_sink_yet
check "and when it has, the sentence is said" said_after_all pipewire_policy_start

other=$(pactl load-module module-null-sink sink_name=other)
timeout 20 parec -d other.monitor --rate=22050 --channels=1 --format=s16le --latency-msec=20 2> /dev/null |
	/usr/bin/python3 tests/support/hear.py 200 & ear=$!
say_long
pactl set-default-sink other
check "another default sink in a sentence: it is said to its end" await "^ended $id spoken" 20
check "there" sounds
pactl unload-module "$other"

# As a server that swaps, or one that systemd is still to start behind its socket.
spoken "Next"
kill -STOP "$pipewire_pulse_pid"
kill -9 "$(voice_pid)"
check "a server that hangs: a voice that is new says so" await '^sink none' 20
kill -CONT "$pipewire_pulse_pid"
check "it goes on: so does the voice, though nothing is said" await '^sink works pulse' 20
hears 200 20 & ear=$!
check "and speaks" spoken "Back, press again"
check "aloud" sounds

# As at a login: none of it is there when the voice starts.
kill_now "$pipewire_core_pid" "$pipewire_policy_pid" "$pipewire_pulse_pid"
rm -rf "$XDG_RUNTIME_DIR/pulse"
kill -9 "$(voice_pid)"
check "no PipeWire: a voice that is new says so" await '^sink none' 20
check "what is said then ends as not spoken" eval 'say "Nobody hears this" && await "^ended $id not" 20'
pipewire_core_start && pipewire_policy_start && pipewire_pulse_start
check "PipeWire starts late: noticed, though nothing is said" await '^sink works pulse' 40
check "and spoken through" spoken "Back, press again"
drive_end

# --- one that does not let us in: its socket is another user's, as root alone can show; else it is nobody's for a while ---
stranger=()
mkdir -m 755 "$dir/stranger" && cp "$voice" "$BUILD/tools/speech-drive" "$dir/stranger" && chmod 711 "$dir"
[[ $EUID = 0 ]] && chown 65534:65534 "$dir/stranger" &&
	stranger=(setpriv --reuid=65534 --regid=65534 --clear-groups)
chmod 0 "$XDG_RUNTIME_DIR/pulse/native"
export PULSE_SERVER=unix:$XDG_RUNTIME_DIR/pulse/native
coproc drive { exec "${stranger[@]}" env HOME="$dir/stranger" XDG_RUNTIME_DIR="$dir/stranger" "$dir/stranger/speech-drive" \
	"$dir/stranger/sidetouch-voice" --sink pulse 2>> "$dir/drive.log"; }
drive_pid=$drive_PID
exec {drive_in}>&"${drive[1]}" {drive_out}<&"${drive[0]}"
check "PipeWire does not let us in: the owner knows that nothing sounds" await '^sink none' 20
check "what is said then ends as not spoken" eval 'say "Nobody hears this" && await "^ended $id not" 20'
chmod 755 "$XDG_RUNTIME_DIR" "$XDG_RUNTIME_DIR/pulse"
chmod 666 "$XDG_RUNTIME_DIR/pulse/native"
let_in() { local i; for ((i = 0; i < 5; i++)); do spoken "Let in" && return; done; return 1; }
check "let in: the next sentence is spoken" let_in
exit $failed
