# SPDX-License-Identifier: GPL-3.0-or-later
# Real applications on a desktop of their own, driven by apps-probe and judged by what they say of themselves to
# tests/support/widgets.py. Sourced by the tests that do so; one screen for each of them.
# shellcheck shell=bash
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
app_pid='' probe_pid='' oracle_pid=''

finish() {
	for pid in "$app_pid" "$probe_pid" "$oracle_pid"; do
		[ -n "$pid" ] && kill -KILL "$pid" 2> "$desktop_dir/kill.log" && wait "$pid" 2> "$desktop_dir/kill.log"
	done
	desktop_stop
}
trap finish EXIT

# Another application comes in front, and tells of what is in it.
app() { # ID TITLE PROGRAM ARGUMENT...
	local id=$1 title=$2
	shift 2
	end_app
	"$@" > "$desktop_dir/app.log" 2>&1 &
	app_pid=$!
	await "^front $id" && soon read-title "done $title"
}

end_app() {
	[ -n "$app_pid" ] || return 0
	kill -KILL "$app_pid" 2> "$desktop_dir/kill.log"
	wait "$app_pid" 2> "$desktop_dir/kill.log"
	app_pid=
}

# One answer, in $line.
ask() { # QUESTION
	printf '%s\n' "$1" >&"$oracle_in"
	read -r -t "$probe_limit_s" -u "$oracle_out" line
}

# Asked until it is so: what was pressed may take a moment to show.
is() { # QUESTION REGEX
	local end=$((SECONDS + probe_limit_s))
	while ((SECONDS < end)); do
		ask "$1" && [[ $line =~ $2 ]] && return 0
	done
	return 1
}

is_not() { # QUESTION REGEX
	local end=$((SECONDS + probe_limit_s))
	while ((SECONDS < end)); do
		ask "$1" && [[ $line != none && ! $line =~ $2 ]] && return 0
	done
	return 1
}

# The desktop, the probe and the oracle.
real_apps_start() {
	desktop_start || { echo "Bail out! no desktop"; exit 1; }
	probe_dir=$desktop_dir
	mkfifo "$desktop_dir/nothing"
	# Without a GPU, GTK 4 would draw with all cores and answer late.
	export GSK_RENDERER=cairo QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
	probe_start
	check "connected" connected
	mkfifo "$desktop_dir/asks" "$desktop_dir/tells"
	/usr/bin/python3 tests/support/widgets.py < "$desktop_dir/asks" > "$desktop_dir/tells" 2> "$desktop_dir/oracle.err" &
	oracle_pid=$!
	exec {oracle_in}> "$desktop_dir/asks" {oracle_out}< "$desktop_dir/tells"
	read -r -t "$probe_limit_s" -u "$oracle_out" line
}

real_apps_end() {
	app_pid=
	probe_end
	[ -s "$desktop_dir/oracle.err" ] && sed 's/^/# /' "$desktop_dir/oracle.err"
	exit "$probe_failed"
}
