#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What recognising an ear costs: instructions a frame on top of the same frames with the sensor far, counted by
# callgrind, and no allocation. Not a time: it is the same on a busy machine. Run by tests/run; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
cost=$BUILD/tools/ear-cost
limit=2000 # issue 4
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
count=0 failed=0
ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}
if ! command -v valgrind > /dev/null; then
	echo "1..0 # SKIP valgrind is missing: make deps"
	exit 0
fi
if nm "$cost" | grep -q __asan_init; then
	echo "1..0 # SKIP valgrind does not run programs with sanitizers"
	exit 0
fi

# Instructions of all frames, and how many these were and how many gestures came of them.
count_instructions() { # PROXIMITY CONTACTS
	valgrind --tool=callgrind --callgrind-out-file=/dev/null '--toggle-collect=play_frame*' "$cost" "$1" "$2" 200 \
		> "$work/out" 2> "$work/err" || return 1
	instructions=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/err")
	frames=$(sed -n 's/^\([0-9]*\) frames.*/\1/p' "$work/out")
	gestures=$(sed -n 's/.* \([0-9]*\) gestures.*/\1/p' "$work/out")
	[[ $frames && $instructions -gt 0 ]]
}

for contacts in 1 2 3 5; do # the design promises for up to five
	count_instructions far $contacts || { ok 1 "far with $contacts contacts is counted: $(tail -n 1 "$work/err")"; continue; }
	far=$((instructions / frames))
	((gestures == 0))
	ok $? "far, $contacts contacts: no gesture, $far instructions a frame"
	for proximity in unknown near; do
		count_instructions $proximity $contacts
		extra=$((instructions / frames - far))
		((extra <= limit))
		ok $? "$proximity, $contacts contacts: $((instructions / frames)) instructions a frame, $extra for the ear, at most $limit"
	done
	((gestures >= 190))
	ok $? "near, $contacts contacts: $gestures gestures of 200 touches"
done

allocations() { # TOUCHES
	valgrind "$cost" near 5 "$1" 2>&1 | sed -n 's/.*total heap usage: \([0-9,]*\) allocs.*/\1/p'
}
few=$(allocations 2) many=$(allocations 200)
[[ $few && $few == "$many" ]]
ok $? "200 touches allocate as often as 2 do: $many and $few"
echo "1..$count"
exit $failed
