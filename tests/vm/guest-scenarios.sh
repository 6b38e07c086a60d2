#!/bin/bash
# vm: timeout 1300
# SPDX-License-Identifier: GPL-3.0-or-later
# Every scenario of tests/scenarios without an ear on a real kernel: a uinput touchscreen, the driver that grabs it, the
# daemon and a voice that takes its time but makes no sound. Run in a guest by tests/vm/run, as root. Prints TAP.
set -u
# shellcheck source=tests/vm/scenarios.sh
. tests/vm/scenarios.sh
# shellcheck source=tests/vm/quick.sh
. tests/vm/quick.sh

plug_quickly
session_bus_start
/usr/libexec/at-spi-bus-launcher --launch-immediately > "$dir/at-spi.log" 2>&1 &
gdbus wait --session --timeout 60 org.a11y.Bus
ok $? "a session bus and an accessibility bus are up"
programs_start --sink null
ok $? "the daemon has the driver, and answers"

# Their last lines expect what an app answers, and here is none; guest-desktop.sh has real ones.
declare -A needs_app=([calculator]=1 [two-pads-in-succession]=1)
# One after the other: each plugs in its own touchscreen.
for scenario in tests/scenarios/*.touch; do
	name=$(basename "$scenario" .touch)
	# An emulated machine is too slow for an ear's frames; guest-driver.sh has one whose frames keep their times.
	[[ $name == ear-* || $name == no-ear-* ]] && continue
	if [[ ${needs_app[$name]:-} ]]; then
		skip "$name" "it needs an app that answers"
	else
		play "$scenario"
	fi
done
finish
