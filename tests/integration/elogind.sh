#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `make SYSTEMD=elogind`: what differs from the build that is there is built, linked with elogind's library and not with
# systemd's, and its tests hold with that library: who is at the screen, readiness, watchdog. Run by tests/run; prints TAP.
# elogind's package is fetched and unpacked, for installed it would replace systemd.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/support/fetch.sh
for package in libelogind-dev libelogind0; do
	fetched "$package" || fetch "$package" "$package" || { echo "1..0 # SKIP $package could not be fetched"; exit 0; }
done
exec 8>&-
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
build=$work/build san=()
[[ ${BUILD:-} == */san ]] && san=(SAN=1)
unset MAKEFLAGS MAKELEVEL MFLAGS
count=0 failed=0
ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}
logged() { "$@" > "$work/log" 2>&1 || ! tail -n 20 "$work/log" | sed 's/^/# /'; }

# Everything but what asks logind or systemd is as it was.
mkdir -p "$build/obj" "$work/lib" && cp -a "${BUILD:-build}"/{lib,include,locale} "$build" &&
	cp -a "${BUILD:-build}"/obj/{common,driver,daemon,ctl} "$build/obj" || exit 1
mapfile -t differ < <(grep -l SIDETOUCH_LOGIN common/*.c driver/*.c daemon/*.c ctl/*.c tests/unit/*.c)
(cd "$build/obj" && rm -f "${differ[@]/%.c/.o}") || exit 1
library=$(dirname "$(find "$cache/libelogind0" -name libelogind.so.0 -print -quit)")
ln -s "$library/libelogind.so.0" "$work/lib/libelogind.so"
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$cache/libelogind-dev" -name libelogind.pc -print -quit)")
programs=(sidetouch-driver sidetouchd sidetouchctl)
tests=(test-seats test-service)
logged make --no-print-directory "${san[@]}" SYSTEMD=elogind BUILD="$build" CFLAGS="-I$cache/libelogind-dev/usr/include/elogind" \
	LDFLAGS="-L$work/lib" "${programs[@]/#/"$build/"}" "${tests[@]/#/"$build/tests/"}"
ok $? "it is built, of which ${differ[*]} differ"
needed() { readelf -d "$build/$1" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p'; }
linked=0
for program in "${programs[@]}"; do
	[[ $(needed "$program") == *libelogind.so.0* && $(needed "$program") != *libsystemd* ]] || { linked=1 && echo "# $program: $(needed "$program" | xargs)"; }
done
ok $linked "${programs[*]} are linked with elogind's library and not with systemd's"
for test in "${tests[@]}"; do
	logged env LD_LIBRARY_PATH="$library" BUILD="$build" "$build/tests/$test"
	code=$?
	skipped=$(sed -n 's/^1\.\.0 # SKIP/ # SKIP/p' "$work/log")
	ok $code "$test with it$skipped"
done
echo "1..$count"
exit $failed
