# SPDX-License-Identifier: GPL-3.0-or-later
# A Wayland desktop in a guest, as a normal user: seatd, D-Bus, sway with the libinput backend on a phone's screen, the
# accessibility bus, PulseAudio with a null sink; a simulated touchscreen, the driver, and an oracle that reads apps.
# Sourced by tests/vm/guest-*.sh as root, which print TAP with ok and finish. Owns $desktop_dir and what it started.
# shellcheck shell=bash

desktop_user=tester
screen_px_w=544 screen_px_h=1088 # 8 px/mm on the simulated phone of 68 x 136 mm
desktop_dir=/run/desktop
driver_socket=/run/sidetouch-driver.sock
patience_s=120 # for one step, in an emulated machine on a host where a dozen programs wait for two cores
pause_s=0.2 # between two looks
declare -A pids=() to=() from=()
count=0 failed=0

ok() { # STATUS TEXT
	count=$((count + 1))
	if (($1 == 0)); then echo "ok $count - $2"; else echo "not ok $count - $2" && failed=1; fi
	local idle
	read -r _ _ _ _ idle _ < /proc/stat
	echo "# at $SECONDS s, of which the machine had nothing to do for $((idle / 100)) s"
}
need() { # STATUS TEXT: nothing after it could be so
	ok "$@"
	(($1 == 0)) || finish
}
finish() {
	# The protocol's log of an app has thousands of lines; what the others say is worth more.
	((failed)) && tail -v -n 15 "$desktop_dir"/*.log | cut -c 1-200 | sed 's/^/# /'
	echo "1..$count"
	exit "$failed"
}

# Wait until COMMAND succeeds.
await() { # COMMAND...
	local end=$((SECONDS + patience_s))
	until "$@" > /dev/null 2>&1; do
		((SECONDS < end)) || return 1
		read -r -t "$pause_s" <> "$desktop_dir/never" || :
	done
}

# The desktop's user, in its session; cairo, since GTK's GL on an emulated CPU takes most of the time there is.
user_session=(setpriv --reuid "$desktop_user" --regid "$desktop_user" --init-groups env -i
	PATH="$PATH" HOME="/home/$desktop_user" USER="$desktop_user" LANG=C.UTF-8 BUILD="$BUILD"
	XDG_RUNTIME_DIR="$desktop_dir/user" WAYLAND_DISPLAY=wayland-1 SWAYSOCK="$desktop_dir/user/sway.sock"
	DBUS_SESSION_BUS_ADDRESS="unix:path=$desktop_dir/user/bus" GTK_A11Y=atspi GDK_BACKEND=wayland GSK_RENDERER=cairo
	GSETTINGS_BACKEND=memory LIBSEAT_BACKEND=seatd)
as_user() { "${user_session[@]}" "$@"; }

# Start a program in the background, its words in $desktop_dir/NAME.log.
spawn() { # NAME COMMAND...
	local name=$1
	shift
	"$@" > "$desktop_dir/$name.log" 2>&1 < /dev/null &
	pids[$name]=$!
}
spawn_user() { # NAME COMMAND...: the process that is remembered is the program itself
	local name=$1
	shift
	spawn "$name" "${user_session[@]}" "$@"
}
# Killed as by the kernel, and buried.
slay() { # NAME
	kill -KILL "${pids[$1]}"
	wait "${pids[$1]}" 2> /dev/null
	(($? == 137)) # it was alive until then
}

# Start a program that is talked with, a line each way; what it says on stderr is in $desktop_dir/NAME.log.
converse() { # NAME COMMAND...
	local name=$1 in out
	shift
	mkfifo "$desktop_dir/$name.in" "$desktop_dir/$name.out"
	exec {in}<> "$desktop_dir/$name.in" {out}<> "$desktop_dir/$name.out"
	"$@" < "$desktop_dir/$name.in" > "$desktop_dir/$name.out" 2> "$desktop_dir/$name.log" &
	pids[$name]=$! to[$name]=$in from[$name]=$out
}
answer() { # NAME: the next line it writes
	local line
	read -r -t "$patience_s" -u "${from[$1]}" line && printf '%s\n' "$line"
}
ask() { # NAME WORDS
	echo "${*:2}" >&"${to[$1]}" && answer "$1"
}

# The desktop's user, and a session bus of theirs.
user_start() {
	mkdir -p "$desktop_dir/user"
	id "$desktop_user" > /dev/null 2>&1 || useradd -m -s /bin/bash -G input "$desktop_user" || return 1
	chmod 755 "$desktop_dir"
	chown "$desktop_user:" "$desktop_dir/user"
	chmod 700 "$desktop_dir/user"
	spawn_user bus dbus-daemon --session --nofork --nopidfile --address="unix:path=$desktop_dir/user/bus"
	await test -S "$desktop_dir/user/bus"
}

desktop_start() {
	user_start || return 1
	SEATD_VTBOUND=0 spawn seatd seatd -g input
	await test -S /run/seatd.sock || return 1
	cat > "$desktop_dir/sway.conf" <<- CONF
		output HEADLESS-1 resolution ${screen_px_w}x${screen_px_h}
		default_border none
		workspace_layout tabbed
		for_window [app_id=".*"] fullscreen enable
	CONF
	spawn_user sway env WLR_BACKENDS=headless,libinput WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 \
		sway -c "$desktop_dir/sway.conf"
	spawn_user at-spi /usr/libexec/at-spi-bus-launcher --launch-immediately
	spawn_user pulse pulseaudio -n --daemonize=no --exit-idle-time=-1 --log-level=error \
		-L "module-null-sink sink_name=null rate=22050 channels=1" -L module-native-protocol-unix
	await test -S "$desktop_dir/user/wayland-1" && await test -S "$desktop_dir/user/sway.sock" &&
		await as_user gdbus wait --session --timeout "$patience_s" org.a11y.Bus || return 1
	converse oracle "${user_session[@]}" tests/support/oracle.py
	[[ $(answer oracle) == ready ]]
}

# --- what is on the screen, read by a program that knows nothing of Sidetouch ---

oracle() { ask oracle "$@"; }
oracle_yes() { [[ $(oracle "$@") == yes ]]; }
shows() { # TEXT: the calculator's display, once it is so
	oracle_yes await-shown "$1" || { echo "# it shows '$(oracle shown)', not '$1'" && false; }
}

# --- the simulated phone ---

panel_start() {
	local node
	converse panel "$BUILD/tools/panel"
	node=$(answer panel) && [[ $node == /dev/input/event* ]]
}
panel() { ask panel "$@"; }
panel_do() { [[ $(panel "$@") == "done" ]]; }
clone_is() { [[ $(panel clone) == "clone $1" ]]; } # SLOTS_DOWN or none
# Touch the calculator's own button on the glass.
tap_button() { # NAME
	local x y
	read -r x y _ < <(oracle place "$1") && [[ $y ]] || return 1
	panel_do tap "$(awk -v v="$x" 'BEGIN { printf "%.1f", v / 8 }')" "$(awk -v v="$y" 'BEGIN { printf "%.1f", v / 8 }')" 80
}
# How many touches the calculator was told of.
touches() { grep -c 'wl_touch@[0-9]*.down(' "$desktop_dir/calculator.log"; }
more_touches_than() { (($(touches) > $1)); }

# --- the driver ---

driver_start() {
	spawn driver "$BUILD/sidetouch-driver" --socket "$driver_socket" --allow-user "$desktop_user"
	await clone_is 0
}
driver_kill() { slay driver; }
# The compositor knows two touchscreens of this name: the grabbed one and its clone.
clone_in_compositor() {
	(($(as_user swaymsg -r -t get_inputs | grep -c '"type": "touch"') == 2))
}

# gnome-calculator in front, told of every input device, its window active.
calculator_start() {
	spawn_user calculator env WAYLAND_DEBUG=1 gnome-calculator
	[[ $(oracle place 7) != none ]] || return 1
	# Under sway 1.7 without a screen, apps hear of input devices only with the first event, which is lost on them.
	# The first touch falls on the empty display.
	panel_do tap 34 40 80
	await grep -q 'wl_seat@[0-9]*.capabilities(6)' "$desktop_dir/calculator.log" &&
		oracle_yes await-active gnome-calculator
}

mkdir -p "$desktop_dir" && mkfifo "$desktop_dir/never"
