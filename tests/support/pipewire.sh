# SPDX-License-Identifier: GPL-3.0-or-later
# A private desktop without a screen for measuring speech: folder, session bus, PipeWire with one null sink named
# "speech", WirePlumber, pipewire-pulse. Sourced by what measures speech in tests/bench and by tests of tests/integration.
# Owns $pipewire_dir and every process it started. No sound card of this machine is opened, by ALSA's names neither.
# shellcheck shell=bash

pipewire_pids=()

# Start a program in the background, its words in $pipewire_dir/NAME.log; its number in $pipewire_pid.
pipewire_spawn() { # NAME COMMAND...
	local name=$1
	shift
	"$@" > "$pipewire_dir/$name.log" 2>&1 < /dev/null &
	pipewire_pid=$!
	pipewire_pids+=("$pipewire_pid")
}

pipewire_end() { # PID...
	kill -TERM "$@" 2> /dev/null
	wait "$@" 2> /dev/null
}

# Until COMMAND succeeds; 1 when it does not within S seconds.
pipewire_await() { # S COMMAND...
	local end=$((SECONDS + $1))
	shift
	until "$@" > /dev/null 2>&1; do
		((SECONDS < end)) || return 1
		read -r -t 0.05 <> "$pipewire_dir/never" || :
	done
}

pipewire_start() {
	local config address pipe
	pipewire_dir=$(mktemp -d "${TMPDIR:-/tmp}/sidetouch-pipewire.XXXXXX") || return 1
	unset PULSE_SERVER PULSE_RUNTIME_PATH PIPEWIRE_RUNTIME_DIR PIPEWIRE_REMOTE DISPLAY WAYLAND_DISPLAY SPEECHD_ADDRESS
	export HOME=$pipewire_dir XDG_CONFIG_HOME=$pipewire_dir/config XDG_RUNTIME_DIR=$pipewire_dir/run LC_ALL=C.UTF-8
	export XDG_STATE_HOME=$pipewire_dir/state XDG_CACHE_HOME=$pipewire_dir/cache XDG_DATA_HOME=$pipewire_dir/data
	export ALSA_CONFIG_PATH=$pipewire_dir/no-card
	config=$XDG_CONFIG_HOME
	mkdir -p "$config"/pipewire/pipewire.conf.d "$config"/wireplumber/{main,bluetooth}.lua.d || return 1
	# A client of libpulse makes this folder too, and pipewire-pulse ends when that comes between its look and its own try.
	mkdir -m 700 "$XDG_RUNTIME_DIR" "$XDG_RUNTIME_DIR/pulse" && mkfifo "$pipewire_dir/bus" "$pipewire_dir/never" || return 1
	cat > "$config/pipewire/pipewire.conf.d/speech.conf" <<- 'CONF'
		context.objects = [ { factory = adapter args = {
			factory.name = support.null-audio-sink node.name = speech media.class = Audio/Sink
			audio.position = "FL,FR" object.linger = true } } ]
	CONF
	printf '%s.enabled = false\n' alsa_monitor v4l2_monitor libcamera_monitor > "$config/wireplumber/main.lua.d/51-none.lua"
	echo 'bluez_monitor.enabled = false' > "$config/wireplumber/bluetooth.lua.d/51-none.lua"
	# Held open from before: the bus closes its end when it has told its address.
	exec {pipe}<> "$pipewire_dir/bus"
	pipewire_spawn bus dbus-daemon --session --nofork --nopidfile --print-address=7 7>&"$pipe"
	read -r -t 20 -u "$pipe" address || return 1
	exec {pipe}>&-
	export DBUS_SESSION_BUS_ADDRESS=$address
	pipewire_core_start && pipewire_policy_start && pipewire_pulse_start && pipewire_await 30 pipewire_has_sink
}

pipewire_core_start() {
	rm -f "$XDG_RUNTIME_DIR/pipewire-0"
	pipewire_spawn pipewire pipewire
	pipewire_core_pid=$pipewire_pid
	pipewire_await 30 test -S "$XDG_RUNTIME_DIR/pipewire-0"
}

# Who finds a sink for each stream; ends when PipeWire does.
pipewire_policy_start() {
	pipewire_spawn wireplumber wireplumber
	pipewire_policy_pid=$pipewire_pid
}

pipewire_pulse_start() {
	pipewire_spawn pulse pipewire-pulse
	pipewire_pulse_pid=$pipewire_pid
}

pipewire_has_sink() { [[ $(pactl get-default-sink 2> /dev/null) == speech ]]; }

pipewire_stop() {
	pipewire_end "${pipewire_pids[@]}"
	[[ ${pipewire_dir:-} ]] && rm -rf -- "$pipewire_dir"
}
