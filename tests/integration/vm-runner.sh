#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `make check-vm`'s runner, with a made-up machine: panic, time-out, early end and a missing plan have failed.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/sidetouch-test.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
count=0
mkdir "$work/guests"
cat > "$work/boot" << 'BOOT'
#!/bin/bash
echo "$*" > "${0%/*}/arguments"
while [[ $1 == --* ]]; do
	[[ $1 == --out ]] && out=$2
	[[ $1 == --systemd ]] || shift
	shift
done
. "${0%/*}/machine"
BOOT
chmod +x "$work/boot"
echo "# vm: systemd timeout 77" > "$work/guests/guest-made-up.sh"

case_is() { # WHAT EXPECTED_SUMMARY EXPECTED_EXIT MACHINE
	local code last
	printf '%s\n' "$4" > "$work/machine"
	rm -rf "$work/log" "$work/been"
	BUILD=$work SIDETOUCH_VM_BOOT=$work/boot SIDETOUCH_VM_GUESTS=$work/guests "$root/tests/vm/run" > "$work/out" 2>&1
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
# shellcheck disable=SC2016 # $out is the machine's
{
	good='echo "ok 1 - a" > "$out/output"; echo 1..1 >> "$out/output"; : > "$out/console"'
	case_is "a good guest passes" "1 passed, 0 failed, 0 skipped" 0 "$good"
	case_is "a panic fails" "1 passed, 1 failed, 0 skipped" 1 "$good; echo 'Kernel panic - not syncing' > \$out/console"
	case_is "a time-out fails" "1 passed, 1 failed, 0 skipped" 1 "$good; exit 124"
	case_is "a machine that stops early fails" "1 passed, 1 failed, 0 skipped" 1 "$good; exit 125"
	case_is "a guest without a plan fails" "1 passed, 1 failed, 0 skipped" 1 'echo "ok 1 - a" > "$out/output"'
	case_is "what fails once and then holds passes" "1 passed, 0 failed, 0 skipped" 0 \
		"$good; [[ -e \${0%/*}/been ]] || { : > \${0%/*}/been; exit 124; }"
	count=$((count + 1))
	if grep -q "AGAIN guest-made-up" "$work/out" && grep -q "did not end within 77 s" "$work/out"; then
		echo "ok $count - and it is shown that it failed"
	else
		echo "not ok $count - and it is shown that it failed"
	fi
	case_is "a machine that does not start fails and says why" "0 passed, 1 failed, 0 skipped" 1 \
		'echo "boot: qemu is missing" >&2; exit 1'
}
count=$((count + 1))
if grep -q "qemu is missing" "$work/out"; then echo "ok $count - the reason is shown"; else echo "not ok $count - the reason is shown"; fi
count=$((count + 1))
if grep -q -- "--systemd --timeout 77" "$work/arguments"; then
	echo "ok $count - the guest's second line chooses systemd and the time"
else
	echo "not ok $count - the guest's second line chooses systemd and the time: $(cat "$work/arguments")"
fi
echo "1..$count"
