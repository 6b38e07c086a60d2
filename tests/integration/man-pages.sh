#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual pages: each program has one, all are well-formed, and the one of the bus interface has every method, signal and
# argument of the XML, read here by another parser, each with what it is for. Run by tests/run; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
count=0 failed=0
ok() { # STATUS TEXT
	count=$((count + 1))
	if [[ $1 == 0 ]]; then echo "ok $count - $2"; else echo "not ok $count - $2"; failed=1; fi
}

mkdir "$work/man" && cp install/man/*.[1-9] "$work/man" &&
	awk -f install/bus-man.awk daemon/org.sidetouch.Sidetouch1.xml install/org.sidetouch.Sidetouch1.5.in > "$work/man/org.sidetouch.Sidetouch1.5"
missing=
for program in "$build"/sidetouchd "$build"/sidetouchctl "$build"/sidetouch-driver; do
	grep -qsx "\.Nm $(basename "$program")" "$work/man/$(basename "$program")".[18] || missing+=" $(basename "$program")"
done
[[ ! $missing ]]
ok $? "every program has a page${missing:+ (not:$missing)}"

if command -v mandoc > /dev/null; then
	# Below errors mandoc has tastes, such as the order of sections; the generated page meets them too.
	{ mandoc -T lint -W error "$work"/man/*; mandoc -T lint -W warning "$work/man/org.sidetouch.Sidetouch1.5"; } > "$work/lint" 2>&1
	[[ ! -s $work/lint ]] || ! sed 's/^/# /' "$work/lint"
	ok $? "mandoc finds nothing wrong with any"
	printf '.Dd November 29, 2026\n.Dt X 1\n.Os\n.Sh NAME\n.Nm x\n.Nd y\n.El\n' > "$work/wrong.1"
	mandoc -T lint -W error "$work/wrong.1" > "$work/lint" 2>&1 || [[ -s $work/lint ]]
	ok $? "and would with one that is wrong"
	cat > "$work/bus.py" << 'PYTHON'
import re
import sys
import xml.etree.ElementTree as tree

page = re.sub(r"\s+", " ", open(sys.argv[1], encoding="utf-8").read())
members = 0
for member in tree.parse(sys.argv[2]).getroot().iter():
    if member.tag not in ("method", "signal"):
        continue
    members += 1
    taken = [a for a in member if a.get("direction") != "out"]
    given = [a for a in member if a.get("direction") == "out"]
    show = lambda args: [f"{a.get('name')}: {a.get('type')}" for a in args]
    head = member.get("name") + (" (" + ", ".join(show(taken)) + ")" if taken else "")
    if given:
        head += " gives " + " ".join(show(given))
    # Behind it comes what it is for, and not the next one.
    found = re.search(re.escape(" " + head) + r" (\S+ \S+)", page)
    if not found or found.group(1).isupper() or re.match(r"\w+ \(|\w+ gives", found.group(1)):
        print(f"# {head}: {'not explained' if found else 'not there'}")
        members = -1000
print(members)
sys.exit(members < 20)
PYTHON
	mandoc -T ascii -O width=990 "$work/man/org.sidetouch.Sidetouch1.5" | sed 's/.\x08//g' > "$work/bus.txt"
	members=$(python3 "$work/bus.py" "$work/bus.txt" daemon/org.sidetouch.Sidetouch1.xml)
	ok $? "the bus interface's page explains every method and signal (${members##*$'\n'})"
	echo "$members" | grep '^#'
	sed 's/<method name="Stop"\/>/&<method name="Forgotten"\/>/' daemon/org.sidetouch.Sidetouch1.xml > "$work/more.xml"
	! python3 "$work/bus.py" "$work/bus.txt" "$work/more.xml" > "$work/forgotten" && grep -q "Forgotten: not there" "$work/forgotten"
	ok $? "and one that it has not would be found"
else
	for what in lint wrong bus forgotten; do ok 0 "$what # SKIP mandoc is not installed"; done
fi
echo "1..$count"
exit $failed
