#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# daemon/apps against real applications: GTK 3, GTK 4 and Qt 5. Every command's effect is read from the application
# itself (tests/support/widgets.py), never from our own words. One screen, each application started once.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
gallery=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2> /dev/null || gcc -dumpmachine)
gallery=/usr/lib/$gallery/qt5/examples/widgets/gallery/gallery
for program in Xvfb openbox xdotool mousepad gtk3-widget-factory gtk4-widget-factory gtk4-demo "$gallery"; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/support/real_apps.sh
. tests/support/real_apps.sh
real_apps_start

# --- what tells nothing of itself ---
# Its window is in front, which no event says.
NO_AT_BRIDGE=1 mousepad > "$desktop_dir/app.log" 2>&1 &
app_pid=$!
is_in_front() { # REGEX
	local end=$((SECONDS + probe_limit_s))
	until line=$(xdotool getactivewindow getwindowname 2> "$desktop_dir/xdotool.log") && [[ $line =~ $1 ]]; do
		((SECONDS < end)) || return 1
		read -r -t 0.1 <> "$desktop_dir/nothing" || :
	done
}
problems() { grep -c '^problem' "$desktop_dir/probe.log"; }
check "silent: an app without accessibility is in front" is_in_front Mousepad
check "silent: none is known to be" run read-title 'not-found No window is in front'
check "silent: what to do is told" await '^problem If a window is open, its app says nothing of itself: close it'
run read-title 'not-found' && run read-screen 'not-found'
check "silent: once" [ "$(problems)" -eq 1 ]
end_app
bare='import gi; gi.require_version("Gtk", "3.0"); from gi.repository import Gtk; Gtk.Window(title="Bare").show(); Gtk.main()'
check "bare: an app that shows nothing is in front, and the trouble is over" app '.*' Bare /usr/bin/python3 -c "$bare"
check "bare: nothing to read" run read-screen 'not-found Nothing to read here'
check "bare: what to do is told" await '^problem This app shows nothing to read. If it still does not'
run first 'not-found' && run read-screen 'not-found'
check "bare: where one is, which is in none of its items" run where-am-i 'done Bare, window$'
check "bare: once" [ "$(problems)" -eq 2 ]

# --- GTK 3, which looks for widgets itself ---
check "GTK 3: in front" app gtk3-widget-factory '' gtk3-widget-factory
check "GTK 3: a check box is off" is_not 'states gtk3-widget-factory check-box checkbutton' '(^| )checked'
check "GTK 3: what would be pressed" run 'look activate role="check box" name="check*"' 'done checkbutton'
check "GTK 3: and was not" is_not 'states gtk3-widget-factory check-box checkbutton' '(^| )checked'
check "GTK 3: what would not be found" run 'look activate role=button name="Nope"' not-found
check "GTK 3: pressed by its role and name" run 'activate role="check box" name="checkbutton"' 'done'
check "GTK 3: in three round trips" costs 3 10
check "GTK 3: it is on" is 'states gtk3-widget-factory check-box checkbutton' '(^| )checked'
check "GTK 3: and by the beginning of its name" run 'activate role="check box" name="check*"' 'done'
check "GTK 3: it is off again" is_not 'states gtk3-widget-factory check-box checkbutton' '(^| )checked'
check "GTK 3: what cannot be found" run 'activate role=button name="Nope"' not-found
check "GTK 3: what does not show is not pressed" run 'activate role="menu item" name="Donald Duck"' \
	'failed "Donald Duck" cannot be pressed now'
kill -STOP "$app_pid"
check "GTK 3: stopped, it does not respond" run 'activate role=button name="Close"' not-responding
kill -CONT "$app_pid"
check "GTK 3: and once it goes on it does" soon read-focus done

check "GTK 3: the first thing to read" run first 'done Minimize, button'
check "GTK 3: the next one" run next 'done Maximize, button'
check "GTK 3: and back" run previous 'done Minimize, button'
check "GTK 3: there is nothing before it" run previous 'not-found Start'
check "GTK 3: the first text field" run 'first kind=entry' 'done text field, (not available, )?comboboxentry'
check "GTK 3: out of it" run out 'done combo box'
check "GTK 3: and in again" run into 'done text field'
check "GTK 3: where one is in a window is a place in it" run where-am-i 'done text field.* Item [1-9][0-9]* of [0-9]*$'
check "GTK 3: there is no heading" run 'next kind=heading' 'not-found No heading'
check "GTK 3: the rotor" run 'rotor kind=button' 'done Buttons'
check "GTK 3: from the start" run first 'done Minimize'
check "GTK 3: next is a button now" run next 'done Maximize, button'
check "GTK 3: where that is" run where-am-i 'done Maximize, button.*Item 2 of '
check "GTK 3: the rotor turns back" run 'rotor kind=item' 'done Items'
check "GTK 3: the last one is a tab and its place" run last 'done page 3, tab, 3 of 3'
check "GTK 3: from the start again" run first 'done Minimize'
check "GTK 3: over two buttons" run 'next kind=button' done
run 'next kind=button' done
check "GTK 3: to the third" run 'next kind=button' 'done Menu, toggle button'
check "GTK 3: the focus goes there" run focus-here done
check "GTK 3: it is there" is 'focus gtk3-widget-factory' 'toggle-button Menu'

# --- GTK 4, which does not ---
check "GTK 4: in front" app gtk4-widget-factory 'GTK Widget Factory' gtk4-widget-factory
check "GTK 4: a button is off" is_not 'states gtk4-widget-factory push-button togglebutton' 'pressed'
check "GTK 4: what would be pressed" run 'look activate role=button name="togglebutton"' 'done togglebutton'
check "GTK 4: pressed by its role and name" run 'activate role=button name="togglebutton"' 'done'
# Of its 900 widgets only as many were looked at as come before the first of that name, 64 at a time.
check "GTK 4: after questions to as few as come before it" costs 14 500
check "GTK 4: it is on" is 'states gtk4-widget-factory push-button togglebutton' 'pressed'
check "GTK 4: a button is pressed by what is written in it" run 'activate role=label name="togglebutton"' done
check "GTK 4: it is off again" is_not 'states gtk4-widget-factory push-button togglebutton' 'pressed'
# GTK 4.8's check boxes have no action, and cannot be given the focus.
check "GTK 4: what cannot be pressed is not called missing" run 'activate role="check box" name="checkbutton"' \
	'not-found This cannot be pressed'
check "GTK 4: what cannot be found" run 'activate role=button name="Nope"' not-found
check "GTK 4: a list and what is in it" run 'first kind=list' 'done list, [1-9][0-9]* items'
check "GTK 4: into it" run into 'done Row 1'
check "GTK 4: the first thing to read" run first 'done combo box'
check "GTK 4: the next one is called by its role" run 'next kind=entry' 'done text field'

# A machine that is slower than five seconds must not call it missing.
check "GTK 4: a window of 10,000 widgets" app '.*' Generated /usr/bin/python3 tests/support/generated_app.py 4 10000
check "GTK 4: it is searched to its end" run 'look activate role=button name="Button 4500"' \
	'(done Button 4500|failed This window is too large)'
# Of a large window the part that one reads is asked for, and more of it as one goes on.
check "GTK 4: of 10,000 the first is read without asking for all" run first 'done Button 1, button'
check "GTK 4: at a quarter of the questions" costs 100 6000
check "GTK 4: the app has so many buttons" grep -qx 'ready 4615' "$desktop_dir/app.log"
check "GTK 4: the last of 10,000 can be reached" run last 'done Button 4615, button'
check "GTK 4: and it is known to be the last" run where-am-i 'done .*Item 4615 of 4615$'
check "GTK 4: nothing comes after it" run next 'not-found End$'
check "GTK 4: and all that is before it was read" run previous 'done Button 4614, button'

# --- Qt 5 ---
check "Qt: in front" app gallery 'Widget Gallery' "$gallery"
check "Qt: a button is off" is_not 'states gallery radio-button Radio button 2' '(^| )checked'
check "Qt: pressed by its name" run 'activate name="Radio button 2"' done
check "Qt: it is on" is 'states gallery radio-button Radio button 2' '(^| )checked'
check "Qt: what cannot be found" run 'activate role=button name="Nope"' not-found

check "Qt: a text field" run 'first kind=entry' 'done Simple Input Widgets, spin button, 50'
check "Qt: the last one is a long text" run 'last kind=entry' 'done text field, Twinkle'
check "Qt: its first line" run read-line 'done Twinkle, twinkle, little star,$'
check "Qt: the next one" run 'read-line next' 'done How I wonder what you are[.]$'
check "Qt: a word of it" run 'read-word next' 'done I$'
check "Qt: and a character" run 'read-character next' 'done space$'

# --- passwords: written in as an input method would, and read by every command that reads ---
secret=Zq9xylophone
untold() { ! grep -q "$secret" "$desktop_dir/probe.log" "$desktop_dir/probe.err"; }
silent() { # COMMAND...: none of them tells it
	local command
	for command in "$@"; do
		run "$command" '.*' || return 1
	done
	untold
}
check "Qt: a password is written" is "secret gallery 0 $secret" '^yes$'
check "Qt: to the first field" run 'first kind=entry' done
check "Qt: over the second" run 'next kind=entry' done
check "Qt: its field is called by what it is" run 'next kind=entry' 'done password$'
check "Qt: nothing of it is told" silent read-line read-word read-character 'read-character next' where-am-i \
	focus-here read-focus read-from-here
check "GTK 4: in front" app gtk4-demo 'Choose a Password' gtk4-demo --run=password_entry
check "GTK 4: a password is written" is "secret gtk4-demo 0 $secret" '^yes$'
check "GTK 4: its field by its kind" soon 'first kind=entry' 'done password$'
check "GTK 4: nothing of it is told" silent read-line read-word read-character 'read-character next' where-am-i \
	read-focus read-from-here next previous
check "GTK 4: all of the window is read" run read-screen done
echo spoken >&"$probe_in"
check "GTK 4: from one field to the next" await '^say .*password$'

# As a core dump would have it.
forgotten() {
	local found
	found=$(memory_of "$probe_pid" 'Choose a Password' "$secret" "${secret:0:6}" "${secret:3:6}") || return 0
	[ "$found" = 'Choose a Password' ]
}
check "passwords: none of them is in the memory of what reads" forgotten

# --- a text, read on by itself ---
printf 'The first line.\nA second one.\n' > "$desktop_dir/text"
check "text: in front" app mousepad '.*text.*' mousepad "$desktop_dir/text"
check "text: it has the focus" soon read-focus 'done text field'
check "text: read from where the focus is" run read-from-here done
check "text: it is what was said" grep -q '^say .*text field, The first line' "$desktop_dir/probe.log"
echo spoken >&"$probe_in"
check "text: all of the window" run read-screen done
check "text: begins at the top" grep -q '^say .*File, menu, 1 of 6' "$desktop_dir/probe.log"
echo spoken >&"$probe_in"
check "text: and goes on by itself" await '^say .*Edit, menu, 2 of 6'
echo hush >&"$probe_in"
check "text: a touch stops it, and next goes on from there" run next 'done Search, menu, 3 of 6'
check "text: read on from there" run read-from-here done
echo spoken >&"$probe_in"
check "text: the next is said" await '^say .*View, menu, 4 of 6'
printf 'hush\nresume\nspoken\n' >&"$probe_in"
check "text: gone on with after a touch" await '^say .*Document, menu, 5 of 6'
kill -KILL "$app_pid"
echo spoken >&"$probe_in"
check "text: killed while it is read, nothing is in front" await '^front$'
check "text: and nothing is said of it any more" run read-from-here 'not-found No window is in front'

check "passwords: they were told nowhere, to the end" untold

real_apps_end
