#!/bin/bash
# vm: timeout 1300
# SPDX-License-Identifier: GPL-3.0-or-later
# Every scenario of tests/scenarios on a real kernel: a uinput touchscreen, the driver that grabs it, the daemon and a
# voice that takes its time but makes no sound. Run in a guest by tests/vm/run, as root. Prints TAP.
set -u
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
ready() { "$BUILD/sidetouchctl" status --json | grep -q '"driver":"connected"'; }

dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS" > "$dir/bus.log" 2>&1 &
await test -S "$dir/bus"
/usr/libexec/at-spi-bus-launcher --launch-immediately > "$dir/at-spi.log" 2>&1 &
gdbus wait --session --timeout 60 org.a11y.Bus
ok $? "a session bus and an accessibility bus are up"
"$BUILD/sidetouch-driver" --socket "$dir/driver.sock" --allow-user 0 > "$dir/driver.log" 2>&1 &
"$BUILD/sidetouchd" --driver-socket "$dir/driver.sock" --profiles profiles --voice "$BUILD/sidetouch-voice" \
	--sink null --app-source bus > "$dir/daemon.log" 2>&1 &
# One that answers is at work: one that is still starting reads nothing, and the driver keeps no panel for that.
await ready && "$BUILD/sidetouchctl" say "Ready" > "$dir/say.log" 2>&1
ok $? "the daemon has the driver, and answers"

# Their last lines expect what an app answers, and here is none; guest-desktop.sh has real ones.
declare -A needs_app=([calculator]=1 [two-pads-in-succession]=1)
# One after the other: each plugs in its own touchscreen.
for scenario in tests/scenarios/*.touch; do
	name=$(basename "$scenario" .touch)
	if [[ ${needs_app[$name]:-} ]]; then
		count=$((count + 1))
		echo "ok $count - $name # SKIP it needs an app that answers"
		continue
	fi
	# A scenario counts milliseconds, and an emulated machine loses seconds when its host is busy: it has three tries.
	for try in 1 2 3; do
		"$BUILD/sidetouchctl" simulate --json "$scenario" > "$dir/out" 2> "$dir/err"
		code=$?
		result=$(sed -n 's/.*"kind":"scenario".*"result":"\([a-z]*\)".*/\1/p' "$dir/out" | tail -n 1)
		((code == 0)) && break
		sed "s/^/# $name, try $try: /" "$dir/err"
	done
	if ((code == 0)) && [[ $result == skipped ]]; then
		count=$((count + 1))
		echo "ok $count - $name # SKIP a kernel cannot do what it asks"
		continue
	fi
	[[ $code == 0 && $result == held ]]
	ok $? "$name"
	[[ $code == 0 ]] || { cat "$dir/err" && tail -n 12 "$dir/out"; } | sed 's/^/# /'
done
((failed)) && tail -n 15 "$dir/driver.log" "$dir/daemon.log" | sed 's/^/# /'
echo "1..$count"
exit $failed
