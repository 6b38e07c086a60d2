#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sidetouchctl replay --svg: every contact of a recording is in the picture, where it was, as what it became, in words.
# Run by tests/run, without a device; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
ctl=$(realpath "${BUILD:-build}")/sidetouchctl
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export LC_ALL=C.UTF-8
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		sed 's/^/# /' "$dir/lines" "$dir/err"
		failed=1
	fi
}

# --- a phone of 68 by 136 mm, ten units a millimetre ---

id=0
at() { printf 'E: %d.%06d %04x %04x %d\n' $(($1 / 1000)) $(($1 % 1000 * 1000)) "$2" "$3" "$4"; } # MS TYPE CODE VALUE
report() { at "$1" 0 0 0; }
down() { # MS SLOT X Y
	id=$((id + 1))
	at "$1" 3 0x2f "$2" && at "$1" 3 0x39 $id && at "$1" 3 0x35 "$3" && at "$1" 3 0x36 "$4"
}
go() { at "$1" 3 0x2f "$2" && at "$1" 3 0x35 "$3" && at "$1" 3 0x36 "$4"; } # MS SLOT X Y
up() { at "$1" 3 0x2f "$2" && at "$1" 3 0x39 -1; } # MS SLOT
{
	printf '# EVEMU 1.3\nN: A <panel> & "more"\nI: 0003 0001 0002 0111\nA: 2f 0 9 0 0 0\nA: 35 0 680 0 0 10\nA: 36 0 1360 0 0 10\nA: 39 0 65535 0 0 0\n'
	down 0 0 50 632 && report 0 && up 85 0 && report 85
	down 1000 0 300 1000 && report 1000 && go 1010 0 300 800 && report 1010 && go 1020 0 300 600 && report 1020 && up 1030 0 && report 1030
	down 2000 0 50 882 && report 2000 && go 2010 0 150 882 && report 2010 && go 2020 0 250 882 && report 2020 && up 2030 0 && report 2030
	down 3000 0 340 200 && down 3000 1 200 250 && report 3000 && up 3050 1 && up 3050 0 && report 3050
	down 4000 0 630 632 && report 4000 && up 4800 0 && report 4800
	down 9000 0 340 680 && report 9000
} > "$dir/touches"
replayed() { "$ctl" replay --svg "$dir/picture.svg" "$@" > "$dir/lines" 2> "$dir/err"; }
picture() { # CHECKS
	/usr/bin/python3 - "$dir/picture.svg" "$1" <<'PYTHON' 2>> "$dir/err"
import sys
import xml.etree.ElementTree as xml
root = xml.parse(sys.argv[1]).getroot()
svg = "{http://www.w3.org/2000/svg}"
groups = {group.get("id"): group for group in root.iter(svg + "g")}
words = [text.text for text in root.findall(svg + "text")]
title = root.find(svg + "title").text
style = root.find(svg + "style").text
contacts = sorted((int(key.split("-")[1]), group) for key, group in groups.items() if key.startswith("contact-"))
def way(number):
    line = groups[f"contact-{number}"].find(svg + "polyline").get("points").split()
    return [tuple(map(float, point.split(","))) for point in line]
def says(number):
    told = groups[f"contact-{number}"].find(svg + "title").text
    assert told in words, told
    return told
def circle(name):
    one = groups[name].find(svg + "circle")
    return tuple(float(one.get(key)) for key in ("cx", "cy", "r"))
for line in sys.argv[2].splitlines():
    assert eval(line), (line, words)
PYTHON
}
check "a recording is drawn" replayed "$dir/touches"
check "its contacts are all there, each where it went" picture 'len(contacts) == 7
way(1) == [(5, 63.2)]
way(2) == [(30, 100), (30, 80), (30, 60)]
way(3) == [(5, 88.2), (15, 88.2), (25, 88.2)]
(way(4), way(5)) == ([(34, 20)], [(20, 25)])
way(7) == [(34, 68)]'
check "what each became, in words, in the picture and in the list beside it" picture 'says(1) == "1: press left-top, 85 ms, at 0 ms"
says(2).startswith("2: finger, ") and says(2).endswith("at 1000 ms")
says(3).startswith("3: slid off left-middle, ") and says(3).endswith("at 2000 ms")
says(4).startswith("4: finger, ") and says(5).startswith("5: finger, ")
says(6).startswith("6: hold right-top, 800 ms")
says(7).startswith("7: finger, ") or says(7).startswith("7: not over")'
check "two that landed in one frame are not mixed up" picture 'says(4) != says(5)
says(5).split(", ")[1] == "35 mm beside left-top"
says(4).split(", ")[1] == "46 mm beside left-top"'
check "the pads are where they count" picture 'circle("left-top") == (5, 63.167, 6.5)
circle("right-bottom") == (63, 113.167, 6.5)'
check "lines differ in more than colour" picture '{group.get("class") for _, group in contacts} == {"press", "finger"}
"stroke-width: 1.2" in style and style.count("stroke-dasharray") >= 4'
check "a device'\''s name is only a name" picture 'title == "Touches of A <panel> & \"more\""'
check "without pads there are none" replayed --overlay none "$dir/touches"
check "and everything is a finger's" picture '"left-top" not in groups and all(says(n).split(": ")[1].startswith("finger, this screen has no pads") for n in range(1, 7))'

# --- an ear ---

sed -i 's/^A: 39/A: 30 0 1000 0 0 10\nA: 39/' "$dir/touches"
{
	sed '/^E:/d' "$dir/touches"
	down 0 0 300 300 && at 0 3 0x30 300 && report 0 && go 20 0 300 301 && report 20 && go 60 0 300 302 && report 60 && up 900 0 && report 900
	down 1500 0 300 300 && at 1500 3 0x30 300 && report 1500 && go 1520 0 301 300 && report 1520 && go 1560 0 302 300 && report 1560 && up 1600 0 && report 1600
} > "$dir/ear"
check "an ear" replayed --proximity near "$dir/ear"
check "what it did is in the list" picture 'any(line.startswith("ear: enter, at ") for line in words) and any(line.startswith("ear: tap, at ") for line in words)
all(group.get("class") == "ear" for _, group in contacts) and len(contacts) == 2'

# --- what cannot be drawn ---

sed 's/^A: 3\([56]\) .*/A: 3\1 0 680 0 0 0/' "$dir/touches" > "$dir/sizeless"
check "a panel that does not say its size" replayed "$dir/sizeless"
check "is drawn, and it is said" picture '"Not to scale: this panel does not say its size" in words and len(contacts) == 7'
printf 'kept\n' > "$dir/kept.svg"
fails() { ! "$ctl" replay --svg "$1" "$dir/touches" > "$dir/lines" 2> "$dir/err" && [[ ! -s $dir/lines && -s $dir/err ]]; }
check "a folder that is not there: nothing is printed" fails "$dir/no/picture.svg"
unread() { ! "$ctl" replay --svg "$dir/kept.svg" "$dir/kept.svg" > "$dir/lines" 2> "$dir/err" && [[ $(cat "$dir/kept.svg") == kept ]]; }
check "a recording that cannot be read leaves the picture that was there" unread

echo "1..$number"
exit $failed
