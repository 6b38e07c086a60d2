# SPDX-License-Identifier: GPL-3.0-or-later
# Plugs that cost less where all is emulated, for guests in which devices come and go by the dozen. Sourced by
# tests/vm/guest-*.sh as root, with udevd up. Owns /run/quirks and the rules it hides.
# shellcheck shell=bash

# Each plug is most of a second without this: libinput's quirks (100 files on the host's disk) and the rules of other
# devices are read or run each time. The rules that find a touchscreen and name its clone stay, and those that are named.
plug_quickly() { # [RULES...]
	local rule
	mkdir -p /run/quirks /run/udev/rules.d
	printf '[None]\nMatchName=none\nModelAppleTouchpad=1\n' > /run/quirks/10-none.quirks
	for rule in /lib/udev/rules.d/*.rules; do
		case $rule in
		*/50-udev-default.rules | */60-input-id.rules) ;;
		*) [[ " $* " == *" ${rule##*/} "* ]] || [[ -e /run/udev/rules.d/${rule##*/} ]] || ln -s /dev/null "/run/udev/rules.d/${rule##*/}" ;;
		esac
	done
	export LIBINPUT_QUIRKS_DIR=/run/quirks
	udevadm control --reload
}
