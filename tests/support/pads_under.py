#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts pads under recorded fingers: RECORDING DESCRIPTION OUT.desc OUT.overlay.

Writes the description with a resolution, so that the panel is 160 mm wide, and an overlay whose pads lie where the first
contacts land that are far enough from each other; pads that are left over lie in the corners. Exit code 3: the panel has
no slots, so nothing can land on a pad.
"""
import math
import sys

WIDTH_MM = 160
SPACING_MM = 13  # over the 12 mm that pads are apart at least
X, Y, SLOT, ID = 0x35, 0x36, 0x2F, 0x39
PADS = ["left-top", "left-middle", "left-bottom", "right-top", "right-middle", "right-bottom"]


def main():
    recording, description, out_desc, out_overlay = sys.argv[1:]
    axes, lines = {}, []
    for line in open(description, errors="replace"):
        if line.startswith("E:"):
            continue
        if line.startswith("A:"):
            words = line.split()
            axes[int(words[1], 16)] = [int(word) for word in words[2:]]
        lines.append(line)
    if not {X, Y, SLOT, ID} <= axes.keys():
        return 3
    units = max(1, (axes[X][1] - axes[X][0]) // WIDTH_MM)
    with open(out_desc, "w") as out:
        for line in lines:
            words = line.split()
            if line.startswith("A:") and int(words[1], 16) in (0, 1, X, Y):
                words = (words + ["0"])[:6] + [str(units)]
                line = " ".join(words) + "\n"
            out.write(line)
    places, slot, fresh, at = [], 0, set(), {}
    for line in open(recording, errors="replace"):
        words = line.split()
        if not line.startswith("E:"):
            continue
        kind, code, value = int(words[2], 16), int(words[3], 16), int(words[4])
        if kind == 3 and code == SLOT:
            slot = value
        elif kind == 3 and code == ID and value >= 0:
            fresh.add(slot)
        elif kind == 3 and code in (X, Y):
            at.setdefault(slot, {})[code] = (value - axes[code][0]) / units
        elif kind == 0 and code == 0:
            places += [at[s] for s in sorted(fresh) if len(at.get(s, {})) == 2]
            fresh = set()
            at = {s: dict(place) for s, place in at.items()}
    pads = []
    width, height = ((axes[c][1] - axes[c][0]) / units for c in (X, Y))
    corners = [{X: x, Y: y} for x in (5, width - 5) for y in (5, height / 2, height - 5)]
    for place in places + corners + corners:
        if len(pads) < len(PADS) and all(math.dist(place.values(), pad.values()) >= SPACING_MM for pad in pads):
            pads.append({X: place[X], Y: place[Y]})
    if len(pads) < len(PADS):
        return 3
    with open(out_overlay, "w") as out:
        for name, pad in zip(PADS, pads):
            out.write(f"[{name}]\nX={pad[X]:.2f}\nY={pad[Y]:.2f}\nRadius=6.5\n")
    return 0


sys.exit(main())
