#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What systemd makes of the installed units: it understands each line, and their sandboxes are as tight as promised.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
command -v systemd-analyze > /dev/null || { echo "1..0 # SKIP there is no systemd-analyze"; exit 0; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
root=$dir/root measured=none
driver_exposure=1.2 # at most; the scale ends at 10
# As low as it gets where no capability can be dropped and no folder hidden, because nothing of that is a user's to do.
daemon_exposure=6.0
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@" > "$dir/out" 2>&1; then
		echo "ok $number - $what"
	else
		sed 's/^/# /' "$dir/out"
		echo "not ok $number - $what"
		failed=1
	fi
}
unset MAKEFLAGS MAKELEVEL MFLAGS
check "it installs" make --no-print-directory -s BUILD="$BUILD" DESTDIR="$root" install

units=$root/usr/local/lib/systemd
exposure() { # UNIT AT_MOST
	local said
	said=$(systemd-analyze security --offline=true --no-pager "$1" 2>&1 | tail -n 1)
	[[ $said =~ ([0-9]+\.[0-9]) ]] && echo "$said" &&
		awk -v is="${BASH_REMATCH[1]}" -v most="$2" 'BEGIN { exit !(is <= most) }' && measured=${BASH_REMATCH[1]}
}
check "the driver's exposure is at most $driver_exposure" exposure "$units/system/sidetouch-driver.service" "$driver_exposure"
echo "# $measured"
check "the daemon's exposure is at most $daemon_exposure" exposure "$units/user/sidetouchd.service" "$daemon_exposure"
echo "# $measured"
# Each line of them: what systemd ignores it names, with the file.
understood() { # UNIT...
	! XDG_RUNTIME_DIR=$dir systemd-analyze verify --man=no "$@" 2>&1 | grep "^$units"
}
sed -i "s|\([= ]\)/usr/local/|\1$root/usr/local/|g" "$units"/*/sidetouch*.service
check "systemd understands every line of the system's units" understood "$units/system/"sidetouch-driver.{service,socket}
check "and of the user's" understood --user "$units/user/sidetouchd.service"
echo "Nonsense=yes" | tee -a "$units/user/sidetouchd.service" >> "$units/system/sidetouch-driver.service"
check "and would say what it does not" eval '! understood --user "$units/user/sidetouchd.service" &&
	! understood "$units/system/sidetouch-driver.service"'
check "the OpenRC script is one that a shell understands" sh -n install/sidetouch-driver.initd
user_is_made() { systemd-sysusers --root="$root" && grep '^sidetouch:.*:/usr/sbin/nologin$' "$root/etc/passwd"; }
check "the service's user is made, with neither shell nor home" user_is_made
folders_are_made() {
	systemd-tmpfiles --root="$root" --create sidetouch.conf || ((EUID != 0)) || return 1
	((EUID != 0)) || [[ -d $root/run/sidetouch && -d $root/var/lib/sidetouch ]]
}
check "its folders are made" folders_are_made
echo "1..$number"
exit $failed
