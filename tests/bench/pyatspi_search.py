#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same search as a command's, by pyatspi: the first widget of a role and a name in the window that is in front, from
the top, and whether it shows and can be used. Prints CASE <tab> COLUMN <tab> NANOSECONDS for tests/bench/percentiles.py:
columns "pyatspi", where libatspi may have kept what it heard before, and "pyatspi, nothing cached".

Usage: pyatspi_search.py ROLE NAME RUNS CASE"""

import sys
import time

import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402
from gi.repository import Atspi  # noqa: E402


def front():
    """The window that is in front; not part of what is measured, since a screen reader knows it."""
    for app in pyatspi.Registry.getDesktop(0):
        for window in app or ():
            if window.getState().contains(pyatspi.STATE_ACTIVE):
                return window
    return None


def main():
    """All runs of both."""
    role, name, runs, case = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    Atspi.set_timeout(20000, 20000)
    window = front()

    def fits(widget):
        return widget.getRoleName() == role and widget.name in (name, f"{name} {name}")

    for column in ("pyatspi, nothing cached", "pyatspi"):
        for _ in range(runs if column == "pyatspi" else min(runs, 5)):
            if column != "pyatspi":
                window.clear_cache()
            start = time.monotonic_ns()
            found = pyatspi.findDescendant(window, fits)
            usable = found and found.getState().contains(pyatspi.STATE_SENSITIVE)
            took_ns = time.monotonic_ns() - start
            if usable:
                print(f"{case}\t{column}\t{took_ns}", flush=True)


if __name__ == "__main__":
    main()
