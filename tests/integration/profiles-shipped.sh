#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# More shipped profiles against the programs they are for, as profiles-real.sh does it: the program's id finds its profile,
# what a button is to press is there, and every key does in the program what its label says, as the program's own window,
# files or bus tell. One screen for all; each program is started once.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for program in Xvfb openbox xdotool gnome-text-editor thunar xfce4-terminal evince rhythmbox; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
# shellcheck source=tests/support/shipped.sh
. tests/support/shipped.sh
trap shipped_finish EXIT

is_chinese() { LANGUAGE=zh_CN is thunar label 上一级文件夹 'right-top hold'; }
# The text itself is the first field of the editor.
searches_no_more() { ! searches ''; }
searches() { run 'first kind=entry' done && run 'next kind=entry' "done .*text field$1\$"; }
page_becomes() { soon 'first kind=entry' "done .*$1"; }

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing"
export GSK_RENDERER=cairo
probe_start
check "connected" connected

# --- a text editor ---
check "Text Editor: in front" start gnome-text-editor gnome-text-editor --standalone
check "Text Editor: its id finds its profile" is gnome-text-editor profile 'GNOME Text Editor'
check "Text Editor: right-bottom says the title" is gnome-text-editor command read-title right-bottom
check "Text Editor: a text without a name" title_becomes 'New Document'
xdotool type --delay 30 x
check "Text Editor: it was changed" title_becomes '.*x'
check "Text Editor: right-middle, the key of Undo" types gnome-text-editor right-middle
check "Text Editor: undoes it" title_becomes 'New Document'
check "Text Editor: right-middle held, the key of Redo" types gnome-text-editor 'right-middle hold'
check "Text Editor: does it again" title_becomes '.*x'
check "Text Editor: right-bottom held, the key of Find" types gnome-text-editor 'right-bottom hold'
check "Text Editor: asks for a word" becomes_true searches ''
xdotool type --delay 30 word
check "Text Editor: which is written there" becomes_true searches ', word'
xdotool key Escape
check "Text Editor: and is put away again" becomes_true searches_no_more
check "Text Editor: right-top, the key of Save" types gnome-text-editor right-top
check "Text Editor: asks where to save it" title_becomes 'Save'
end

# --- files ---
mkdir -p "$HOME/above/below" && echo words > "$HOME/above/below/one.txt"
check "Thunar: in front" start thunar thunar "$HOME/above/below"
check "Thunar: its id finds its profile" is thunar profile Thunar
check "Thunar: the folder" title_becomes 'below'
check "Thunar: right-middle held says which folder" is thunar command read-title 'right-middle hold'
xdotool key Home
check "Thunar: right-bottom held, the key of another name" types thunar 'right-bottom hold'
check "Thunar: asks for it" title_becomes 'Rename'
check "Thunar: in a field" soon read-focus 'done text field'
xdotool type --delay 30 two
check "Thunar: which is written in" soon read-focus 'done text field, two'
xdotool key Return
check "Thunar: the file has it" becomes_true [ -e "$HOME/above/below/two.txt" ]
check "Thunar: the folder again" title_becomes 'below'
check "Thunar: right-top held, the key of the folder above" types thunar 'right-top hold'
check "Thunar: it is there" title_becomes 'above'
end

# --- a terminal ---
check "Terminal: in front" start xfce4-terminal xfce4-terminal --disable-server --geometry=120x45 --working-directory="$HOME" -x bash --norc
check "Terminal: its id finds its profile" is xfce4-terminal profile 'Xfce Terminal'
xdotool type --delay 30 $'touch made\n'
check "Terminal: a command was run" becomes_true [ -e "$HOME/made" ]
rm "$HOME/made"
check "Terminal: right-top, the key of the command before" types xfce4-terminal right-top
check "Terminal: right-middle reads it" soon "$(which xfce4-terminal command right-middle)" 'done .*touch made'
# A program that has the focus already when we begin to listen tells nobody of it.
check "Terminal: in front of one who comes later" probe_again
check "Terminal: right-middle reads its line to that one, too" soon "$(which xfce4-terminal command right-middle)" 'done .*touch made'
check "Terminal: right-bottom, the key that runs it" types xfce4-terminal right-bottom
check "Terminal: it was run again" becomes_true [ -e "$HOME/made" ]
desktop_spawn clipboard /usr/bin/python3 -c 'import gi
gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk
Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).set_text("touch pasted", -1)
print("copied", flush=True)
Gtk.main()'
check "Terminal: something was copied elsewhere" becomes_true grep -qx copied "$desktop_dir/clipboard.log"
check "Terminal: right-top held, the key of Paste" types xfce4-terminal 'right-top hold'
check "Terminal: it is on the line" soon "$(which xfce4-terminal command right-middle)" 'done .*touch pasted'
xdotool key Return
check "Terminal: and was run" becomes_true [ -e "$HOME/pasted" ]
xdotool type --delay 30 $'seq -s " " 1000 1900\n'
xdotool type --delay 30 'touch full'
check "Terminal: a line below 2000 characters is read, too" soon "$(which xfce4-terminal command right-middle)" 'done .*touch full'
check "Terminal: and the one above it" run 'read-line previous' 'done .*1899 1900'
xdotool key ctrl+u
xdotool type --delay 30 $'touch began; sleep 999\n'
check "Terminal: something runs" becomes_true [ -e "$HOME/began" ]
check "Terminal: right-bottom held, the key that ends it" types xfce4-terminal 'right-bottom hold'
xdotool type --delay 30 $'touch ended\n'
check "Terminal: it has ended" becomes_true [ -e "$HOME/ended" ]
end

# --- a document of three pages ---
/usr/bin/python3 tests/support/pages.py 3 > "$HOME/three.pdf"
check "Evince: in front" start evince evince "$HOME/three.pdf"
check "Evince: its id finds its profile" is evince profile Evince
check "Evince: on the first page" page_becomes 1
check "Evince: right-middle, the key of the next page" types evince right-middle
check "Evince: is there" page_becomes 2
check "Evince: right-top, the key of the page before" types evince right-top
check "Evince: is there again" page_becomes 1
check "Evince: right-middle held, the key of the last page" types evince 'right-middle hold'
check "Evince: is there too" page_becomes 3
check "Evince: right-top held, the key of the first page" types evince 'right-top hold'
check "Evince: is where it began" page_becomes 1
check "Evince: right-bottom reads what is on it" soon "$(which evince command right-bottom)" 'done This is page 1'
check "Evince: right-bottom held, the key of Find" types evince 'right-bottom hold'
check "Evince: asks for a word" soon read-focus 'done Search, text field'
end

# --- music ---
mkdir "$HOME/music" && /usr/bin/python3 tests/support/silence.py "$HOME/music/a.wav" "$HOME/music/b.wav" "$HOME/music/c.wav"
check "Rhythmbox: in front" start rhythmbox rhythmbox "$HOME/music"
check "Rhythmbox: its id finds its profile" is rhythmbox profile Rhythmbox
check "Rhythmbox: has found the tracks" soon 'look activate name="b.wav"' done
rhythmbox "$HOME/music/b.wav" > "$desktop_dir/second.log" 2>&1 # tells the one that runs
check "Rhythmbox: plays" title_becomes 'Unknown - b.wav$'
check "Rhythmbox: right-bottom, the key of play or pause" types rhythmbox right-bottom
check "Rhythmbox: has paused" title_becomes '.*Paused'
types rhythmbox right-bottom
check "Rhythmbox: plays again" title_becomes 'Unknown - b.wav$'
check "Rhythmbox: right-bottom held says what it is" run "$(which rhythmbox command 'right-bottom hold')" 'done Unknown - b.wav'
check "Rhythmbox: right-middle, the next track" run "$(which rhythmbox command right-middle)" '(done|delivered)'
check "Rhythmbox: plays another" title_becomes 'Unknown - [ac].wav'
check "Rhythmbox: right-top, the track before" run "$(which rhythmbox command right-top)" '(done|delivered)'
check "Rhythmbox: plays the first one again" title_becomes 'Unknown - b.wav'
end

# --- every word of them in Chinese too ---
chinese() {
	local file
	for file in profiles/*.profile; do
		line=$file
		[[ $(grep -cE '^(Name|Label|Hint)=' "$file") == "$(grep -cE '^(Name|Label|Hint)\[zh_CN\]=.*[^ -~]' "$file")" ]] || return 1
	done
}
check "every profile's words are there in Chinese" chinese
check "and what a Chinese user hears is that" is_chinese
probe_end
exit "$probe_failed"
