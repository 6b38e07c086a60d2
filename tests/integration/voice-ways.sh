#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a listener does with the voice: pause, go on, faster, repeat, spell, another place; and the card without a server.
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/support/voice.sh
. tests/support/voice.sh
voice_begin 28

# Milliseconds of 10 ms pieces of the file that are loud.
loud_ms() { # FILE
	/usr/bin/python3 - "$1" << 'EOF'
import array, sys, wave
with wave.open(sys.argv[1]) as file:
    samples = array.array("h", file.readframes(file.getnframes()))
pieces = (samples[i : i + 220] for i in range(0, len(samples), 220))
print(10 * sum(max(map(abs, piece)) > 500 for piece in pieces))
EOF
}
lines() { grep -c "^[0-9]* [0-9]* $1" "$dir/transcript"; }

# --- pausing, in real time but without sound ---
text="alpha bravo charlie delta echo foxtrot golf hotel"
drive_start "$voice" --sink "wav:$dir/whole.wav" --transcript "$dir/transcript"
check "a sentence of eight words" spoken "$text"
drive_end
whole_ms=$(loud_ms "$dir/whole.wav")
drive_start "$voice" --sink "wav:$dir/paused.wav" --transcript "$dir/transcript"
heard() { await '^said ([0-9]+)' 60 && id=${BASH_REMATCH[1]} && await "^ended $id spoken" 60; }
say "$text" && await "^started $id" 60
await "^never" 1
tell stop
check "a touch: it ends at once" await "^ended $id not" 60
await "^never" 4
paused_ms=$(loud_ms "$dir/paused.wav")
in_the_middle() { echo "# $paused_ms of $whole_ms ms" && ((paused_ms > 0 && paused_ms < whole_ms - 300)); }
check "and the rest is not spoken" in_the_middle
tell resume
check "going on: it ends as spoken" heard
together_ms=$(loud_ms "$dir/paused.wav")
# The word that was cut is said again from its start: at most one more word, and nothing is missing.
all_of_it() { echo "# $together_ms ms for $whole_ms" && ((together_ms > whole_ms - 250 && together_ms < whole_ms + 800)); }
check "all of it was heard, the word that was cut from its start" all_of_it
tell resume
check "there is nothing more to go on with" await "^said 0" 60
say "$text" && await "^started $id" 60
tell stop
kill -9 "$(voice_pid)"
await "^never" 2
tell resume
check "the voice killed after a touch: going on says it" heard

# --- faster while it speaks ---
say "$text" && await "^started $id" 60 && began=${line##* }
await "^ended $id spoken" 60 && normal_ms=$(((${line##* } - began) / 1000))
say "$text" && await "^started $id" 60 && began=${line##* }
tell "set 440 en"
await "^ended $id spoken" 60 && fast_ms=$(((${line##* } - began) / 1000))
faster() { echo "# $fast_ms ms, $normal_ms ms before" && ((fast_ms * 10 < normal_ms * 8)); }
check "faster while it speaks" faster
say "$text" && await "^started $id" 60 && began=${line##* }
await "^ended $id spoken" 60
kill -9 "$(voice_pid)"
say "$text" && await "^started $id" 60 && began=${line##* }
await "^ended $id spoken" 60 && again_ms=$(((${line##* } - began) / 1000))
check "and a voice that replaces the one before is as fast" [ $((again_ms * 10)) -lt $((normal_ms * 8)) ]
tell "set 175 en"

# --- repeat, spell, history ---
spoken "Cab"
tell repeat
check "repeat: the last again" eval 'heard && [ "$(lines "Cab\$")" = 2 ]'
tell spell
check "spell: letters" heard
tell spell
check "spell again: words for letters" eval 'heard && [ "$(lines "capital Charlie, Alfa, Bravo")" = 1 ]'
tell history
check "the history has it once, first" eval 'await "^was" 60 && [ "$line" = "was Cab" ]'
await "^was all" 60

# --- prompts ahead, earcons, languages ---
tell "prepare Back, press again"
await "^never" 2
check "a prompt that was made ahead is spoken" spoken "Back, press again"
tell "earcon 1"
await "^never" 1
check "after an earcon the next is spoken" spoken "Next"
tell "in de Zurück"
check "a text in a language of its own is spoken" heard
spoken "Sounds: 打开 Firefox 浏览器 😀 مرحبا"
check "a text in five scripts is spoken" [ "$(lines "Sounds: 打开 Firefox")" = 1 ]
tell "urgent Fire"
check "urgent" heard
drive_end

# --- another place, with PulseAudio ---
if command -v pulseaudio > /dev/null && pulse_start; then
	pactl load-module module-null-sink sink_name=earpiece > /dev/null
	drive_start "$voice" --sink auto
	await '^sink works pulse' 60
	say "$text $text" && await "^started $id" 60
	timeout 20 parec -d earpiece.monitor --rate=22050 --channels=1 --format=s16le --latency-msec=20 2> /dev/null |
		/usr/bin/python3 tests/support/hear.py 300 & ear=$!
	tell "route 60 earpiece"
	check "moved to another sink in the middle of a word: done" await "^routed earpiece 1" 60
	check "and speech sounds there" wait "$ear"
	check "and goes on to its end" await "^ended $id spoken" 60
	tell "route 100 nowhere"
	check "a sink that is not there: said so" await "^routed nowhere 0" 60
	drive_end
	pulse_kill
else
	for what in "moved" "sounds there" "to its end" "not there"; do
		check "$what # SKIP pulseaudio is not installed" true
	done
fi

# --- no sound server: the card, here a file behind ALSA's usual name ---
cat > "$dir/asound.conf" << EOF
pcm.nothing { type null }
pcm.!default { type plug slave.pcm { type file file "$dir/card.raw" format "raw" slave.pcm "nothing" } }
EOF
export ALSA_CONFIG_PATH=$dir/asound.conf
drive_start "$voice" --sink auto
check "no sound server: the card, at once" await '^sink works alsa' 60
check "what is said there ends as spoken" spoken "Back, press again"
loud_raw() { /usr/bin/python3 tests/support/hear.py 300 < "$dir/card.raw"; }
check "and its samples came out" loud_raw
tell "ear 100"
check "a card has no earpiece: said so" await "^routed  0 open" 60
drive_end

# As on a desktop with libasound2-plugins, whose sound server does not run.
cat > "$dir/asound.conf" << EOF
pcm.nothing { type null }
pcm.!default { type pulse }
pcm.!sysdefault { type plug slave.pcm { type file file "$dir/first.raw" format "raw" slave.pcm "nothing" } }
EOF
drive_start "$voice" --sink auto
check "ALSA's default is the sound server that is not there: the first card" await '^sink works alsa' 60
loud_first() { spoken "Back, press again" && /usr/bin/python3 tests/support/hear.py 300 < "$dir/first.raw"; }
check "which speaks" loud_first
exit $failed
