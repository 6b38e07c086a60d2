# SPDX-License-Identifier: GPL-3.0-or-later
# Talking to $BUILD/tools/apps-probe: commands go in, what happens comes out, one line each. Sourced by the tests of
# daemon/apps, which set probe_dir, a folder of theirs, first. Every wait ends with what is waited for; only a program
# that never tells runs into the limit.
# shellcheck shell=bash

probe_limit_s=${PROBE_LIMIT:-60} probe_number=0 probe_failed=0 probe_asked=0 line=''

check() { # WHAT COMMAND...: one line of TAP
	local what=$1
	shift
	probe_number=$((probe_number + 1))
	if "$@"; then
		echo "ok $probe_number - $what"
	else
		echo "not ok $probe_number - $what"
		echo "# last line: ${line:0:200}"
		probe_failed=1
	fi
}

probe_start() {
	coproc PROBE { exec "$BUILD/tools/apps-probe" 2>> "$probe_dir/probe.err"; }
	probe_pid=$PROBE_PID
	exec {probe_in}>&"${PROBE[1]}" {probe_out}<&"${PROBE[0]}"
}

# Another one in its place, which was told of nothing that is there already; an app is in front.
probe_again() {
	echo quit >&"$probe_in"
	wait "$probe_pid"
	probe_asked=0
	probe_start
	await '^front '
}

await() { # REGEX: read lines until one fits
	local next end=$((SECONDS + probe_limit_s))
	while ((SECONDS < end)) && IFS= read -r -t $((end - SECONDS)) -u "$probe_out" next; do
		line=$next # none comes: the last one stays, to be shown
		printf '%s\n' "$line" >> "$probe_dir/probe.log"
		[[ $line =~ $1 ]] && return 0
	done
	return 1
}

# One command and its result.
run() { # COMMAND RESULT
	probe_asked=$((probe_asked + 1))
	printf '%s\n' "$1" >&"$probe_in"
	await "^result $probe_asked" && [[ $line =~ ^result\ $probe_asked\ ($2) ]]
}

# A command that may ask for keys, which are typed as the driver's keyboard would: X's codes are the kernel's and 8.
keyed() { # COMMAND RESULT
	local code modifiers
	probe_asked=$((probe_asked + 1))
	printf '%s\n' "$1" >&"$probe_in"
	while await "^(key|result $probe_asked) "; do
		[[ $line == result* ]] && break
		read -r _ code modifiers <<< "$line"
		((${modifiers:-0} & 1)) && xdotool keydown shift
		xdotool key $((code + 8))
		((${modifiers:-0} & 1)) && xdotool keyup shift
		echo typed >&"$probe_in"
	done
	[[ $line =~ ^result\ $probe_asked\ ($2) ]]
}

# What the last command asked of the app: round trips one after the other, and questions in all; at most so many.
costs() { # ROUNDS QUESTIONS
	local rounds questions
	echo cost >&"$probe_in"
	await '^cost' && read -r _ rounds questions _ <<< "$line" && ((rounds > 0 && rounds <= $1 && questions <= $2))
}

# The same until it fits: a window that has just come in front may not be able to answer yet.
soon() { # COMMAND RESULT
	local end=$((SECONDS + probe_limit_s))
	while ((SECONDS < end)); do
		run "$@" && return 0
	done
	return 1
}

# Asked every 0.1 s: nothing tells of a connection with no application in front.
connected() {
	local i
	for ((i = 0; i < 10 * probe_limit_s; i++)); do
		echo state >&"$probe_in"
		await '^state' && [[ $line == "state connected" ]] && return 0
		read -r -t 0.1 <> "$probe_dir/nothing"
	done
	return 1
}

# Which of the words are in the memory of a process; fails when this user may not look.
memory_of() { # PID WORD...
	/usr/bin/python3 tests/support/memory.py "$@"
}

# Ends it; whether it ended well, and GLib and the sanitizers had nothing to complain of.
probe_end() {
	local code
	echo quit >&"$probe_in"
	wait "$probe_pid"
	code=$?
	probe_pid=
	check "it ends without an error" [ "$code" -eq 0 ]
	check "and wrote no complaint of GLib or a sanitizer" [ ! -s "$probe_dir/probe.err" ]
	[ -s "$probe_dir/probe.err" ] && sed 's/^/# /' "$probe_dir/probe.err"
	echo "1..$probe_number"
}
