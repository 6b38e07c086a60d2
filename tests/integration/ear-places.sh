#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Private speech with a real PulseAudio: two null sinks stand for loudspeaker and earpiece, python-dbusmock for
# iio-sensor-proxy; sidetouchd and the voice are the real ones, the driver's end of the link is the test's.
set -u
cd "$(dirname "$0")/../.." || exit 1
command -v pulseaudio parec pactl dbus-daemon > /dev/null && /usr/bin/python3 -c 'import dbusmock' 2> /dev/null ||
	{ echo "1..0 # SKIP pulseaudio or python3-dbusmock is not installed"; exit 0; }
exec /usr/bin/python3 tests/support/ear_places.py "${BUILD:-build}"
