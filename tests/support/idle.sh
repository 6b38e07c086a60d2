# SPDX-License-Identifier: GPL-3.0-or-later
# sidetouchd and sidetouch-voice after they have spoken and rest: a private PipeWire, the daemon, and the driver's end of
# the link, which presses a pad once. Sourced by tests/integration/idle.sh and tests/bench/bench-idle.sh.
# shellcheck shell=bash disable=SC2154
. tests/support/pipewire.sh

# All threads of a process.
wakeups() { # PID
	awk '/^voluntary_ctxt_switches:/ { sum += $2 } END { print sum }' /proc/"$1"/task/*/status
}

# "6100 kB resident, 900 kB of it private": written to, and so nobody else's, whoever else has the same libraries.
memory() { # PID
	awk '/^Rss:/ { rss = $2 } /^Private_Dirty:/ { private = $2 }
		END { printf "%d kB resident, %d kB of it private\n", rss, private }' "/proc/$1/smaps_rollup"
}

idle_voice() { voice_pid=$(pgrep -P "$daemon_pid" -x sidetouch-voice); }
idle_has_spoken() { grep -qs "Back, press again" "$pipewire_dir/transcript"; }

idle_has_spoken_chinese() { grep -qs "返回" "$pipewire_dir/transcript"; }

# Sets daemon_pid and voice_pid; both have been still for a while when it returns.
idle_start() { # SECONDS that the driver stays, at least
	local left
	pipewire_start || return 1
	{
		printf 'device phone\nwait 500ms\npress left-bottom 60ms\nexpect say "Back, press again"\n'
		for ((left = $1; left > 0; left -= 60)); do echo "wait 60s"; done
	} > "$pipewire_dir/rest.touch"
	pipewire_spawn sidetouchd "$BUILD/sidetouchd" --driver-socket "$XDG_RUNTIME_DIR/driver.sock" --app-source bus \
		--profiles "$pipewire_dir/config" --voice "$BUILD/sidetouch-voice" \
		--voice-arg --transcript --voice-arg "$pipewire_dir/transcript"
	daemon_pid=$pipewire_pid
	pipewire_spawn driver "$BUILD/sidetouchctl" simulate --drive-link "$XDG_RUNTIME_DIR/driver.sock" \
		"$pipewire_dir/rest.touch"
	pipewire_await 30 idle_has_spoken || return 1
	# With two languages loaded.
	"$BUILD/sidetouchctl" say "返回，再按一次" && pipewire_await 30 idle_has_spoken_chinese || return 1
	idle_voice || return 1
	# The text takes 1.5 s, the window for a second press 1.5 s, the stream is corked 1.5 s later; and a thread that
	# GLib had started for a moment (it looks at files in one) ends after 15 s.
	pipewire_pause 20
}

# This is what is measured, or the end of what was said.
pipewire_pause() { # SECONDS
	read -r -t "$1" <> "$pipewire_dir/never" || :
}
