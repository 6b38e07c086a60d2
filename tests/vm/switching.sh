# SPDX-License-Identifier: GPL-3.0-or-later
# Two users who switch again and again at one seat, each with presses of their own. Sourced by tests/vm/guest-service.sh as
# root, after tests/vm/desktop.sh; needs its press() and of_user(). Owns the listeners at the users' daemons.
# shellcheck shell=bash

# A listener at a user's daemon, which tells of presses.
listen_to() { # USER
	converse "hears-$1" of_user "$1" tests/vm/events.py && [[ $(answer "hears-$1") == up ]]
}
# Read what was told until a press was whole; false when nothing more came for so long.
hears_press() { # USER SECONDS
	local line
	while read -r -t "$2" -u "${from[hears-$1]}" line; do
		[[ $line == "press "*" up" ]] && return 0
	done
	return 1
}
# Whom logind has at the seat: the driver is told in the moment in which this file changes.
at_seat() { # UID
	local text
	IFS= read -r -d '' text < /run/systemd/seats/seat0
	[[ $text == *$'\n'"ACTIVE_UID=$1"$'\n'* ]]
}
# The driver tells how long each hand-over took, from its own notice that one user is not at the screen any more to the
# other one's daemon having the buttons: no press and no listener of ours is in that.
tell_handovers() {
	mkdir -p /run/systemd/system/sidetouch-driver.service.d &&
		printf '[Service]\nEnvironment=G_MESSAGES_DEBUG=sidetouch-driver\n' > /run/systemd/system/sidetouch-driver.service.d/tell.conf
}
print_handovers() {
	journalctl -q --no-pager -u sidetouch-driver -o cat | sed -n 's/^a daemon listens: .*, \([0-9.]*\) ms after .*/\1/p' | sort -n |
		awk '{ ms[NR] = $1 } END { if (NR) printf "# handed over by the driver %d times: %s ms in the middle, %s ms at most\n", NR, ms[int((NR + 1) / 2)], ms[NR] }'
}
memory_kb() { awk '/^RssAnon:/ { print $2 }' "/proc/$1/status"; } # PID
descriptors() { # PID
	local all=("/proc/$1/fd"/*)
	echo "${#all[@]}"
}

# As by the keys of a virtual terminal. Pressed until one was heard, which the first should be; from logind's word to the end
# of the heard one, in handed_ms. In presses_astray those that a user heard who was not at the screen.
handed_ms=() presses_missed=0 presses_astray=0
switch_to() { # USER VT
	local uid start end=$((SECONDS + patience_s))
	uid=$(id -u "$1")
	while hears_press "$1" 0.01; do presses_astray=$((presses_astray + 1)); done
	busybox chvt "$2" || return 1
	until at_seat "$uid"; do
		((SECONDS < end)) || return 1
		read -r -t 0.01 <> "$desktop_dir/never"
	done
	start=${EPOCHREALTIME/[.,]/}
	until press right-top && hears_press "$1" 1; do
		((SECONDS < end)) || return 1
		presses_missed=$((presses_missed + 1))
	done
	handed_ms+=($(((${EPOCHREALTIME/[.,]/} - start) / 1000)))
}
