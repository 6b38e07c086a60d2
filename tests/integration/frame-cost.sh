#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a frame costs in the driver's own code, counted by valgrind: no allocation, and at most 3,000 instructions from the
# read of five passing contacts to what goes to the clone while no ear may be near (what an ear costs has its own limit).
# Counts, not times: they are the same on every machine.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
program=$BUILD/tools/frame-cost
frames=2048 # 32 touches of 64 frames, landings and lifts among them
limit=3000
command -v valgrind > /dev/null || { echo "1..0 # SKIP valgrind is not installed"; exit 0; }
ldd "$program" | grep -q libasan && { echo "1..0 # SKIP valgrind cannot run a program with sanitizers"; exit 0; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

allocations() { # FRAMES CONTACTS ON_PADS PROXIMITY
	valgrind --tool=memcheck --log-file="$dir/memcheck" "$program" "$@" > "$dir/out" || return 1
	sed -n 's/.*total heap usage: \([0-9,]*\) allocs.*/\1/p' "$dir/memcheck"
}

instructions() { # CONTACTS ON_PADS PROXIMITY: of one frame
	valgrind --tool=callgrind --log-file="$dir/log" --callgrind-out-file="$dir/callgrind" \
		--toggle-collect=frame_reader_read "$program" "$frames" "$@" > "$dir/out" || return 1
	awk -v frames="$frames" '/^totals:/ { printf "%d\n", $2 / frames + 0.5 }' "$dir/callgrind"
}

number=0 failed=0
check() { # WHAT CONDITION
	number=$((number + 1))
	if (($2)); then echo "ok $number - $1"; else echo "not ok $number - $1" && failed=1; fi
}

for on_pads in 0 1 5; do
	few=$(allocations 64 5 "$on_pads" unknown) && many=$(allocations "$frames" 5 "$on_pads" unknown) || few=0 many=1
	check "no allocation for a frame with 5 contacts, $on_pads of them withheld ($few for 64 frames, $many for $frames)" \
		"$((${few//,/} > 0 && ${few//,/} == ${many//,/}))"
done
count=$(instructions 5 0 far) || count=0
check "5 contacts that pass: $count instructions a frame, at most $limit" "$((count > 0 && count <= limit))"
for case in "1 0 far" "10 0 far" "5 1 far" "5 5 far" "1 0 unknown" "5 0 unknown" "5 1 unknown"; do
	read -r contacts on_pads proximity <<< "$case"
	echo "# $contacts contacts, $on_pads of them withheld, proximity $proximity:" \
		"$(instructions "$contacts" "$on_pads" "$proximity") instructions a frame"
done
echo "1..$number"
exit $failed
