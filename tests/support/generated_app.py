#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A GTK app of a chosen size, for tests/bench/bench-apps.sh and tests/integration/apps-cost.sh: a window "Generated"
with buttons "Button 1", "Button 2" and so on, until it has as many accessibles as it was told.

Usage: generated_app.py 3|4 ACCESSIBLES    (GTK 3 looks for widgets itself, GTK 4.8 does not)"""

import sys

import gi

toolkit, count = sys.argv[1], int(sys.argv[2])
gi.require_version("Gtk", f"{toolkit}.0")
from gi.repository import GLib, Gtk  # noqa: E402

# GTK 4's button is two: itself and the label in it. The window and the boxes are few.
EACH = 1 if toolkit == "3" else 2
# As many as show beside each other.
ROW = 6


def fill(box):
    """Rows of buttons, and the window's own."""
    made = 0
    while made < count:
        row = Gtk.Box()
        made += 1
        for _ in range(ROW):
            if made >= count:
                break
            fill.button += 1
            button = Gtk.Button(label=f"Button {fill.button}")
            row.add(button) if toolkit == "3" else row.append(button)
            made += EACH
        box.add(row) if toolkit == "3" else box.append(row)


def main():
    """Until it is killed."""
    fill.button = 0
    GLib.set_prgname("generated")
    loop = GLib.MainLoop()
    if toolkit == "4":
        Gtk.init()
    window = Gtk.Window(title="Generated", default_width=700, default_height=900)
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
    fill(box)
    if toolkit == "3":
        scrolled = Gtk.ScrolledWindow()
        scrolled.add(box)
        window.add(scrolled)
        window.show_all()
    else:
        window.set_child(Gtk.ScrolledWindow(child=box))
        window.present()
    print("ready", fill.button, flush=True)
    loop.run()


if __name__ == "__main__":
    main()
