#!/bin/bash
# vm: systemd timeout 900
# SPDX-License-Identifier: GPL-3.0-or-later
# Installed by `make install`, started by systemd: the driver's unit, socket and access, two users whose daemons are handed
# over as they switch, and how long it takes until all is well again after a kill, a hang and a crash loop.
# Run in a guest by tests/vm/run, as root. Prints TAP.
set -u
# shellcheck source=tests/vm/desktop.sh
. tests/vm/desktop.sh
unit=sidetouch-driver.service
driver_pid() { systemctl show -P MainPID "$unit"; }
driver_is() { [[ $(systemctl is-active "$unit") == "$1" ]]; }
now_ms() { echo $((10#$(date +%s%N) / 1000000)); }
restarted() { local now; now=$(driver_pid) && ((now != 0 && now != $1)) && driver_is active; }

# --- installed ---

{ make -s --no-print-directory BUILD="$BUILD" -o all install && systemd-sysusers && systemd-tmpfiles --create sidetouch.conf &&
	udevadm control --reload && udevadm trigger /dev/uinput && udevadm settle && systemctl daemon-reload; } > "$desktop_dir/install.log" 2>&1
need $? "make install, the service's user, its folders and rules"
[[ $(stat -c %G:%a /dev/uinput) == sidetouch:660 ]] && [[ $(id -nG sidetouch) == sidetouch ]]
ok $? "/dev/uinput is the service's; its user is in no other group"
converse panel "$BUILD/tools/panel" && node=$(answer panel) && [[ $node == /dev/input/event* ]]
need $? "a touchscreen is there"
udevadm settle
[[ $(getfacl -p "$node" 2> /dev/null) == *user:sidetouch:rw-* ]]
ok $? "the service may read the touchscreen ($node)"
systemctl start "$unit" > "$desktop_dir/start.log" 2>&1
need $? "the service starts: it has said that it is ready"
[[ -S /run/sidetouch/driver.sock && -S /run/sidetouch/driver.sock.observe && $(systemctl is-active sidetouch-driver.socket) == active ]]
ok $? "systemd holds its sockets"
await clone_is 0
need $? "the panel has its clone"
caps=$(sed -n 's/^CapEff:[[:space:]]*//p' "/proc/$(driver_pid)/status")
[[ $(stat -c %U "/proc/$(driver_pid)") == sidetouch && $caps == 0000000000000000 ]]
ok $? "it runs as its own user, without a capability"

# --- two users at one seat ---

declare -A session_of=()
# A login on a virtual terminal, as a greeter makes it, in which the user's daemon runs.
login() { # USER VT
	id "$1" > /dev/null 2>&1 || useradd -m -s /bin/bash "$1" || return 1
	systemd-run --quiet --unit="login-$1" -p PAMName=login -p User="$1" -p TTYPath="/dev/tty$2" -p StandardInput=tty-fail \
		-p Environment="XDG_SEAT=seat0 XDG_VTNR=$2 XDG_SESSION_TYPE=tty XDG_SESSION_CLASS=user" sleep infinity || return 1
	await test -S "/run/user/$(id -u "$1")/bus" || return 1
	session_of[$1]=$(loginctl list-sessions --no-legend | awk -v user="$1" '$3 == user && $4 == "seat0" { print $1 }')
	[[ ${session_of[$1]} ]]
}
of_user() { # USER COMMAND...
	local user=$1
	shift
	setpriv --reuid "$user" --regid "$user" --init-groups env -i PATH="$PATH:/usr/local/bin" LANG=C.UTF-8 HOME="/home/$user" USER="$user" \
		XDG_RUNTIME_DIR="/run/user/$(id -u "$user")" DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$(id -u "$user")/bus" "$@"
}
daemon_of() { # USER
	of_user "$1" systemctl --user start sidetouchd.service
}
has_buttons() { [[ $(of_user "$1" sidetouchctl status) == *"Touch driver: connected"* ]]; }
is_refused() { [[ $(of_user "$1" sidetouchctl status) == *"that is not you"* ]]; }
login anna 3 && login bert 4 && loginctl activate "${session_of[anna]}"
need $? "two users have logged in at seat0"
await eval '[[ $(loginctl show-seat -P ActiveSession seat0) == "${session_of[anna]}" ]]'
need $? "the first one is at the screen"
daemon_of anna && await has_buttons anna
ok $? "her daemon, a user service, has the buttons"
daemon_of bert && await is_refused bert
ok $? "the other one's is refused, and tells why"
loginctl activate "${session_of[bert]}"
start=$(now_ms)
await has_buttons bert
ok $? "they switch: his has the buttons"
echo "# $(($(now_ms) - start)) ms after logind was asked, as far as a look every 200 ms and a D-Bus call can tell"
is_refused anna
ok $? "hers has not"
loginctl activate "${session_of[anna]}" && await has_buttons anna && is_refused bert
ok $? "and back again"

# --- what happens to it ---

sockets() { stat -c %i /run/sidetouch/driver.sock; }
before=$(driver_pid) start=$(now_ms) held=$(sockets)
kill -KILL "$before" && await restarted "$before" && await clone_is 0 && await has_buttons anna
ok $? "killed: systemd starts it again, the clone and the daemon are back"
echo "# after $(($(now_ms) - start)) ms"
[[ $(sockets) == "$held" ]]
ok $? "meanwhile its sockets stayed, so that nobody knocked in vain"
before=$(driver_pid) start=$(now_ms)
kill -STOP "$before" && await restarted "$before" && await clone_is 0 && await has_buttons anna
ok $? "stopped, which nothing but a watchdog notices: killed and started again"
echo "# after $(($(now_ms) - start)) ms"
before=$(of_user anna systemctl --user show -P MainPID sidetouchd) start=$(now_ms)
kill -STOP "$before" && await eval '(($(of_user anna systemctl --user show -P MainPID sidetouchd) != before))' && await has_buttons anna
ok $? "her daemon stopped: the same"
echo "# after $(($(now_ms) - start)) ms"
systemctl stop sidetouch-driver.socket && await clone_is none && driver_is inactive && [[ ! -e /run/sidetouch/driver.sock ]]
ok $? "stopped by an admin: the clone has gone, the sockets too, so that no daemon starts it again"
mkdir -p "/run/systemd/system/$unit.d"
# However slow this machine, it cannot take too long for ten deaths.
printf '[Unit]\nStartLimitIntervalSec=1h\n[Service]\nExecStart=\nExecStart=/bin/false\nNoExecPaths=\nExecPaths=\n' > "/run/systemd/system/$unit.d/broken.conf"
systemctl daemon-reload
start=$(now_ms)
systemctl start "$unit" > /dev/null 2>&1
await driver_is failed
ok $? "one that cannot live is let be: $(systemctl show -P Result "$unit"), after $(systemctl show -P NRestarts "$unit") restarts"
echo "# after $(($(now_ms) - start)) ms"
rm "/run/systemd/system/$unit.d/broken.conf" && systemctl daemon-reload && systemctl reset-failed "$unit" sidetouch-driver.socket 2> /dev/null
systemctl start "$unit" && await clone_is 0 && await has_buttons anna
ok $? "repaired and started, all is well again"
journalctl -q --no-pager -u "$unit" -p warning | tail -n 5 | sed 's/^/# /'

# --- removed ---

for user in anna bert; do of_user "$user" systemctl --user stop sidetouchd.service; done
systemctl stop sidetouch-driver.socket && make -s --no-print-directory BUILD="$BUILD" uninstall && systemctl daemon-reload
ok $? "it uninstalls"
[[ -z $(find /usr/local /etc/xdg -name '*sidetouch*' ! -path '*/zh_CN/*') ]]
ok $? "no file is left"
finish
