#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo's transcript: what `sidetouchctl simulate --json` tells, as sentences, and what the
calculator shows after each command, read from the calculator itself (tests/support/oracle.py: nothing
of Sidetouch is asked). tests/demo/run calls it; the last line it writes to the
file named first is what the calculator shows at the end."""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from oracle import Oracle, asked  # noqa: E402

# The display is right once the app has drawn; a busy machine may need that long.
DISPLAY_S = 10.0


def changed(oracle, before):
    """The display once it is another than before; what it shows in the end if it stays so."""
    end = time.monotonic() + DISPLAY_S
    now = asked(oracle.shown)
    while now == before and time.monotonic() < end:
        time.sleep(0.02)
        now = asked(oracle.shown)
    return now


def main():
    oracle = Oracle()
    shown = asked(oracle.shown) or ""
    names = {"press": "pressed", "hold": "held", "cancel": "slid off"}
    for line in sys.stdin:
        event = json.loads(line)
        kind = event["kind"]
        when = f"{event['time_ms'] / 1000:7.2f} s  " if "time_ms" in event else " " * 11
        if kind in names:
            print(f"{when}{names[kind]} {event['pad']}")
        elif kind == "say":
            print(f"{when}    said: {event['text']}")
        elif kind == "command":
            print(f"{when}    ran:  {event['text']}")
        elif kind == "result":
            shown = changed(oracle, shown)
            print(f"{when}    {event['text']}: the calculator shows '{shown}'")
        elif kind == "expect" and not event["held"]:
            print(f"{when}    line {event['line']} did not hold: {event['but']}")
        elif kind == "scenario":
            print(f"{when}the scenario {event['result']}")
        sys.stdout.flush()
    with open(sys.argv[1], "w", encoding="utf-8") as result:
        result.write(shown or "")


main()
