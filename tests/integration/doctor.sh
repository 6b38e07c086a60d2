#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sidetouchctl doctor and report as programs: with nothing that runs, with a bus that hangs, and with a real daemon that has
# said, typed and shown things of which no report has a word. What single checks find is in tests/unit/test-doctor.c.
# Run by tests/run; prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
ctl=$BUILD/sidetouchctl
command -v dbus-daemon gdbus > /dev/null && [ -x /usr/libexec/at-spi-bus-launcher ] || { echo "1..0 # SKIP dbus-daemon or at-spi2-core is not installed"; exit 0; }
dir=$(mktemp -d) || exit 1
pids=()
finish() {
	local i
	for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill -CONT "${pids[i]}" 2> /dev/null; kill "${pids[i]}" 2> /dev/null && wait "${pids[i]}" 2> /dev/null; done
	rm -rf "$dir"
}
trap finish EXIT
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		sed 's/^/# /' "$dir/out" "$dir/err"
		failed=1
	fi
}
mkfifo "$dir/bus" "$dir/never"
# The user is called Geheim, and so is everything else that is nobody's business.
export HOME=$dir/geheim XDG_CONFIG_HOME=$dir/geheim/.config XDG_RUNTIME_DIR=$dir/run GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8
export XDG_DATA_HOME=$dir/geheim/data XDG_DATA_DIRS=$dir/none PULSE_SERVER=unix:/dev/null
own=$XDG_CONFIG_HOME/sidetouch/profiles
mkdir -p "$own" && mkdir -m 700 "$dir/run"
unset AT_SPI_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY DBUS_STARTER_ADDRESS SPEECHD_ADDRESS
# shellcheck disable=SC2016 # the wrapper's own arguments
printf '#!/bin/sh\nexec "%s" --sink "wav:%s" "$@"\n' "$BUILD/sidetouch-voice" "$dir/said.wav" > "$dir/voice"
chmod 755 "$dir/voice"
here=(--socket "$dir/run/driver.sock" --voice "$dir/voice")
doctor() { "$ctl" doctor "${here[@]}" "$@" > "$dir/out" 2> "$dir/err"; }
says() { grep -qF -- "$1" "$dir/out"; }
needs() { doctor --patience 60; [[ $? == 1 ]] && says "$1"; } # SENTENCE
json() { # EXPRESSION OF d
	/usr/bin/python3 -c "import json; d = json.load(open('$dir/out')); found = {f['check']: f['ok'] for f in d['findings']}; assert $1, d" 2> "$dir/err"
}

# --- nothing runs ---

export DBUS_SESSION_BUS_ADDRESS=unix:path=$dir/no-bus DBUS_SYSTEM_BUS_ADDRESS=unix:path=$dir/no-bus
check "nothing runs: exit code 1, and what to do about the driver" needs 'systemctl start sidetouch-driver'
check "and the session" says 'there is no session bus'
check "and a sum" grep -qE '^[0-9]+ things need doing\.$' "$dir/out"
check "what is well says so" grep -q '^ok profiles: ' "$dir/out"
as_json() { doctor --json; [[ $? == 1 ]] && json 'not d["ok"] and not found["driver"] and found["profiles"] and len(found) >= 8'; }
check "the same as JSON" as_json
# A file is spoken into as slowly as a person listens: the first words are enough.
spoken() {
	local voice end=$((SECONDS + 60))
	"$ctl" doctor "${here[@]}" --speak > "$dir/out" 2> "$dir/err" & voice=$!
	until (($(stat -c %s "$dir/said.wav" 2> /dev/null || echo 0) > 20000)); do
		((SECONDS < end)) && kill -0 $voice 2> /dev/null || return 1
		read -r -t 0.1 <> "$dir/never" || :
	done
	kill $voice
	wait $voice 2> /dev/null
	[[ ! -s $dir/err ]]
}
check "spoken by the voice alone" spoken
unspoken() { "$ctl" doctor --socket "$dir/no" --voice /bin/false --speak > "$dir/out" 2> "$dir/err"; [[ $? == 1 ]] && grep -q "neither sidetouchd nor the voice alone" "$dir/err"; }
check "a voice that dies: that is said in writing" unspoken

# --- with a daemon ---

dbus-daemon --session --nofork --nopidfile --print-address=7 7<> "$dir/bus" > "$dir/bus.log" 2>&1 & pids+=($!)
bus=$!
read -r -t 30 DBUS_SESSION_BUS_ADDRESS <> "$dir/bus" || { echo "Bail out! no session bus"; exit 1; }
XDG_DATA_DIRS=/usr/share /usr/libexec/at-spi-bus-launcher --launch-immediately > "$dir/launcher.log" 2>&1 & pids+=($!)
gdbus wait --session --timeout 60 org.a11y.Bus || { echo "Bail out! no accessibility bus"; exit 1; }
check "no daemon: how to start it" needs 'systemctl --user start sidetouchd'
check "apps are not told to be accessible: how to tell them" says 'toolkit-accessibility true'
printf '[Profile]\nName=Geheim\nApp=org.geheim.App\n[left-top]\nCommand=key Alt+G\nLabel=Geheim label\nHint=Geheim hint\n[right-middle]\nCommand=key Tab\nConfirm=single\n' > "$own/geheim.profile"
printf '[Profile]\nName=Geheim wrong\nGeheim=1\n' > "$own/geheim-wrong.profile"
"$BUILD/sidetouchd" --driver-socket "$dir/run/driver.sock" --app-source bus --voice "$BUILD/sidetouch-voice" --sink null > "$dir/daemon.log" 2>&1 &
daemon=$!
pids+=($daemon)
gdbus wait --session --timeout 60 org.sidetouch.Sidetouch1 || { echo "Bail out! no daemon"; exit 1; }
# The voice, which it starts, needs a moment longer.
end=$((SECONDS + 60))
until "$ctl" status 2> /dev/null | grep -q '^Speech goes to: null'; do
	((SECONDS < end)) || break
	read -r -t 0.1 <> "$dir/never" || :
done
check "a wrong profile is named with its line" needs "geheim-wrong.profile:3: "
check "what the daemon says too is told once" [ "$(grep -c 'geheim-wrong.profile:3: ' "$dir/out")" = 1 ]
check "the daemon answers" says 'ok daemon: sidetouchd answers, version '
check "apps are told, by now" grep -q '^ok apps: ' "$dir/out"
check "speech has its place" says 'ok sound: speech goes to null'
doctor --speak
"$ctl" voice --history > "$dir/out"
check "spoken by the daemon" grep -q 'things need doing\. .*sidetouch-driver' "$dir/out"

# --- a report ---

tab='press right-middle 60ms
expect command key Tab
wait 300ms'
cat > "$dir/touches.touch" << SCENARIO
device phone
app org.geheim.App
press left-top 60ms
wait 300ms
press left-top 60ms
expect command key Alt+G
wait 300ms
$tab
chord left-top + right-top 80ms
wait 300ms
$tab
$tab
$tab
$tab
$tab
$tab
$tab
SCENARIO
"$ctl" simulate --drive-link "$dir/run/driver.sock" "$dir/touches.touch" > "$dir/out" 2> "$dir/err"
check "things are pressed, typed and shown" [ $? = 0 ]
for text in "Geheim words" "geheim"; do "$ctl" say "$text" > "$dir/out" 2> "$dir/err"; done
echo "Geheim password" | "$ctl" say --password - > "$dir/out" 2> "$dir/err"
report() { "$ctl" report "${here[@]}" -o "$dir/report" > "$dir/out" 2> "$dir/err" && cp "$dir/report" "$dir/out"; }
check "a report is written" report
check "for its owner alone" [ "$(stat -c %a "$dir/report")" = 600 ]
check "not a word that was said, typed, shown or is somebody's name" eval '! grep -qi geheim "$dir/report"'
check "that a profile is wrong is in it, without the words" says 'daemon: something needs doing that may name your apps'
check "it would be found: doctor has it" eval 'doctor; grep -qi geheim "$dir/out"'
check "versions" grep -q '^sidetouchctl [0-9]' "$dir/report"
cp "$dir/report" "$dir/out"
check "presses, with how long they were" grep -qE '^[0-9]+ s ago: press of right-middle, [0-9]+ ms, panel 1$' "$dir/report"
check "two together are one chord" grep -qE "chord of left-top \+ right-top, [0-9]+ ms" "$dir/report"
check "the last ten, no more" [ "$(grep -cE '^[0-9]+ s ago: ' "$dir/report")" = 10 ]
printf 'kept\n' > "$dir/report"
full() { (trap '' XFSZ && ulimit -f 0 && "$ctl" report "${here[@]}" -o "$dir/report" 2> /dev/null); [[ $? == 1 && $(cat "$dir/report") == kept ]]; }
check "a full disk leaves what was there" full

# --- what hangs ---

kill -STOP "$daemon"
check "a daemon that hangs" needs 'sidetouchd does not answer'
kill -CONT "$daemon"
kill -STOP "$bus"
start=$SECONDS
needs_soon() { doctor --patience 2; [[ $? == 1 ]] && says "$1"; }
check "a bus that hangs" needs_soon 'Whatever was asked did not answer in time'
check "is not waited for: $((SECONDS - start)) s" [ $((SECONDS - start)) -lt 60 ]
check "what does not need it is told all the same" grep -q '^ok profiles\|geheim-wrong.profile:3' "$dir/out"
kill -CONT "$bus"

echo "1..$number"
exit $failed
