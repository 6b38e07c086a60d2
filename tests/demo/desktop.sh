# SPDX-License-Identifier: GPL-3.0-or-later
# A private desktop for the demo: home, Xvfb, openbox, session bus, accessibility bus. Sourced by tests/demo/run;
# everything is started by desktop_spawn and ends with desktop_stop. Each start is awaited by what the program itself tells.
# shellcheck shell=bash

desktop_pids=()
desktop_names=()
desktop_patience_s=60 # each takes under 0.2 s alone (measured); a machine with 20 programs waiting for it, 20 times that

# Start a program in the background, its words in $desktop_dir/NAME.log.
desktop_spawn() { # NAME PROGRAM ARGUMENT...
	local name=$1
	shift
	"$@" > "$desktop_dir/$name.log" 2>&1 &
	desktop_pids+=("$!")
	desktop_names+=("$name")
}

# End one by its name and wait; its exit code.
desktop_stop_one() { # NAME
	local i
	for i in "${!desktop_names[@]}"; do
		if [ "${desktop_names[i]}" = "$1" ]; then
			kill -TERM "${desktop_pids[i]}" && wait "${desktop_pids[i]}"
			return
		fi
	done
	return 1
}

# What a program said, when it is the one that failed.
desktop_log() { # NAME
	echo "--- what $1 said:"
	tail -n 20 "$desktop_dir/$1.log"
} >&2

# Whether a program that was started is still there.
desktop_lives() { # NAME
	local i
	for i in "${!desktop_names[@]}"; do
		[ "${desktop_names[i]}" = "$1" ] && kill -0 "${desktop_pids[i]}" 2> "$desktop_dir/kill.log" && return
	done
	return 1
}

# Start a program that writes one line to its descriptor 7 when it is there; the line is in $desktop_told. The pipe is
# held open here from before the start: what is written to one that nobody holds is lost when its writer closes it.
desktop_spawn_told() { # NAME PROGRAM ARGUMENT...
	local pipe=$desktop_dir/$1.told fd part end=$((SECONDS + desktop_patience_s))
	mkfifo "$pipe" && exec {fd}<> "$pipe" || return 1
	desktop_spawn "$@" 7>&"$fd"
	desktop_told=
	# Xvfb writes its number and the end of the line apart: a read that ends in between has half of it.
	until read -r -t 1 -u "$fd" part; do
		desktop_told+=$part
		if ((SECONDS >= end)) || ! desktop_lives "$1"; then break; fi
	done
	desktop_told+=$part
	exec {fd}>&-
	[ -n "$desktop_told" ] || { desktop_log "$1" && return 1; }
}

desktop_start() {
	desktop_dir=$(mktemp -d "${TMPDIR:-/tmp}/sidetouch demo.XXXXXX") || return 1
	mkdir -p "$desktop_dir/home" "$desktop_dir/run" || return 1
	chmod 700 "$desktop_dir/run"
	export HOME=$desktop_dir/home XDG_RUNTIME_DIR=$desktop_dir/run LC_ALL=C.UTF-8
	export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache
	# Nothing of the user's: settings in memory, no network, and no other accessibility bus.
	export GSETTINGS_BACKEND=memory GIO_USE_VFS=local GDK_BACKEND=x11 GTK_A11Y=atspi NO_AT_BRIDGE=0
	unset AT_SPI_BUS_ADDRESS DBUS_STARTER_ADDRESS WAYLAND_DISPLAY

	# Two that start at once may choose the same number, and one of them ends: one after the other.
	exec 9> "${TMPDIR:-/tmp}/sidetouch-xvfb-$UID.lock" && flock 9 || return 1
	desktop_spawn_told xvfb Xvfb -displayfd 7 -screen 0 800x1000x24 -nolisten tcp -noreset 9>&- || return 1
	exec 9>&-
	export DISPLAY=:$desktop_told
	desktop_spawn_told bus dbus-daemon --session --nofork --nopidfile --print-address=7 || return 1
	export DBUS_SESSION_BUS_ADDRESS=$desktop_told
	desktop_spawn openbox openbox
	desktop_spawn at-spi /usr/libexec/at-spi-bus-launcher --launch-immediately
	gdbus wait --session --timeout "$desktop_patience_s" org.a11y.Bus || { desktop_log at-spi && return 1; }
	desktop_await_manager || { desktop_log openbox && return 1; }
}

# A window that is there before its manager is never brought to the front.
desktop_await_manager() {
	local end=$((SECONDS + desktop_patience_s))
	until xdotool get_num_desktops > "$desktop_dir/manager.log" 2>&1; do
		((SECONDS < end)) || return 1
		read -r -t 0.1 <> "$desktop_dir/bus.told"
	done
	return 0
}

# End what was started, the newest first, and wait until it is gone.
desktop_stop() {
	local i
	for ((i = ${#desktop_pids[@]} - 1; i >= 0; i--)); do
		if kill -TERM "${desktop_pids[i]}" 2> "$desktop_dir/kill.log"; then
			wait "${desktop_pids[i]}"
		fi
	done
	desktop_pids=()
	[ -n "${desktop_dir:-}" ] && rm -rf -- "$desktop_dir"
}
