#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sidetouchd tells on the session bus, a line each, for tests/vm/guest-apps.sh, which must press in the moment that
something was said: "up" and "down" of the daemon itself, then press NUMBER PAD PHASE, said PRESS UTTERANCE TEXT,
ended UTTERANCE spoken|not, command PRESS COMMAND, result PRESS RESULT, front APP."""

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME = "org.sidetouch.Sidetouch1"
PATH = "/org/sidetouch/Sidetouch1"


def tell(*words):
    """One line, at once."""
    print(*words, flush=True)


def on_signal(_bus, _sender, _path, _interface, signal, arguments):
    """One of the daemon's signals."""
    values = arguments.unpack()
    if signal == "Press":
        tell("press", *values[:3])
    elif signal == "Said":
        tell("said", *values[:3])
    elif signal == "SpeechEnded":
        tell("ended", values[0], "spoken" if values[1] else "not")
    elif signal in ("Command", "Result"):
        tell(signal.lower(), *values[:2])
    elif signal == "Front":
        tell("front", values[0])


def on_up(bus, _name, owner):
    """The daemon is there: only who asks is told."""
    front = bus.call_sync(owner, PATH, NAME, "GetStatus", None, None, Gio.DBusCallFlags.NONE, 30000, None)
    bus.call_sync(owner, PATH, NAME, "Watch", None, None, Gio.DBusCallFlags.NONE, 30000, None)
    tell("up")
    tell("front", front.unpack()[0]["front"])


def main():
    """Tell until killed."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    bus.signal_subscribe(NAME, NAME, None, PATH, None, Gio.DBusSignalFlags.NONE, on_signal)
    Gio.bus_watch_name_on_connection(bus, NAME, Gio.BusNameWatcherFlags.NONE, on_up, lambda _bus, _name: tell("down"))
    GLib.MainLoop().run()


main()
