#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The commands that move the reading cursor, and those that read, judged by an app that knows the order of its own widgets
# (tests/support/order_app.py): each step is compared with the app's own order, and focus-here or activate right after it has
# to land on that widget in the app; what is read is compared with the app's own title, focus, texts and order. tests/oracles
# has for every command the test that has such an oracle.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for program in Xvfb openbox xdotool; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
/usr/bin/python3 -c 'import gi; gi.require_version("Gtk", "3.0")' 2> /dev/null ||
	{ echo "1..0 # SKIP gir1.2-gtk-3.0 is not installed; make deps"; exit 0; }
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
app_pid='' probe_pid=''

finish() {
	for pid in $app_pid $probe_pid; do
		kill -KILL "$pid" 2> "$desktop_dir/kill.log" && wait "$pid" 2> "$desktop_dir/kill.log"
	done
	desktop_stop
}
trap finish EXIT

# One answer of the app, in $told.
ask() { # QUESTION
	printf '%s\n' "$1" >&"$app_in"
	read -r -t "$probe_limit_s" -u "$app_out" told
}
# The app's own list, in the array names.
names() { ask "$1" && IFS='|' read -r -a names <<< "$told" && [ "${#names[@]}" -gt 0 ]; } # QUESTION
is() { # QUESTION ANSWER: what was asked for may take a moment
	local end=$((SECONDS + probe_limit_s))
	until ask "$1" && [ "$told" = "$2" ]; do
		((SECONDS < end)) || { line="$1: $told"; return 1; }
		read -r -t 0.1 <> "$desktop_dir/nothing" || :
	done
}
# One command, after which we are at the widget of that name, by our words; and that is the whole name.
at() { run "$1" "done $2(, .*)?\$"; } # COMMAND NAME
# By the app: the focus goes there.
lands() { run focus-here '(done|delivered)' && is focused "$1"; } # NAME
presses() { run activate '(done|delivered)' && is pressed "$1"; } # NAME

# From the first to the last and back, in the app's own order; LAND, if any, after each step on.
walk() { # KIND WORDS-AT-THE-END [LAND]
	local i
	names "order $1" || return 1
	at "first kind=$1" "${names[0]}" || return 1
	[ -z "${3:-}" ] || "$3" "${names[0]}" || return 1
	for ((i = 1; i < ${#names[@]}; i++)); do
		at "next kind=$1" "${names[i]}" || return 1
		[ -z "${3:-}" ] || "$3" "${names[i]}" || return 1
	done
	run "next kind=$1" "not-found $2\$" || return 1
	for ((i = ${#names[@]} - 2; i >= 0; i--)); do
		at "previous kind=$1" "${names[i]}" || return 1
	done
	run "previous kind=$1" "not-found $2\$" && at "last kind=$1" "${names[-1]}"
}

# What comes after each of a kind is what does so in the app, and that it is there says the focus.
followed() { # KIND
	local of i k
	names "order $1" && of=("${names[@]}") && names "order item" || return 1
	at "first kind=$1" "${of[0]}" || return 1
	for ((i = 0; i < ${#of[@]}; i++)); do
		((i == 0)) || at "next kind=$1" "${of[i]}" || return 1
		for k in "${!names[@]}"; do
			[ "${names[k]}" != "${of[i]}" ] || at next "${names[k + 1]}" || return 1
			[ "${names[k]}" != "${of[i]}" ] || lands "${names[k + 1]}" || return 1
		done
	done
}

# Into each of a kind: the first in it; and out of that, to the same again.
inside() { # KIND
	local of name
	names "order $1" && of=("${names[@]}") && at "first kind=$1" "${of[0]}" || return 1
	for name in "${of[@]}"; do
		[ "$name" = "${of[0]}" ] || at "next kind=$1" "$name" || return 1
		names "inside $name" && at into "${names[0]}" && at out "$name" || return 1
	done
}

all_items() {
	local i
	names "order item" && at first "${names[0]}" || return 1
	for ((i = 1; i < ${#names[@]}; i++)); do
		at next "${names[i]}" || return 1
	done
	run next 'not-found End$' || return 1
	for ((i = ${#names[@]} - 2; i >= 0; i--)); do
		at previous "${names[i]}" || return 1
	done
	run previous 'not-found Start$' && at last "${names[-1]}"
}

# What next and previous mean, until the rotor is turned back.
turned() { # KIND WORD
	names "order $1" && run "rotor kind=$1" "done $2\$" && at "first kind=$1" "${names[0]}" && at next "${names[1]}" &&
		run next 'not-found ' && at previous "${names[0]}" && run 'rotor kind=item' 'done Items$' &&
		names "order item" && at first "${names[0]}" && at next "${names[1]}"
}

rows() {
	local name of
	names "order list" && of=("${names[@]}") && at "first kind=list" "${of[0]}" || return 1
	names "inside ${of[0]}" && at into "${names[0]}" && lands "${names[0]}" || return 1
	for name in "${names[@]:1}"; do
		at next "$name" && lands "$name" || return 1
	done
}

# What has the focus in the app is what is read, and where one is said to be is its place there.
places() {
	local i focused
	names "order item" && at "first kind=entry" Search && lands Search && ask focused && focused=$told || return 1
	at read-focus "$focused" || return 1
	for i in "${!names[@]}"; do
		[ "${names[i]}" != "$focused" ] || run where-am-i "done $focused, .*Item $((i + 1)) of ${#names[@]}\$" || return 1
	done
}

# What a command writes is in the app, and what is in the app is read: all of it, by words, and by letters.
texts() { # TEXT
	local words word i
	run "set-text name=\"Search\" text=\"$1\"" "done Search, text field, $1\$" && is 'text Search' "$1" &&
		at "first kind=entry" Search && run read-line "done $told\$" || return 1
	read -r -a words <<< "$told"
	run 'read-word previous' '(done|not-found Start)' || return 1
	while run 'read-word previous' 'done'; do :; done
	run read-word "done ${words[0]}\$" || return 1
	for word in "${words[@]:1}"; do
		run 'read-word next' "done $word\$" || return 1
	done
	run 'read-word next' 'not-found End$' || return 1
	while run 'read-character previous' 'done'; do :; done
	run read-character "done ${told:0:1}\$" || return 1
	for ((i = 1; i < ${#told}; i++)); do
		word=${told:i:1}
		run 'read-character next' "done ${word/ /space}\$" || return 1
	done
	run 'read-character next' 'not-found End$'
}

# One after the other is said, from there to the end of the app's own list; the first before the command is done.
said_from() { # COMMAND NAME
	local name begun='' marked
	names "order item" && marked=$(wc -l < "$desktop_dir/probe.log") && run "$1" 'done' || return 1
	for name in "${names[@]}"; do
		if [ -n "$begun" ]; then
			echo spoken >&"$probe_in"
			await "^say [0-9]+ $name(, .*)?\$" || return 1
		elif [ "$name" = "$2" ]; then
			begun=yes
			line=$(tail -n "+$((marked + 1))" "$desktop_dir/probe.log" | grep '^say' | tail -n 1)
			[[ $line =~ ^say\ [0-9]+\ $name(,|$) ]] || return 1
		fi
	done
	echo hush >&"$probe_in"
}

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing" "$desktop_dir/says" "$desktop_dir/does"
probe_start
check "connected" connected
/usr/bin/python3 tests/support/order_app.py < "$desktop_dir/does" > "$desktop_dir/says" 2> "$desktop_dir/app.err" &
app_pid=$!
exec {app_in}> "$desktop_dir/does" {app_out}< "$desktop_dir/says"
read -r -t "$probe_limit_s" -u "$app_out" told
check "in front" soon read-title 'done Order$'

check "all that is stepped on, in the app's order, there and back" all_items
check "headings" walk heading 'No heading'
check "links, and each has the focus by focus-here" walk link 'No link' lands
check "links, and each is pressed by activate" walk link 'No link' presses
check "buttons, and each has the focus" walk button 'No button' lands
check "buttons, and each is pressed" walk button 'No button' presses
check "text fields, and each has the focus" walk entry 'No text field' lands
check "lists" walk list 'No list'
check "landmarks" walk landmark 'No landmark'
check "tables" walk table 'No table'
check "what follows a heading" followed heading
check "what follows a link" followed link
check "into and out of lists" inside list
check "into and out of landmarks" inside landmark
check "into and out of tables" inside table
check "the rows of a list, and each has the focus" rows
for turn in 'heading Headings' 'link Links' 'button Buttons' 'entry Text fields' 'list Lists' 'landmark Landmarks' 'table Tables'; do
	check "rotor: ${turn#* }" turned "${turn%% *}" "${turn#* }"
done

check "its title" eval 'ask title && run read-title "done $told\$"'
check "what has the focus, and where that is" places
check "what is written, by line, word and letter" texts 'green tea 4 two'
check "the screen, in the app's order" said_from read-screen News
check "from a heading on" eval "at 'last kind=heading' Prices && said_from read-from-here Prices"

# The reading cursor follows the focus to a row of it, whenever that is known: so it is the last.
check "a table has the focus" eval "at 'last kind=table' Stock && lands Stock"

# It is in front already when we begin to listen, and no event of its window comes: GTK 3 tells of the row that one is at in a
# table that it is active, as of a window.
echo quit >&"$probe_in"
wait "$probe_pid"
probe_asked=0
probe_start
check "once more, of a window that was there before" await '^front '
check "it is read" soon 'first kind=table' 'done Fruit'
check "and has the focus" lands Fruit
xdotool key Down
check "to the next row by a key" await '^focus'
read -r -t 0.5 <> "$desktop_dir/nothing"
check "the window is still what is in front" run read-title 'done Order$'
check "and is read" run 'first kind=table' 'done Fruit'

probe_end
# What ATK says of being asked for an interface that a widget has not.
grep -v "ATK_IS_\|^$" "$desktop_dir/app.err" | sed 's/^/# /'
exit "$probe_failed"
