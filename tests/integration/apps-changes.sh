#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What changes in real applications is told: keys are pressed in them (GTK 3, GTK 4, Qt 5), and what daemon/apps tells of
# it by itself is read from the probe. Also that a flood is not, and that what is typed into a password never is.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
gallery=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2> /dev/null || gcc -dumpmachine)
gallery=/usr/lib/$gallery/qt5/examples/widgets/gallery/gallery
for program in Xvfb openbox xdotool gtk4-widget-factory gtk4-demo "$gallery"; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
/usr/bin/python3 -c 'import gi; gi.require_version("Gtk", "3.0")' 2> /dev/null ||
	{ echo "1..0 # SKIP gir1.2-gtk-3.0 is not installed; make deps"; exit 0; }
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
# shellcheck source=tests/support/untold.sh
. tests/support/untold.sh
pids=() probe_pid=''

finish() {
	for pid in "${pids[@]}" $probe_pid; do
		kill -KILL "$pid" 2> "$desktop_dir/kill.log" && wait "$pid" 2> "$desktop_dir/kill.log"
	done
	desktop_stop
}
trap finish EXIT

key() { xdotool key "$1"; }

# The app is told to; it has done so when it answers.
app() { # LINE
	local answer
	printf '%s\n' "$1" >&"$app_in"
	read -r -t "$probe_limit_s" -u "$app_out" answer && [ "$answer" = ok ]
}

# A key, and what is told of it.
after() { # KEY REGEX
	key "$1" && await "^(tell|tell\+) [0-9]+ $2"
}

tells() { await "^tell\+? [0-9]+ $1"; }
news() { await "^news [0-9]+ $1"; }

# So that the next may be told: this one was spoken.
spoken() { [[ $line =~ ^[a-z+]+\ ([0-9]+) ]] && echo "told ${BASH_REMATCH[1]}" >&"$probe_in"; }

# How many lines fit since the mark.
mark() { marked=$(wc -l < "$desktop_dir/probe.log"); }
count() { tail -n "+$((marked + 1))" "$desktop_dir/probe.log" | grep -cE "$1"; }

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing" "$desktop_dir/tells" "$desktop_dir/does"
export GSK_RENDERER=cairo QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
probe_start
check "connected" connected
# What it said is looked at in the end.
untold_start
echo "changes on" >&"$probe_in"

# --- GTK 3 ---
/usr/bin/python3 tests/support/changes_app.py < "$desktop_dir/does" > "$desktop_dir/tells" 2> "$desktop_dir/app.err" &
pids+=("$!")
exec {app_in}> "$desktop_dir/does" {app_out}< "$desktop_dir/tells"
read -r -t "$probe_limit_s" -u "$app_out" line
check "GTK 3: a window that comes in front is told by its title" tells 'Changes$'
check "GTK 3: and what has the focus there, after it" await '^tell\+ [0-9]+ Name, text field'
check "GTK 3: the focus moved" after Tab 'Wifi, check box, not checked$'
check "GTK 3: it is checked" after space 'checked$'
check "GTK 3: it is not checked" after space 'not checked$'
check "GTK 3: on to the next" after Tab 'More, '
check "GTK 3: it is expanded" after space 'expanded$'
check "GTK 3: it is collapsed" after space 'collapsed$'
check "GTK 3: on to a slider" after Tab 'Volume, slider, 5$'
check "GTK 3: its value" after Right '6$'
check "GTK 3: what a command changes is told after its answer" run 'activate role="check box" name="Wifi"' done
check "GTK 3: with its name, since the focus is elsewhere" tells 'Wifi, checked$'
run 'first kind=entry' done
mark
check "GTK 3: the focus that a command of ours moved" run focus-here done
check "GTK 3: and from there a key" after Tab 'Wifi, check box'
check "GTK 3: was not told besides" [ "$(count 'Name')" -eq 0 ]

check "GTK 3: a question" app 'dialog Really?'
check "GTK 3: is told with what it asks and what Enter does" tells 'Question, alert. Really\? Enter is Yes$'
check "GTK 3: it is answered" key Return
check "GTK 3: the window before it is in front again" tells 'Changes$'
check "GTK 3: and its focus" await '^tell\+ [0-9]+ Wifi, check box'

mark
app 'announce Copied' && app 'announce Copied'
check "GTK 3: what an app announces" news 'Copied$'
check "GTK 3: another announcement" app 'announce Pasted'
check "GTK 3: is told" news 'Pasted$'
check "GTK 3: the same twice at once was told once" [ "$(count Copied)" -eq 1 ]
app 'alert Battery low'
check "GTK 3: an alert that comes up" news 'Warning\. Battery low$'
app 'progress 12'
check "GTK 3: a progress bar, with its name" news 'Copying, 10 percent$'
spoken
app 'progress 17' && app 'progress 34'
check "GTK 3: each tenth" news '30 percent$'
spoken
run last 'done Pay 5' && run previous 'done Battery low'
check "GTK 3: how far it is can be read" run previous 'done Copying, progress bar, 34 percent$'

# --- what an armed command would act on is something else before the second press ---
pay='activate role=button name="Pay*"'
arms() { run "look $pay" "done $1\$"; }                    # NAME: what a first press does
told_anew() { app "$1" && await "^result $probe_asked $2"; } # LINE RESULT
told_once() { # LINE
	mark
	arms 'Pay 5' && app "$1" && read -r -t 0.5 <> "$desktop_dir/nothing"
	echo state >&"$probe_in" && await '^state' && [ "$(count "^result $probe_asked ")" -eq 1 ]
}
# Both wait for the probe when it goes on: it sees the change no earlier than the second press.
at_once() { # LINE RESULT
	kill -STOP "$probe_pid"
	app "$1"
	probe_asked=$((probe_asked + 1))
	echo "$pay" >&"$probe_in"
	kill -CONT "$probe_pid"
	await "^result $probe_asked" && [[ $line =~ ^result\ $probe_asked\ $2 ]]
}
check "target: drawn anew with the same name, nothing is told" told_once redraw
check "target: and the second press presses it" run "$pay" '(done|delivered)'
check "target: once" app 'paid 1'
check "target: what a first press would do" arms 'Pay 5'
check "target: it is called otherwise, which is told" told_anew 'pay Pay 500' 'done Pay 500$'
check "target: that is announced" arms 'Pay 500'
check "target: it is gone, which is told" told_anew pay not-found
app 'pay Pay 5'
check "target: it is there again" arms 'Pay 5'
check "target: called otherwise just before the second press, nothing is pressed" at_once 'pay Pay 500' 'failed Something else is there now'
check "target: not once more" app 'paid 1'
app 'pay Pay 5'
check "found: by its id" run 'activate id="pay"' '(done|delivered)'
check "found: that one" app 'paid 2'
check "found: by its description" run 'activate role=button description="Buys it"' '(done|delivered)'
check "found: that one, too" app 'paid 3'
check "found: not by another description" run 'activate role=button description="Sells it"' not-found
check "found: nor by another id" run 'activate id="pa"' not-found
check "found: nothing was pressed" app 'paid 3'

# --- what is typed, and a password ---
# GTK 4.8 cannot be told to give one the focus; a key can.
until_password() {
	local i
	for ((i = 0; i < 5; i++)); do
		after Tab '' && [[ $line == *' password' ]] && return 0
	done
	return 1
}
echo "echo 3" >&"$probe_in"
types() { # TEXT LAST: the last that is said of it
	xdotool type "$1" && await "^typed [0-9]+ $2\$"
}
# Nothing but keys is told of it, and there is one.
hidden() {
	mark
	types "$secret" '' && [ "$(count '^typed [0-9]+ .')" -eq 0 ]
}
check "GTK 3: back to the field" after shift+Tab 'Name, text field'
# Nobody types before the field's name is heard; by then it is known what is in it, on a busy machine too.
read -r -t 1 <> "$desktop_dir/nothing"
check "GTK 3: a character" types a a
check "GTK 3: another" types b b
check "GTK 3: a word, at its end" types ' ' ab
check "GTK 3: one less" eval 'key BackSpace && await "^typed [0-9]+ deleted$"'
moves() { key "$1" && await "^typed [0-9]+ $2\$"; } # KEY WHAT: what is where the caret is then
check "GTK 3: back over a character" moves Left b
check "GTK 3: and another" moves Left a
check "GTK 3: to the end of the line, in its last word" moves End ab
check "GTK 3: and to its start" moves Home ab
check "GTK 3: of what is deleted after the caret, what is there then" moves Delete b
check "GTK 3: in the app itself" app 'written b'
check "GTK 3: to the end" moves Delete End
mark
key Delete
check "GTK 3: after which there is nothing to delete" types C 'capital C'
check "GTK 3: so that nothing is told of that" [ "$(count '^typed')" -eq 1 ]
check "GTK 3: another" types d d
check "GTK 3: both are selected" moves shift+Home Cd
check "GTK 3: and deleted, though the caret stays" moves Delete 'selection deleted'
check "GTK 3: in the app itself, too" app 'written '
check "GTK 3: a letter" types e e
check "GTK 3: is selected" moves shift+Home e
check "GTK 3: another in its place" types f f
check "GTK 3: is all there is" app 'written f'
key Tab && key Tab && key Tab
check "GTK 3: a field for a password" after Tab 'password$'
check "GTK 3: of a password only that keys are typed" hidden
check "GTK 3: on to the next" after Tab 'Other, slider'

# --- a list, whose rows have no name of their own ---
check "GTK 3: on to a list" after Tab 'First Street, list item, selected, 1 of 3$'
check "GTK 3: the next row" after Down 'Second Street, list item, selected, 2 of 3$'
check "GTK 3: is chosen in the app itself" app 'chosen Second Street'
mark
check "GTK 3: back to the first row" after Up 'First Street, list item, selected, 1 of 3$'
check "GTK 3: off the list" after shift+Tab 'Other, slider'
check "GTK 3: focus and choice were told once" [ "$(count 'First Street')" -le 1 ]

# --- a combo box, in which a button has the focus that has no name ---
key Tab && key Down
check "GTK 3: down the list to its end" after Down 'Third Street'
check "GTK 3: on to a combo box, and what is chosen in it" after Tab 'Country, combo box, Ireland$'
check "GTK 3: another choice" after Down 'Country, Malta$'
check "GTK 3: is made in the app itself" app 'chose Malta'
check "GTK 3: it is opened" after space 'Malta, menu item, selected, 2 of 3$'
check "GTK 3: what would be chosen" after Down 'Norway, menu item, selected, 3 of 3$'
check "GTK 3: it is, and the window is in front again" after Return 'Changes$'
check "GTK 3: with what is chosen now" await '^tell\+ [0-9]+ Country, combo box, Norway$'
check "GTK 3: in the app itself too" app 'chose Norway'
check "GTK 3: the choice before" run decrease 'done Malta$'
check "GTK 3: is made in the app itself" app 'chose Malta'
check "GTK 3: and the one before, by its name" run 'decrease name="Country"' 'done Ireland$'
check "GTK 3: there is none before it" run decrease 'not-found Ireland, the first$'
check "GTK 3: it is as it was" app 'chose Ireland'
check "GTK 3: on to the last" run increase 'done Malta$'
run increase 'done Norway$'
check "GTK 3: there is no further" run increase 'not-found Norway, the last$'
check "GTK 3: it is still" app 'chose Norway'
check "GTK 3: a field that only its label calls one for a secret" after Tab 'PIN, text field$'
read -r -t 1 <> "$desktop_dir/nothing"
check "GTK 3: of what is typed there only that keys are" hidden
check "GTK 3: it is in the field, and not read" run read-focus 'done PIN, text field$'
check "GTK 3: by no word, letter or line" run read-word 'not-found A password is not read out'
remembered() { [ -n "$(memory_of "$probe_pid" "$secret" "${secret:0:6}" "${secret:3:6}")" ]; }
check "GTK 3: nor is it in the memory of what reads" eval '! remembered'

# --- a flood ---
mark
app 'flood 5000'
check "flood: a press is answered" soon read-title 'done Changes'
app 'announce The end'
check "flood: on the whole a few are told" [ "$(count '^news')" -le 9 ]

# --- switched off ---
echo "changes off" >&"$probe_in"
mark
key Tab
check "off: nothing is told" soon read-title 'done Changes'
check "off: nor of what came before" [ "$(count '^(tell|news)')" -eq 0 ]
echo "changes on" >&"$probe_in"
check "on: it is told again" after shift+Tab '[^ ]'

# --- GTK 4 ---
gtk4-widget-factory > "$desktop_dir/gtk4.log" 2>&1 &
pids+=("$!")
check "GTK 4: a window comes in front" tells 'GTK Widget Factory'
check "GTK 4: the focus moved" after Tab '[^ ]'
check "GTK 4: and again" after Tab '[^ ]'
until_check_box() {
	local i
	for ((i = 0; i < 15; i++)); do
		after Tab '' && [[ $line == *'checkbutton, check box, checked' ]] && return 0
	done
	return 1
}
mark
check "GTK 4: to a check box, which is on" until_check_box
check "GTK 4: it is off" after space 'not checked$'
check "GTK 4: that it was on was told once" [ "$(count '^tell.* checked$')" -eq 2 ]
check "GTK 4: on" after space 'checked$'

gtk4-demo --run=password_entry > "$desktop_dir/gtk4.log" 2>&1 &
pids+=("$!")
check "GTK 4: a window with fields for passwords" tells 'Choose a Password'
check "GTK 4: into one of them" until_password
check "GTK 4: of a password only that keys are typed" hidden

# --- Qt 5 ---
"$gallery" > "$desktop_dir/qt.log" 2>&1 &
pids+=("$!")
check "Qt: a window comes in front" tells 'Widget Gallery'
check "Qt: the focus moved" after Tab '[^ ]'
run 'first kind=entry' done && run 'next kind=entry' done
check "Qt: to the field for a password" run 'next kind=entry' 'done password$'
run focus-here done
# It is known by then what that is, on a busy machine too.
read -r -t 1 <> "$desktop_dir/nothing"
check "Qt: of a password only that keys are typed" hidden
# The caret in it may be moved, and says nothing.
mark
key Left && key Home && key End
check "Qt: on to a text" run 'last kind=entry' 'done text field, Twinkle'
run focus-here done
# It is known by then what is in it, on a busy machine too.
read -r -t 1 <> "$desktop_dir/nothing"
check "Qt: of a password not where the caret is" [ "$(count '^typed [0-9]+ .')" -eq 0 ]
check "Qt: a line down" moves Down 'How I wonder what you are[.]'
check "Qt: and up" moves Up 'Twinkle, twinkle, little star,'
check "Qt: a word on" moves ctrl+Right '[Tt]winkle,'
check "passwords: they were told nowhere, to the end" untold

# --- the daemon ---
check "daemon: what changes is said" said '^password$'
check "daemon: and those who watch it are told" grep -q 'Told.*password' "$desktop_dir/signals.log"
check "daemon: and what apps announce" said '^(Copied|Pasted|Warning\. Battery low|line [0-9]+)$'
ask_everything
check "daemon: what is asked is answered" grep -q "('GTK Widget Factory\|'password'" "$desktop_dir/answers"
check "daemon: a password is in no history, answer, report, log or signal" nowhere

check_cores 'Widget Gallery'

probe_end
# What ATK says of being asked for an interface that a widget has not.
[ -s "$desktop_dir/app.err" ] && grep -v "ATK_IS_\|^$" "$desktop_dir/app.err" | sed 's/^/# /'
exit "$probe_failed"
