# SPDX-License-Identifier: GPL-3.0-or-later
# What the voice's tests share: TAP, speech-drive as a coprocess whose events are awaited, a private PulseAudio.
# Sourced by tests/integration/voice-*.sh, which call `voice_begin COUNT` first. Owns $dir and every process it started.

BUILD=${BUILD:-build}
voice=$BUILD/sidetouch-voice
number=0
failed=0
line=

voice_begin() { # COUNT
	unset PULSE_SERVER PULSE_RUNTIME_PATH DBUS_SESSION_BUS_ADDRESS DISPLAY
	dir=$(mktemp -d) || exit 1
	export HOME=$dir XDG_CONFIG_HOME=$dir/config XDG_RUNTIME_DIR=$dir/run ALSA_CONFIG_PATH=$dir/no-card
	mkdir -m 700 "$XDG_RUNTIME_DIR" || exit 1
	trap voice_finish EXIT
	echo "1..$1"
}

voice_finish() {
	drive_end
	pulse_kill
	rm -rf "$dir"
}

check() { # WHAT COMMAND...: one line of TAP
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		echo "# last event: $line"
		failed=1
	fi
}

# --- the daemon's end of the voice ---

drive_start() { # PROGRAM ARGUMENT...
	coproc drive { exec "$BUILD/tools/speech-drive" "$@" 2>> "$dir/drive.log"; }
	drive_pid=$drive_PID
	exec {drive_in}>&"${drive[1]}" {drive_out}<&"${drive[0]}"
}

drive_end() {
	[ -n "${drive_pid:-}" ] || return 0
	exec {drive_in}>&- {drive_out}<&-
	eval "exec ${drive[1]:-9}>&- ${drive[0]:-9}<&-" 2> /dev/null
	wait "$drive_pid" 2> /dev/null
	drive_pid=
}

tell() { # COMMAND
	echo "$1" >&"$drive_in"
}

# Read events until one matches; it is left in $line. False when none came in time.
await() { # PATTERN SECONDS
	local end=$((SECONDS + $2))
	while ((SECONDS < end)) && read -r -t $((end - SECONDS)) line <&"$drive_out"; do
		echo "# $line"
		[[ $line =~ $1 ]] && return 0
	done
	return 1
}

say() { # TEXT: its number in $id
	tell "say $1"
	await '^said ([0-9]+)' 60 && id=${BASH_REMATCH[1]}
}

say_file() { # PATH
	tell "sayfile $1"
	await '^said ([0-9]+)' 60 && id=${BASH_REMATCH[1]}
}

spoken() { # TEXT: it is said and ends as spoken
	say "$1" && await "^ended $id " 60 && [[ $line == "ended $id spoken"* ]]
}

voice_pid() {
	pgrep -P "$drive_pid" | head -n 1
}

restarts() {
	tell state
	await '^state [01] ([0-9]+)' 60 && restarted=${BASH_REMATCH[1]}
}

# --- a sound server ---

pulse_start() {
	LC_ALL=C pulseaudio -n --daemonize=yes --exit-idle-time=-1 --log-target="newfile:$dir/pulse.log" \
		-L 'module-null-sink sink_name=speech' -L module-native-protocol-unix 2>> "$dir/pulse.err" || return 1
	pulse_pid=$(cat "$XDG_RUNTIME_DIR/pulse/pid")
}

# Without a trace of the socket, as after a crash and a new login.
pulse_kill() {
	[ -n "${pulse_pid:-}" ] || return 0
	kill -9 "$pulse_pid" 2> /dev/null
	tail -s 0.02 --pid="$pulse_pid" -f /dev/null
	rm -rf "$XDG_RUNTIME_DIR/pulse"
	pulse_pid=
}

# Whether MS milliseconds of loud samples come out of the sink within SECONDS, from now on.
hears() { # MS SECONDS
	timeout "$2" parec -d speech.monitor --rate=22050 --channels=1 --format=s16le --latency-msec=20 2> /dev/null |
		/usr/bin/python3 tests/support/hear.py "$1"
}
