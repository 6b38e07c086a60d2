# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages that tests need and nobody is to install for them: each is fetched once and unpacked into a folder of a
# cache. Sourced by tests/vm/boot and tests/integration/elogind.sh, which may run at once. Owns the cache, and descriptor 8
# as long as its lock is held: whoever comes second waits for what the first one fetches.
# shellcheck shell=bash
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sidetouch-vm
mkdir -p "$cache" || exit 1
exec 8> "$cache/lock" && flock 8

fetched() { [[ -e $cache/$1/ready ]]; } # FOLDER
fetch() { # FOLDER PACKAGE
	local work
	[[ $2 ]] || { echo "fetch: apt knows no package for $1; run: apt-get update" >&2 && return 1; }
	echo "fetch: $2, once, to $cache" >&2
	work=$(mktemp -d "$cache/fetch.XXXXXX") || return 1
	(cd "$work" && apt-get download -q "$2" > download.log 2>&1 && dpkg -x ./*.deb files && touch files/ready) || {
		cat "$work/download.log" >&2
		rm -rf "$work"
		echo "fetch: there is no $2; is there a network? If apt's lists are old: apt-get update" >&2
		return 1
	}
	rm -rf "${cache:?}/$1"
	mv "$work/files" "$cache/$1" && rm -rf "$work"
}
