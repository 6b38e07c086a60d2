#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Secrets that are none by the role or the name of their field, typed into real programs: what shows bullets (GTK 3, GTK 4),
# what gives an empty text while its length grows (GTK 3), what shows nothing or only what is typed just now (Qt 5), and a
# prompt in a terminal. That each of them came to the program says the program; that nothing of them is told, the probe, and a
# whole daemon in the same session (tests/support/untold.sh).
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
lineedits=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2> /dev/null || gcc -dumpmachine)
lineedits=/usr/lib/$lineedits/qt5/examples/widgets/widgets/lineedits/lineedits
for program in Xvfb openbox xdotool xfce4-terminal "$lineedits"; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
for toolkit in 3 4; do
	/usr/bin/python3 -c "import gi; gi.require_version('Gtk', '$toolkit.0')" 2> /dev/null ||
		{ echo "1..0 # SKIP gir1.2-gtk-$toolkit.0 is not installed; make deps"; exit 0; }
done
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

key() { xdotool key "$@"; }
# So long nobody types into what has just got the focus; by then it is known what that is, on a busy machine too.
settle() { read -r -t 1 <> "$desktop_dir/nothing" || :; }
tells() { await "^tell\+? [0-9]+ $1"; }
mark() { marked=$(wc -l < "$desktop_dir/probe.log"); }
count() { tail -n "+$((marked + 1))" "$desktop_dir/probe.log" | grep -cE "$1"; }

# The fields of tests/support/secret_app.py.
fields_start() { # TOOLKIT
	/usr/bin/python3 tests/support/secret_app.py "$1" < "$desktop_dir/does" > "$desktop_dir/says" 2> "$desktop_dir/app$1.err" &
	pids+=("$!")
	exec {app_in}> "$desktop_dir/does" {app_out}< "$desktop_dir/says"
	read -r -t "$probe_limit_s" -u "$app_out" line
}
fields_end() { exec {app_in}>&- {app_out}<&-; }
app() { # LINE: whether the answer is yes
	printf '%s\n' "$1" >&"$app_in"
	read -r -t "$probe_limit_s" -u "$app_out" line && [ "$line" = yes ]
}
holds() { # FIELD TEXT: what was typed may take a moment
	local end=$((SECONDS + probe_limit_s))
	until app "holds $1 $2"; do
		((SECONDS < end)) || return 1
		read -r -t 0.1 <> "$desktop_dir/nothing" || :
	done
}

# A key is heard, and one more is typed until it is.
key_is_told() {
	local i
	for ((i = 0; i < 20; i++)); do
		key BackSpace
		probe_limit_s=3 await '^typed [0-9]+ $' && return 0
	done
	return 1
}
# Whatever was told since the mark of what is typed, there was nothing in it. The answer comes after it.
only_keys() { soon read-title done && [ "$(count '^typed [0-9]+ .')" -eq 0 ]; }
none_reads() { # RESULT COMMAND...: they all say that
	local result=$1 command
	shift
	for command in "$@"; do
		soon "$command" "$result" || return 1
	done
}

hides() { # APP FIELD
	check "$1: into $2" app "focus $2"
	check "$1: which says that it is a text field" tells "$2, text field\$"
	settle
	mark
	xdotool type "$secret"
	check "$1: what is typed is in $2" holds "$2" "$secret"
	check "$1: a key is heard" key_is_told
	key Left && key Home && key ctrl+Right && key End
	check "$1: and nothing of what is typed in $2, nor where its caret is" only_keys
	check "$1: $2 is read without it" soon read-focus "done $2, text field\$"
	check "$1: and not by line, word or letter" none_reads 'not-found A password is not read out' \
		read-line read-word 'read-word previous' read-character 'read-character previous'
	check "$1: nor as a place" soon where-am-i "done $2, text field"
	check "$1: nor from it on" soon read-from-here done
	mark
	key shift+Home && key Delete
	check "$1: it is deleted" holds "$2" ''
	check "$1: which tells no more" only_keys
	xdotool type "$secret"
	check "$1: it is typed once more" holds "$2" "$secret"
	check "$1: a command writes over it" soon "set-text text=\"$secret$secret\"" "done $2, text field\$"
	check "$1: which the field has" holds "$2" "$secret$secret"
	check "$1: nor does all of that tell anything" only_keys
}

# A field of the same program that hides nothing: what is looked for above is there to be found.
typed() { key "$1" && await "^typed [0-9]+ $2\$"; } # KEY WHAT
# An app that did not answer in time, on a busy machine, is not told of: it has the focus again then.
goes_to() { # FIELD ANOTHER
	local i
	for ((i = 0; i < 5; i++)); do
		app "focus $1" && probe_limit_s=10 tells "$1, text field\$" && return 0
		app "focus $2"
		settle
	done
	return 1
}
plain() { # APP
	check "$1: a field that hides nothing is told" goes_to Plain Code
	settle
	mark
	check "$1: an asterisk may hide what is typed there" typed asterisk ''
	check "$1: but not with what comes then" typed 1 1
	check "$1: as in a number for a phone" typed 0 0
	check "$1: which is in the field" holds Plain '*10'
	check "$1: to its start" typed Home '[*]10'
	check "$1: what is there when one is deleted after the caret" typed Delete 1
	check "$1: is in the field" holds Plain '10'
	check "$1: the rest is selected" typed shift+End 10
	check "$1: and deleted" typed Delete 'selection deleted'
	check "$1: nothing is left" holds Plain ''
}

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing" "$desktop_dir/says" "$desktop_dir/does"
export GSK_RENDERER=cairo QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
probe_start
check "connected" connected
# What a profile writes by itself is in its file, may be a secret, and comes from there into no log, also with a mistake.
written=Wq7marimba
for input in right-top 'right-top hold'; do
	printf '[%s]\nCommand=set-text name="Plain" text="%s"\nConfirm=single\n' "$input" "$written"
done | cat <(printf '[Profile]\nName=Default\n') - > "$desktop_dir/default.profile"
printf '[Profile]\nName=Broken\nApp=broken\n[right-top]\nCommand=set-text %s\n' "$written" > "$desktop_dir/broken.profile"
untold_start
printf 'changes on\necho 3\n' >&"$probe_in"

fields_start 3
check "GTK 3: in front" tells 'Hidden 3$'
hides "GTK 3, bullets" Code
hides "GTK 3, no text" Silent
plain "GTK 3"
# By a press, in the whole daemon. A scenario cannot expect a command whose text nobody is told, so the field tells of it.
printf '%s\n' 'device phone' 'press right-top 900ms' 'expect hold right-top' 'wait 1s' > "$desktop_dir/press.touch"
"$BUILD/sidetouchctl" simulate --drive-link "$desktop_dir/driver.sock" "$desktop_dir/press.touch" > "$desktop_dir/press.out" 2>&1
check "profile: what a press writes is in the field" holds Plain "$written"
fields_end

fields_start 4
check "GTK 4: in front" tells 'Hidden 4$'
hides "GTK 4, bullets" Code
plain "GTK 4"
fields_end

# --- Qt's ways to hide, chosen in a box before the field ---
"$lineedits" > "$desktop_dir/qt.log" 2>&1 &
pids+=("$!")
check "Qt: in front" tells 'Line Edits$'
check "Qt: at the box" soon read-focus 'done .*combo box, Normal'
mark
key Down
for mode in 'Password ?Echo ?On ?Edit' 'No ?Echo'; do
	[ "$mode" = 'No ?Echo' ] && key shift+Tab
	key Down
	check "Qt: $mode is chosen" soon read-focus "done .*combo box, $mode"
	key Tab
	check "Qt: $mode, the field after it" soon read-focus 'done .*(password|text field)'
	settle
	xdotool type "$secret"
	check "Qt: $mode, a key is heard" key_is_told
	key Left && key Home && key End
	check "Qt: $mode, and nothing of what is typed" only_keys
	check "Qt: $mode, it is not read by line, word or letter" none_reads 'not-found A password is not read out' \
		read-line read-word read-character
done

# --- a prompt that shows nothing, and one that shows an asterisk for each key ---
# No echo in between either, in which a key that comes early would show.
cat > "$HOME/ask" <<'END'
stty -echo
read -rs -p 'Token: ' token
printf '%s' "$token" > "$HOME/silent.new" && mv "$HOME/silent.new" "$HOME/silent"
printf '\nAgain: '
token=
while IFS= read -rs -n 1 letter && [ -n "$letter" ]; do
	token=$token$letter
	printf '*'
done
printf '%s' "$token" > "$HOME/starred.new" && mv "$HOME/starred.new" "$HOME/starred"
unset token letter
stty echo
printf '\nThanks: '
read -r
END
xfce4-terminal --disable-server --title=Prompt -x bash "$HOME/ask" > "$desktop_dir/terminal.log" 2>&1 &
pids+=("$!")
check "terminal: in front" tells 'Prompt$'
check "terminal: it asks" soon read-line 'done Token:$'
for way in silent starred; do
	settle
	mark
	xdotool type "$secret"
	if [ "$way" = silent ]; then
		check "terminal, $way: nothing of it shows, or is read" soon read-line 'done Token:$'
	else
		check "terminal, $way: as much shows, and is read" soon read-line "done Again: \\*{${#secret}}\$"
	fi
	none_reads '.*' read-word 'read-word previous' read-character 'read-character previous' read-focus where-am-i
	key Return
	is_there() { local end=$((SECONDS + probe_limit_s)); until [ -e "$HOME/$way" ]; do ((SECONDS < end)) || return 1; settle; done; }
	check "terminal, $way: it was read by the program" is_there
	check "terminal, $way: all of it" [ "$(< "$HOME/$way")" = "$secret" ]
	check "terminal, $way: no key of it is told" only_keys
done
check "terminal: it thanks" soon read-line 'done Thanks:'
check "terminal: from there on" run read-from-here '.*'
check "terminal: and all of its window" run read-screen done

check "secrets: they were told nowhere, to the end" untold
check "daemon: it has told of the fields" said '^Silent, text field$'
check "daemon: and those who watch it" grep -q 'Told.*Silent, text field' "$desktop_dir/signals.log"
ask_everything
check "daemon: what is asked is answered" grep -q 'Silent, text field' "$desktop_dir/answers"
check "profile: its mistake is in the log" grep -q "'set-text' is followed by arguments" "$desktop_dir/daemon.log"
untold_written() { ! grep -qi "$written" "$desktop_dir"/{history,report,daemon.log,signals.log}; }
check "profile: what it writes is in no history, report, log or signal" untold_written
check "daemon: nothing of them is in any history, answer, report, log or signal" nowhere
check_cores 'Silent, text field'

probe_end
# What ATK says of being asked for an interface that a widget has not.
cat "$desktop_dir"/app?.err | grep -v "ATK_IS_\|^$" | sed 's/^/# /'
exit "$probe_failed"
