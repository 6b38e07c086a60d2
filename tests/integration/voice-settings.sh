#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every setting of the voice through the real daemon while it runs: by sidetouchctl, by the file, and by a button; and that
# the desktop's switch for screen readers is seen.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
command -v dbus-daemon gdbus > /dev/null && [ -x /usr/libexec/at-spi-bus-launcher ] || { echo "1..0 # SKIP dbus-daemon or at-spi2-core is not installed"; exit 0; }
dir=$(mktemp -d) || exit 1
pids=()
finish() {
	local i
	for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill "${pids[i]}" 2> /dev/null && wait "${pids[i]}" 2> /dev/null; done
	rm -rf "$dir"
}
trap finish EXIT
number=0 failed=0
check() { # WHAT COMMAND...
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then echo "ok $number - $what"; else echo "not ok $number - $what" && failed=1; fi
}
until_so() { # COMMAND...: within a minute
	local end=$((SECONDS + 60))
	until "$@"; do
		((SECONDS < end)) || return 1
		read -r -t 0.05 <> "$dir/never" || :
	done
}
mkfifo "$dir/never" "$dir/bus"
mkdir -m 700 "$dir/run" "$dir/profiles"
export HOME=$dir XDG_CONFIG_HOME=$dir/config XDG_RUNTIME_DIR=$dir/run GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8
unset AT_SPI_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY DBUS_STARTER_ADDRESS SPEECHD_ADDRESS PULSE_SERVER
dbus-daemon --session --nofork --nopidfile --print-address=7 7<> "$dir/bus" > "$dir/bus.log" 2>&1 & pids+=($!)
read -r -t 30 DBUS_SESSION_BUS_ADDRESS <> "$dir/bus" || { echo "Bail out! no session bus"; exit 1; }
export DBUS_SESSION_BUS_ADDRESS
/usr/libexec/at-spi-bus-launcher --launch-immediately > "$dir/launcher.log" 2>&1 & pids+=($!)
gdbus wait --session --timeout 60 org.a11y.Bus || { echo "Bail out! no accessibility bus"; exit 1; }

# Name, by sidetouchctl, in the file, by a button, and which one.
settings='rate 100 200 300 right-top
pitch 10 20 30 right-bottom
range 10 20 30 right-top hold
volume 80 90 110 right-middle hold
voice f1 f2 f3 right-bottom hold
language de fr it left-top + right-top
latin de fr it left-middle + right-middle
punctuation some most all left-bottom + right-bottom
capitals word pitch none left-top + right-bottom
earcons off on off left-bottom + right-top
beside all queue own left-top + right-middle
changes off on off left-middle + right-top
echo none characters words left-middle + right-bottom'
{
	printf '[Profile]\nName=Default\n'
	while read -r name _ _ value input; do printf '[%s]\nCommand=voice %s %s\nLabel=%s\nConfirm=single\n' "$input" "$name" "$value" "$name"; done <<< "$settings"
} > "$dir/profiles/default.profile"
{
	echo "device phone"
	while read -r name _ _ value input; do
		case $input in
		*" + "*) echo "chord $input 80ms" ;;
		*" hold") echo "press ${input% hold} 900ms" ;;
		*) echo "press $input 60ms" ;;
		esac
		printf 'expect command "voice %s %s"\nwait 300ms\n' "$name" "$value" | tr -d '"'
	done <<< "$settings"
} > "$dir/buttons.touch"
"$BUILD/sidetouchd" --driver-socket "$dir/run/driver.sock" --profiles "$dir/profiles" --app-source bus \
	--voice "$BUILD/sidetouch-voice" --sink null > "$dir/daemon.log" 2>&1 & pids+=($!)
gdbus wait --session --timeout 60 org.sidetouch.Sidetouch1 || { echo "Bail out! no daemon"; exit 1; }

shown() { [ "$("$BUILD/sidetouchctl" voice "$1")" = "$1 $2" ]; }
by_ctl() { "$BUILD/sidetouchctl" voice "$1" "$2" > "$dir/out" && shown "$1" "$2" && grep -q "^$1=$2\$" "$XDG_CONFIG_HOME/sidetouch/voice.conf"; }
by_file() { printf '[voice]\n%s=%s\n' "$1" "$2" > "$XDG_CONFIG_HOME/sidetouch/voice.conf" && until_so shown "$1" "$2"; }
while read -r name one two _; do
	check "$name by sidetouchctl" by_ctl "$name" "$one"
	check "$name by the file" by_file "$name" "$two"
done <<< "$settings"
"$BUILD/sidetouchctl" simulate --drive-link "$dir/run/driver.sock" "$dir/buttons.touch" > "$dir/simulate.log" 2>&1
check "a button for each was pressed" [ $? = 0 ]
sed 's/^/# /' "$dir/simulate.log"
while read -r name _ _ three _; do check "$name by a button" shown "$name" "$three"; done <<< "$settings"

"$BUILD/sidetouchctl" voice beside queue > "$dir/out"
asked() { grep -q "speech-dispatcher cannot be reached" "$dir/daemon.log"; }
check "without a screen reader speech is not shared" eval '! asked'
gdbus call --session -d org.a11y.Bus -o /org/a11y/bus -m org.freedesktop.DBus.Properties.Set org.a11y.Status ScreenReaderEnabled "<true>" > "$dir/out"
check "the desktop's switch for screen readers is seen, and speech-dispatcher asked for" until_so asked
echo "1..$number"
exit $failed
