#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every sentence that the daemon says and sidetouchctl prints is marked for translation, every translation is complete and
# well-formed, and sidetouchctl prints them. In English stay what is for those who read English manuals, whatever they speak:
# the daemons' own command lines, a bug report, and replay and simulate, whose scenarios are English.
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
echo "1..$((10 + 3 * ${#catalogues[@]}))"
mapfile -t said < <(ls daemon/*.c | grep -v '/main\.c')
mapfile -t -O ${#said[@]} said < <(ls common/profile*.c | grep -v schema) # that is the manual's
said+=(common/command.c common/keys.c common/group_file.c common/button_settings.c)
mapfile -t printed < <(ls ctl/*.c | grep -v -E 'ctl/(replay|simulate|player|synth|report_parts|template_)')
for file in "${printed[@]}"; do [[ $file == ctl/report.c ]] || said+=("$file"); done # its titles are a report's
check "no sentence is left unmarked" /usr/bin/python3 tests/support/unmarked.py "${said[@]}"
printf 'const char *x = "Say so to the makers of it.";\n' > "$dir/unmarked.c"
finds() { ! /usr/bin/python3 tests/support/unmarked.py "$dir/unmarked.c"; }
check "and one that is would be found" finds
# The maker of the tests is no parent of this one.
pot() { env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make --no-print-directory -s BUILD="$dir" pot; }
check "the sentences can be extracted" pot
# What docs/translate.md says, in a folder of its own.
mkdir -p "$dir/work/build" "$dir/work/po" && cp "$dir/sidetouch.pot" "$dir/work/build" && cp po/zh_CN.po "$dir/work/po"
translates() { # COMMAND: the document's
	local line
	line=$(sed -n "s/^    \\($1 .*\\)/\\1/p" docs/translate.md) && [[ $line ]] && (cd "$dir/work" && eval "$line")
}
check "docs/translate.md begins a language" eval 'translates msginit && grep -q "^\"Language: de" "$dir/work/po/de.po"'
check "and brings one up to date, of which nothing is lost" eval 'translates msgmerge &&
	[[ $(msgattrib --translated "$dir/work/po/zh_CN.po" | grep -c ^msgid) == $(grep -c ^msgid "$dir/sidetouch.pot") ]]'
check "and finds it well-formed" translates msgfmt
for catalogue in "${catalogues[@]}"; do
	check "$catalogue: has every sentence" msgcmp "$catalogue" "$dir/sidetouch.pot"
	check "$catalogue: no format differs" msgfmt --check-format --output-file=/dev/null "$catalogue"
	nothing_left() { [ "$(msgattrib --untranslated --no-obsolete "$catalogue"; msgattrib --only-fuzzy --no-obsolete "$catalogue")" = "" ]; }
	check "$catalogue: nothing is untranslated or unsure" nothing_left
done

# sidetouchctl as installed where the catalogues of this build are: a path in it is written over by a shorter one.
near=$(mktemp -d /tmp/sdt.XXXXXX) && trap 'rm -rf "$dir" "$near"' EXIT && ln -s "$(realpath "$BUILD/locale")" "$near/l"
/usr/bin/python3 -c 'import sys
old, new = (path.encode() for path in sys.argv[2:4])
program = open(sys.argv[1], "rb").read()
assert program.count(old + b"\0") == 1 and len(new) <= len(old)
open(sys.argv[4], "wb").write(program.replace(old, new.ljust(len(old), b"\0")))' \
	"$BUILD/sidetouchctl" "$(cat "$BUILD/include/prefix")/share/locale" "$near/l" "$near/sidetouchctl" && chmod +x "$near/sidetouchctl"
ctl() { LC_ALL=C.UTF-8 LANGUAGE=zh_CN DBUS_SESSION_BUS_ADDRESS=unix:path=/dev/null "$near/sidetouchctl" "$@" 2>&1; }
prints() { # WORDS COMMAND...
	local said
	said=$("${@:2}")
	[[ $said == *"$1"* ]] || { echo "$said" | head -n 5 && false; }
}
check "sidetouchctl prints what it can do in Chinese" prints "检查 Sidetouch 需要的一切" ctl --help
check "and the help of a subcommand" prints "要按六个按钮中的哪一个" ctl calibrate --help
check "and why something cannot be done" prints "没有会话总线" ctl status
report() { ctl report -o "$dir/report" && grep -q "^not known: there is no session bus" "$dir/report" && ! grep -q "没有会话总线" "$dir/report"; }
check "a report is English, for those who mend Sidetouch, and what is said of it is Chinese" eval 'prints 请先读一遍 report && report > /dev/null'
exit $failed
