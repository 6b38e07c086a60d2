#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Notifications of a real desktop: notify-send sends them, dunst shows them, and the daemon that listens says them in a
# real voice. dunst's own history is the oracle of what was sent.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for program in Xvfb openbox xdotool dunst dunstctl notify-send; do
	command -v "$program" > /dev/null || { echo "1..0 # SKIP $program is not installed; make deps"; exit 0; }
done
# shellcheck source=tests/demo/desktop.sh
. tests/demo/desktop.sh
trap desktop_stop EXIT
number=0 failed=0 limit_s=60

check() { # WHAT COMMAND...
	number=$((number + 1))
	if "${@:2}"; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		failed=1
	fi
}

# Until a command prints what fits.
until_fits() { # REGEX COMMAND...
	local end=$((SECONDS + limit_s))
	until "${@:2}" 2>&1 | grep -qE "$1"; do
		((SECONDS < end)) || return 1
		read -r -t 0.1 <> "$desktop_dir/bus.told" || :
	done
}
said() { until_fits "$1" "$BUILD/sidetouchctl" voice --history; }
shown() { until_fits "$1" dunstctl history; }

desktop_start || { echo "Bail out! no desktop"; exit 1; }
desktop_spawn dunst dunst -config /dev/null
gdbus wait --session --timeout "$limit_s" org.freedesktop.Notifications || { echo "Bail out! no dunst"; exit 1; }
desktop_spawn daemon "$BUILD/sidetouchd" --driver-socket "$desktop_dir/driver.sock" --profiles "$desktop_dir" \
	--voice "$BUILD/sidetouch-voice" --sink null
gdbus wait --session --timeout "$limit_s" org.sidetouch.Sidetouch1 || { echo "Bail out! no daemon"; exit 1; }
desktop_spawn signals /usr/bin/python3 tests/support/signals.py
check "status: notifications are heard" until_fits '^Notifications: connected$' "$BUILD/sidetouchctl" status

notify-send -a Mail -t 1 "Ann" "Come at eight"
check "a message is shown" shown 'Come at eight'
check "and said by whom it is" said '^Mail: Ann$'
notify-send -a Power -c device -t 1 "Battery" "<b>10</b> percent &amp; falling"
check "what nobody has written is said whole, without markup" said '^Power: Battery\. 10 percent & falling$'
notify-send -a Radio -u low -t 1 "Another song"
notify-send -a Mail -t 1 "Bob"
check "what comes after one of little urgency is said" said '^Mail: Bob$'
check "that one was shown" shown 'Another song'
"$BUILD/sidetouchctl" voice --history > "$desktop_dir/history"
"$BUILD/sidetouchctl" status > "$desktop_dir/status"
silent() { ! grep -q "$1" "$desktop_dir"/{history,status,daemon.log,signals.log}; }
check "but not said by itself" silent 'Another song'
check "the words of the message are in no history, status, log or signal" silent eight
check "those who watch are told the rest" grep -q 'Told.*Mail: Bob' "$desktop_dir/signals.log"
# The desktop's own may come and go.
desktop_stop_one dunst
notify-send -a Mail -t 1 "Cy" 2> "$desktop_dir/send.err" &
check "an app that finds no desktop is heard as well" said '^Mail: Cy$'
wait $!
"$BUILD/sidetouchctl" voice notifications off > "$desktop_dir/off"
check "the setting is kept" grep -q 'notifications=off' "$XDG_CONFIG_HOME/sidetouch/voice.conf"
check "the daemon has complained of nothing" silent 'CRITICAL\|Sanitizer'
echo "1..$number"
exit $failed
