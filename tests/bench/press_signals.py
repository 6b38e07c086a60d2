#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long after a finger was lifted from a button the voice was given the first words, and the answer: a line for each
press of which words were said, "PAD MS_FIRST MS_LAST TEXTS", from sidetouchd's own signals. Both moments are on the
kernel's monotonic clock: the frame's and the one at which the daemon gave the words away. For tests/bench/bench-apps.sh.

Usage: press_signals.py   (it ends when nothing was pressed or said for 3.5 s)"""

from gi.repository import Gio, GLib

NAME = "org.sidetouch.Sidetouch1"
# The slowest answer: an app at work is waited for 3 s.
QUIET_MS = 3500

lifted, pads, said = {}, {}, {}
loop = GLib.MainLoop()
quiet = 0


def on_signal(_bus, _sender, _path, _interface, signal, told):
    """One thing that the daemon tells; what apps tell of their own accord is no answer."""
    global quiet
    if signal not in ("Press", "Said"):
        return
    words = told.unpack()
    if signal == "Press" and words[2] == "up":
        lifted[words[0]], pads[words[0]] = words[3], words[1]
    elif signal == "Said" and words[0] in lifted:
        said.setdefault(words[0], []).append((words[3], words[2]))
    if quiet:
        GLib.source_remove(quiet)
    quiet = GLib.timeout_add(QUIET_MS, loop.quit)


def main():
    """Until all is said."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    bus.signal_subscribe(NAME, NAME, None, None, None, Gio.DBusSignalFlags.NONE, on_signal)
    bus.call_sync(NAME, "/org/sidetouch/Sidetouch1", NAME, "Watch", None, None, Gio.DBusCallFlags.NONE, -1, None)
    print("ready", flush=True)
    loop.run()
    for press, texts in said.items():
        first, last = ((texts[i][0] - lifted[press]) / 1000 for i in (0, -1))
        print(f"{pads[press]} {first:.2f} {last:.2f} {' | '.join(text for _, text in texts)}")


if __name__ == "__main__":
    main()
