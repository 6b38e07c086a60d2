#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the packages of install/packages.list that are missing, and says which and why first. Called by `make deps`,
# check, check-vm, bench, fuzz and demo. Silent when nothing is missing; exit 1 when something is and cannot be installed.
# Usage: install/deps.sh [--check]   (--check only says what is missing)
set -u
list=$(dirname "$0")/packages.list
os_release=${SIDETOUCH_OS_RELEASE:-/etc/os-release} # the tests give others
check_only=no
case ${1:-} in
"") ;;
--check) check_only=yes ;;
*)
	echo "deps: '$1' is not an option; usage: install/deps.sh [--check]" >&2
	exit 2
	;;
esac

id='' id_like=''
while IFS='=' read -r key value; do
	value=${value//\"/}
	case $key in
	ID) id=$value ;;
	ID_LIKE) id_like=$value ;;
	esac
done < "$os_release"

# The names that we know elsewhere; nothing is installed there, because nobody has tried them there yet.
other_names() {
	case " $id $id_like " in
	*" fedora "* | *" rhel "*)
		echo "sudo dnf install gcc make pkgconf-pkg-config glib2-devel systemd-devel libinput-devel libevdev-devel" \
			"mtdev-devel cairo-devel alsa-lib-devel gettext pipewire-devel pulseaudio-libs-devel espeak-ng-devel libcmocka-devel clang" \
			"clang-tools-extra compiler-rt libasan libubsan valgrind evemu xorg-x11-server-Xvfb openbox xdotool dbus-daemon" \
			"at-spi2-core gnome-calculator mousepad python3-pyatspi pulseaudio-utils qemu-system-x86-core busybox cpio kmod" \
			"sway seatd grim foot"
		;;
	*" alpine "*)
		echo "sudo apk add build-base bash pkgconf glib-dev eudev-dev elogind-dev libinput-dev libevdev-dev mtdev-dev cairo-dev" \
			"alsa-lib-dev gettext pipewire-dev pulseaudio-dev espeak-ng-dev cmocka-dev clang clang-extra-tools compiler-rt" \
			"valgrind xvfb openbox xdotool dbus at-spi2-core gnome-calculator mousepad py3-atspi pulseaudio" \
			"pulseaudio-utils qemu-system-x86_64 busybox-static cpio kmod sway seatd grim foot"
		;;
	*" arch "*)
		echo "sudo pacman -S --needed base-devel glib2 systemd-libs libinput libevdev mtdev cairo libpulse alsa-lib gettext" \
			"libpipewire espeak-ng cmocka clang compiler-rt valgrind evemu xorg-server-xvfb openbox xdotool dbus" \
			"at-spi2-core gnome-calculator mousepad python-atspi pulseaudio qemu-system-x86 busybox cpio kmod sway seatd" \
			"grim foot"
		;;
	esac
}

case " $id $id_like " in
*" debian "* | *" ubuntu "*) ;;
*)
	names=$(other_names)
	if [[ $names ]]; then
		echo "deps: this is '$id', where Sidetouch has not been tried. These packages should do:" >&2
		echo "  $names" >&2
		echo "When they are there, run the goals that need no packages installed: make, make test-programs, tests/run." >&2
	else
		echo "deps: '$id' is no distribution whose packages we know. $list says what is needed and why." >&2
	fi
	exit 1
	;;
esac

declare -A reason group installed
packages=()
while read -r in_group package why; do
	[[ -z $in_group || $in_group == \#* ]] && continue
	packages+=("$package")
	reason[$package]=$why
	group[$package]=$in_group
done < "$list"

# dpkg-query exits 1 for each name it has never heard of; those are missing too.
while read -r status package; do
	[[ $status == ii* || $status == hi* ]] && installed[${package%%:*}]=yes
done < <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "${packages[@]}" 2> /dev/null)

missing=()
for package in "${packages[@]}"; do
	[[ ${installed[$package]:-} ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

echo "Sidetouch needs ${#missing[@]} more packages:"
for package in "${missing[@]}"; do
	printf '  %-24s %s: %s\n' "$package" "${group[$package]}" "${reason[$package]}"
done
command="apt-get install -y --no-install-recommends ${missing[*]}"
if [[ $check_only == yes ]]; then
	echo "Install them with: make deps"
	exit 1
fi

if ((EUID == 0)); then
	as_root=(env DEBIAN_FRONTEND=noninteractive)
elif command -v sudo > /dev/null && { [[ -t 0 ]] || sudo -n true 2> /dev/null; }; then
	as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
else
	echo "deps: installing needs root. Run this as root, then try again:" >&2
	echo "  apt-get update && $command" >&2
	exit 1
fi

# Package lists may be absent (a fresh image) or too old to name a file that the mirror still has.
known() {
	local candidates
	candidates=$(apt-cache policy "${missing[@]}" 2> /dev/null | grep -c '^  Candidate: [^(]')
	((candidates == ${#missing[@]}))
}
install() { "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"; }
if known && install; then
	exit 0
fi
if ! "${as_root[@]}" apt-get update -q; then
	echo "deps: the package lists could not be fetched. Is there a network? Then run: make deps" >&2
	exit 1
fi
if ! install; then
	echo "deps: the packages could not be installed; what apt-get said is above. To try again: make deps" >&2
	exit 1
fi
