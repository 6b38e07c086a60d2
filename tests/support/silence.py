#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes five minutes of silence to each WAV file that is named: tracks that do not end while a test plays them. Used by
tests/integration/profiles-shipped.sh."""

import sys
import wave

RATE_HZ = 8000
LENGTH_S = 300

for path in sys.argv[1:]:
    with wave.open(path, "wb") as track:
        track.setnchannels(1)
        track.setsampwidth(2)
        track.setframerate(RATE_HZ)
        track.writeframes(bytes(2 * RATE_HZ * LENGTH_S))
