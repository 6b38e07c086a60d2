#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sidetouchctl from the outside: each subcommand has --help, takes --json where it answers, and ends with 0, 1 or 2; what is
# wrong is a sentence on stderr and nothing on stdout. Run by tests/run, without a daemon or a driver; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
ctl=${BUILD:-build}/sidetouchctl
work=$(mktemp -d) || exit 1
trap 'kill "$bus"; rm -rf -- "$work"' EXIT
count=0 failed=0
export LC_ALL=C.UTF-8 DBUS_SESSION_BUS_ADDRESS=unix:path=$work/bus
dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS" > "$work/bus.log" 2>&1 &
bus=$!
no_driver=(--socket "$work/no.sock")

ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}

run() { # ARGUMENT...: its exit code in $code, what it wrote in $work/out and err
	"$ctl" "$@" > "$work/out" 2> "$work/err" < /dev/null
	code=$?
}

# One line on stderr that is a sentence or FILE: and what is wrong, and nothing on stdout.
fails() { # CODE ARGUMENT...
	local wanted=$1
	shift
	run "$@"
	[[ $code == "$wanted" && ! -s $work/out ]] && (($(wc -w < "$work/err") > 3)) && return 0
	echo "# sidetouchctl $*: exit code $code, $(cat "$work/out" "$work/err")"
	return 1
}

# Words that no subcommand takes are wrong usage, and it says where to look.
misused() { # ARGUMENT...
	fails 2 "$@" && grep -q -- "--help" "$work/err" && return 0
	echo "# sidetouchctl $*: says not where help is"
	return 1
}

mapfile -t commands < <("$ctl" --help | sed -n 's/^sidetouchctl \([a-z]*\): .*/\1/p')
((${#commands[@]} >= 9))
ok $? "--help names the subcommands: ${commands[*]}"
for command in "${commands[@]}"; do
	run "$command" --help
	[[ $code == 0 && ! -s $work/err ]] && grep -q "^  sidetouchctl $command" "$work/out" && grep -q -- "--help" "$work/out" &&
		misused "$command" --no-such-option
	ok $? "$command: --help, and an option that there is not"
done
misused && misused statsu && grep -q "did you mean status" "$work/err"
ok $? "no subcommand, and one that is not there: the nearest is named"
misused status extra && misused say && misused replay && misused replay a b && misused simulate && misused profile &&
	misused profile check && misused monitor extra && misused record extra && misused calibrate extra &&
	misused calibrate --panel left && misused record --panel left && misused voice rate 9999 && misused voice no-such 3 &&
	misused replay --overlay && misused replay --proximity sideways tests/scenarios/back.touch
ok $? "arguments that are missing, too many or none of theirs are wrong usage"

for ((i = 0; i < 600; i++)); do
	[[ -S $work/bus ]] && break
	sleep 0.1
done
# Who asks the daemon or the driver says how to start it; --json changes nothing about that.
unanswered=
for json in "" --json; do
	for command in status say voice "voice rate +1" "voice --history" calibrate "calibrate --stop"; do
		read -r first rest <<< "$command"
		[[ $first == say ]] && rest=Hello
		# shellcheck disable=SC2086 # words, or none
		fails 1 "$first" $json $rest && grep -q "systemctl --user start sidetouchd" "$work/err" && continue
		unanswered+="$command $json; "
	done
	# shellcheck disable=SC2086 # --json or nothing
	fails 1 monitor $json "${no_driver[@]}" && grep -q "systemctl start sidetouch-driver" "$work/err" && continue
	unanswered+="monitor $json; "
done
[[ ! $unanswered ]]
ok $? "without a daemon or a driver: exit code 1 and how to start it${unanswered:+ (not: $unanswered)}"
fails 1 record "${no_driver[@]}" --output "$work/recording" && grep -q "systemctl start sidetouch-driver" "$work/err" &&
	[[ ! -e $work/recording ]]
ok $? "record too, and no file is left"

DBUS_SESSION_BUS_ADDRESS=unix:path=$work/no-bus fails 1 status && grep -q "in the session of the user" "$work/err"
ok $? "without a session bus it says where to run it"

# Recordings that cannot be read.
head -c 300 "$ctl" > "$work/foreign"
printf 'N: Panel\nI: 0018 04f3 0001 0100\nE: 0.0 0003 0039 1\nE: 0.01 0003' > "$work/cut"
: > "$work/empty"
unread=
for file in foreign cut empty; do
	fails 1 replay "$work/$file" && grep -q "^$work/$file:[0-9]*:* " "$work/err" && continue
	unread+="$file "
done
fails 1 replay "$work/no-such" && [[ ! $unread ]]
ok $? "replay of a foreign, truncated, empty or missing file says so${unread:+ (not: $unread)}"

# What works without either.
printf 'device phone\nfrobnicate\n' > "$work/bad.touch"
fails 1 simulate --in-memory "$work/bad.touch" && grep -q "bad.touch:2: .*frobnicate" "$work/err"
ok $? "simulate names a scenario's file and line"
printf 'device phone\npress left-top 60ms\nexpect press right-top\n' > "$work/wrong.touch"
run simulate --in-memory "$work/wrong.touch"
[[ $code == 1 ]] && run simulate --in-memory tests/scenarios/back.touch && [[ $code == 0 ]]
ok $? "and fails when an expectation does"
json() { # PROGRAM: each line is an object
	python3 -c 'import json, sys
lines = [json.loads(line) for line in sys.stdin]
sys.exit(not lines or not all(isinstance(line, dict) for line in lines))' < "$work/out"
}
run simulate --in-memory --json tests/scenarios/back.touch && json
ok $? "simulate --json is one object a line"
run simulate --in-memory --json tests/scenarios/ear-gestures.touch && json &&
	grep -q '"kind":"ear","gesture":"double-tap"}' "$work/out"
ok $? "and tells what an ear did"
run profile check profiles/*.profile
ok $code "profile check: the shipped ones are right"
printf '[app]\nFrob=1\n' > "$work/bad.profile"
fails 1 profile check "$work/bad.profile" && grep -q "bad.profile:[12]: " "$work/err" && run profile check --json "$work/bad.profile"
[[ $code == 1 ]] && json
ok $? "a wrong one is told with its line, with --json as an object"

# An answer that cannot be written is no answer.
if [[ -e /dev/full ]]; then
	"$ctl" --help > /dev/full 2> "$work/err"
	[[ $? == 1 ]] && grep -q "cannot write the answer" "$work/err"
	ok $? "a full disk: exit code 1"
fi

echo "1..$count"
exit $failed
