# SPDX-License-Identifier: GPL-3.0-or-later
# A secret that is typed while the whole daemon runs in the same session, and what of it may be nowhere in the end: history,
# D-Bus answers and signals, statistics, report, log, and what a core dump of the daemon and of its voice would have. Sourced
# after tests/demo/desktop.sh and tests/support/probe.sh by the tests that type one; pids is theirs, and ends with them.
# shellcheck shell=bash

secret=Zq9xylophone
# Its end is in the names of symbols: telephone.
secret_pieces=("$secret" "${secret:0:6}" "${secret:3:6}" "${secret:4:6}")
secret_pattern='xyl|loph|hone|zq9'

# The whole daemon, and somebody who watches it.
untold_start() {
	"$BUILD/sidetouchd" --driver-socket "$desktop_dir/driver.sock" --profiles "$desktop_dir" \
		--voice "$BUILD/sidetouch-voice" --sink null > "$desktop_dir/daemon.log" 2>&1 &
	daemon_pid=$!
	pids+=("$daemon_pid")
	gdbus wait --session --timeout "$probe_limit_s" org.sidetouch.Sidetouch1 || { echo "Bail out! no daemon"; exit 1; }
	/usr/bin/python3 tests/support/signals.py > "$desktop_dir/signals.log" 2>&1 &
	pids+=("$!")
}

# Speech is slower than what happens here: the last is said when it is in the history.
said() { # REGEX
	local end=$((SECONDS + probe_limit_s))
	until "$BUILD/sidetouchctl" voice --history > "$desktop_dir/history" && grep -qE "$1" "$desktop_dir/history"; do
		((SECONDS < end)) || return 1
		read -r -t 0.1 <> "$desktop_dir/nothing" || :
	done
}

# All that can be asked, by the command line and by whoever else is on the bus.
ask_everything() {
	local query method
	for query in "status --json" which voice "voice --json" "profile list" buttons "doctor --json" stats; do
		# shellcheck disable=SC2086
		"$BUILD/sidetouchctl" $query >> "$desktop_dir/answers" 2>&1
	done
	"$BUILD/sidetouchctl" report > "$desktop_dir/report" 2>> "$desktop_dir/answers"
	for method in GetStatus GetVoice GetHistory GetGestures; do
		gdbus call --session --dest org.sidetouch.Sidetouch1 --object-path /org/sidetouch/Sidetouch1 \
			--method "org.sidetouch.Sidetouch1.$method" >> "$desktop_dir/answers"
	done
}

# From the front: case does not matter, and one letter alone is a word's.
untold() { ! grep -qiE "$secret_pattern" "$desktop_dir/probe.log" "$desktop_dir/probe.err"; }
nowhere() { ! grep -rqiE "$secret_pattern" "$desktop_dir"/{history,answers,report,daemon.log,signals.log}; }

# Nor in what a core dump of it would have; a title that was said is.
check_cores() { # TITLE
	local voices name
	read -ra voices < "/proc/$daemon_pid/task/$daemon_pid/children"
	if memory_of "$daemon_pid" > "$desktop_dir/memory"; then
		check "core: what was said is in the daemon" [ "$(memory_of "$daemon_pid" "$1")" = "$1" ]
		check "core: the password is not" [ "$(memory_of "$daemon_pid" "${secret_pieces[@]}")" = '' ]
		check "core: it has one voice" [ "${#voices[@]}" -eq 1 ]
		check "core: nor is it in that" [ "$(memory_of "${voices[0]}" "${secret_pieces[@]}")" = '' ]
		return
	fi
	for name in "what was said is in the daemon" "the password is not" "it has one voice" "nor is it in that"; do
		probe_number=$((probe_number + 1))
		echo "ok $probe_number - core: $name # SKIP this user may not read another process' memory"
	done
}
