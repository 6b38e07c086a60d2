#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Real ears through `sidetouchctl replay`, as they were recorded and perturbed: gestures, how soon an ear is known, what
# passes; and real fingers on other panels, none of which is an ear. Run by tests/run; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/support/recordings.sh
. tests/support/recordings.sh
ctl=${BUILD:-build}/sidetouchctl
if [[ ! -d $recordings/ear || ! -d $recordings/fingers ]]; then
	echo "1..0 # SKIP no recordings at $recordings; name their folder with SIDETOUCH_RECORDINGS"
	exit 0
fi
count=0 failed=0
for recording in "$recordings"/fingers/*.{events,evemu}; do
	[[ -f $recording ]] || continue
	name=${recording##*/} bad=''
	description=$recordings/fingers/${name%%.*}.desc
	options=()
	[[ -f $description ]] && options=(--description "$description")
	for proximity in unknown far; do
		lines=$("$ctl" replay --overlay none --proximity "$proximity" "${options[@]}" "$recording") || bad+=" cannot be played"
		grep -q '"kind":"ear"' <<< "$lines" && bad+=" an ear when $proximity"
		summary=${lines##*$'\n'}
		[[ $summary == *'"ear":0,'* ]] || bad+=" ear contacts when $proximity"
		late=${summary##*\"withheld_ms_max\":}
		awk -v ms="${late%\}}" 'BEGIN { exit ms <= 50 ? 0 : 1 }' || bad+=" withheld ${late%\}} ms when $proximity"
	done
	count=$((count + 1))
	if [[ $bad ]]; then
		echo "not ok $count - $name:$bad"
		failed=1
	else
		echo "ok $count - $name is no ear"
	fi
done
python3 tests/support/ear_figures.py --check --perturbed --first $((count + 1)) "$ctl" "$recordings/ear" || failed=1
exit $failed
