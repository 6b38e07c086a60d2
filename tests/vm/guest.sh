# SPDX-License-Identifier: GPL-3.0-or-later
# What the guests of the driver share: counting TAP, running a program's, installing the udev rules.
# Sourced by tests/vm/guest-driver.sh and guest-devices.sh inside a guest. Owns the variables count and failed.
# shellcheck shell=bash
# shellcheck source=tests/vm/installed.sh
. tests/vm/installed.sh
count=0 failed=0
mkdir -p /run/udev/rules.d

ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}

# Print a program's TAP with our numbers.
run_tap() { # COMMAND...
	local line="nothing" log
	log=$(mktemp)
	{ "$@" 2>&1; echo "exit $?"; } >"$log"
	while IFS= read -r line; do
		case $line in
		"ok "*) ok 0 "${line#*- }" ;;
		"not ok "*) ok 1 "${line#*- }" ;;
		"1.."*) ;;
		*) echo "# $line" ;;
		esac
	done <"$log"
	line=$(tail -n 1 "$log")
	rm -f "$log"
	[[ $line == "exit 0" ]] || ok 1 "$(basename "$1") ended with '$line'"
}

guest_end() {
	echo "1..$count"
	exit $failed
}
