#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The voice through a real speech-dispatcher: it queues with what a screen reader says there, and speaks by itself when
# speech-dispatcher hangs, dies or was never there.
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/support/voice.sh
. tests/support/voice.sh
command -v speech-dispatcher spd-say pulseaudio parec > /dev/null ||
	{ echo "1..0 # SKIP speech-dispatcher or pulseaudio is not installed"; exit 0; }
voice_begin 18
export SPEECHD_ADDRESS=unix_socket:$dir/run/speechd.sock

speechd_start() {
	mkdir -p "$dir/speechd" && rm -f "$dir/run/speechd.sock" || return 1
	speech-dispatcher -s -t 0 -l 3 -c unix_socket -S "$dir/run/speechd.sock" -L "$dir/speechd" -P "$dir/speechd/pid" \
		> "$dir/speechd.out" 2>&1 < /dev/null &
	speechd_pid=$!
	local end=$((SECONDS + 30))
	until [ -S "$dir/run/speechd.sock" ]; do ((SECONDS < end)) && read -r -t 0.05 <> "$dir/never"; done
	[ -S "$dir/run/speechd.sock" ]
}
# Its modules are processes of their own, which end when it does.
speechd_kill() {
	kill -CONT "$speechd_pid" && kill -9 "$speechd_pid"
	wait "$speechd_pid" 2> /dev/null
	speechd_pid=
}
finish() {
	[ -n "${speechd_pid:-}" ] && speechd_kill
	voice_finish
}
trap finish EXIT
mkfifo "$dir/never"

long="One two three four five six seven eight"

pulse_start || { echo "Bail out! pulseaudio does not start: $(cat "$dir/pulse.err")"; exit 1; }
check "speech-dispatcher starts" speechd_start
drive_start "$voice" --transcript "$dir/transcript"
await '^sink works pulse' 60
# What we play by ourselves is a stream of this name; speech-dispatcher's module has its own.
own_speech() { pactl list sink-inputs | awk '/Corked:/ { corked = $2 }
	/application.id = "org.sidetouch/ && corked == "no" { found = 1 } END { exit !found }'; }
not_own() { ! own_speech; }

tell "set 400 en 1"
# The first is said as soon as speech-dispatcher has answered; until then we speak by ourselves.
shared() { local i; for ((i = 0; i < 20; i++)); do
	say "Through speech dispatcher" && await "^started $id" 30 && not_own && { await "^ended $id spoken" 60; return; }
	await "^ended $id" 30; done; return 1; }
check "a sentence is spoken there" shared
hears 200 30 & ear=$!
check "in two languages, in order" spoken "Open 打开 now"
check "and sounds" wait "$ear"

uptime_us() { local up; read -r up _ < /proc/uptime && echo "${up/./}0000"; }
# Another program has the word, as Orca would. Both times are the kernel's uptime, which is what our events tell.
{ spd-say -w -P message -N orca "$long" && uptime_us > "$dir/reader"; } &
reader=$!
await "^never" 1
said_us=$(uptime_us)
say "After the screen reader" && await "^started $id" 60 && ours_us=${line##* }
check "what is said while another has the word is spoken" await "^ended $id spoken" 60
wait "$reader"
# It would begin within milliseconds if it did not wait; a busy machine may tell the other's end late, not twice as late.
in_turn() {
	local reader_us
	reader_us=$(cat "$dir/reader") || return 1
	echo "# the other went on for $(((reader_us - said_us) / 1000)) ms, ours began after $(((ours_us - said_us) / 1000)) ms"
	((2 * (ours_us - said_us) >= reader_us - said_us))
}
check "and waits for the other's end" in_turn
say_and_stop() { say "$long" && await "^started $id" 30 && tell stop && await "^ended $id not" 10; }
check "a touch ends it" say_and_stop
tell resume
resumed() { await '^said ([0-9]+)' 60 && id=${BASH_REMATCH[1]} && await "^ended $id spoken" 60; }
check "and it can be gone on with" resumed
hostile() { spoken ".. QUIT" && spoken "." && spoken "SET SELF RATE 100" && not_own; }
check "a text that looks like a command is a text" hostile
tell spell
check "spelling" resumed

say "$long" && await "^started $id" 30
kill -STOP "$speechd_pid"
check "speech-dispatcher hangs in a sentence: Sidetouch says it by itself" eval 'await "^started $id" 1; await "^ended $id spoken" 60'
check "and the next one at once" spoken "Next"
kill -CONT "$speechd_pid"
check "it goes on: so do we, there" shared
say "$long" && await "^started $id" 30
speechd_kill
check "speech-dispatcher killed in a sentence: said by ourselves" await "^ended $id spoken" 60
check "started again" speechd_start
check "it is used again" shared
restarts
check "no voice died of any of this" [ "$restarted" = 0 ]
tell "set 400 en 0"
alone() { say "By ourselves again" && await "^started $id" 30 && own_speech && await "^ended $id spoken" 60; }
check "set back: by ourselves" alone
exit $failed
