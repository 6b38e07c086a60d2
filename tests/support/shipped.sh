# SPDX-License-Identifier: GPL-3.0-or-later
# What a shipped profile says, and a real program to try it on. Sourced after tests/demo/desktop.sh and
# tests/support/probe.sh by tests of profiles, whose screen and probe it uses; one program at a time.
# shellcheck shell=bash

app_pid='' probe_pid=''
shipped=$PWD/profiles
shipped_site='' # a host, when the program shows one; its profile is in tests/shop

shipped_finish() {
	local pid
	for pid in "$app_pid" "$probe_pid"; do
		[ -n "$pid" ] && kill -KILL "$pid" 2> "$desktop_dir/kill.log" && wait "$pid" 2> "$desktop_dir/kill.log"
	done
	desktop_stop
}

# A program, and its window in front.
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
which() { # PROGRAM-ID FIELD INPUT
	mkdir -p "$desktop_dir/data/sidetouch" "$desktop_dir/shop/sidetouch"
	ln -sfn "$shipped" "$desktop_dir/data/sidetouch/profiles"
	ln -sfn "${shipped%/*}/tests/shop" "$desktop_dir/shop/sidetouch/profiles"
	XDG_DATA_DIRS=$desktop_dir/shop:$desktop_dir/data "$BUILD/sidetouchctl" which --json ${shipped_site:+--site "$shipped_site"} \
		"$1" |
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
	key=$(which "$1" command "$2") && [[ $key == "key "* ]] || return 1
	key=${key#key }
	key=${key//Control/ctrl} key=${key//Alt/alt} key=${key//Shift/shift} key=${key//Page/Page_}
	xdotool key "$key"
}

# Asked every 0.1 s, as long as a probe waits: what a program does, it tells nobody.
becomes_true() { # COMMAND...
	local i
	for ((i = 0; i < 10 * probe_limit_s; i++)); do
		"$@" && return 0
		read -r -t 0.1 <> "$desktop_dir/nothing"
	done
	return 1
}
