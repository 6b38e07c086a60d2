# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package in a guest: a dpkg that knows only what the package needs, README's commands that install and remove
# what it packs, a newer one, what is written on the disk, and units for a session. Sourced by tests/vm/guest-service.sh as root, after
# tests/vm/desktop.sh. Owns /run/dpkg and /run/systemd/user.
# shellcheck shell=bash

package_file() { echo "$BUILD"/deb/sidetouch_*.deb; }

# The machine's dpkg knows two thousand packages, each with a list of files that it would read over 9p.
package_system() {
	local names name
	names=$(dpkg-deb -f "$(package_file)" Depends Recommends | tr ',|' '\n\n' | sed 's/^[A-Z][a-z]*://; s/(.*//; s/ //g' | sort -u)
	mkdir -p /run/dpkg/{info,updates,triggers} && touch /run/dpkg/available || return 1
	awk -v RS= -v ORS='\n\n' -v names="$names" 'BEGIN { split(names, list, "\n"); for (i in list) needed[list[i]] }
		{
			on = $2 in needed
			if (match($0, /\nProvides: [^\n]*/)) {
				count = split(substr($0, RSTART + 11, RLENGTH - 11), provided, /, | /)
				for (i = 1; i <= count; i++) on = on || provided[i] in needed
			}
			gsub(/\n(Pre-Depends|Depends|Recommends|Suggests|Breaks|Conflicts|Replaces): [^\n]*/, "")
		}
		on' /var/lib/dpkg/status > /run/dpkg/status
	for name in $(dpkg-query --admindir /run/dpkg -Wf '${binary:Package} '); do cp "/var/lib/dpkg/info/$name.list" /run/dpkg/info/; done
	# Nor has its apt lists of other packages, or what others have it do after each of its steps; and services may start, which
	# images of containers forbid.
	[[ -s /run/dpkg/status ]] && mount --bind /run/dpkg /var/lib/dpkg && mount -t tmpfs tmpfs /var/lib/apt/lists &&
		mount -t tmpfs tmpfs /etc/apt/apt.conf.d && rm -f /usr/sbin/policy-rc.d
}

# What README says after the packages are made.
readme_command() {
	awk '/^## / { on = $2 == "Install" } on && /^    sudo apt install / { print substr($0, 5); exit }' README.md
}
readme_installs() {
	local command
	command=$(readme_command)
	[[ $command == *" ./build/deb/"* ]] || return 1
	sudo() { DEBIAN_FRONTEND=noninteractive "$@"; }
	eval "${command/.\/build/"$BUILD"}"
}

# The commands of the first block after the words.
readme_block() { # WORDS [FILE]
	awk -v words="$1" 'index($0, words) { on = 1 } on && /^    / { print substr($0, 5); seen = 1 } seen && /^[^ ]/ { exit }' "${2:-README.md}"
}
# Each in its turn, as root where it says sudo, else as the one who is at the screen; the first that fails is the last.
readme_walks() { # USER WORDS [FILE]
	local user=$1 command began
	sudo() { "$@"; }
	while IFS= read -r command; do
		began=$SECONDS
		case $command in
		"make"*) BUILD=${BUILD#"$PWD/"} eval "$command" ;;
		"sudo make "*) BUILD=${BUILD#"$PWD/"} eval "$command" ;;
		# This machine's root has no modules; what the guest's kernel needs it has got already.
		"sudo modprobe "*) [[ -d /sys/module/${command##* } ]] ;;
		"sudo "*) eval "$command" ;;
		*) eval "of_user $user $command" ;;
		esac > "$desktop_dir/walk.log" 2>&1 < /dev/null || { echo "# '$command' failed" && return 1; }
		echo "# $((SECONDS - began)) s: $command"
	done < <(readme_block "${@:2}")
	[[ ${began:-} ]]
}

# The same programs as a later version, whose user unit has another line. What need not be is not packed.
newer_package() { # FILE
	local tree=$1.tree package unit=./usr/lib/systemd/user/sidetouchd.service
	package=$(readlink -f "$(package_file)") && mkdir "$tree" && dpkg-deb -e "$package" "$tree/control" &&
		sed -i '/^Version:/ s/$/+later/' "$tree/control/control" && tar -C "$tree/control" --owner=0 --group=0 -cf "$tree/control.tar" . &&
		(
			cd "$tree" && ar x "$package" debian-binary data.tar.xz && xz -d data.tar.xz && tar -xf data.tar "$unit" &&
				tar --delete -f data.tar "$unit" && sed -i 's/^\[Service\]$/&\nEnvironment=SIDETOUCH_UNIT=later/' "$unit" &&
				tar --owner=0 --group=0 -rf data.tar "$unit" && ar qc "$1" debian-binary control.tar data.tar
		)
	rm -rf "$tree"
}

# Every file that is written over the machine's, and every folder that the machine does not have, but for what is the
# users', the logs', apt's and debconf's own, and where it is built.
written() {
	local path
	cd /vm-written || return 1
	find . -mindepth 1 \( -path ".$OLDPWD" -o -regex './\(home\|tmp\|vm-.*\|var/log\|var/backups\|var/lib/apt\|var/cache/\(apt\|debconf\)\)' \) -prune -o -print | sort | while IFS= read -r path; do
		[[ -d $path && ! -L $path && -d /vm-machine/$path ]] || echo "$path"
	done
	cd - > /dev/null || return 1
}

# A desktop's target, which pulls in graphical-session.target as every desktop's does; no sound server but the session's,
# and nothing that is not looked at; and of what is said a transcript.
session_units() {
	local units=/run/systemd/user name
	mkdir -p "$units"/{sidetouchd,at-spi-dbus-bus}.service.d
	printf '[Service]\nEnvironment=GSETTINGS_BACKEND=memory\n' > "$units/at-spi-dbus-bus.service.d/settings.conf"
	printf '[Unit]\nBindsTo=graphical-session.target\nWants=graphical-session-pre.target\n' > "$units/vm-desktop.target"
	for name in pulseaudio.{service,socket} pipewire.{service,socket} pipewire-pulse.{service,socket} wireplumber.service \
		ssh-agent.service dirmngr.socket gpg-agent{,-browser,-extra,-ssh}.socket pk-debconf-helper.socket; do
		ln -sf /dev/null "$units/$name"
	done
	transcript_unit /usr/lib/systemd/user
}
transcript_unit() { # FOLDER: that has the unit
	{
		printf '[Service]\nExecStart=\n'
		sed -n '/^ExecStart=/ s|$| --voice-arg=--transcript=%t/transcript|p' "$1/sidetouchd.service"
	} > /run/systemd/user/sidetouchd.service.d/transcript.conf
}
