#!/bin/bash
# vm: timeout 1200
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole product on a real kernel: a press on a pad of a touchscreen becomes words that sound and an action in an app
# that others wrote (gnome-calculator, GTK 4; mousepad, GTK 3). Then each program is killed at bad moments, and another
# user comes with a daemon of his own. Run in a guest by tests/vm/run, as root. Prints TAP.
set -u
# shellcheck source=tests/vm/desktop.sh
. tests/vm/desktop.sh
transcript=$desktop_dir/user/transcript
heard=$desktop_dir/heard.raw # what the null sink's monitor played: 16 bit, mono, 22050 Hz
note=$desktop_dir/user/note.txt
own_profiles=$desktop_dir/user/profiles

# --- the daemon ---

daemon_start() {
	spawn_user sidetouchd "$BUILD/sidetouchd" --driver-socket "$driver_socket" --profiles profiles \
		--profiles "$own_profiles" --voice "$BUILD/sidetouch-voice" --voice-arg "--transcript=$transcript"
}
voice_pid() { pgrep -P "${pids[sidetouchd]}" -x sidetouch-voice; }
another_voice_than() { [[ $(voice_pid) && $(voice_pid) != "$1" ]]; }
status() { as_user "$BUILD/sidetouchctl" status; }

# Read what the daemon tells until a line matches; BASH_REMATCH is of that line. False when none came in time.
hear() { # PATTERN
	local line end=$((SECONDS + patience_s))
	while ((SECONDS < end)) && read -r -t "$patience_s" -u "${from[events]}" line; do
		echo "$line" >> "$desktop_dir/events.log"
		[[ $line =~ $1 ]] && return 0
	done
	echo "# not heard: $1; the last that was:"
	tail -n 6 "$desktop_dir/events.log" | sed 's/^/#   /'
	return 1
}
hear_front() { hear "^front $1\$"; } # APP

# --- what sounds and what is on paper ---

heard_bytes() { stat -c %s "$heard"; }
heard_seconds() { (($(heard_bytes) > $1 * 44100)); }
loud_since() { # BYTE MS: so much of it was loud since then
	tail -c +$(($1 / 2 * 2 + 1)) "$heard" | tests/support/hear.py "$2"
}
# Whether the voice has begun to say a text so often.
begun_times() { # TIMES TEXT
	(($(grep -c "^[0-9]* [0-9]* $2\$" "$transcript") >= $1))
}

# --- fingers on pads ---

press() { # PAD
	local at
	at=$(panel pad "$1") && panel_do tap "${at% *}" "${at#* }" 80
}
rest_on() { # PAD: a finger that stays
	local at
	at=$(panel pad "$1") && panel_do down 0 "${at% *}" "${at#* }"
}
# Read on until a line matches, as hear() does; and when the daemon was too slow for the driver, which then hung up on it, and
# is back: 2, for what was pressed meanwhile was nobody's.
hear_unless_cut_off() { # PATTERN
	hear "$1|^said 0 ([0-9]+) The buttons work again\$" || return 1
	[[ ${BASH_REMATCH[0]} == *" The buttons work again" ]] || return 0
	echo "# the driver had hung up on a daemon that this machine kept from reading"
	return 2
}
# A first press: it is said what the button would do, up to the last sample.
announced() { # PAD LABEL
	local tries code
	for tries in 1 2 3 4 5; do
		press "$1" || return 1
		hear_unless_cut_off "^said [0-9]+ ([0-9]+) $2, press again\$"
		code=$?
		((code == 2)) || break
	done
	((code == 0)) && hear "^ended ${BASH_REMATCH[1]} spoken"
}
# The second press, and again should this machine have been too slow for the time in which it must land. Whether the app
# did it, the oracle knows.
confirmed() { # PAD LABEL COMMAND
	local tries utterance code
	for tries in 1 2 3 4 5; do
		press "$1" || return 1
		hear_unless_cut_off "^(command [0-9]+ $3|said [0-9]+ ([0-9]+) $2, press again)\$"
		code=$?
		((code == 1)) && return 1
		utterance=${BASH_REMATCH[2]:-}
		((code == 0)) && [[ ! $utterance ]] && break
		echo "# try $tries came too late"
		((code == 2)) || hear "^ended $utterance " || return 1
	done
	((code == 0)) && [[ ! $utterance ]] && hear '^result [0-9]+ (done|delivered|not-responding)$' || return 1
	[[ ${BASH_REMATCH[1]} != not-responding ]]
}
# The same; and both presses again, as a user would, when an app on a starved machine did not answer and did nothing.
starved=0
finished() { # PAD LABEL COMMAND
	local before
	before=$(oracle shown)
	confirmed "$@" && return 0
	[[ ${BASH_REMATCH[1]:-} == not-responding ]] && ((++starved < 30)) || return 1
	echo "# it did not respond ($starved)"
	read -r -t 10 <> "$desktop_dir/never" || :
	[[ $(oracle shown) == "$before" ]] && does "$@"
}
does() { # PAD LABEL COMMAND
	announced "$1" "$2" && finished "$@"
}
five() { does right-top Five 'activate role=button name="5"'; }

# --- the two apps ---

to_front() { # APP_ID of Wayland
	as_user swaymsg "[app_id=\"$1\"] focus, fullscreen enable" > "$desktop_dir/swaymsg.log"
}
app_lifts() { grep -c 'wl_touch@[0-9]*.up(' "$desktop_dir/calculator.log"; }
more_app_lifts_than() { (($(app_lifts) > $1)); }
digit_arrives() { # DIGIT: an ordinary touch of the calculator's own button
	local before
	before=$(oracle shown)
	tap_button "$1"
	shows "$before$1"
}

# --- the main job ---

panel_start && desktop_start && driver_start
need $? "a phone with a desktop, a sound server and the driver"
as_user parec -d null.monitor --rate=22050 --channels=1 --format=s16le --latency-msec=50 > "$heard" 2> "$desktop_dir/parec.log" &
calculator_start
need $? "gnome-calculator is in front"
await heard_seconds 1 && ! loud_since 0 10
ok $? "before there is a daemon, nothing sounds"
converse events "${user_session[@]}" tests/vm/events.py
daemon_start
hear '^up$' && hear_front gnome-calculator
need $? "the daemon is there and knows which app is in front"
await begun_times 1 "Sidetouch is ready. Touch left top to learn." && await loud_since 0 300
ok $? "it says that it is ready and, at its first start, how to learn, which sounds"

touches_before=$(touches)
bytes=$(heard_bytes)
before=$(oracle shown)
announced right-top Five
ok $? "a press on a pad is announced"
await loud_since "$bytes" 300 && begun_times 1 "Five, press again"
ok $? "the words sound on the null sink's monitor, and are in the voice's transcript"
await eval '! status | grep -q "^Waiting for the second press"' && [[ $(oracle shown) == "$before" ]]
ok $? "nobody presses again: nothing is done"
five && shows 5
need $? "two presses press the calculator's own button"
does right-middle Plus 'activate role=button name="\+"' && five && does right-bottom Equals 'activate role=button name="="' && shows 10
ok $? "five plus five, with three pads pressed twice each: the calculator shows 10"
tap_button 5
shows 5
ok $? "an ordinary touch still reaches the calculator's button"
(($(touches) == touches_before + 1))
ok $? "and is the only one that its Wayland log has seen: no press on a pad did"

# --- another app, another meaning ---

as_user cp /dev/null "$note"
spawn_user mousepad mousepad --disable-server "$note"
hear_front mousepad
need $? "mousepad comes in front, and the daemon knows"
[[ $(oracle write "Written by hand. ") == yes && ! -s $note ]]
ok $? "something is written in it and not saved"
announced right-top Save && [[ ! -s $note ]]
ok $? "the pad that was Five is Save now; announced, not done"
confirmed right-top Save 'key Control\+s' && await grep -q "Written by hand" "$note"
ok $? "the second press saves the file, by a key that the driver types"
as_user mkdir -p "$own_profiles"
printf '[Profile]\nName=Mousepad\n[right-bottom]\nCommand=type "Kind regards"\nLabel=Regards\n' |
	as_user sh -c "cat > '$own_profiles/Mousepad.profile'"
hear '^said 0 [0-9]+ The buttons have changed$' && does right-bottom Regards type && does right-top Save 'key Control\+s' &&
	await grep -q "Kind regards" "$note"
ok $? "a text of the user's own profile is typed into it, letter by letter, by the driver's keyboard"
announced right-top Save && to_front org.gnome.Calculator && hear_front gnome-calculator
ok $? "another app comes in front between two presses"
announced right-top Five && [[ $(oracle shown) == 5 ]] && finished right-top Five 'activate role=button name="5"' && shows 55
ok $? "the pad is Five again, and needs two presses"

# --- a control of the calculator's put on a button by doing it ---

hold_top_pads() { # PATTERN: held until that is said
	local left right heard
	left=$(panel pad left-top) && right=$(panel pad right-top) && panel_do "both $left $right" && hear "^said 0 [0-9]+ $1"
	heard=$?
	panel_do up 0 && panel_do up 1 && ((heard == 0))
}
# On with a left pad until it is said that a digit is there.
go_to_a_digit() {
	local tries
	for ((tries = 0; tries < 30; tries++)); do
		press left-middle && hear '^said [0-9]+ [0-9]+ (.*)$' || return 1
		[[ ${BASH_REMATCH[1]} =~ ^([0-9]),\ button ]] && digit=${BASH_REMATCH[1]} && return 0
	done
	return 1
}
hold_top_pads "Assigning. Move to a control and press the button it should go to"
ok $? "both top pads held: a control can be assigned"
go_to_a_digit
ok $? "left pads go to a digit of the calculator's"
press right-middle && hear "^said [0-9]+ [0-9]+ $digit, button, to right middle, press again\$" && [[ ! -e $own_profiles/GNOME-Calculator.profile ]]
ok $? "a press of the button that it should go to says so, and writes nothing"
press right-middle && hear "^said [0-9]+ [0-9]+ Assigned. right middle is $digit, button\$" &&
	grep -qxF "Command=activate role=button name=\"$digit\"" "$own_profiles/GNOME-Calculator.profile"
ok $? "a second one writes it into the user's own profile of the calculator"
hear '^said 0 [0-9]+ The buttons have changed$' && hold_top_pads 'Assigning is over. The buttons work again$'
ok $? "both top pads held again: the buttons work, and have changed"
before=$(oracle shown)
does right-middle "$digit" "activate role=button name=\"$digit\"" && shows "$before$digit"
ok $? "the button presses that digit now"
hold_top_pads "Assigning" && press left-bottom && hear '^said [0-9]+ [0-9]+ Undo the last assignment, press again$' &&
	press left-bottom && hear '^said [0-9]+ [0-9]+ Undone' && [[ ! -e $own_profiles/GNOME-Calculator.profile ]]
ok $? "and left bottom, twice, takes it back"
hear '^said 0 [0-9]+ The buttons have changed$' && hold_top_pads 'Assigning is over' && announced right-middle Plus
ok $? "the button is Plus again"

# --- each program killed ---

# Longer than this machine takes to notice that it sounds.
long="One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty, and once more: one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
voice=$(voice_pid)
as_user "$BUILD/sidetouchctl" say "$long" && hear "^said 0 ([0-9]+) $long\$"
utterance=${BASH_REMATCH[1]} bytes=$(heard_bytes)
await loud_since "$bytes" 200
ok $? "a sentence sounds"
kill -KILL "$voice"
bytes=$(heard_bytes)
hear "^ended $utterance spoken" && begun_times 2 "$long" && another_voice_than "$voice"
ok $? "the voice killed in the middle of it: another one says it again, to its end"
await loud_since "$bytes" 1000
ok $? "aloud"
kill -KILL "$(voice_pid)"
before=$(oracle shown)
announced right-top Five && finished right-top Five 'activate role=button name="5"' && shows "${before}5"
ok $? "killed in the moment of a press: the press is answered"

announced right-top Five && rest_on right-top && hear '^press [0-9]+ right-top down' && slay sidetouchd && await clone_is 1
ok $? "the daemon killed with a finger on a pad, in a second press: the finger is the app's at once"
lifts=$(app_lifts)
panel_do up 0
await clone_is 0 && await more_app_lifts_than "$lifts"
ok $? "lifted, nothing stays down on the clone"
digit_arrives 4
ok $? "touches work at once"
before=$(oracle shown)
press left-bottom && shows "${before}7"
ok $? "on the pads too: there the calculator has a 7"
await eval '! pgrep -x sidetouch-voice'
ok $? "and no voice is left behind"
daemon_start
hear '^up$' && hear_front gnome-calculator && await begun_times 1 "Sidetouch is ready"
ok $? "started again, it has the buttons again, and nobody who has pressed others is offered the lessons"
before=$(oracle shown)
announced right-top Five && [[ $(oracle shown) == "$before" ]] && finished right-top Five 'activate role=button name="5"' && shows "${before}5"
ok $? "what the first press had armed is forgotten: it takes two again"

rest_on right-top && hear '^press [0-9]+ right-top down' && driver_kill && await clone_is none
ok $? "the driver killed with a finger on a pad: the clone is gone, and what was down on it"
hear '^said 0 [0-9]+ The touch driver has gone'
ok $? "the daemon says so"
panel_do up 0
digit_arrives 4
ok $? "touches work at once"
driver_start && hear '^said 0 [0-9]+ The buttons work again$' && await clone_in_compositor
ok $? "started again, the daemon has found it by itself"
# Its keyboard is a new one too: the window is active again once the compositor has one to give.
calculator_is_active() { panel_do tap 34 40 80 && await eval 'status | grep -qx "App in front: gnome-calculator"'; }
calculator_is_active && press right-top && hear '^said [0-9]+ [0-9]+ .*, press again$' && driver_kill && hear '^said 0 [0-9]+ The touch driver has gone' && await clone_is none
ok $? "killed while a press is being announced: nothing is down, and that it has gone is said"
digit_arrives 4
ok $? "touches work at once"
driver_start && hear '^said 0 [0-9]+ The buttons work again$' && await clone_in_compositor
calculator_is_active
before=$(oracle shown)
five && shows "${before}5"
ok $? "after all that, two presses press the calculator's button"

# --- another user ---

useradd -m -s /bin/bash visitor && mkdir "$desktop_dir/visitor" && chown visitor: "$desktop_dir/visitor"
own=$desktop_dir/user other=$desktop_dir/visitor
visitor_session=("${user_session[@]//"$desktop_user"/visitor}")
visitor_session=("${visitor_session[@]//"$own"/"$other"}")
spawn visitor-bus "${visitor_session[@]}" dbus-daemon --session --nofork --nopidfile --address="unix:path=$desktop_dir/visitor/bus"
await test -S "$desktop_dir/visitor/bus"
spawn visitor-daemon "${visitor_session[@]}" "$BUILD/sidetouchd" --driver-socket "$driver_socket" --profiles profiles \
	--voice "$BUILD/sidetouch-voice" --sink null
visitor_status() { "${visitor_session[@]}" "$BUILD/sidetouchctl" status; }
refused() { visitor_status | grep -q "^Touch driver: The touch driver serves the user who is at the screen, and that is not you"; }
await refused
ok $? "another user's daemon is refused, and tells why"
before=$(oracle shown)
five && shows "${before}5" && refused
ok $? "and the presses are still the first one's"
finish
