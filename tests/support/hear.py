#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads 16-bit mono samples at 22050 Hz from standard input until MS milliseconds of 10 ms pieces were
loud: exit code 0, or 1 when the input ends before. Used by tests/support/voice.sh."""

import array
import sys

LOUD = 500  # of 32767: speech is far above, rounding is 1 or 2
PIECE = 220  # samples, 10 ms

wanted = int(sys.argv[1]) // 10
while wanted > 0:
    piece = sys.stdin.buffer.read(2 * PIECE)
    if len(piece) < 2 * PIECE:
        sys.exit(1)
    if max(abs(sample) for sample in array.array("h", piece)) > LOUD:
        wanted -= 1
