#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says how much speech a WAV file holds, read with Python's own wave module: tests/demo/run prints
it. Exit code 1 when the file is none, or silence, or shorter than any sentence."""

import array
import sys
import wave

# Speech is far above this of 32767; the noise of rounding is 1 or 2.
LOUD = 500
# "Five, press again" takes 1.2 s; the demo says eight such things.
SHORTEST_S = 3.0


def main():
    path = sys.argv[1]
    try:
        with wave.open(path, "rb") as wav:
            rate, width = wav.getframerate(), wav.getsampwidth()
            frames = wav.readframes(wav.getnframes())
            channels = wav.getnchannels()
    except (OSError, EOFError, wave.Error) as error:
        print(f"{path} is no WAV file: {error}", file=sys.stderr)
        return 1
    if width != 2:
        print(f"{path} has {8 * width} bits a sample, not 16", file=sys.stderr)
        return 1
    samples = array.array("h", frames)
    loud = sum(1 for sample in samples if abs(sample) > LOUD)
    seconds = len(samples) / rate / channels
    share = loud / max(len(samples), 1)
    print(f"{seconds:.1f} s at {rate} Hz, {100 * share:.0f}% of it loud")
    if seconds < SHORTEST_S or share < 0.05:
        print(f"{path} holds no speech worth the name", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
