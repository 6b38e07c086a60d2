#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped profiles against the programs they are for: the program's id finds its profile, every control that a button
# is to press is there and can be pressed, and every key does in it what the label says. One screen for all.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for program in Xvfb openbox xdotool gnome-calculator mousepad; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
app_pid='' probe_pid=''
finish() {
	for pid in "$app_pid" "$probe_pid"; do
		[ -n "$pid" ] && kill -KILL "$pid" 2> "$desktop_dir/kill.log" && wait "$pid" 2> "$desktop_dir/kill.log"
	done
	desktop_stop
}
trap finish EXIT

start() { # ID PROGRAM ARGUMENT...
	local id=$1
	shift
	"$@" > "$desktop_dir/app.log" 2>&1 &
	app_pid=$!
	await "^front .*$id"
}
end() {
	kill -KILL "$app_pid" 2> "$desktop_dir/kill.log"
	wait "$app_pid" 2> "$desktop_dir/kill.log"
	app_pid=''
}
# What a profile says of an input, out of the file that is shipped.
shipped=$PWD/profiles
which() { # PROGRAM-ID FIELD INPUT
	mkdir -p "$desktop_dir/data/sidetouch" && ln -sfn "$shipped" "$desktop_dir/data/sidetouch/profiles"
	XDG_DATA_DIRS=$desktop_dir/data "$BUILD/sidetouchctl" which --json "$1" |
		/usr/bin/python3 -c 'import json, sys
d = json.load(sys.stdin)
print(d["profile"] if sys.argv[1] == "profile" else [b for b in d["bindings"] if b["input"] == sys.argv[2]][0][sys.argv[1]])' \
			"$2" "${3:-}"
}
is() { line=$(which "$1" "$2" "${4:-}") && [[ $line == "$3" ]]; }
can_be_pressed() { soon "look $(which "$1" command "$2")" done; } # ID INPUT
title_becomes() { soon read-title "done $1"; }
# The key that a profile binds, typed as a keyboard would: "key Control+s" is ctrl+s to xdotool.
types() { # ID INPUT
	local key
	key=$(which "$1" command "$2") && [[ $key == "key "* ]] && key=${key#key } && xdotool key "${key/Control/ctrl}"
}

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing"
export GSK_RENDERER=cairo
probe_start
check "connected" connected

check "GNOME Calculator: in front" start gnome-calculator gnome-calculator
check "GNOME Calculator: its id finds its profile" is gnome-calculator profile 'GNOME Calculator'
for input in right-top right-middle right-bottom; do
	check "GNOME Calculator: what $input presses is there" can_be_pressed gnome-calculator $input
done
end

check "Mousepad: in front" start mousepad mousepad --disable-server
check "Mousepad: its id finds its profile" is mousepad profile Mousepad
check "Mousepad: right-bottom says the title" is mousepad command read-title right-bottom
check "Mousepad: a text without a name" title_becomes 'Untitled'
xdotool type --delay 30 x
check "Mousepad: it was changed" title_becomes '\*Untitled'
check "Mousepad: right-middle, the key of Undo" types mousepad right-middle
check "Mousepad: undoes it" title_becomes 'Untitled'
check "Mousepad: right-top, the key of Save" types mousepad right-top
check "Mousepad: asks where to save it" title_becomes 'Save'
end
probe_end
exit "$probe_failed"
