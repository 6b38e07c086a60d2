#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is said of an accessibility bus that is not installed, that does not start, and that takes its time as on a slow
# first login: only of the first that there is something to install. A real session bus starts at-spi2-core's own launcher
# from a folder of services that is the test's.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
launcher=/usr/libexec/at-spi-bus-launcher
command -v dbus-daemon > /dev/null && [ -x "$launcher" ] || { echo "1..0 # SKIP dbus-daemon or at-spi2-core is not installed"; exit 0; }
dir=$(mktemp -d) || exit 1
probe_dir=$dir
# shellcheck source=tests/support/probe.sh
. tests/support/probe.sh
bus_pid='' probe_pid=''
stop() { # VARIABLE: what it has is a process of ours
	[ -n "${!1}" ] || return 0
	kill -TERM "${!1}" 2> /dev/null && wait "${!1}"
	printf -v "$1" ''
}
finish() {
	stop probe_pid
	stop bus_pid
	rm -rf -- "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP
mkfifo "$dir/bus" "$dir/nothing"
mkdir -m 700 "$dir/run"
mkdir "$dir/services"
export HOME=$dir XDG_RUNTIME_DIR=$dir/run GSETTINGS_BACKEND=memory
unset AT_SPI_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY DBUS_STARTER_ADDRESS DBUS_SESSION_BUS_ADDRESS
cat > "$dir/bus.conf" << CONF
<busconfig><type>session</type><listen>unix:path=$dir/run/bus</listen><servicedir>$dir/services</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
CONF
# The bus and the daemon's end of it, with this for the service: nothing, or a command.
begin() { # [COMMAND]
	local address
	: > "$dir/probe.log"
	rm -f "$dir/services/"*
	[ -z "$1" ] || serve "$1"
	dbus-daemon --config-file="$dir/bus.conf" --nofork --nopidfile --print-address=7 7<> "$dir/bus" > "$dir/bus.log" 2>&1 &
	bus_pid=$!
	read -r -t 60 address <> "$dir/bus" || return 1
	probe_start
}
serve() { # COMMAND
	printf '[D-BUS Service]\nName=org.a11y.Bus\nExec=%s\n' "$1" > "$dir/services/org.a11y.Bus.service"
	[ -z "$bus_pid" ] || kill -HUP "$bus_pid"
}
end() {
	echo quit >&"$probe_in"
	wait "$probe_pid"
	probe_pid=
	stop bus_pid
}

begin '' || { echo "Bail out! no session bus"; exit 1; }
check "not installed: that is told, and what to install" await '^problem .*is not installed.*Install the package at-spi2-core'
serve "$launcher"
check "installed meanwhile: apps can be driven" connected
end

begin /bin/false
check "it ends as soon as it is started: that is told" await '^problem .*does not start\. It is tried again'
check "and nothing is to be installed" eval '! grep -q Install "$dir/probe.log"'
serve "$launcher"
check "it starts after all: apps can be driven" connected
end

# Longer than a call is waited for.
printf '#!/bin/sh\nsleep 6\nexec %s\n' "$launcher" > "$dir/slowly" && chmod 755 "$dir/slowly"
begin "$dir/slowly"
check "it takes 6 s, as on a slow first login: apps can be driven then" connected
check "and nothing was told that is not so" eval '! grep -q "^problem" "$dir/probe.log"'
probe_end
exit $probe_failed
