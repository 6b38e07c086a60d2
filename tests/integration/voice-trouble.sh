#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The voice and the daemon's end of it without a sound server: markup, deaths, lies, leaks.
# The texts that kill espeak-ng: voice-corpus.sh.
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/support/voice.sh
. tests/support/voice.sh
voice_begin 18

next() { spoken "Next"; }

by_hand() { "$voice" 3>&- 2> "$dir/err"; [ $? = 2 ] && grep -q sidetouchctl "$dir/err"; }
check "started by hand it says who starts it, exit code 2" by_hand
wrong_sink() { "$voice" --sink tape 3<> /dev/null 2> "$dir/err"; [ $? = 2 ]; }
check "without a link any sink is wrong usage" wrong_sink

drive_start "$voice" --sink null --transcript "$dir/transcript"
check "a sentence is spoken" spoken "Back, press again"

printf '<speak><audio src="/etc/passwd"/> [[h@l'"'"'oU]]' > "$dir/markup"
say_file "$dir/markup" && await "^ended $id" 60
unmarked() { grep -q "^[0-9]* [0-9]* <speak>.*passwd" "$dir/transcript" && ! grep -q '\[\[' "$dir/transcript"; }
check "markup is text, and phoneme input does not reach espeak-ng" unmarked

stopped() { say "One two three four five six seven" && await "^started $id" 60 && tell stop && await "^ended $id not" 60 &&
	next && grep -q '(stopped)$' "$dir/transcript"; }
check "stop ends a sentence" stopped
order() { say "First" && first=$id && tell "after Second" && await "^ended $first spoken" 60 &&
	await "^ended $((first + 1)) spoken" 60; }
check "one after the other" order

restarts
before=$restarted
say "One two three four five six seven eight" && await "^started $id" 60
kill -9 "$(voice_pid)"
await "^(started|ended) $id" 1
await_second_start() { local end=$((SECONDS + 10)); until [ "$(grep -c '^[0-9]* [0-9]* One.*eight$' "$dir/transcript")" = 2 ]; do
	((SECONDS < end)) || return 1; done; }
await_second_start
kill -9 "$(voice_pid)"
check "a sentence that kills the voice twice is dropped" await "^ended $id not" 60
check "and the next one is spoken" next
restarts
check "both deaths were counted" [ $((restarted - before)) = 2 ]

# The link and the process handle of each child; what GLib itself opens when it needs it does not count.
children_fds() { find "/proc/$drive_pid/fd" \( -lname 'socket:*' -o -lname '*pidfd*' \) | wc -l; }
for ((i = 0; i < 10; i++)); do
	spoken "x" || break
	kill -9 "$(voice_pid)"
done
spoken "Last"
check "ten deaths leave no descriptor open" [ "$(children_fds)" = 2 ]
check "and no zombie" [ "$(pgrep -c -P "$drive_pid")" = 1 ]

orphan=$(voice_pid)
kill -9 "$drive_pid"
check "the daemon dies: so does the voice" timeout 60 tail --pid="$orphan" -f /dev/null
drive_end

# --- either end of the link lies ---
check "wrong messages to the voice: it says so and ends" /usr/bin/python3 tests/support/link_liar.py daemon "$voice" --sink null
lies=$(/usr/bin/python3 tests/support/link_liar.py lies)
drive_start "$PWD/tests/support/link_liar.py" voice "$dir/lies" "$voice" --sink null
patience=$((SECONDS + 60))
believes_none() {
	local i real
	for ((i = 0; i < lies; i++)); do
		spoken "x" || return 1
		real=$(voice_pid) && kill -9 "$real"
		# What is said to one that has just died dies with it, and counts.
		until [ -n "$(voice_pid)" ] && [ "$(voice_pid)" != "$real" ]; do ((SECONDS < patience)) || return 1; done
	done
	[ "$lies" -gt 10 ]
}
check "wrong messages from the voice: it is replaced, and the sentence said" believes_none
told_of_each() { [ "$(grep -c 'A message from the voice .* The voice is replaced' "$dir/drive.log")" = "$lies" ]; }
check "and each was told of" told_of_each
no_complaint() { ! grep -E 'GLib|CRITICAL' "$dir/drive.log"; }
check "and GLib has nothing to complain about" no_complaint
drive_end

# As from a cold, slow card: longer than a voice is waited for at first.
cat > "$dir/slow-voice" << SLOW
#!/bin/sh
sleep 6
exec "$(readlink -f "$voice")" "\$@"
SLOW
chmod +x "$dir/slow-voice"
drive_start "$dir/slow-voice" --sink null
check "a voice that takes 6 s to start is given the time, the second time" eval 'say "Hello" && await "^ended $id spoken" 40'
drive_end

drive_start "$dir/no-such-program"
check "no program: what is said ends as not spoken" eval 'await "^sink none" 5; say "Hello" && await "^ended $id not" 15'
drive_end
exit $failed
