#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The voice on PipeWire, the sound server of most desktops: one sentence after the other, to its end each, and killed in
# one. Several voices at once, so that the server is busy: a stream that was drained took nothing more then, in some of a
# hundred sentences, and 5 s later speech began anew.
set -u
cd "$(dirname "$0")/../.." || exit 1
for program in pipewire wireplumber pipewire-pulse pactl dbus-daemon; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed"; exit 0; }
done
# shellcheck source=tests/support/voice.sh
. tests/support/voice.sh
# shellcheck source=tests/support/pipewire.sh
. tests/support/pipewire.sh
voices=4 sentences=25
trap 'drive_end; pipewire_stop' EXIT
trap 'exit 1' INT TERM HUP
echo "1..$((voices + 3))"
pipewire_start || { echo "Bail out! no PipeWire: $(tail -n 3 "$pipewire_dir"/*.log)"; exit 1; }
dir=$pipewire_dir

# --- one after the other ---
ended() { grep -c '^ended' "$dir/told.$1"; }
all_ended() { (($(ended "$1") >= sentences)); }
# In numbers, since equal sentences are said once; the pipe stays open until they were said.
one_after_the_other() { # NUMBER
	{
		echo "set 440 en"
		for ((sentence = 1; sentence <= sentences; sentence++)); do echo "after $sentence"; done
		pipewire_await 60 all_ended "$1"
	} | "$BUILD/tools/speech-drive" "$voice" --sink pulse > "$dir/told.$1" 2> "$dir/said.$1"
}
for ((i = 0; i < voices; i++)); do : > "$dir/told.$i" && one_after_the_other "$i" & speakers[i]=$!; done
wait "${speakers[@]}"
well() { # NUMBER
	[ "$(grep -c '^ended [0-9]* spoken' "$dir/told.$1")" = "$sentences" ] && ! grep 'takes no more\|replaced' "$dir/said.$1"
}
for ((i = 0; i < voices; i++)); do check "$sentences sentences, one after the other: PipeWire takes them all" well "$i"; done

# --- killed ---
drive_start "$voice" --sink pulse --transcript "$dir/transcript"
check "the sink is there" await '^sink works pulse' 20
say "One two three four five six seven" && await "^started $id" 20
kill -9 "$(voice_pid)"
check "the voice killed in a sentence: it is said to its end" await "^ended $id spoken" 30
check "from its start" [ "$(grep -c '^[0-9]* [0-9]* One two three' "$dir/transcript")" = 2 ]
exit $failed
