#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A GTK 3 app that knows the order of its widgets, for tests/integration/apps-moves.sh: the oracle of every command that
moves. What it tells comes from its own widgets and not from the accessibility bus. It says "ready", then reads a line a time
and answers it with one line:

    order KIND    the names of that kind (heading, link, button, entry, list, landmark, table) from the top, a bar between
                  them; "item": of all that one steps on, which no box, list or table is itself
    inside NAME   the same of what is in that box, list or table
    title         of the window
    focused       the name of what has the focus
    text NAME     what is in that entry
    pressed       the name of what was pressed last"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Atk", "1.0")
from gi.repository import Atk, GLib, Gtk  # noqa: E402

BOXES = ("landmark", "list", "table")


class App:
    """The window, and what is in it, in order."""

    def __init__(self):
        """Everything shows at once."""
        self.known = []  # kind, name, widget, the box that it is in
        self.pressed = ""
        self.window = Gtk.Window(title="Order")
        self.window.connect("destroy", Gtk.main_quit)
        column = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        self.window.add(column)
        for place, words in (
            ("Navigation", ("News", "Weather", "Sport", "Search", "Cities", "Fruit", "Alma|Banu|Cora", "Apple|Pear")),
            ("Shop", ("Prices", "Terms", "Buy", "Amount", "Sizes", "Stock", "Large|Small", "Nails|Screws")),
        ):
            self.section(column, place, *words)
        self.window.show_all()

    def add(self, box, kind, name, widget):
        """One more widget, at the end."""
        widget.get_accessible().set_name(name)
        self.known.append((kind, name, widget, box))
        box.add(widget)
        return widget

    def section(self, column, place, heading, link, button, entry, rows, table, row_names, cell_names):
        """A landmark with one of each kind."""
        box = self.add(column, "landmark", place, Gtk.Box(orientation=Gtk.Orientation.VERTICAL))
        box.get_accessible().set_role(Atk.Role.LANDMARK)
        self.add(box, "heading", heading, Gtk.Label(label=heading)).get_accessible().set_role(Atk.Role.HEADING)
        # GTK 3 calls its own link button a button.
        linked = self.add(box, "link", link, Gtk.LinkButton(uri="about:", label=link))
        linked.get_accessible().set_role(Atk.Role.LINK)
        linked.connect("activate-link", self.on_pressed)
        self.add(box, "button", button, Gtk.Button(label=button)).connect("clicked", self.on_pressed)
        self.add(box, "entry", entry, Gtk.Entry())
        listed = self.add(box, "list", rows, Gtk.ListBox())
        for name in row_names.split("|"):
            row = Gtk.ListBoxRow()
            row.add(Gtk.Label(label=name))
            self.add(listed, "row", name, row)
        store = Gtk.ListStore(str)
        for name in cell_names.split("|"):
            store.append((name,))
        tree = Gtk.TreeView(model=store, headers_visible=False)
        tree.append_column(Gtk.TreeViewColumn("", Gtk.CellRendererText(), text=0))
        self.add(box, "table", table, tree)
        for row, name in enumerate(cell_names.split("|")):
            self.known.append(("cell", name, row, tree))

    def name(self, widget):
        """What one of our widgets is called."""
        return next((name for _, name, known, _ in self.known if known is widget), "")

    def on_pressed(self, widget):
        """That one was."""
        self.pressed = self.name(widget)
        return True

    def answer(self, line):
        """To one question."""
        what, _, rest = line.partition(" ")
        if what == "order":
            return "|".join(n for kind, n, *_ in self.known if kind == rest or (rest == "item" and kind not in BOXES))
        if what == "inside":
            return "|".join(name for _, name, _, box in self.known if self.name(box) == rest)
        if what == "title":
            return self.window.get_title()
        if what == "text":
            return next(widget.get_text() for _, name, widget, _ in self.known if name == rest)
        if what == "focused":
            return self.name(self.window.get_focus())
        return self.pressed


def main():
    """Until the questions end."""
    app = App()

    def on_line(channel, _):
        line = channel.readline()
        if not line:
            Gtk.main_quit()
            return False
        print(app.answer(line.rstrip("\n")), flush=True)
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_line)
    print("ready", flush=True)
    Gtk.main()


if __name__ == "__main__":
    main()
