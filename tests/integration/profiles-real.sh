#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped profiles against the programs they are for: the program's id finds its profile, every control that a button
# is to press is there and can be pressed, and every key does in it what the label says. One screen for all.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for program in Xvfb openbox xdotool gnome-calculator mousepad; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
# shellcheck source=tests/support/shipped.sh
. tests/support/shipped.sh
trap shipped_finish EXIT

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing"
export GSK_RENDERER=cairo
probe_start
check "connected" connected

check "GNOME Calculator: in front" start gnome-calculator gnome-calculator
check "GNOME Calculator: its id finds its profile" is gnome-calculator profile 'GNOME Calculator'
for input in right-top right-middle right-bottom; do
	check "GNOME Calculator: what $input presses is there" can_be_pressed gnome-calculator $input
done
end

check "Mousepad: in front" start mousepad mousepad --disable-server
check "Mousepad: its id finds its profile" is mousepad profile Mousepad
check "Mousepad: right-bottom says the title" is mousepad command read-title right-bottom
check "Mousepad: a text without a name" title_becomes 'Untitled'
xdotool type --delay 30 x
check "Mousepad: it was changed" title_becomes '\*Untitled'
check "Mousepad: right-middle, the key of Undo" types mousepad right-middle
check "Mousepad: undoes it" title_becomes 'Untitled'
check "Mousepad: right-top, the key of Save" types mousepad right-top
check "Mousepad: asks where to save it" title_becomes 'Save'
end
probe_end
exit "$probe_failed"
