# SPDX-License-Identifier: GPL-3.0-or-later
# Plays scenarios on a guest's kernel: a session bus, the driver, the daemon, and a uinput touchscreen for each scenario.
# Sourced by tests/vm/guest-scenarios.sh and guest-ear.sh as root. Owns the folder $dir, and the variables count and failed.
# shellcheck shell=bash
count=0 failed=0
dir=$(mktemp -d)
export XDG_RUNTIME_DIR=$dir DBUS_SESSION_BUS_ADDRESS=unix:path=$dir/bus
mkfifo "$dir/never"

ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}
await() { # COMMAND...: until it succeeds, 60 s at most
	local end=$((SECONDS + 60))
	until "$@" > /dev/null 2>&1; do
		((SECONDS < end)) || return 1
		read -r -t 0.2 <> "$dir/never"
	done
	return 0
}
skip() { # TEXT WHY
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}
ready() { "$BUILD/sidetouchctl" status --json | grep -q '"driver":"connected"'; }

session_bus_start() {
	dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS" > "$dir/bus.log" 2>&1 &
	await test -S "$dir/bus"
}
# The driver, and a daemon with a voice of these OPTIONS.
programs_start() { # OPTION...
	"$BUILD/sidetouch-driver" --socket "$dir/driver.sock" --allow-user 0 > "$dir/driver.log" 2>&1 &
	"$BUILD/sidetouchd" --driver-socket "$dir/driver.sock" --profiles profiles --voice "$BUILD/sidetouch-voice" \
		--app-source bus "$@" > "$dir/daemon.log" 2>&1 &
	# One that answers is at work: one that is still starting reads nothing, and the driver keeps no panel for that.
	await ready && "$BUILD/sidetouchctl" say "Ready" > "$dir/say.log" 2>&1
}

# Play one. A scenario counts milliseconds, and an emulated machine loses seconds when its host is busy: it has three tries.
play() { # FILE
	local name code result try
	name=$(basename "$1" .touch)
	for try in 1 2 3; do
		"$BUILD/sidetouchctl" simulate --json "$1" > "$dir/out" 2> "$dir/err"
		code=$?
		result=$(sed -n 's/.*"kind":"scenario".*"result":"\([a-z]*\)".*/\1/p' "$dir/out" | tail -n 1)
		((code == 0)) && break
		sed "s/^/# $name, try $try: /" "$dir/err"
	done
	if ((code == 0)) && [[ $result == skipped ]]; then
		skip "$name" "a kernel cannot do what it asks"
		return
	fi
	[[ $code == 0 && $result == held ]]
	ok $? "$name"
	[[ $code == 0 ]] || tail -n 12 "$dir/out" | sed 's/^/# /'
}

finish() {
	((failed)) && tail -n 15 "$dir/driver.log" "$dir/daemon.log" | sed 's/^/# /'
	echo "1..$count"
	exit $failed
}
