#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/oracles names for every command a check that is there.
set -u
cd "$(dirname "$0")/../.." || exit 1
number=0 failed=0
check() { # WHAT LINES: well when there are none
	number=$((number + 1))
	[ -z "$2" ] && { echo "ok $number - $1"; return; }
	echo "not ok $number - $1"
	printf '%s\n' "$2" | sed 's/^/# /'
	failed=1
}
trim() { sed 's/^ *//; s/ *$//' <<< "$1"; }

named=$(grep -v '^#' tests/oracles | cut -d '|' -f 1 | tr -d ' ' | sort)
known=$(sed -n 's/^ *\[COMMAND_[A-Z_]*\] = {"\([a-z-]*\)", COMMAND_BY_.*/\1/p' common/command_table.c | sort)
check "there are commands" "$([ "$(wc -l <<< "$known")" -gt 40 ] || echo "$known")"
check "every command is there, once" "$(diff <(echo "$known") <(echo "$named"))"
missing=$(grep -v '^#' tests/oracles | while IFS='|' read -r command file name _; do
	grep -qF -- "$(trim "$name")" "tests/$(trim "$file")" || echo "$command: no check '$(trim "$name")' in $(trim "$file")"
done)
check "and so is every check" "$missing"
echo "1..$number"
exit "$failed"
