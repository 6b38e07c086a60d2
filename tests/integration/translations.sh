#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every sentence that the daemon says is marked for translation, and every translation is complete and well-formed.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
command -v xgettext > /dev/null || { echo "1..0 # SKIP gettext is not installed"; exit 0; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@" > "$dir/out" 2>&1; then
		echo "ok $number - $what"
	else
		sed 's/^/# /' "$dir/out"
		echo "not ok $number - $what"
		failed=1
	fi
}

catalogues=(po/*.po)
echo "1..$((3 + 3 * ${#catalogues[@]}))"
# The command line's help and D-Bus errors are for those who read English manuals; the daemon and the doctor speak to everybody.
mapfile -t said < <(ls daemon/*.c | grep -v '/main\.c')
mapfile -t -O ${#said[@]} said < <(ls common/profile*.c | grep -v schema) # that is the manual's
said+=(common/command.c common/keys.c common/group_file.c)
check "no sentence is left unmarked" /usr/bin/python3 tests/support/unmarked.py "${said[@]}"
printf 'const char *x = "Say so to the makers of it.";\n' > "$dir/unmarked.c"
finds() { ! /usr/bin/python3 tests/support/unmarked.py "$dir/unmarked.c"; }
check "and one that is would be found" finds
check "the sentences can be extracted" xgettext --keyword=_ --keyword=N_ \
	--keyword=doctor_ok:2 --keyword=doctor_todo:2 --from-code=UTF-8 --language=C \
	--output="$dir/sidetouch.pot" daemon/*.c common/*.c ctl/doctor*.c
for catalogue in "${catalogues[@]}"; do
	check "$catalogue: has every sentence" msgcmp "$catalogue" "$dir/sidetouch.pot"
	check "$catalogue: no format differs" msgfmt --check-format --output-file=/dev/null "$catalogue"
	nothing_left() { [ "$(msgattrib --untranslated --no-obsolete "$catalogue"; msgattrib --only-fuzzy --no-obsolete "$catalogue")" = "" ]; }
	check "$catalogue: nothing is untranslated or unsure" nothing_left
done
exit $failed
