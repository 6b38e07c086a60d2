#!/bin/bash
# vm: packages openrc,librc1,libeinfo1,insserv
# SPDX-License-Identifier: GPL-3.0-or-later
# The driver where OpenRC starts it, by the commands of docs/no-systemd.md: it has its user and its devices, is started again
# when it dies, is stopped, and leaves nothing. Run in a guest by tests/vm/run, as root, with udevd up. Prints TAP.
set -u
# shellcheck source=tests/vm/desktop.sh
. tests/vm/desktop.sh
# shellcheck source=tests/vm/package.sh
. tests/vm/package.sh
program=/usr/local/libexec/sidetouch/sidetouch-driver
driver_pid() { pgrep -x -u sidetouch sidetouch-drive; }
another_than() { local now; now=$(driver_pid) && [[ $now != "$1" ]]; } # PID
runs_not() { ! pgrep -f "$program"; }
now_ms() { echo $((10#$(date +%s%N) / 1000000)); }
service() { # ACTION
	rc-service sidetouch-driver "$1" > "$desktop_dir/$1.log" 2>&1
}
files() { find /etc/init.d /etc/conf.d /etc/runlevels /run/sidetouch ! -type d 2> /dev/null | sort; }

# OpenRC's own files over Debian's, where /bin and /lib are links.
for folder in $VM_PACKAGES; do tar -C "$folder" --exclude ./ready --exclude ./usr -cf - . | tar -C / -xf - --keep-directory-symlink || break; done
# It reads every script once for what it needs. This one runs already, and so does the runlevel, which nobody has booted to.
find /etc/init.d -type f ! -name udev -delete
mkdir -p /run/openrc/{starting,started,stopping,inactive,hotplugged,failed,exclusive,options,daemons,scheduled,wasinactive,tmp}
ln -s /etc/init.d/udev /run/openrc/started/udev && echo default > /run/openrc/softlevel
mkdir -p /etc/conf.d /run/udev/rules.d "${program%/*}" && cp "$BUILD/sidetouch-driver" "$program" &&
	cp install/60-sidetouch.rules /run/udev/rules.d && udevadm control --reload && converse panel "$BUILD/tools/panel" && [[ $(answer panel) == /dev/input/event* ]]
need $? "a system with OpenRC, the driver's program and rules, and a touchscreen that came before its user"
files > "$desktop_dir/before"

# --- as the guide says ---

# These two are Alpine's; Debian's want other words for the same.
addgroup() { [[ $* == "-S sidetouch" ]] && groupadd --system sidetouch; }
adduser() {
	[[ $* == "-S -D -H -h / -s /sbin/nologin -G sidetouch sidetouch" ]] &&
		useradd --system --no-create-home --home-dir / --shell /sbin/nologin --gid sidetouch sidetouch &&
		udevadm control --reload && udevadm trigger --subsystem-match=input --subsystem-match=misc && udevadm settle
}
# Nothing here tells who is at the screen.
log=$desktop_dir/driver.log
: > "$log" && chmod 666 "$log"
printf '%s\n' 'command_args="--allow-user root"' "error_log=$log" "output_log=$log" > /etc/conf.d/sidetouch-driver
walks() {
	local command count=0
	while IFS= read -r command; do
		eval "$command" > "$desktop_dir/walk.log" 2>&1 < /dev/null || { echo "# '$command' failed" && return 1; }
		count=$((count + 1))
	done < <(readme_block "With OpenRC, as root:" docs/no-systemd.md)
	((count == 6)) || ! echo "# $count commands"
}
walks
need $? "docs/no-systemd.md's commands, one after the other, make its user, install it and start it"
await clone_is 0
need $? "the panel has its clone"
service status && grep -q started "$desktop_dir/status.log" && [[ $(stat -c %U "/proc/$(driver_pid)") == sidetouch ]] &&
	[[ $(sed -n 's/^CapEff:[[:space:]]*//p' "/proc/$(driver_pid)/status") == 0000000000000000 ]]
ok $? "it is started, as its own user, without a capability"
[[ $(echo /etc/runlevels/default/*) == /etc/runlevels/default/sidetouch-driver ]]
ok $? "and will be at every boot"

# --- what happens to it ---

driver=$(driver_pid) start=$(now_ms)
kill -KILL "$driver" && await another_than "$driver" && await clone_is 0
ok $? "killed: it is started again, the clone is back after $(($(now_ms) - start)) ms"
driver=$(driver_pid)
service restart && await another_than "$driver" && await clone_is 0
ok $? "restarted by an admin: another one is there, and the clone"
service stop && await clone_is none && await runs_not && ! service status && grep -q stopped "$desktop_dir/status.log"
ok $? "stopped: it and its supervisor are gone, and the clone"
[[ -d /run/sidetouch && ! $(ls -A /run/sidetouch) ]]
ok $? "and its sockets"
# A clone is there a moment before its panel is taken, which waits for fingers that are down.
ready() { grep -c "is ready" "$log"; }
ready_more_than() { (($(ready) > $1)); }
before=$(ready)
service start && await ready_more_than "$before" && panel_do down 0 34 40 && await clone_is 1
ok $? "started once more; a finger is down"
service stop && await clone_is none && panel_do up 0 && await runs_not
ok $? "stopped with a finger down: the clone goes"

# --- removed ---

rc-update del sidetouch-driver default > "$desktop_dir/del.log" 2>&1 && rm /etc/init.d/sidetouch-driver /etc/conf.d/sidetouch-driver
files | diff "$desktop_dir/before" - | sed 's/^/# /'
ok "${PIPESTATUS[1]}" "taken out of the runlevel and removed, no file of it is left"
finish
