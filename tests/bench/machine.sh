# SPDX-License-Identifier: GPL-3.0-or-later
# What every benchmark says of the machine it ran on. Sourced by tests/bench/bench-*.sh and tests/vm/bench-*.sh.
# shellcheck shell=bash

# "AMD EPYC, 2 CPUs, 7.8 GB, Linux 6.1.0, load 0.52, 2026-11-25"
machine_facts() {
	local model memory load
	model=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
	memory=$(awk '/^MemTotal:/ { printf "%.1f GB", $2 / 1048576 }' /proc/meminfo)
	read -r load _ < /proc/loadavg
	echo "${model:-unknown processor}, $(nproc) CPUs, $memory, Linux $(uname -r), load $load, $(date -u +%F)"
}

# The version of a Debian package, or "not from a package".
package_version() { # PACKAGE
	dpkg-query -W -f='${Version}' "$1" 2> /dev/null || echo "not from a package"
}
