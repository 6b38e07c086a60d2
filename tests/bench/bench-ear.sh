#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the driver makes of recordings of real ears, at three detection thresholds of the panel: swipes and double taps
# that were seen, how soon an ear is known, and what passes. Run by tests/bench/run.
# Usage: tests/bench/bench-ear.sh [--perturbed]   (also larger, smaller, slower, faster, mirrored, shaken ...)
# The recordings are not the project's: $SIDETOUCH_RECORDINGS, or ../shared/recordings beside the repository.
set -u
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/support/recordings.sh
. tests/support/recordings.sh
if [[ ! -d $recordings/ear ]]; then
	echo "skipped: no recordings of ears at $recordings; name their folder with SIDETOUCH_RECORDINGS"
	exit 0
fi
python3 tests/support/ear_figures.py "$@" "${BUILD:-build}/sidetouchctl" "$recordings/ear"
exit 0 # figures, never a pass or a fail
