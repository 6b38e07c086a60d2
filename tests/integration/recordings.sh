#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Real fingers on real panels through `sidetouchctl replay`: without an overlay the clone's events are the recording's,
# each with its time, and every contact passes; with the default one none is lost, and with pads under the fingers none is
# lost, doubled or late. Run by tests/run; prints TAP.
# The recordings are not the project's: $SIDETOUCH_RECORDINGS, or ../shared/recordings beside the repository.
set -u
cd "$(dirname "$0")/../.." || exit 1
ctl=${BUILD:-build}/sidetouchctl
# shellcheck source=tests/support/recordings.sh
. tests/support/recordings.sh
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
count=0 failed=0

if [[ ! -d $recordings/fingers ]]; then
	echo "1..0 # SKIP no recordings at $recordings; name their folder with SIDETOUCH_RECORDINGS"
	exit 0
fi

ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}

# The events alone, numbers as numbers.
events() { # FILE
	awk '$1 == "E:" { print $2, tolower($3), tolower($4), $5 + 0 }' "$1"
}

# A number of the summary.
summed() { # KEY
	tail -n 1 "$work/lines" | grep -oP "\"$1\":\K[0-9.]+"
}

for recording in "$recordings"/fingers/*.{events,evemu}; do
	[[ -f $recording ]] || continue
	name=${recording##*/}
	description=$recordings/fingers/${name%%.*}.desc
	options=()
	[[ -f $description ]] && options=(--description "$description")
	"$ctl" replay --overlay none "${options[@]}" --clone "$work/clone" "$recording" > "$work/lines" &&
		cmp -s <(events "$recording") <(events "$work/clone") &&
		(($(summed contacts) == $(summed passed))) && (($(summed contacts) > 0)) && (($(wc -l < "$work/lines") == 1))
	ok $? "$name passes unchanged, $(summed contacts) contacts"
	"$ctl" replay "${options[@]}" --clone "$work/clone" "$recording" > "$work/lines" 2> /dev/null &&
		(($(summed contacts) == $(summed passed) + $(summed pad)))
	ok $? "$name with pads: none lost, $(summed pad) on a pad"
	# Pads where its fingers land, so that they are withheld: pressed or shown, none twice, none late.
	[[ -f $description ]] || description=$recording
	python3 tests/support/pads_under.py "$recording" "$description" "$work/desc" "$work/overlay"
	case $? in
	3) continue ;;
	0) ;;
	*) ok 1 "$name: pads under its fingers"; continue ;;
	esac
	"$ctl" replay --overlay "$work/overlay" --description "$work/desc" --clone "$work/clone" "$recording" > "$work/lines" &&
		(($(summed contacts) == $(summed passed) + $(summed pad))) &&
		awk -v late="$(summed withheld_ms_max)" 'BEGIN { exit !(late <= 60) }' &&
		[[ $(summed passed) == $(events "$work/clone" | awk '$2 == "0003" && $3 == "0039" && $4 >= 0' | wc -l) ]]
	ok $? "$name with pads under its fingers: $(summed passed) shown, $(summed pad) on a pad, $(summed withheld_ms_max) ms late"
done

echo "1..$count"
exit $failed
