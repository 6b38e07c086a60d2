#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Texts that kill speech synthesisers, through the real daemon: by `sidetouchctl say`, as names of widgets on the
# accessibility bus, and in the title of a real application. The voice may die of one; the daemon may not, and what comes
# next is spoken. That they do not kill espeak-ng to their very end is shown faster than speech by tests/unit/test-corpus.c.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
command -v Xvfb openbox mousepad dbus-daemon > /dev/null || { echo "1..0 # SKIP Xvfb, openbox or mousepad is not installed"; exit 0; }
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
trap desktop_stop EXIT
trap 'exit 1' INT TERM HUP
desktop_start || { echo "Bail out! no desktop"; exit 1; }
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then echo "ok $number - $what"; else echo "not ok $number - $what" && failed=1; fi
}
mkfifo "$desktop_dir/never"
until_so() { # COMMAND...: within a minute
	local end=$((SECONDS + desktop_patience_s))
	until "$@"; do
		((SECONDS < end)) && desktop_lives sidetouchd || return 1
		read -r -t 0.05 <> "$desktop_dir/never" || :
	done
}
transcript=$desktop_dir/transcript
mkdir "$desktop_dir/corpus" "$desktop_dir/profiles"
tests/support/corpus.py "$desktop_dir/corpus" || { echo "Bail out! no corpus"; exit 1; }
printf '[Profile]\nName=Default\n[left-middle]\nCommand=read-focus\n[right-middle]\nCommand=read-title\nLabel=Title\n' > "$desktop_dir/profiles/default.profile"
names=("$desktop_dir"/corpus/*.name)

: > "$transcript"
desktop_spawn sidetouchd "$BUILD/sidetouchd" --driver-socket "$XDG_RUNTIME_DIR/driver.sock" --profiles "$desktop_dir/profiles" \
	--voice "$BUILD/sidetouch-voice" --sink null --voice-arg --transcript --voice-arg "$transcript"
daemon_pid=${desktop_pids[-1]}
gdbus wait --session --timeout "$desktop_patience_s" org.sidetouch.Sidetouch1 || { echo "Bail out! no daemon"; exit 1; }

# --- said ---
times() { grep -c "^[0-9]* [0-9]* $1\$" "$transcript"; }
more_than() { (($(times "$2") > $1)); }
nexts=0
next_is_spoken() {
	"$BUILD/sidetouchctl" say "Next" && until_so more_than "$nexts" Next && nexts=$((nexts + 1))
}
check "a word is spoken" next_is_spoken
for file in "$desktop_dir"/corpus/*; do
	lines_before=$(wc -l < "$transcript")
	begun() { (($(wc -l < "$transcript") > lines_before)); }
	name=${file##*/}
	say_it() { "$BUILD/sidetouchctl" say - < "$file" && until_so begun; }
	check "$name: said, and what comes next is spoken" eval 'say_it && next_is_spoken'
done
nothing() { printf '\0\xff\0' | "$BUILD/sidetouchctl" say - 2> "$desktop_dir/err"; [ $? = 1 ] && grep -q "nothing in this text" "$desktop_dir/err"; }
check "of nothing but bytes that are no text it is said that there is nothing" nothing

# --- names of widgets: a press each, then the title of what has come in front ---
presses() { # TIMES PAD WAIT
	local i
	echo "device phone"
	for ((i = 0; i < $1; i++)); do printf 'press %s 60ms\nexpect press %s\nwait %s\n' "$2" "$2" "$3"; done
}
presses $((${#names[@]} + 4)) left-middle 400ms > "$desktop_dir/names.touch"
presses 60 right-middle 1s > "$desktop_dir/title.touch"
drive=("$BUILD/sidetouchctl" simulate --drive-link "$XDG_RUNTIME_DIR/driver.sock")
# On a busy machine some presses come before the answer to the one before, which then is nobody's: they are pressed again.
all_names() {
	local i
	for ((i = 0; i < 6; i++)); do
		# It fails at its end: what is pressed is no command that the scenario expects.
		"${drive[@]}" "$desktop_dir/names.touch" > "$desktop_dir/names.log" 2>&1
		more_than 0 "Ordinary, button" && return 0
	done
	return 1
}
desktop_spawn hostile "$BUILD/tools/hostile-app" names "${names[@]}"
in_front() { "$BUILD/sidetouchctl" status | grep -q "^App in front: $1"; }
check "an application with such names is in front" until_so in_front hostile-app
check "after all of its names an ordinary one is spoken" all_names
desktop_spawn driver "${drive[@]}" "$desktop_dir/title.touch"
check "each of them was asked for" [ "$(grep -c '^named' "$desktop_dir/hostile.log")" = "${#names[@]}" ]
desktop_stop_one hostile
# A title that its user chose: marks that turn it round, markup, phonemes, one long word.
title=$(printf "s'%.0s" {1..60})$'\u202e\U0001F600[[h@l<speak> last'
: > "$desktop_dir/$title"
desktop_spawn mousepad mousepad "$desktop_dir/$title"
title_is_spoken() { grep -aq "^[0-9]* [0-9]* .*s's's.*last.* - Mousepad" "$transcript"; }
check "so is the title of a real application" until_so title_is_spoken
clean() { ! grep -aPq '\x{202e}|\[\[' "$transcript"; }
check "with nothing in it that espeak-ng would take for more than text" clean
check "and what comes next is spoken" next_is_spoken
restarts() { gdbus call --session -d org.sidetouch.Sidetouch1 -o /org/sidetouch/Sidetouch1 \
	-m org.sidetouch.Sidetouch1.GetStatus | grep -o "'voice-restarts': <uint32 [0-9]*" | grep -o '[0-9]*$'; }
echo "# voices that died: $(restarts)"
check "the daemon is the one that was started" kill -0 "$daemon_pid"
echo "1..$number"
((failed)) && tail -n 20 "$desktop_dir/sidetouchd.log" | sed 's/^/# /'
exit $failed
