#!/bin/bash
# vm: systemd timeout 1400
# SPDX-License-Identifier: GPL-3.0-or-later
# Installed from the package by README's words, started by systemd, in sessions that logind knows: the next login speaks, a
# button pressed twice acts, also in a real app, the doctor finds all well; two users whose daemons are handed over as they
# switch 50 times; how long it takes until touches and buttons are back after a kill, a hang, a crash loop and an upgrade;
# what is left when it is purged.
# Run in a guest by tests/vm/run, as root. Prints TAP.
set -u
# shellcheck source=tests/vm/desktop.sh
. tests/vm/desktop.sh
# shellcheck source=tests/vm/package.sh
. tests/vm/package.sh
# shellcheck source=tests/vm/switching.sh
. tests/vm/switching.sh
unit=sidetouch-driver.service
pause_s=0.5 # many of the looks here are programs, which take this machine's time from what they wait for
driver_pid() { systemctl show -P MainPID "$unit"; }
driver_is() { [[ $(systemctl is-active "$unit") == "$1" ]]; }
restarted() { local now; now=$(driver_pid) && ((now != 0 && now != $1)) && driver_is active; }

# --- what a compositor would see, and what is heard ---

# Every touch has a place of its own, so that none can stand for another that was lost.
places_mm=()
tap_somewhere() {
	places_mm+=($((${#places_mm[@]} % 120 + 1)))
	panel_do tap 34 "${places_mm[-1]}" 60
}
told_mm() { # LINE: where libinput was told of touches since that line of its log, by the panel or by its clone
	tail -n +"$1" "$desktop_dir/libinput.log" | sed -n 's,.*TOUCH_DOWN.*(34\.[0-9]*/ *\([0-9]*\)\.[0-9]*mm).*,\1,p'
}
is_told() { told_mm "$2" | grep -qx "$1"; } # MM LINE
touch_arrives() {
	local seen
	seen=$(wc -l < "$desktop_dir/libinput.log")
	tap_somewhere && await is_told "${places_mm[-1]}" "$seen"
}
said() { grep -c "^[0-9]* [0-9]* $1\$" "$transcript"; }
said_more() { (($(said "$1") > $2)); }
press() { # PAD
	local at
	at=$(panel pad "$1") && panel_do tap "${at% *}" "${at#* }" 80
}
# Pressed once a button says what it would do and does nothing, pressed again it does it. A press that this machine brings too
# late to be the second one is a first one again.
pressed_twice() { # PAD LABEL COMMAND...: which tells that it is done
	local tries before
	for tries in {1..4}; do
		before=$(said "$2, press again")
		press "$1" && patience_s=30 await said_more "$2, press again" "$before" || continue
		! "${@:3}" || return $((tries == 1)) # what was pressed before, done late
		press "$1" && patience_s=30 await "${@:3}" && echo "# with the press number $((tries * 2))" && return 0
	done
	return 1
}
now_ms() { echo $((10#$(date +%s%N) / 1000000)); }
# After whatever has just happened, at `start`: a touch arrives, then her daemon has the buttons, each with its time.
back_again() {
	local touched
	touch_arrives || return 1
	touched=$(($(now_ms) - start))
	await clone_is 0 && await has_buttons anna || return 1
	echo "# touches arrive after $touched ms, the buttons are back after $(($(now_ms) - start)) ms"
}

# --- installed ---

for user in anna bert; do useradd -m -s /bin/bash "$user"; done
package_system && converse panel "$BUILD/tools/panel" && node=$(answer panel) && [[ $node == /dev/input/event* ]]
need $? "a system on which it never was, with a touchscreen"
spawn libinput stdbuf -oL /usr/libexec/libinput/libinput-debug-events
await grep -q 'DEVICE_ADDED.* cap:[A-Za-z]*t' "$desktop_dir/libinput.log"
need $? "a compositor, as far as libinput is one, has the touchscreen"
written > "$desktop_dir/before"
tell_handovers
readme_installs > "$desktop_dir/install.log" 2>&1
need $? "README's command installs the package: $(readme_command)"
[[ $(stat -c %G:%a /dev/uinput) == sidetouch:660 ]] && [[ $(id -nG sidetouch) == sidetouch ]]
ok $? "/dev/uinput is the service's; its user is in no other group"
[[ $(getfacl -p "$node" 2> /dev/null) == *user:sidetouch:rw-* ]]
ok $? "the service may read the touchscreen ($node)"
await clone_is 0
need $? "it runs already: the panel has its clone"
[[ -S /run/sidetouch/driver.sock && -S /run/sidetouch/driver.sock.observe && $(systemctl is-active sidetouch-driver.socket) == active ]] &&
	[[ $(systemctl is-enabled "$unit") == enabled ]]
ok $? "systemd holds its sockets, and will start it at every boot"
caps=$(sed -n 's/^CapEff:[[:space:]]*//p' "/proc/$(driver_pid)/status")
[[ $(stat -c %U "/proc/$(driver_pid)") == sidetouch && $caps == 0000000000000000 ]]
ok $? "it runs as its own user, without a capability"

# --- the next login speaks ---

declare -A session_of=()
# A login on a virtual terminal, as a greeter makes it.
login() { # USER VT PROGRAM...
	systemd-run --quiet --unit="login-$1" -p PAMName=login -p User="$1" -p TTYPath="/dev/tty$2" -p StandardInput=tty-fail \
		-p StandardOutput="file:$desktop_dir/login-$1.log" -p StandardError=inherit -E PATH="$PATH" -E LANG=C.UTF-8 \
		-E XDG_SEAT=seat0 -E XDG_VTNR="$2" -E XDG_SESSION_TYPE=x11 -E XDG_SESSION_CLASS=user "${@:3}" || return 1
	await test -S "/run/user/$(id -u "$1")/bus" || return 1
	session_of[$1]=$(loginctl list-sessions --no-legend | awk -v user="$1" '$3 == user && $4 == "seat0" { print $1 }')
	[[ ${session_of[$1]} ]]
}
of_user() { # USER COMMAND...
	local user=$1
	shift
	setpriv --reuid "$user" --regid "$user" --init-groups env -i PATH="$PATH" LANG=C.UTF-8 HOME="/home/$user" USER="$user" \
		XDG_RUNTIME_DIR="/run/user/$(id -u "$user")" DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$(id -u "$user")/bus" "$@"
}
daemon_pid() { of_user "$1" systemctl --user show -P MainPID sidetouchd; } # USER
has_buttons() { [[ $(of_user "$1" sidetouchctl status) == *"Touch driver: connected"* ]]; }
is_refused() { [[ $(of_user "$1" sidetouchctl status) == *"that is not you"* ]]; }

# What starts a desktop's services is the desktop's own; the sound server is this guest's.
session_units
transcript=/run/user/$(id -u anna)/transcript
heard=$desktop_dir/heard.raw
# A button of hers, in her own profile, whose work can be seen from outside.
made=/home/anna/made
profiles=/home/anna/.config/sidetouch/profiles
of_user anna mkdir -p "$profiles" && printf '[Profile]\nName=Default\n[right-top]\nCommand=run touch %s\nLabel=Make\n' "$made" > "$profiles/Default.profile"
need $? "a user has a button of her own"
login anna 3 "$PWD/tests/vm/session.sh" && loginctl activate "${session_of[anna]}"
need $? "a user logs in at seat0, to a desktop that reaches graphical-session.target"
await eval '[[ $(loginctl show-seat -P ActiveSession seat0) == "${session_of[anna]}" ]]'
need $? "and is at the screen"
await test -S "/run/user/$(id -u anna)/pulse/native"
of_user anna parec -d null.monitor --rate=22050 --channels=1 --format=s16le --latency-msec=50 > "$heard" 2> "$desktop_dir/parec.log" &
listener=$!
await test -e "$transcript" && await said_more "Sidetouch is ready. Touch left top to learn." 0
ok $? "nothing was done but to log in: it says that it is ready, and how to learn"
await eval 'tests/support/hear.py 300 < "$heard"'
ok $? "which sounds on the null sink"
pkill -P "$listener"
await has_buttons anna
ok $? "her daemon has the buttons"
pressed_twice right-top Make test -e "$made"
ok $? "a button pressed once says what it would do and does nothing, pressed again it does it"
! grep -q "The buttons have changed" "$transcript"
ok $? "and nothing is said of buttons that have changed, though folders for settings were made"

# --- in an app ---

# As a desktop launches one.
of_user anna systemd-run --user --quiet --unit=app-org.gnome.Calculator@1.service -E WAYLAND_DISPLAY=wayland-1 \
	-E GDK_BACKEND=wayland -E GSK_RENDERER=cairo -E GSETTINGS_BACKEND=memory gnome-calculator
converse oracle of_user anna tests/support/oracle.py
is_shown() { [[ $(oracle shown) == "$1" ]]; }
[[ $(answer oracle) == ready && $(oracle place 7) != none ]] && panel_do tap 34 40 80 && oracle_yes await-active gnome-calculator
ok $? "she has an app, and touches it: its window is the active one"
front_is() { [[ $(of_user anna sidetouchctl status) == *"App in front: $1"* ]]; }
await front_is org.gnome.Calculator && is_shown "" && pressed_twice right-top Five is_shown 5
ok $? "a button pressed once says which widget it would press, pressed again it does: the calculator shows 5"

# --- what the doctor says of it ---

of_user anna sidetouchctl doctor --patience 120 > "$desktop_dir/doctor"
doctor=$?
sed 's/^/# /' "$desktop_dir/doctor"
((doctor == 0))
ok $? "the doctor finds all well"

# --- what a lock screen tells logind ---

hint() { # true or false
	busctl call org.freedesktop.login1 "$(busctl call org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager \
		GetSession s "${session_of[anna]}" | cut -d'"' -f2)" org.freedesktop.login1.Session SetLockedHint b "$1"
}
hint true && await said_more "The screen is locked" 0
ok $? "logind says that her session is locked: it is said"
hint false && await said_more "The screen is unlocked" 0
ok $? "and that it is not any more"

# --- a log that nobody reads ---

journal=$(systemctl show -P MainPID systemd-journald)
kill -STOP "$journal" && touch_arrives && pressed_twice right-top Five is_shown 55
ok $? "with journald stopped a touch arrives, and a button acts"
kill -CONT "$journal"

# --- two users at one seat ---

login bert 4 sleep infinity && of_user bert systemctl --user start sidetouchd.service && await is_refused bert
ok $? "another user's daemon is refused, and tells why"
listen_to anna && listen_to bert
need $? "whose presses each daemon is told can be heard"
daemons=("$(daemon_pid anna)" "$(daemon_pid bert)")
figures() { for pid in "$(driver_pid)" "${daemons[@]}"; do "$1" "$pid"; done; }
start=$(now_ms)
for ((switches = 0; switches < 50; switches += 2)); do
	switch_to bert 4 && switch_to anna 3 || break
	((switches == 24)) && fds=$(figures descriptors) && kb=$(figures memory_kb)
done
((switches == 50))
ok $? "they switch $switches times: each time presses are the one's who has come"
mapfile -t handed_ms < <(printf '%s\n' "${handed_ms[@]}" | sort -n)
echo "# handed over and pressed, which alone takes 80 ms: ${handed_ms[switches / 2]} ms in the middle, ${handed_ms[-1]} ms at most;" \
	"$(($(now_ms) - start)) ms in all"
print_handovers
hears_press bert 1 && presses_astray=$((presses_astray + 1))
((presses_missed == 0 && presses_astray == 0))
ok $? "of those, lost: $presses_missed, heard by the other one: $presses_astray"
clone_is 0 && [[ $(figures descriptors) == "$fds" ]]
ok $? "nothing is down, and no descriptor is left"
now_kb=$(figures memory_kb)
echo "# driver, her daemon, his: descriptors" $fds, "kB after 26 switches" $kb, "after 50" $now_kb
((${now_kb%%$'\n'*} <= ${kb%%$'\n'*} + 40))
ok $? "nor memory in the driver"
for user in anna bert; do kill "${pids[hears-$user]}"; done
has_buttons anna && is_refused bert
ok $? "she has the buttons, and he has not"
# What comes now asks for no app, and each plug would cost a compositor's time.
of_user anna systemctl --user stop app-org.gnome.Calculator@1.service && pkill -u anna -x sway
ok $? "she ends her app and her compositor"

# --- what happens to it ---

sockets() { stat -c %i /run/sidetouch/driver.sock; }
before=$(driver_pid) start=$(now_ms) held=$(sockets)
kill -KILL "$before" && back_again && restarted "$before" && clone_is 0
ok $? "killed: systemd starts it again, the clone and the daemon are back"
[[ $(sockets) == "$held" ]]
ok $? "meanwhile its sockets stayed, so that nobody knocked in vain"
driver=$(driver_pid) daemon=$(daemon_pid anna) start=$(now_ms)
kill -STOP "$driver" "$daemon"
await restarted "$driver" && back_again && clone_is 0 && (($(daemon_pid anna) != daemon))
ok $? "both stopped, which nothing but a watchdog notices: both killed and started again"
readme_walks anna "this ends it until the next start:" docs/trouble.md && await clone_is none && driver_is inactive && [[ ! -e /run/sidetouch/driver.sock ]]
ok $? "stopped by an admin: the clone has gone, the sockets too, so that no daemon starts it again"
mount --bind /bin/false /usr/libexec/sidetouch/sidetouch-driver
start=$(now_ms)
systemctl start "$unit" > /dev/null 2>&1
await driver_is failed
ok $? "one that cannot live is let be: $(systemctl show -P Result "$unit"), after $(systemctl show -P NRestarts "$unit") restarts"
echo "# after $(($(now_ms) - start)) ms"
touch_arrives
ok $? "the panel is the system's: a touch arrives"
of_user anna sidetouchctl doctor --patience 120 > "$desktop_dir/doctor"
grep -q "has failed. Why, tells: sudo journalctl -b -u sidetouch-driver" "$desktop_dir/doctor" || ! sed 's/^/# /' "$desktop_dir/doctor"
ok $? "the doctor says that it has failed, and where it is told why"
umount /usr/libexec/sidetouch/sidetouch-driver
systemctl reset-failed "$unit" sidetouch-driver.socket 2> /dev/null
start=$(now_ms)
readme_walks anna "the rules in force:" docs/trouble.md && back_again
ok $? "repaired and restarted, all is well again"
journalctl -q --no-pager -u "$unit" -p warning | tail -n 5 | sed 's/^/# /'

# --- another version ---

driver=$(driver_pid) daemon=$(daemon_pid anna) held=$(sockets) taps=${#places_mm[@]} seen=$(wc -l < "$desktop_dir/libinput.log")
newer_package "$desktop_dir/newer.deb" > "$desktop_dir/newer.log" 2>&1
start=$(now_ms)
dpkg -i "$desktop_dir/newer.deb" > "$desktop_dir/upgrade.log" 2>&1 &
upgrade=$!
while kill -0 "$upgrade" 2> /dev/null; do tap_somewhere && read -r -t 0.7 <> "$desktop_dir/never"; done
wait "$upgrade"
ok $? "an upgrade while it runs, and while it is touched: $(dpkg-query -Wf '${Version}' sidetouch) after $(($(now_ms) - start)) ms"
start=$(now_ms)
back_again && restarted "$driver" && (($(daemon_pid anna) != daemon)) && [[ $(sockets) == "$held" ]]
ok $? "another driver and another daemon are there, and the same sockets"
grep -qz '^SIDETOUCH_UNIT=later$' "/proc/$(daemon_pid anna)/environ"
ok $? "her daemon was started as the new version's unit has it, though she has been logged in since before"
lost=$(comm -23 <(printf '%s\n' "${places_mm[@]:taps}" | sort) <(told_mm "$seen" | sort) | wc -l)
((${#places_mm[@]} - taps > 3 && lost == 0))
ok $? "$((${#places_mm[@]} - taps)) touches meanwhile, lost: $lost"

# --- removed ---

dpkg -P sidetouch > "$desktop_dir/purge.log" 2>&1
ok $? "it is purged, while two users' daemons run"
await clone_is none && ! pgrep '^sidetouch' && touch_arrives
ok $? "no program is left, the clone is gone, and a touch arrives"
[[ ! -e /run/sidetouch && $(getfacl -p "$node" 2> /dev/null) != *sidetouch* ]]
ok $? "no socket is left, and no access to the touchscreen"
written > "$desktop_dir/after"
diff "$desktop_dir/before" "$desktop_dir/after" | sed 's/^/# /'
ok "${PIPESTATUS[0]}" "no file and no folder is left that was not there before"

# --- without a package ---

userdel sidetouch
rm /run/systemd/user/sidetouchd.service.d/transcript.conf # it starts the package's
readme_walks anna "Elsewhere, or without a package:"
need $? "README's commands for a system without packages, one after the other, build and install it and start it"
transcript_unit /usr/local/lib/systemd/user && of_user anna systemctl --user daemon-reload &&
	readme_walks anna "sidetouchd is still the old version:" docs/trouble.md
[[ $(stat -c %G:%a /dev/uinput) == sidetouch:660 && $(getfacl -p "$node" 2> /dev/null) == *user:sidetouch:rw-* ]] && await clone_is 0 &&
	await has_buttons anna
ok $? "the service has its user and its devices, the panel its clone, and her daemon the buttons"
rm "$made" && pressed_twice right-top Make test -e "$made"
ok $? "a button pressed twice acts"
readme_walks anna "To remove it again:"
ok $? "README's commands that remove it"
await clone_is none && ! pgrep '^sidetouch' && touch_arrives
ok $? "no program is left, the clone is gone, and a touch arrives"
written | grep -v '^./var/lib/sidetouch' | diff "$desktop_dir/before" - | sed 's/^/# /'
ok "${PIPESTATUS[2]}" "no file and no folder is left but what README says"
((failed)) && journalctl -q --no-pager -b -o short-monotonic | tail -n 100 | cut -c 1-160 | sed 's/^/# /'
finish
