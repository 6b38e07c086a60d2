#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that sidetouchd tells those who watch it, a signal a line. For tests/integration/apps-changes.sh."""

from gi.repository import Gio, GLib

NAME = "org.sidetouch.Sidetouch1"


def main():
    """Until it is killed."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    bus.signal_subscribe(
        NAME, NAME, None, None, None, Gio.DBusSignalFlags.NONE, lambda *told: print(told[4], told[5], flush=True)
    )
    bus.call_sync(NAME, "/org/sidetouch/Sidetouch1", NAME, "Watch", None, None, Gio.DBusCallFlags.NONE, -1, None)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
