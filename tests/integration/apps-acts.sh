#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The commands that act in an application, in GTK 3, GTK 4 and Qt 5: each is judged by the state that the application
# itself has then (tests/support/widgets.py), never by our own words. One screen, each application started once.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
gallery=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2> /dev/null || gcc -dumpmachine)
gallery=/usr/lib/$gallery/qt5/examples/widgets/gallery/gallery
for program in Xvfb openbox xdotool mousepad thunar gtk3-widget-factory gtk4-widget-factory "$gallery"; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/support/real_apps.sh
. tests/support/real_apps.sh

# A command that moves one number: of all numbers of that role one went up, or down, to what the command said it is now.
# Widgets that show the same number go with it; GTK 3's factory has four such sliders.
goes() { # up|down APP ROLE COMMAND
	local before after said i moved=0
	ask "values $2 $3" && read -r -a before <<< "$line" && run "$4" 'done .*' && said=${line##* } &&
		ask "values $2 $3" && read -r -a after <<< "$line" || return 1
	line="${before[*]} -> ${after[*]}, said $said"
	[ "${#before[@]}" -eq "${#after[@]}" ] || return 1
	for i in "${!before[@]}"; do
		[ "${before[i]}" = "${after[i]}" ] && continue
		moved=$((moved + 1))
		[ "${after[i]}" = "$said" ] || return 1
		# The lower one of the two, as numbers.
		[ "$(printf '%s\n' "${before[i]}" "${after[i]}" | sort -g | head -n 1)" = \
			"$([ "$1" = up ] && echo "${before[i]}" || echo "${after[i]}")" ] || return 1
	done
	((moved >= 1))
}

way() { # WORDS
	echo way >&"$probe_in" && await '^way' && [ "$line" = "way $1" ]
}

# One number more than before, as the application tells.
more() { # QUESTION COMMAND RESULT
	local before end=$((SECONDS + probe_limit_s))
	ask "$1" && before=$line && keyed "$2" "$3" || return 1
	while ((SECONDS < end)); do
		ask "$1" && [[ $line != none ]] && ((line > before)) && return 0
	done
	return 1
}

# Further down than before, and the command says how far.
goes_on() { # COMMAND
	local before
	ask 'values mousepad scroll-bar' && before=${line#* } && run "$1" 'done [1-9][0-9]* percent' &&
		ask 'values mousepad scroll-bar' && [ "$before" = 0 ] && [[ ${line#* } =~ ^[1-9] ]]
}

owner() { # NAME: the process that owns it on the session bus
	gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
		--method org.freedesktop.DBus.GetConnectionUnixProcessID "$1" 2> "$desktop_dir/owner.err" | tr -dc '0-9 ' | cut -d ' ' -f 2
}
ended() { # PID
	local end=$((SECONDS + probe_limit_s))
	while kill -0 "$1" 2> "$desktop_dir/kill.log"; do
		((SECONDS < end)) || return 1
	done
}

real_apps_start

# --- GTK 3 ---
check "GTK 3: in front" app gtk3-widget-factory '' gtk3-widget-factory
box='states gtk3-widget-factory check-box checkbutton'
check "GTK 3: a check box is off" is_not "$box" '(^| )checked'
check "GTK 3: what would be switched" run 'look toggle name="checkbutton"' 'done checkbutton'
check "GTK 3: and was not" is_not "$box" '(^| )checked'
check "GTK 3: switched on, which is said" run 'toggle name="checkbutton"' 'done checked$'
check "GTK 3: it is on" is "$box" '(^| )checked'
check "GTK 3: switched off, which is said" run 'toggle role="check box" name="check*"' 'done not checked$'
check "GTK 3: it is off" is_not "$box" '(^| )checked'
check "GTK 3: a toggle button" run 'toggle role="toggle button" name="togglebutton"' 'done (checked|pressed)$'
check "GTK 3: it is pressed" is 'states gtk3-widget-factory toggle-button togglebutton' 'checked|pressed'
check "GTK 3: nothing of that name to switch" run 'look toggle name="Nope"' not-found
check "GTK 3: a slider goes up" goes up gtk3-widget-factory slider 'increase role=slider'
check "GTK 3: in four round trips: found, asked, set, asked" costs 4 10
check "GTK 3: and down" goes down gtk3-widget-factory slider 'decrease role=slider'
check "GTK 3: a spin button goes up" goes up gtk3-widget-factory spin-button 'increase role="spin button"'
check "GTK 3: nothing of that name to increase" run 'look increase name="Nope"' not-found
check "GTK 3: a text field" run 'set-text role=text text="green tea"' 'done text field, green tea'
check "GTK 3: in five round trips" costs 5 15
check "GTK 3: the text is in it" is 'texts gtk3-widget-factory text' '(^|[|])green tea([|]|$)'
check "GTK 3: a button takes none" run 'set-text role=button name="Minimize" text="x"' 'not-found Nothing can be written'
check "GTK 3: no field of that name" run 'look set-text name="Nope" text="x"' not-found
kill -STOP "$app_pid"
check "GTK 3: stopped, it does not respond" run 'toggle name="checkbutton"' not-responding
kill -CONT "$app_pid"

# --- GTK 4 ---
check "GTK 4: in front" app gtk4-widget-factory 'GTK Widget Factory' gtk4-widget-factory
check "GTK 4: a toggle button" run 'toggle name="togglebutton"' 'done pressed$'
check "GTK 4: it is pressed" is 'states gtk4-widget-factory push-button togglebutton' 'pressed'
check "GTK 4: and not any more" run 'toggle name="togglebutton"' 'done not pressed$'
check "GTK 4: it is not" is_not 'states gtk4-widget-factory push-button togglebutton' 'pressed'
check "GTK 4: a slider goes up" goes up gtk4-widget-factory slider 'increase role=slider'
check "GTK 4: and down" goes down gtk4-widget-factory slider 'decrease role=slider'

check "GTK 4: the first text field" run 'first kind=entry' done
check "GTK 4: is written in" run 'set-text text="green tea"' 'done .*green tea'
check "GTK 4: the text is in it" is 'texts gtk4-widget-factory text' '(^|[|])green tea([|]|$)'
check "GTK 4: an action of its window" run 'look action win.dark' 'done $'
check "GTK 4: it is done, which it tells" run 'action win.dark' 'done $'
check "GTK 4: one that is not there" run 'look action win.nope' not-found
check "GTK 4: one of the app's, with a value it does not take" run 'look action app.about(5)' 'failed This action takes another'
check "GTK 4: the app's own dialog" run 'action app.about' done
check "GTK 4: it is there" soon read-title 'done About GTK Widget Factory'
check "GTK 4: in which way is known" way 'By the app itself'
check "GTK 4: the app's own end" run 'action app.quit' done
check "GTK 4: it has ended" ended "$app_pid"
app_pid=

# --- combo boxes of GTK 4, in which a button has the focus that has no name ---
chose() { # CHOICES: as the app tells
	local end=$((SECONDS + probe_limit_s))
	until [ "$(tail -n 1 "$desktop_dir/app.log")" = "chosen $1" ]; do
		((SECONDS < end)) || return 1
		read -r -t 0.1 <> "$desktop_dir/nothing"
	done
	return 0 # a loop that waited at all ends with what read said
}
xdotool mousemove 0 0 # over a list it would choose
check "combo box: in front" app '.*' Choices /usr/bin/python3 tests/support/choice_app.py
check "combo box: it has the focus, not the button in it" soon read-focus 'done Country, combo box, Ireland$'
# What has the focus already when we begin to listen tells nobody of it.
check "combo box: in front of one who comes later" probe_again
check "combo box: who goes on from the focus all the same" run next 'done Colour, combo box$'
check "combo box: to one that tells nobody what is chosen, and nothing is made up" run increase 'not-found This app does not say'
check "combo box: and back to it" run previous 'done Country, combo box, Ireland$'
check "combo box: and one that only has a name" run last 'done Number, combo box, One$'
check "combo box: it is opened" run 'activate role="combo box" name="Country"' done
check "combo box: to what is chosen" soon read-focus 'done Ireland, list item, selected, 1 of 3$'
check "combo box: the list is stepped through" run next 'done Malta, list item, 2 of 3$'
check "combo box: and back" run previous 'done Ireland, list item, selected, 1 of 3$'
xdotool key Down Return
check "combo box: another one is chosen, in the app itself" chose 'Malta, One'
check "combo box: and read" soon read-focus 'done Country, combo box, Malta$'
check "combo box: opened again" run 'activate role="combo box" name="Country"' done
check "combo box: to what is chosen now" soon read-focus 'done Malta, list item, selected, 2 of 3$'
check "combo box: the next one" run next 'done Norway, list item, 3 of 3$'
check "combo box: is pressed, which cannot have the focus" keyed activate done
check "combo box: and chosen, in the app itself" chose 'Norway, One'
# GTK 4 leaves the focus at the row where it was.
check "combo box: opened once more" run 'activate role="combo box" name="Country"' done
check "combo box: where the focus was is no longer what is chosen" soon read-focus 'done Malta, list item, 2 of 3$'
check "combo box: the one before" run previous 'done Ireland, list item, 1 of 3$'
check "combo box: is pressed" keyed activate done
check "combo box: and chosen all the same" chose 'Ireland, One'
check "combo box: the next choice, where the focus is" keyed increase 'done Malta$'
check "combo box: is made in the app itself" chose 'Malta, One'
check "combo box: and in which way is known" way 'By the list that it opens'
check "combo box: and the next" keyed 'increase name="Country"' 'done Norway$'
check "combo box: there is no further, and it says where one is" run increase 'not-found Norway, the last$'
check "combo box: the list is closed again" soon read-focus 'done Country, combo box, Norway$'
check "combo box: the choice before" keyed decrease 'done Malta$'
check "combo box: of another one" keyed 'increase name="Number"' 'done Two$'
check "combo box: is made in the app itself, too" chose 'Malta, Two'

# --- Qt 5 ---
check "Qt: in front" app gallery 'Widget Gallery' "$gallery"
check "Qt: a combo box is read by its label, and what is chosen in it" soon read-focus 'done Style:, combo box, [A-Z]'
to_the_end() { # COMMAND WHAT: it is said of the choice that the app shows then
	local i
	for ((i = 0; i < 20; i++)); do
		keyed "$1" '(done|not-found) .+' || return 1
		[[ $line == *not-found* ]] && break
		is "states gallery combo-box ${line#result * done }" focused || return 1
	done
	[[ $line =~ not-found\ (.+),\ $2$ ]] && end=${BASH_REMATCH[1]} && is "states gallery combo-box $end" focused
}
check "Qt: a combo box, choice by choice to the last" to_the_end increase 'the last'
last=$end
check "Qt: and to the first" to_the_end decrease 'the first'
check "Qt: which is another one" [ "$end" != "$last" ]
check "Qt: in which way is known" way 'By the focus and a key'
# Qt tells the list after the row in it, and the list has no focus of its own.
echo "changes on" >&"$probe_in"
check "Qt: a combo box is opened" run 'activate role="combo box"' done
check "Qt: to what is chosen, which is told" await '^tell[+]? [0-9]+ [^,]+, list item, selected, 1 of [2-9]$'
check "Qt: and from there on to the next" run next 'done [^,]+, list item, 2 of [2-9]$'
echo "changes off" >&"$probe_in"
xdotool key Escape
check "Qt: closed again" soon read-focus 'done Style:, combo box, [A-Z]'
check "Qt: a check box of three states" run 'toggle name="Tri-state check box"' 'done (not )?checked$'
check "Qt: a spin button goes up" goes up gallery spin-button 'increase role="spin button"'
check "Qt: and down" goes down gallery spin-button 'decrease role="spin button"'
check "Qt: a slider goes up" goes up gallery slider 'increase role=slider'

secret=Zq9xylophone
check "Qt: to the field for a password" run 'first kind=entry' done
run 'next kind=entry' done
check "Qt: it is the third" run 'next kind=entry' 'done password$'
check "Qt: it is written in, and not told" run "set-text text=\"$secret\"" 'done password$'
check "Qt: it has as many letters" is 'length gallery password-text 0' "^${#secret}\$"
check "Qt: it was told nowhere" eval '! grep -q "$secret" "$desktop_dir/probe.log" "$desktop_dir/probe.err"'

end_app

# --- the way back, in a program that has one: Thunar (GTK 3) ---
mkdir -p "$HOME/inner"
check "back: in front" app thunar 'inner - Thunar' thunar "$HOME/inner"
check "back: there is no way back yet" run back not-found
check "back: to the folder that it is in" run 'activate role=button name="Open Parent"' done
check "back: it shows that one" is 'states thunar frame home - Thunar' showing
check "back: and back" run back done
check "back: it shows the first one" is 'states thunar frame inner - Thunar' showing
end_app

# --- what reaches beyond an app: mousepad (GTK 3) is run, scrolled, called and launched ---
for number in {1..200}; do printf 'Line %s\n' "$number"; done > "$desktop_dir/text"
check "run: a program that is not there" run 'look run no-such-program' 'not-found There is no program no-such-program'
check "run: a program and its words" run "run mousepad \"$desktop_dir/text\"" 'done mousepad is running'
check "run: it is in front" soon read-title 'done .*text'
mousepad_pid=$(owner org.xfce.mousepad)
check "scroll: down by a page" goes_on 'scroll down'
check "scroll: and back to the start" run 'scroll up' 'done 0 percent'
check "scroll: it is there" is 'values mousepad scroll-bar' '^0 0$'
check "scroll: there is no more" run 'scroll up' 'not-found Start'
check "scroll: in which way is known" way 'By its scroll bar'
check "menu: of what has the focus" more 'showing mousepad menu-item' menu done
xdotool key Escape
check "dbus: a service that is not there" run 'look dbus org.example.None / org.example.None.Do' 'not-found The service'
check "dbus: one that is" run "look dbus org.xfce.mousepad / org.gtk.Actions.Activate" 'done $'
check "dbus: the app's own end" run "dbus org.xfce.mousepad /org/xfce/mousepad org.gtk.Actions.Activate \"'quit'\" \"@av []\" \"@a{sv} {}\"" 'done $'
check "run: its end is told" await '^later mousepad has ended'
check "run: and it has" ended "$mousepad_pid"

check "launch: an app that is not there" run 'look launch org.example.None' 'not-found There is no app org.example.None'
check "launch: what would be opened" run 'look launch org.xfce.mousepad' 'done Mousepad'
check "launch: an app" run 'launch org.xfce.mousepad' 'done $'
check "launch: it is in front" soon read-title 'done .*Mousepad'
app_pid=$(owner org.xfce.mousepad)
check "type: into it" keyed 'type "Hi 5!"' 'done $'
check "type: it is in it" is 'texts mousepad text' '^Hi 5!$'

# Each command that is carried out in an app is run above or in apps-real.sh, whatever is added to the table.
not_run() {
	local command
	sed -n 's/^ *\[COMMAND_[A-Z_]*\] = {"\([a-z-]*\)", COMMAND_BY_APP.*/\1/p' common/command_table.c |
		while read -r command; do
			sed -n 's/^check "[^"]*" \|^run //p' tests/integration/apps-{acts,real}.sh |
				grep -qE "(^|[ '])(look )?$command([ ']|\$)" || echo "$command"
		done
}
line=$(not_run)
check "no command is left out" [ -z "$line" ]

real_apps_end
