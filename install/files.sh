#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Puts files where they go, or takes exactly them away again. Called by `make install` and `make uninstall` (install.mk) with
# a line each on standard input: SOURCE TARGET MODE.
# Usage: install/files.sh put|take RECORD
# RECORD is a file in which folders are remembered that `put` had to make; `take` removes those that nobody uses meanwhile.
set -eu
action=$1 record=$2

# Every folder on the way that is not there yet, the innermost last.
make_folder() {
	[ -z "$1" ] || [ -d "$1" ] && return
	make_folder "${1%/*}"
	mkdir -m 755 "$1"
	made="$made$1
"
}

case $action in
put)
	made=
	make_folder "${record%/*}"
	while read -r source target mode; do
		make_folder "${target%/*}"
		install -m "$mode" "$source" "$target"
	done
	# What an earlier `put` had made, this one has found.
	printf %s "$made" >> "$record"
	;;
take)
	folders=
	[ -e "$record" ] && folders=$(sort -u "$record" | sort -r)
	while read -r source target mode; do rm -f "$target"; done
	rm -f "$record"
	printf '%s\n' "$folders" | while IFS= read -r folder; do
		[ -z "$folder" ] || rmdir "$folder" 2> /dev/null || :
	done
	;;
esac
