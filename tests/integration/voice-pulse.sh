#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The voice with a real PulseAudio (a private one with a null sink): what is said sounds, whatever dies meanwhile.
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/support/voice.sh
. tests/support/voice.sh
command -v pulseaudio parec > /dev/null || { echo "1..0 # SKIP pulseaudio and parec are not installed"; exit 0; }
voice_begin 12

long="One two three four five six seven eight nine ten, and then all of it once more"

pulse_start || { echo "Bail out! pulseaudio does not start: $(cat "$dir/pulse.err")"; exit 1; }
drive_start "$voice" --transcript "$dir/transcript"
check "the sink is there" await '^sink works pulse' 60

hears 300 15 & ear=$!
check "a sentence is spoken" spoken "Back, press again"
check "and its samples come out of the sink" wait "$ear"

times_said() { echo $(($(grep -c '^[0-9]* [0-9]* One' "$dir/transcript") - said_before)); }
say_long() { said_before=0; said_before=$(times_said); say "$long" && await "^started $id" 60; }

say_long
kill -9 "$(voice_pid)"
hears 500 15 & ear=$!
said_again() { await "^ended $id spoken" 60 && wait "$ear" && [ "$(times_said)" = 2 ]; }
check "the voice killed in a sentence: it is said again, aloud" said_again

say_long
kill -STOP "$(voice_pid)"
check "the voice stopped in a sentence: it is replaced and says it again" await "^ended $id spoken" 60

say_long
gone_us=${EPOCHREALTIME/./}
pulse_kill
start_us=${EPOCHREALTIME/./}
pulse_start
away_ms=$(((${EPOCHREALTIME/./} - gone_us) / 1000))
# A sentence waits 2 s for its server. One that a busy machine starts later is found by the next sentence.
if ((away_ms < 1000)); then
	hears_soon() { hears 200 20 && echo "# $(((${EPOCHREALTIME/./} - start_us) / 1000)) ms from the server's start to 200 ms of speech"; }
	said_whole() { await "^ended $id spoken" 60 && [ "$(times_said)" = 2 ]; }
else
	echo "# PulseAudio was away for $away_ms ms"
	# One that was back within 2 s is no news: then the sentence has been said to its end.
	hears_soon() { await "^(sink works pulse|ended $id spoken)" 30 && { hears 200 20 & ear=$!; } && say_long && wait "$ear"; }
	said_whole() { await "^ended $id spoken" 60; }
fi
check "PulseAudio killed in a sentence and started again: speech sounds" hears_soon
check "and the sentence was said again whole" said_whole

pulse_kill
check "no PulseAudio: what is said ends as not spoken, and is to be felt" eval 'say "Nobody hears this" && await "^mute" 60 && await "^ended $id not" 60'
tell state
check "and the owner knows that nothing sounds" await '^state 1 [0-9]+ ?$' 60
pulse_start
check "PulseAudio comes back while nothing is said: noticed" await '^sink works pulse' 60

say_long
kill -STOP "$pulse_pid"
check "PulseAudio hangs: what is said ends as not spoken, the daemon does not hang" await "^ended $id not" 30
kill -CONT "$pulse_pid"
check "PulseAudio goes on: so does speech" eval 'await "^sink works pulse" 20; spoken "Speech is back"'
exit $failed
