#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The voice by ALSA's "default" where that is PipeWire (pipewire-alsa), as in a kiosk with PipeWire and without
# pipewire-pulse: spoken and heard, killed in a sentence, hung, with another default sink, not let in, started late.
# pipewire-pulse is there only for the listener.
set -u
cd "$(dirname "$0")/../.." || exit 1
for program in pipewire wireplumber pipewire-pulse pactl parec dbus-daemon; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed"; exit 0; }
done
# The package cannot be installed beside pulseaudio, which other tests need: its plug-in is unpacked, once for each build.
BUILD=$(readlink -f "${BUILD:-build}")
find_plugin() { plugin=$(find "$@" -name libasound_module_pcm_pipewire.so -print -quit 2> /dev/null) && [ -n "$plugin" ]; }
unpack_plugin() {
	mkdir -p "$BUILD/pipewire-alsa" && cd "$BUILD/pipewire-alsa" && timeout 30 apt-get download -q pipewire-alsa > apt.log 2>&1 &&
		dpkg -x pipewire-alsa_*.deb .
}
find_plugin /usr/lib "$BUILD/pipewire-alsa" || { (unpack_plugin) && find_plugin "$BUILD/pipewire-alsa"; } ||
	{ echo "1..0 # SKIP pipewire-alsa is neither installed nor to be had"; exit 0; }
# shellcheck source=tests/support/voice.sh
. tests/support/voice.sh
# shellcheck source=tests/support/pipewire.sh
. tests/support/pipewire.sh
trap 'drive_end; pipewire_stop' EXIT
trap 'exit 1' INT TERM HUP
echo "1..16"
pipewire_start || { echo "Bail out! no PipeWire: $(tail -n 3 "$pipewire_dir"/*.log)"; exit 1; }
dir=$pipewire_dir
printf 'pcm_type.pipewire { lib "%s" }\npcm.!default { type pipewire }\n' "$plugin" > "$dir/asound.conf"
export ALSA_CONFIG_PATH=$dir/asound.conf
listen() { hears 200 40 & ear=$!; }
# Until the listener has heard enough: on a busy machine it may have begun when the sentence was over.
sounds() {
	local try
	for ((try = 0; try < 10; try++)); do
		kill -0 "$ear" 2> /dev/null || break
		spoken "And more" || return 1
	done
	wait "$ear"
}
end_now() { # PID...: as a crash does
	kill -9 "$@" 2> /dev/null
	wait "$@" 2> /dev/null
}

end_now "$pipewire_pulse_pid"
rm -rf "$XDG_RUNTIME_DIR/pulse"
drive_start "$voice" --sink auto
check "no pipewire-pulse: through PipeWire by ALSA's name" await '^sink works alsa' 20
check "a sentence is spoken" spoken "Back, press again"
pipewire_pulse_start
check "pipewire-pulse comes: speech moves there" await '^sink works pulse' 20
drive_end

drive_start "$voice" --sink alsa --transcript "$dir/transcript"
check "again by ALSA's name" await '^sink works alsa' 20
pipewire_await 30 pipewire_has_sink
listen
check "and it" spoken "Back, press again"
check "sounds" sounds

long="One two three four five six seven eight nine ten"
times_said() { grep -c '^[0-9]* [0-9]* One' "$dir/transcript"; }
say_long() { said_before=$(times_said); say "$long" && await "^started $id" 20; }
say_long
end_now "$pipewire_core_pid" "$pipewire_policy_pid" "$pipewire_pulse_pid"
# A sentence waits 2 s for its server, and is then not spoken: on a busy machine the next is the one that is said.
said_again() {
	pipewire_core_start && pipewire_policy_start && await "^ended $id (spoken|not)" 40 || return 1
	[[ $line == *not* ]] || { [ $(($(times_said) - said_before)) = 2 ]; return; }
	echo "# away for too long"
	pipewire_await 30 spoken "$long"
}
check "PipeWire killed in a sentence and started again: it is said again" said_again
pipewire_pulse_start && pipewire_await 30 pipewire_has_sink
listen
check "aloud" sounds

other=$(pactl load-module module-null-sink sink_name=other)
timeout 30 parec -d other.monitor --rate=22050 --channels=1 --format=s16le --latency-msec=20 2> /dev/null |
	/usr/bin/python3 tests/support/hear.py 200 & ear=$!
say_long
pactl set-default-sink other
check "another default sink in a sentence: it is said to its end" await "^ended $id spoken" 20
check "there" sounds
pactl unload-module "$other"

spoken "Next"
kill -STOP "$pipewire_core_pid"
check "PipeWire hangs: what is said ends as not spoken" eval 'say "Nobody hears this" && await "^ended $id not" 40'
kill -CONT "$pipewire_core_pid"
# The first may come while nothing is known yet to work.
again() { local i; for ((i = 0; i < 5; i++)); do spoken "On again" && return; done; return 1; }
check "it goes on: so does speech" again
drive_end

# --- not let in, and there late: its socket is away ---
mv "$XDG_RUNTIME_DIR/pipewire-0" "$XDG_RUNTIME_DIR/away"
drive_start "$voice" --sink alsa
check "no way in: the owner knows that nothing sounds" await '^sink none' 20
check "what is said then ends as not spoken" eval 'say "Nobody hears this" && await "^ended $id not" 20'
mv "$XDG_RUNTIME_DIR/away" "$XDG_RUNTIME_DIR/pipewire-0"
check "let in: the next sentence is spoken" again
listen
check "and sounds" sounds
exit $failed
