#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The profiles of a phone's dialer and messages in the real programs, as far as they go without a modem: Calls has a
# provider for tests, which takes every number and is called when it gets a signal. What came of it the programs show.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for program in Xvfb openbox xdotool gnome-calls chatty; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
# shellcheck source=tests/support/shipped.sh
. tests/support/shipped.sh
trap shipped_finish EXIT
presses() { soon "$(which "$1" command "$2")" done; }       # ID INPUT
# SIGUSR1, the tenth, is caught (proc(5)).
is_ready_to_be_called() { ((0x$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$app_pid/status") & 0x200)); }
shows() { soon "look activate role=label name=\"$1\"" done; } # WORDS: the program, in its window

desktop_start || { echo "Bail out! no desktop"; exit 1; }
probe_dir=$desktop_dir
mkfifo "$desktop_dir/nothing"
probe_start
check "connected" connected

check "Calls: in front" start gnome-calls gnome-calls --provider=dummy
check "Calls: its id finds its profile" is gnome-calls profile Calls
check "Calls: with no call, there is none to hang up" run "look $(which gnome-calls command 'right-bottom hold')" not-found
check "Calls: right-middle held, the dial pad" presses gnome-calls 'right-middle hold'
check "Calls: a number is written on it" soon 'set-text name="Type a phone number" text="123"' 'done .*123'
check "Calls: right-top and right-middle, calls it" presses gnome-calls 'right-top + right-middle'
check "Calls: it rings there" shows 'Calling…'
check "Calls: what hangs up has no name" soon last 'done button$'
echo point >&"$probe_in"
probe_asked=$((probe_asked + 1))
check "Calls: assigned, it is known by its place" await '^pointed activate role=button path=1\.0\.0\.0\.0\.3\.0: button without a name, found again only by its place$'
check "Calls: right-middle and right-bottom, the microphone" run "$(which gnome-calls command 'right-middle + right-bottom')" 'done checked'
check "Calls: right-bottom held, hangs up" presses gnome-calls 'right-bottom hold'
check "Calls: and there is none any more" soon "look $(which gnome-calls command 'right-bottom hold')" not-found
end
check "Calls: again" start gnome-calls gnome-calls --provider=dummy
check "Calls: before a call there is none to answer" run "look $(which gnome-calls command 'right-top hold')" not-found
# A window is there before what the signal is for: until then it would end the program.
becomes_true is_ready_to_be_called
kill -USR1 "$app_pid"
check "Calls: is called" shows 'Incoming phone call'
check "Calls: right-top held, answers" presses gnome-calls 'right-top hold'
check "Calls: and they talk" shows '00:*'
end

check "Chats: in front" start chatty chatty
check "Chats: its id finds its profile" is chatty profile Chats
for input in 'right-top hold' 'right-bottom hold'; do
	check "Chats: what $input does is offered" can_be_pressed chatty "$input"
done
check "Chats: right-middle held, the archive" presses chatty 'right-middle hold'
check "Chats: which one can leave" soon 'look activate role=button name=Back' done
end
probe_end
exit "$probe_failed"
