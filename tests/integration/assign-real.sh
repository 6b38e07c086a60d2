#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Assigning by doing on the real calculator: both top pads, a right pad twice, and that pad presses the control from then
# on; undone again; and what happens to the profile on a disk that is full or read-only. The daemon is whole and speaks;
# touches come over the driver's link.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
for program in Xvfb openbox xdotool gnome-calculator; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
number=0 failed=0 mounted=''
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then echo "ok $number - $what"; else echo "not ok $number - $what" && failed=1; fi
}
finish() {
	[ -n "$mounted" ] && umount "$mounted"
	desktop_stop
}
trap finish EXIT
desktop_start || { echo "Bail out! no desktop"; exit 1; }
export GSK_RENDERER=cairo XDG_STATE_HOME=$desktop_dir/state
mkdir -p "$desktop_dir/data/sidetouch" "$desktop_dir/disk" && ln -s "$PWD/profiles" "$desktop_dir/data/sidetouch/profiles"
# Of the user's own folder, so that a test may fill it.
mount -t tmpfs -o size=64k none "$desktop_dir/disk" 2> "$desktop_dir/mount.log" && mounted=$desktop_dir/disk
export XDG_CONFIG_HOME=$desktop_dir/disk XDG_DATA_DIRS=$desktop_dir/data:/usr/local/share:/usr/share
own="$XDG_CONFIG_HOME/sidetouch/profiles/GNOME-Calculator.profile"
socket=$XDG_RUNTIME_DIR/driver.sock

desktop_spawn calculator gnome-calculator
oracle() { echo "$1" | tests/support/oracle.py | tail -n 1; }
there() { [ "$(oracle "place 7")" != none ]; }
check "the calculator is there" there
# Wherever the focus is: the reading cursor begins at the display, and the left pads go on from there.
mkdir -p "${own%/*}" && printf '[Profile]\nName=Default\n[left-bottom + right-top]\nCommand=last kind=entry\n' > "${own%/*}/default.profile"
start_daemon() { # NAME
	desktop_spawn "$1" "$BUILD/sidetouchd" --driver-socket "$socket" --voice "$BUILD/sidetouch-voice" --sink null
	gdbus wait --session --timeout "$desktop_patience_s" org.sidetouch.Sidetouch1 || { echo "Bail out! no daemon"; exit 1; }
}
# Whether the voice of the daemon that was started last was to see to it that it is heard.
to_be_heard() {
	local voice end=$((SECONDS + desktop_patience_s))
	until voice=$(pgrep -P "${desktop_pids[-1]}" -x sidetouch-voice); do ((SECONDS < end)) || return 2; done
	tr '\0' ' ' < "/proc/$voice/cmdline" | grep -q -e --audible
}
start_daemon first
check "at the first start in the user's life speech is to be heard, also where the sound is off" to_be_heard
mkfifo "$desktop_dir/never"
remembered() {
	local end=$((SECONDS + desktop_patience_s))
	until [ -s "$XDG_STATE_HOME/sidetouch/heard" ]; do
		((SECONDS < end)) || return 1
		read -r -t 0.05 <> "$desktop_dir/never" || :
	done
}
check "and that it was seen to is remembered" remembered
desktop_stop_one first
start_daemon sidetouchd
later() { to_be_heard; (($? == 1)); }
check "at the next one the sound is the user's own affair" later

play() { # LINE...: a scenario, over the driver's link
	printf '%s\n' 'device phone' 'app gnome-calculator' "$@" > "$desktop_dir/play.touch"
	"$BUILD/sidetouchctl" simulate --json --drive-link "$socket" "$desktop_dir/play.touch" > "$desktop_dir/play.out" 2> "$desktop_dir/play.err" && return
	{ cat "$desktop_dir/play.err" && tail -n 25 "$desktop_dir/play.out"; } | sed 's/^/# /'
	return 1
}
# A landing within 40 ms of a lift is a bounce, so there is a wait before each.
display=('chord left-bottom + right-top 80ms' 'expect command last kind=entry' 'expect say "text field, read only"' 'wait 100ms')
on() { printf '%s\n' 'wait 100ms' 'press left-middle 80ms' 'expect command next' "expect say \"$1\""; } # WORDS
mapfile -t to_four < <(on "4, button")
mapfile -t to_seven < <(on "4, button" && on "7, button")
top='chord left-top + right-top 700ms'
begins='expect say "Assigning. Move to a control and press the button it should go to. Left top and left middle move. Left bottom undoes. To leave, hold both top buttons"'
ends='expect say "Assigning is over. The buttons work again"'
offers='expect say "7, button, to right top, press again"'
again=('wait 200ms' 'press right-top 80ms')

assigns=("${display[@]}" "$top" "$begins" "${to_seven[@]}" 'press right-top 80ms' "$offers" "${again[@]}" 'expect say "Assigned. right top is 7, button"')
check "both top pads held, left pads to the 7, a right pad twice: assigned" play "${assigns[@]}" \
	'expect say "The buttons have changed"' 'wait 100ms' "$top" "$ends" 'expect command none'
as_written() {
	diff - "$own" <<- 'END' | sed 's/^/# /' && ((PIPESTATUS[0] == 0))
		[Profile]
		Name=GNOME Calculator

		[right-top]
		Command=activate role=button name="7"
	END
}
check "it is a line of the user's own profile of the calculator" as_written
count_for() { "$BUILD/sidetouchctl" which gnome-calculator | grep -q "^right-top: 7, activate role=button name=\"7\", double, from $own:5\$"; }
check "which counts" count_for
sevens() {
	play 'press right-top 80ms' 'expect say "7, press again"' "${again[@]}" 'expect command activate role=button name="7"' &&
		[ "$(oracle "await-shown 7")" = yes ]
}
check "the button presses it now: the calculator shows 7" sevens

# --- a disk that is full or read-only ---
whole() { cmp -s "$own" "$desktop_dir/before"; }
assign_four() { # SENTENCE
	play "${display[@]}" "$top" "$begins" "${to_four[@]}" 'press right-middle 80ms' \
		'expect say "4, button, to right middle, press again"' 'wait 200ms' 'press right-middle 80ms' "expect say \"$1\""
}
cp "$own" "$desktop_dir/before"
if [ -n "$mounted" ]; then
	dd if=/dev/zero of="$mounted/filler" bs=4k > "$desktop_dir/dd.log" 2>&1
	check "a full disk: said, with what to do" assign_four "The disk is full, so nothing was changed in $own. Make room and try again"
	check "and the old file is whole" whole
	rm "$mounted/filler"
	mount -o remount,ro "$mounted"
	check "a read-only disk: said, with what to do" \
		assign_four "Nothing can be written where $own is, so nothing was changed. Have that disk made writable and try again"
	check "and the old file is whole still" whole
	mount -o remount,rw "$mounted"
else
	for what in "a full disk" "its file" "a read-only disk" "its file"; do
		number=$((number + 1))
		echo "ok $number - $what # SKIP nothing can be mounted here"
	done
fi

# --- and back ---
gone() { [ ! -e "$own" ]; }
check "left bottom, twice, takes it back" play "$top" "$begins" 'press left-bottom 80ms' \
	'expect say "Undo the last assignment, press again"' 'wait 200ms' 'press left-bottom 80ms' \
	'expect say "Undone. The buttons are as they were"' 'expect say "The buttons have changed"' 'wait 100ms' "$top" "$ends" \
	'wait 100ms' 'press right-top 80ms' 'expect say "Five, press again"'
check "and the file, which was not there before" gone
check "assigned again" play "${assigns[@]}"
undone() { "$BUILD/sidetouchctl" profile undo > "$desktop_dir/undo.out" && gone; }
check "sidetouchctl profile undo takes it back, too" undone
nothing_left() { ! "$BUILD/sidetouchctl" profile undo 2> "$desktop_dir/undo.err" && grep -q 'Nothing was assigned that can be undone' "$desktop_dir/undo.err"; }
check "and then there is nothing to undo" nothing_left
echo "1..$number"
exit $failed
