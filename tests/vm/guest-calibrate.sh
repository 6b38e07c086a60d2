#!/bin/bash
# vm: timeout 420
# SPDX-License-Identifier: GPL-3.0-or-later
# A calibration on a real kernel: a simulated touchscreen whose film lies 2 mm off, the driver, the daemon with real speech
# into a WAV file, and sidetouchctl. Then restarts, a full disk, a folder that cannot be written, a broken file.
# Run in a guest by tests/vm/run, as root. Prints TAP.
set -u
# shellcheck source=tests/vm/desktop.sh
. tests/vm/desktop.sh

state=/run/calibrations
transcript=$desktop_dir/said
export DBUS_SESSION_BUS_ADDRESS=unix:path=$desktop_dir/bus
export G_SLICE=always-malloc

# The default film of a phone of 68 x 136 mm: three pads down each edge, 5 mm inside (driver/core/overlay.c).
pads=(left-top left-middle left-bottom right-top right-middle right-bottom)
pad_x=(5 5 5 63 63 63)
pad_y=(63.17 88.17 113.17 63.17 88.17 113.17)
shift_x=2 shift_y=-2

plus() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a + b }'; }
said() { grep -qF -- "$1" "$transcript"; }
says() { await said "$1"; }
printed() { grep -qF -- "$2" "$desktop_dir/$1.log"; }
# Each press is answered by an utterance, and what is no press by none.
utterances() { grep -cvE ' \((spoken|stopped|failed)\)$' "$transcript"; }
more_utterances_than() { (($(utterances) > $1)); }

driver_start() {
	spawn driver "$BUILD/sidetouch-driver" --socket "$driver_socket" --allow-user 0 --state "$state"
	await clone_is 0
}
driver_end() {
	kill -TERM "${pids[driver]}"
	wait "${pids[driver]}"
}
daemon_start() {
	: > "$transcript"
	spawn daemon "$BUILD/sidetouchd" --driver-socket "$driver_socket" --profiles profiles --voice "$BUILD/sidetouch-voice" \
		--sink "wav:$desktop_dir/speech.wav" --voice-arg --transcript --voice-arg "$transcript" --app-source bus
	says "Sidetouch is ready"
}
press() { # X Y
	panel_do tap "$1" "$2" 120
}
is_press() { # X Y: withheld from the clone, and answered
	local before
	before=$(utterances)
	press "$1" "$2" && await more_utterances_than "$before"
}
passes() { # X Y
	panel_do down 0 "$1" "$2" && await clone_is 1 && panel_do up 0 && await clone_is 0
}
# Press a pad where the film lies: three times, a little apart, until the daemon has taken each.
press_three() { # INDEX SHIFT_X SHIFT_Y
	local x y i
	x=$(plus "${pad_x[$1]}" "$2") y=$(plus "${pad_y[$1]}" "$3")
	for i in -0.5 0 0.5; do
		press "$(plus "$x" "$i")" "$y" || return 1
		read -r -t 0.3 <> "$desktop_dir/never" || :
	done
}
calibrate_start() {
	rm -f "$desktop_dir/calibrate.log"
	spawn calibrate "$BUILD/sidetouchctl" calibrate
	await printed calibrate "Press left top, three times."
}
calibrate_through() { # SHIFT_X SHIFT_Y
	local i
	for i in 0 1 2 3 4 5; do
		press_three "$i" "$1" "$2" || return 1
		((i == 5)) || await printed calibrate "Press ${pads[i + 1]/-/ }, three times." || return 1
	done
}
more_lefts_than() { (($(grep -cF "Calibration is left. The buttons" "$transcript") > $1)); }
the_file() { ls "$state"/*.calibration 2> /dev/null; }

spawn bus dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS"
await test -S "$desktop_dir/bus"
panel_start
need $? "a touchscreen is plugged in"
driver_start
need $? "the driver takes it"
daemon_start
need $? "the daemon speaks into a file"

# --- where the film really lies ---

# Within the pad as it lies, 8 mm from where the default film has it.
aside_x=$(plus 5 "$(plus $shift_x 4)") aside_y=$(plus 63.17 "$(plus $shift_y -3.5)")
passes "$aside_x" "$aside_y"
ok $? "before, a touch at the bump's far side is no press"
is_press 5 63.17
ok $? "one at the default place is"

calibrate_start
ok $? "a calibration begins: it asks for left top"
press_three 0 $shift_x $shift_y
await printed calibrate "Press left middle, three times."
ok $? "three presses 2 mm off are taken"
panel_do down 0 34 40
read -r -t 0.5 <> "$desktop_dir/never" || :
clone_is 0
ok $? "meanwhile a touch anywhere is not the clone's"
panel_do up 0
# Pressed once more before the finger has been away for a moment, it would have bounced.
press_after() { # X Y
	read -r -t 0.3 <> "$desktop_dir/never" || :
	press "$1" "$2"
}
press_after 7 86.17 && press_after 7 86.17
await printed calibrate "These presses were 54 millimetres apart"
ok $? "it counts as one of the three, which are refused"
press_after 7 86.17 && press_after 7 86.17 && press_after 7 92
await printed calibrate "These presses were 6 millimetres apart"
ok $? "presses 6 mm apart are refused, with the reason"
for i in 1 2 3 4 5; do
	press_three "$i" $shift_x $shift_y
	((i == 5)) || await printed calibrate "Press ${pads[i + 1]/-/ }, three times."
done
wait "${pids[calibrate]}"
ok $? "sidetouchctl ends with 0"
says "Done. All six buttons are where you pressed."
ok $? "and it is said"
file=$(the_file)
{ [[ -f $file ]] && grep -q '^X=7.000$' "$file" && grep -q '^Y=61\.[12]' "$file"; }
ok $? "the file has the places in mm: $(basename "$file")"
is_press "$aside_x" "$aside_y"
ok $? "it is in force at once: the far side of the bump is a press"

driver_end
ok $? "the driver ends well"
driver_start
await said "The buttons work again"
is_press "$aside_x" "$aside_y"
ok $? "and still after a restart"

# --- left ---

sum=$(sha256sum "$file")
calibrate_start
press_three 0 0 0
"$BUILD/sidetouchctl" calibrate --stop
ok $? "sidetouchctl calibrate --stop leaves it"
wait "${pids[calibrate]}"
[[ $? == 1 && $(sha256sum "$file") == "$sum" ]]
ok $? "the one that followed it ends with 1, and the file is as it was"
calibrate_start
kill -KILL "${pids[calibrate]}"
wait "${pids[calibrate]}" 2> /dev/null
await more_lefts_than 1
is_press "$aside_x" "$aside_y"
ok $? "a killed sidetouchctl leaves it too, and presses are presses"
calibrate_start
panel_do tap 34 40 120
kill -KILL "${pids[daemon]}"
wait "${pids[daemon]}" 2> /dev/null
panel_do down 0 34 40
await clone_is 1
ok $? "a daemon that dies in its middle leaves the panel usable at once"
panel_do up 0
daemon_start

# --- where nothing can be kept ---

calibrate_start
mount -t tmpfs -o ro,size=64k none "$state"
calibrate_through 0 0
await printed calibrate "its folder cannot be written"
ok $? "a folder that is read-only is said"
umount "$state"
[[ $(sha256sum "$file") == "$sum" ]]
ok $? "the old file is as it was"
is_press "$aside_x" "$aside_y"
ok $? "and in force"
mount -t tmpfs -o size=4k none "$state"
head -c 4096 /dev/zero > "$state/full" 2> /dev/null
calibrate_start
calibrate_through 0 0
await printed calibrate "the disk is full"
ok $? "a full disk is said"
[[ $(ls "$state") == full ]]
ok $? "and nothing half is left there"
umount "$state"

# --- a broken file ---

driver_end
sed -i 's/^X=7.000$/X=7,0/' "$file"
driver_start
says "X is not a number of mm"
"$BUILD/sidetouchctl" status | grep -F "$file:" | grep -qF "X is not a number of mm"
ok $? "a broken file is said, and in the status, with its line: $("$BUILD/sidetouchctl" status | grep -F "$file:")"
is_press 5 63.17
ok $? "and the default film is used meanwhile"
driver_end
finish
