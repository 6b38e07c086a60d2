#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sidetouchctl overlay template: the places of the six buttons, and every millimetre of the drawings of them.
# Run by tests/run, without a daemon or a panel; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
ctl=$(realpath "${BUILD:-build}")/sidetouchctl
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export LC_ALL=C.UTF-8 DBUS_SESSION_BUS_ADDRESS=unix:path=$dir/no-bus HOME=$dir
# What fontconfig has not freed at the end is its own (make SAN=1).
echo "leak:libfontconfig" > "$dir/leaks"
export LSAN_OPTIONS=suppressions=$dir/leaks:print_suppressions=0
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		sed 's/^/# /' "$dir/out" "$dir/err"
		failed=1
	fi
}
overlay() { "$ctl" overlay "$@" > "$dir/out" 2> "$dir/err"; }
exits_saying() { # CODE SENTENCE ARGUMENT...
	local wanted=$1 sentence=$2 code
	shift 2
	overlay "$@"
	code=$?
	((code == wanted)) && grep -qF -- "$sentence" "$dir/out" "$dir/err" && [[ $wanted == 0 || ! -s $dir/out ]]
}

# The rule as the documents have it, reckoned again: 5 mm from the edge, spread over the lower two thirds, at most 25 mm apart.
follows_the_rule() { # WIDTH HEIGHT
	overlay template --size "$1x$2" --json || return 1
	/usr/bin/python3 - "$1" "$2" "$dir/out" <<'PYTHON'
import json, sys
width, height = map(float, sys.argv[1:3])
told = json.load(open(sys.argv[3]))
apart = min((height - 5 - height / 3) / 2, 25)
middle = (height / 3 + height - 5) / 2
want = [(x, middle + row * apart, min(6.5, apart / 2)) for x in (5, width - 5) for row in (-1, 0, 1)]
names = ["left-top", "left-middle", "left-bottom", "right-top", "right-middle", "right-bottom"]
assert [pad["pad"] for pad in told["pads"]] == names and told["file"] is None
for pad, place in zip(told["pads"], want):
    assert all(abs(a - b) < 0.001 for a, b in zip((pad["x_mm"], pad["y_mm"], pad["radius_mm"]), place)), (pad, place)
PYTHON
}
for size in "68 136" "61.7 131.25" "22 44" "527 296"; do
	# shellcheck disable=SC2086 # two words
	check "${size/ / by } mm: where the buttons belong" follows_the_rule $size
	overlay template --size "${size/ /x}" --json && cp "$dir/out" "$dir/told.json"
	for kind in svg pdf scad; do
		drawn() {
			overlay template --size "${size/ /x}" -o "$dir/film.$kind" &&
				/usr/bin/python3 tests/support/film_drawing.py "$dir/told.json" "$dir/film.$kind" 2>> "$dir/err"
		}
		check "${size/ / by } mm: the same in the .$kind" drawn
	done
done
# That it would find a drawing that is a tenth of a millimetre off.
finds_slips() {
	local kind
	overlay template --size 68.1x136 --json && cp "$dir/out" "$dir/told.json" || return 1
	for kind in svg pdf scad; do
		overlay template --size 68x136 -o "$dir/film.$kind" || return 1
		! /usr/bin/python3 tests/support/film_drawing.py "$dir/told.json" "$dir/film.$kind" 2> "$dir/err" || return 1
	done
}
check "a tenth of a millimetre beside would be found" finds_slips
if command -v openscad > /dev/null; then
	solid() { overlay template --size 68x136 -o "$dir/frame.scad" && openscad -D '$fn=6' -o "$dir/frame.stl" "$dir/frame.scad" > "$dir/out" 2>&1 && grep -q vertex "$dir/frame.stl"; }
	check "the frame is a solid" solid
fi

check "in words, for somebody with a ruler and bump dots" exits_saying 0 'left-top: 5 mm from the left edge, 63.167 mm from the top edge' template --size 68x136
check "and from the right edge" exits_saying 0 'right-bottom: 5 mm from the right edge, 113.167 mm from the top edge' template --size 68x136
check "too small a panel" exits_saying 1 'too small for six buttons' template --size 20x136
for size in 68 68x 68x136mm -3x5 nanx136 68x99999; do
	check "a size that is none: $size" exits_saying 1 'write the size in millimetres as 68x136' template "--size=$size"
done
check "another kind of file" exits_saying 1 'end the file'\''s name in .svg, .pdf or .scad' template --size 68x136 -o "$dir/film.dxf"
check "a folder that is not there" exits_saying 1 'No such file' template --size 68x136 -o "$dir/no/film.svg"
printf 'what was there\n' > "$dir/kept.svg"
full() { (ulimit -f 0 && trap '' XFSZ && overlay template --size 68x136 -o "$dir/kept.svg"); [[ $? != 0 && $(cat "$dir/kept.svg") == "what was there" ]]; }
check "a full disk leaves what was there" full
check "without a daemon it says what to do" exits_saying 1 'without --size WxH the running daemon is asked, but there is no session bus' template
check "a device that is not there" exits_saying 1 'no touchscreen that can be read' template --panel /dev/input/event9999
check "another verb" exits_saying 2 'there is only: overlay template' tmplate
check "a size and a panel" exits_saying 2 'a size or a panel, not both' template --size 68x136 --panel 1

echo "1..$number"
exit $failed
