#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apps with fields for secrets that are none by their role or name, for tests/integration/apps-secrets.sh. In GTK 3 one
shows bullets, and one says that its text is empty while its length grows. In GTK 4 one shows bullets, as every
Gtk.Entry there does that is told to hide what is typed. The argument is 3 or 4. It says "ready", then reads a line a time
and answers it with "yes" or "no":

    focus NAME        the field of that name has the focus
    holds NAME TEXT   that is what is in it, as the app itself knows; no text: nothing is
    hint MS           how long the letter typed last is shown in fields with bullets, as phones do"""

import sys

import gi

toolkit = sys.argv[1]
gi.require_version("Gtk", toolkit + ".0")
from gi.repository import GLib, Gtk  # noqa: E402

FIELDS = {"3": ("Code", "Silent", "Plain"), "4": ("Code", "Plain")}[toolkit]


def entry_3(name):
    """A field of GTK 3; of the two that hide what is typed, one is called a password by nobody."""
    entry = (Silent if name == "Silent" else Gtk.Entry)(visibility=name == "Plain")
    entry.get_accessible().set_role(Atk.Role.TEXT)
    entry.get_accessible().set_name(name)
    return entry


def entry_4(name):
    """A field of GTK 4."""
    entry = Gtk.Entry(visibility=name == "Plain")
    entry.update_property([Gtk.AccessibleProperty.LABEL], [name])
    return entry


if toolkit == "3":
    gi.require_version("Atk", "1.0")
    from gi.repository import Atk

    class SilentAccessible(Gtk.EntryAccessible, Atk.Text):
        """How long the text is it says, and where the caret is, but not what is in it."""

        def do_get_text(self, start, end):
            """Nothing."""
            return ""

    class Silent(Gtk.Entry):
        """A field with such an accessible."""

    Silent.set_accessible_type(SilentAccessible.__gtype__)


def obey(fields, line):
    """One line."""
    what, name, *words = line.split(" ")
    if what == "focus":
        fields[name].grab_focus()
    elif what == "hint":
        Gtk.Settings.get_default().set_property("gtk-entry-password-hint-timeout", int(name))
    elif fields[name].get_text() != " ".join(words):
        return "no"
    return "yes"


def main():
    """Until the lines end."""
    loop = GLib.MainLoop()
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
    fields = {name: (entry_3 if toolkit == "3" else entry_4)(name) for name in FIELDS}
    if toolkit == "3":
        window = Gtk.Window(title="Hidden 3")
        window.add(box)
        for field in fields.values():
            box.add(field)
        window.show_all()
    else:
        Gtk.init()
        window = Gtk.Window(title="Hidden 4", child=box)
        for field in fields.values():
            box.append(field)
        window.present()

    def on_line(channel, _):
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        print(obey(fields, line.rstrip("\n")), flush=True)
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_line)
    print("ready", flush=True)
    loop.run()


if __name__ == "__main__":
    main()
