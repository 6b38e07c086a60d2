#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a press costs in applications, on a private X screen: GTK 3, GTK 4 and Qt 5 programs, and GTK apps of 100, 1,000
# and 10,000 accessibles. How long a search and an act take and how often the app is asked, beside pyatspi; how soon a
# press is answered while the app in front is stopped, and while one tells 10,000 events a second. Run by tests/bench/run.
# Usage: tests/bench/bench-apps.sh [RUNS]   (of each; 20 unless told)
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(readlink -f "${BUILD:-build}")
runs=${1:-20}
# shellcheck source=tests/bench/machine.sh
. tests/bench/machine.sh
# shellcheck source=tests/support/real_apps.sh
. tests/support/real_apps.sh
gallery=/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2> /dev/null || gcc -dumpmachine)/qt5/examples/widgets/gallery/gallery
daemon_pid='' peer_limit_s=30 flooder_pid=''

ended() {
	[[ $daemon_pid ]] && kill "$daemon_pid"
	[[ $flooder_pid ]] && kill "$flooder_pid"
	finish
}
trap ended EXIT
trap 'exit 1' INT TERM HUP

# A command of ours, RUNS times, and the same search by pyatspi, where a role and a name are given.
measure() { # CASE COMMAND [ROLE NAME]
	local i rounds questions us
	for ((i = 0; i < runs; i++)); do
		if ! run "$2" 'done.*'; then
			echo "$1: $2 was answered with: $line" >&2
			return 1
		fi
		echo cost >&"$probe_in" && await '^cost' || return 1
		read -r _ rounds questions us <<< "$line"
		printf '%s\tsidetouch\t%d000\n' "$1" "$us" >> "$raw"
	done
	printf '%-34s %5d round trips, %5d questions\n' "$1" "$rounds" "$questions" >> "$asked"
	[[ ${3:-} ]] || return 0
	# In Debian 12 libatspi may wait for itself for ever; then there are fewer times.
	timeout "$peer_limit_s" /usr/bin/python3 tests/bench/pyatspi_search.py "$3" "$4" "$((runs < 10 ? runs : 10))" "$1" \
		>> "$raw" 2> "$desktop_dir/peer.err"
	return 0
}

# How soon presses of the whole daemon are answered: a button that reads, and the first press of one that acts, which says
# what the second one would press.
presses() { # CASE
	local signals i pad first last words words_last='' times=$((runs < 10 ? runs : 10))
	exec {signals}< <(exec /usr/bin/python3 tests/bench/press_signals.py)
	read -r -t "$probe_limit_s" -u "$signals" line || return 1
	{
		printf 'device phone\nwait 500ms\n'
		for ((i = 0; i < times; i++)); do printf 'press right-top 80ms\nexpect press right-top\nwait 500ms\n'; done
		for ((i = 0; i < times; i++)); do printf 'press right-middle 80ms\nwait 2500ms\n'; done
	} > "$desktop_dir/press.touch"
	"$BUILD/sidetouchctl" simulate --drive-link "$desktop_dir/driver.sock" "$desktop_dir/press.touch" > "$desktop_dir/simulate.log" 2>&1
	while read -r -t 10 -u "$signals" pad first last words; do
		words_last=$words
		case $pad in
			right-top) printf '%s\tread-title, the answer\t%.0f\n' "$1" "${last}e6" >> "$answers" ;;
			right-middle) printf '%s\tactivate, first words\t%.0f\n%s\tactivate, the answer\t%.0f\n' "$1" "${first}e6" \
				"$1" "${last}e6" >> "$answers" ;;
		esac
	done
	exec {signals}<&-
	printf '%-34s "%s"\n' "$1" "$words_last" >> "$said"
}

real_apps_start > "$BUILD/log/bench-apps.tap" || exit 1
raw=$desktop_dir/raw asked=$desktop_dir/asked answers=$desktop_dir/answers said=$desktop_dir/said
: > "$raw" && : > "$asked" && : > "$answers" && : > "$said"
echo "machine  $(machine_facts)"
echo "screen   Xvfb and openbox, all private; GSK_RENDERER=cairo; at-spi2-core $(package_version at-spi2-core)"
echo "peer     pyatspi $(package_version python3-pyatspi): findDescendant in the window in front, by role and name; with nothing"
echo "         cached as a press finds an app, and with what libatspi kept of it"
echo "promise  GTK 3: 3 ms, 3 round trips; 1,000 widgets without Collection 250 ms; stopped app 100 ms; flood + 20 ms"
echo "command  tests/bench/bench-apps.sh"
echo

find_link='look activate role=button name="link button"'
press_toggle='activate role="toggle button" name="togglebutton"'
# The peer comes last: GTK 3 keeps an accessible for each widget that it has been asked for, and tells of all of them.
app gtk3-widget-factory '' gtk3-widget-factory && measure "GTK 3 factory, find and press" "$press_toggle" &&
	measure "GTK 3 factory, a slider" 'increase role=slider' &&
	measure "GTK 3 factory, find" "$find_link" "push button" "link button"
app gtk4-widget-factory 'GTK Widget Factory' gtk4-widget-factory &&
	measure "GTK 4 factory, find" 'look activate role=button name="togglebutton"' "push button" togglebutton
app '.*alculator' '' gnome-calculator && measure "calculator, find" 'look activate role=button name="5"' "push button" 5
app '.*mousepad' '' mousepad && measure "mousepad, find" 'look activate role=menu name="Help"' menu Help
app gallery 'Widget Gallery' "$gallery" && measure "Qt gallery, find" 'look activate role=button name="Close"' "push button" Close
for size in 100 1000 10000; do
	app '' Generated tests/support/generated_app.py 3 "$size" && for number in 1 50; do
		measure "GTK 3, $size: button $number" "look activate role=button name=\"Button $number\"" "push button" "Button $number"
	done
	app '' Generated tests/support/generated_app.py 4 "$size" && for number in 1 $((size * 9 / 20)); do
		measure "GTK 4, $size: button $number" "look activate role=button name=\"Button $number\"" "push button" "Button $number"
	done
done
tests/bench/percentiles.py ms --beside sidetouch < "$raw"
echo
cat "$asked"
echo

mkdir "$desktop_dir/profiles"
cat > "$desktop_dir/profiles/bench.profile" << EOF
[Profile]
Name=Default
[right-top]
Command=read-title
[right-middle]
Command=$press_toggle
Label=Toggle
EOF
"$BUILD/sidetouchd" --driver-socket "$desktop_dir/driver.sock" --profiles "$desktop_dir/profiles" --voice "$BUILD/sidetouch-voice" \
	--sink null > "$desktop_dir/daemon.log" 2>&1 &
daemon_pid=$!
gdbus wait --session --timeout "$probe_limit_s" org.sidetouch.Sidetouch1 || exit 1
# Behind the app in front, until it is told to begin; it ends its flood after two minutes.
exec {flood_out}< <(exec "$BUILD/tools/hostile-app" flood 10000 1200000)
flooder_pid=$!
await '^front hostile-app'
app gtk3-widget-factory '' gtk3-widget-factory || exit 1
presses "nothing else happens"
kill -STOP "$app_pid"
presses "the app is stopped"
kill -CONT "$app_pid"
kill -USR2 "$flooder_pid"
presses "another app tells 10,000 a second"
kill -USR1 "$flooder_pid" # it comes in front
presses "the app itself does"
tests/bench/percentiles.py ms < "$answers"
echo
cat "$said"
exec {flood_out}<&-
