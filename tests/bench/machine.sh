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

# How late the machine itself is: "2 in 15 s over 5 ms, the longest 105.1 ms", of one realtime thread on each processor that
# only sleeps 1 ms at a time (cyclictest). Nothing that is measured here can be sooner than that.
machine_stalls() { # SECONDS
	command -v cyclictest > /dev/null || { echo "unknown: install rt-tests (make deps)"; return; }
	cyclictest --quiet --duration="$1" --threads --affinity --priority=80 --interval=1000 --histogram=1000000 2> /dev/null |
		awk -v s="$1" '/^[0-9]/ { for (i = 2; i <= NF; i++) { all += $i; if ($1 > 5000) late += $i
			if ($i > 0) longest = $1 + 0 } }
			END { if (all) printf "%d in %d s over 5 ms, the longest %.1f ms\n", late, s, longest / 1000
				else print "unknown: it needs root" }'
}
