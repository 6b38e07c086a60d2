#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An independent oracle for apps, which asks them itself over the accessibility bus; nothing of Sidetouch is asked. Reads
a question a line and answers each with one line, for tests/vm/desktop.sh and tests/demo/run; tests/demo/transcript.py uses
it as a module. One process for all of a guest, since its start costs seconds there; and not libatspi, which in Debian 12
may wait for itself for ever when events come meanwhile.

    place NAME         the middle and the size of the calculator's button, in pixels of its window, once it is there
    shown              what the calculator's display shows
    await-shown TEXT   "yes" once it shows that, or what it shows instead
    await-active APP   "yes" once that app's window is active, or whose is
    write TEXT         "yes" when TEXT is put in front of mousepad's text, as an input method would

A question that no app answers in time gets "none"."""

import sys
import time
from collections import deque

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

# An emulated machine on a busy host may take this long to draw.
AWAIT_S = 240.0
# A call into an app that is still starting, in emulation.
CALL_MS = 20000

REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
ACCESSIBLE = "org.a11y.atspi.Accessible"
# at-spi2-core's numbers, in atspi-constants.h.
ROLE_PUSH_BUTTON = 43
ROLE_TEXT = 61
STATE_ACTIVE = 1
COORD_TYPE_WINDOW = 1

CALCULATOR = "gnome-calculator"
MOUSEPAD = "mousepad"


def connect():
    """The accessibility bus, whose address the session bus knows."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    reply = session.call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, CALL_MS, None
    )
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(reply.unpack()[0], flags, None, None)


class Oracle:
    """Questions to the apps on one accessibility bus."""

    def __init__(self):
        self.bus = connect()
        # What was found before: a window has hundreds of widgets, and each costs round trips.
        self.known = {}

    def call(self, ref, interface, method, arguments=None):
        """The one value that a widget's method answers with."""
        name, path = ref
        return self.bus.call_sync(
            name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, CALL_MS, None
        ).unpack()[0]

    def name(self, ref):
        """A widget's name."""
        return self.call(ref, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Name")))

    def children(self, ref):
        """The widgets right below one."""
        return self.call(ref, ACCESSIBLE, "GetChildren")

    def find(self, app, role, names=None):
        """The first of an app's widgets, from the top, with this role and one of these names; None when there is none."""
        if (app, role, names) in self.known:
            return self.known[app, role, names]
        waiting = deque(ref for ref in self.children(REGISTRY) if self.name(ref) == app)
        while waiting:
            ref = waiting.popleft()
            if self.call(ref, ACCESSIBLE, "GetRole") == role and (names is None or self.name(ref) in names):
                self.known[app, role, names] = ref
                return ref
            waiting.extend(self.children(ref))
        return None

    def shown(self):
        """What the calculator's display shows."""
        display = self.find(CALCULATOR, ROLE_TEXT)
        return display and self.call(display, "org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (0, -1))).strip()

    def place(self, name):
        """Where a button of the calculator is."""
        # GTK 4.8 says a button's label twice: "7 7".
        button = self.find(CALCULATOR, ROLE_PUSH_BUTTON, (name, f"{name} {name}"))
        window = GLib.Variant("(u)", (COORD_TYPE_WINDOW,))
        x, y, width, height = button and self.call(button, "org.a11y.atspi.Component", "GetExtents", window) or (0, 0, 0, 0)
        return f"{x + width / 2:.0f} {y + height / 2:.0f} {width} {height}" if width > 0 else None

    def active(self):
        """The app whose window is active."""
        for app in self.children(REGISTRY):
            for window in self.children(app):
                if self.call(window, ACCESSIBLE, "GetState")[0] >> STATE_ACTIVE & 1:
                    return self.name(app)
        return None

    def write(self, words):
        """Put words in front of mousepad's text."""
        view = self.find(MOUSEPAD, ROLE_TEXT)
        arguments = GLib.Variant("(isi)", (0, words, len(words)))
        return "yes" if view and self.call(view, "org.a11y.atspi.EditableText", "InsertText", arguments) else None


def asked(ask):
    """The answer, None when there is none yet: an app that starts or ends gives errors."""
    try:
        return ask()
    except GLib.Error:
        return None


def awaited(ask, wanted=None):
    """The answer once there is one, or once it is the wanted one; the last one when it never is."""
    end = time.monotonic() + AWAIT_S
    while True:
        now = asked(ask)
        if (now == wanted if wanted else now) or time.monotonic() > end:
            return now
        time.sleep(0.1)


def answer(oracle, line):
    """The answer to one question."""
    what, _, words = line.partition(" ")
    if what == "shown":
        return asked(oracle.shown)
    if what == "place":
        return awaited(lambda: oracle.place(words))
    if what == "write":
        return awaited(lambda: oracle.write(words))
    now = awaited({"await-shown": oracle.shown, "await-active": oracle.active}[what], words)
    return "yes" if now == words else f"it is {now}"


def main():
    """Answer until the questions end."""
    oracle = Oracle()
    print("ready", flush=True)
    for line in sys.stdin:
        told = answer(oracle, line.rstrip("\n"))
        print("none" if told is None else told, flush=True)


if __name__ == "__main__":
    main()
