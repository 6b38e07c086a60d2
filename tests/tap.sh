# SPDX-License-Identifier: GPL-3.0-or-later
# Counts TAP: reads what test programs printed and how they ended, prints failures in full and one line for each that
# passed. Sourced by tests/run and tests/vm/run. Owns the variables tap_passed, tap_failed and tap_skipped.
# shellcheck shell=bash

tap_begin() {
	tap_passed=0 tap_failed=0 tap_skipped=0
}

# Why a program's output cannot be trusted, or nothing.
tap_fault() { # PLAN SEEN NOT_OK EXIT LIMIT_S
	local plan=$1 seen=$2 not_ok=$3 code=$4
	if ((code == 124 || code == 137)); then
		echo "did not end within $5 s"
	elif ((code > 128)); then
		echo "was ended by signal $((code - 128))"
	elif [[ -z $plan ]]; then
		echo "printed no plan (1..N), exit code $code"
	elif ((plan != seen)); then
		echo "planned $plan tests and ran $seen, exit code $code"
	elif ((code != 0 && not_ok == 0)); then
		echo "ended with exit code $code"
	elif ((plan == 0)) && [[ $6 != skip ]]; then
		echo "has no tests"
	fi
}

# Count one program's TAP. A fault counts as one more failure.
tap_count() { # NAME FILE EXIT LIMIT_S
	local name=$1 file=$2 code=$3 limit_s=$4 line plan='' plans=0 whole='' ok=0 not_ok=0 skip=0 fault
	while IFS= read -r line || [[ $line ]]; do
		line=${line#"${line%%[! $'\t']*}"}
		case $line in
		"ok "*"# SKIP"* | "ok "*"# skip"* | "not ok "*"# SKIP"*)
			skip=$((skip + 1))
			echo "SKIP $name: ${line#*# SKIP}"
			;;
		"ok "[0-9]*) ok=$((ok + 1)) ;;
		"not ok "[0-9]*) not_ok=$((not_ok + 1)) ;;
		"1.."[0-9]*)
			plan=${line#1..}
			[[ $plan == *"# SKIP"* ]] && { whole=skip skip=1; echo "SKIP $name: ${plan#*# SKIP}"; }
			plans=$((plans + ${plan%%[!0-9]*})) plan=$plans # cmocka prints a plan for each group
			;;
		esac
	done < "$file"
	[[ $whole ]] && ok=0
	fault=$(tap_fault "$plan" "$((ok + not_ok + (${#whole} ? 0 : skip)))" "$not_ok" "$code" "$limit_s" "${whole:-run}")
	[[ $fault ]] && not_ok=$((not_ok + 1))
	if ((not_ok)); then
		echo "FAIL $name${fault:+: $fault}"
		sed 's/^/    /' "$file"
		echo "    (log: $file)"
	elif ((ok)); then
		echo "pass $name ($ok)"
	fi
	tap_passed=$((tap_passed + ok)) tap_failed=$((tap_failed + not_ok)) tap_skipped=$((tap_skipped + skip))
}

# The closing line; fails when a test failed.
tap_end() {
	echo "$tap_passed passed, $tap_failed failed, $tap_skipped skipped"
	((tap_failed == 0))
}
