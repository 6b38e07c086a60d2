#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The example of docs/apps.md, run as it is: its window in front, its buttons pressed through the real daemon, and what came
# of it read from its own title, which is nobody's but the app's.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
root=$PWD
/usr/bin/python3 -c 'import gi; gi.require_version("Gtk", "4.0")' 2> /dev/null ||
	{ echo "1..0 # SKIP gir1.2-gtk-4.0 is not installed; make deps"; exit 0; }
for program in Xvfb openbox xdotool; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
app_pid=''
finish() {
	[ -n "$app_pid" ] && kill -KILL "$app_pid" 2> "$desktop_dir/kill.log" && wait "$app_pid" 2> "$desktop_dir/kill.log"
	desktop_stop
}
trap finish EXIT
number=0 failed=0 shown=''
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		printf '# it is: %s\n' "${shown:0:2000}"
		failed=1
	fi
}
# Asked every 0.1 s for a minute: an app tells nobody that it has started.
becomes() { # REGEX COMMAND...
	local regex=$1 i
	shift
	for ((i = 0; i < 600; i++)); do
		shown=$("$@" 2>&1)
		[[ $shown =~ $regex ]] && return 0
		read -r -t 0.1 <> "$desktop_dir/nothing"
	done
	return 1
}
status() { "$BUILD/sidetouchctl" status; }
title() { xdotool getwindowname "$(xdotool search --onlyvisible --name '^Recorder' | tail -n 1)"; }
# The presses of a scenario, through the core in memory and the daemon that runs here.
play() { shown=$("$BUILD/sidetouchctl" simulate --drive-link "$XDG_RUNTIME_DIR/driver.sock" "$desktop_dir/$1.touch" 2>&1); }

desktop_start || { echo "Bail out! no desktop"; exit 1; }
mkfifo "$desktop_dir/nothing"
export GSK_RENDERER=cairo
desktop_spawn sidetouchd "$BUILD/sidetouchd" --driver-socket "$XDG_RUNTIME_DIR/driver.sock" --profiles "$root/profiles" \
	--voice "$BUILD/sidetouch-voice" --sink null
docs/examples/recorder.py > "$desktop_dir/app.log" 2>&1 &
app_pid=$!
check "the app in front offers its buttons" becomes 'offers: right-middle, Stop recording' status
front=$(sed -n 's/^App in front: //p' <<< "$shown")
cat > "$desktop_dir/record.touch" <<- END
	device phone
	app $front
	press right-top 80ms
	expect say "Record, press again"
	wait 1400ms
	press right-top 80ms
	expect command activate id="record"
	expect say "Record"
	wait 300ms
END
cat > "$desktop_dir/stopped.touch" <<- END
	device phone
	app $front
	press right-top 80ms
	expect say "Record, press again"
	expect say "The app does not respond"
	wait 4s
	press left-top 80ms
	expect command read-screen
	expect say "The app does not respond"
	wait 1s
END
which_says() { shown=$("$BUILD/sidetouchctl" which) && grep -qx "$1" <<< "$shown"; }
check "which tells where that comes from" which_says 'right-top: Record, double, from the app itself while it runs'
check "and of the others the files as ever" which_says 'left-bottom: Back, back, double, from built in'
which_json() {
	shown=$("$BUILD/sidetouchctl" which --json) && /usr/bin/python3 -c 'import json, sys
all = {b["input"]: b for b in json.loads(sys.argv[1])["bindings"]}
offered = all["right-middle"]
sys.exit((offered["label"], offered["layer"], offered["command"], all["left-bottom"]["layer"]) != ("Stop recording", "running", None, "built-in"))' "$shown"
}
check "which, for programs" which_json
check "the first press says it, the second one does it" play record
check "in the app itself" becomes '^Recorder, recording$' title
kill -STOP "$app_pid"
check "stopped, it keeps no press waiting" play stopped
kill -CONT "$app_pid"
kill -KILL "$app_pid"
wait "$app_pid" 2> "$desktop_dir/kill.log"
app_pid=''
gone() {
	local i
	for ((i = 0; i < 600; i++)); do
		shown=$(status)
		[[ $shown != *offers* ]] && return 0
		read -r -t 0.1 <> "$desktop_dir/nothing"
	done
	return 1
}
check "and killed, it offers nothing" gone
echo "1..$number"
exit "$failed"
