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
# What comes of a press is told, when it is more than what the button is called; judged by what the calculator shows.
printf 'changes on\necho 3\n' >&"$probe_in"
shows() { line=$(echo "await-shown $1" | tests/support/oracle.py | tail -n 1) && [ "$line" = yes ]; }
# The first press in a window may be needed to know where one is.
reckons() {
	local key
	for key in 5 + 5 =; do
		run "activate role=button name=\"$key\"" '(done|delivered)' || return 1
	done
	local probe_limit_s=10
	await '^typed [0-9]+ 10$'
}
check "GNOME Calculator: the result of = is told" eval 'reckons || reckons || reckons'
check "GNOME Calculator: it is what is shown" shows 10
marked=$(wc -l < "$desktop_dir/probe.log")
check "GNOME Calculator: and again" reckons
keys() { tail -n "+$((marked + 1))" "$desktop_dir/probe.log" | grep -cE '^typed [0-9]+ (deleted|\+|5\+|5\+5)$'; }
check "GNOME Calculator: not each key, nor that something was deleted" [ "$(keys)" -eq 0 ]
check "GNOME Calculator: to a button" run first 'done .*button'
check "GNOME Calculator: from there one writes where the focus is" run 'set-text text="6*7"' 'done text field, 6\*7$'
check "GNOME Calculator: which is reckoned with" run 'activate role=button name="="' '(done|delivered)'
check "GNOME Calculator: and told" await '^typed [0-9]+ 42$'
check "GNOME Calculator: as it is shown" shows 42
printf 'changes off\necho 0\n' >&"$probe_in"
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
