#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The test runner itself: a program that crashes, hangs, prints no plan, too few tests or an error code has failed.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/sidetouch-test.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
count=0

# Run the runner on one made-up program; compare its last line and its exit code.
case_is() { # WHAT EXPECTED_SUMMARY EXPECTED_EXIT SCRIPT
	local code last
	rm -rf "$work/programs"
	mkdir -p "$work/programs" "$work/none"
	printf '#!/bin/bash\n%s\n' "$4" > "$work/programs/test-made-up"
	chmod +x "$work/programs/test-made-up"
	BUILD=$work TEST_TIMEOUT=2 SIDETOUCH_UNIT_DIR=$work/programs SIDETOUCH_INTEGRATION_DIR=$work/none \
		"$root/tests/run" > "$work/out" 2>&1
	code=$?
	last=$(tail -n 1 "$work/out")
	count=$((count + 1))
	if [[ $last == "$2" && $code == "$3" ]]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1: '$last', exit code $code"
		sed 's/^/# /' "$work/out"
	fi
}

case_is "what passes is counted" "2 passed, 0 failed, 0 skipped" 0 'echo "ok 1 - a"; echo "ok 2 - b"; echo 1..2'
case_is "cmocka's plan comes first and is indented" "1 passed, 0 failed, 0 skipped" 0 \
	'printf "\t1..1\nok 1 - a\n# ok - tests\n"'
case_is "a failed test fails the run" "1 passed, 1 failed, 0 skipped" 1 \
	'echo 1..2; echo "ok 1 - a"; echo "not ok 2 - b"; exit 1'
case_is "a failed test fails the run though its program says 0" "1 passed, 1 failed, 0 skipped" 1 \
	'echo 1..2; echo "ok 1 - a"; echo "not ok 2 - b"'
case_is "a skipped test is counted" "1 passed, 0 failed, 1 skipped" 0 \
	'echo 1..2; echo "ok 1 - a"; echo "ok 2 # SKIP no device"'
case_is "a program may skip as a whole" "0 passed, 0 failed, 1 skipped" 0 'echo "1..0 # SKIP no device"'
case_is "a crash fails" "1 passed, 1 failed, 0 skipped" 1 'echo 1..1; echo "ok 1 - a"; kill -SEGV $$'
case_is "a hang fails" "1 passed, 1 failed, 0 skipped" 1 'echo 1..1; echo "ok 1 - a"; exec sleep 60'
case_is "one that ignores SIGTERM is killed" "0 passed, 1 failed, 0 skipped" 1 \
	'trap "" TERM; while :; do read -r -t 60 < <(:); done'
case_is "no plan fails" "1 passed, 1 failed, 0 skipped" 1 'echo "ok 1 - a"'
case_is "no output fails" "0 passed, 1 failed, 0 skipped" 1 'exit 0'
case_is "fewer tests than planned fail" "1 passed, 1 failed, 0 skipped" 1 'echo 1..2; echo "ok 1 - a"'
case_is "more tests than planned fail" "2 passed, 1 failed, 0 skipped" 1 'echo 1..1; echo "ok 1 - a"; echo "ok 2 - b"'
case_is "a plan of no tests fails" "0 passed, 1 failed, 0 skipped" 1 'echo 1..0'
case_is "an error code after passed tests fails" "1 passed, 1 failed, 0 skipped" 1 'echo 1..1; echo "ok 1 - a"; exit 1'

rm -rf "$work/programs"
BUILD=$work SIDETOUCH_UNIT_DIR=$work/programs SIDETOUCH_INTEGRATION_DIR=$work/none "$root/tests/run" > "$work/out" 2>&1
code=$?
count=$((count + 1))
if [[ $code == 1 ]] && grep -q "make test-programs" "$work/out"; then
	echo "ok $count - nothing to run is a failure that says what to do"
else
	echo "not ok $count - nothing to run is a failure that says what to do"
	sed 's/^/# /' "$work/out"
fi
echo "1..$count"
