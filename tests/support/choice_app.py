#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A GTK 4 app with drop-downs, for tests/integration/apps-acts.sh: Country has a label of its own, Number only a name for
who does not see. Between them Colour is an old combo box, which in GTK 4.8 tells nobody what is chosen. What is chosen in
both drop-downs it writes to its output, now and at each change: "chosen Malta, One"."""

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import GLib, Gtk  # noqa: E402


def main():
    """Until it is killed."""
    GLib.set_prgname("choices")
    Gtk.init()
    window = Gtk.Window(title="Choices", default_width=400, default_height=300)
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
    country = Gtk.DropDown.new_from_strings(["Ireland", "Malta", "Norway"])
    label = Gtk.Label(label="_Country", use_underline=True, mnemonic_widget=country)
    number = Gtk.DropDown.new_from_strings(["One", "Two"])
    number.update_property([Gtk.AccessibleProperty.LABEL], ["Number"])
    colour = Gtk.ComboBoxText()
    for name in ("Red", "Green"):
        colour.append_text(name)
    colour.set_active(0)
    colour.update_property([Gtk.AccessibleProperty.LABEL], ["Colour"])
    for widget in (label, country, colour, number):
        box.append(widget)

    def tell(*_):
        print(f"chosen {country.get_selected_item().get_string()}, {number.get_selected_item().get_string()}", flush=True)

    for widget in (country, number):
        widget.connect("notify::selected-item", tell)
    window.set_child(box)
    window.present()
    tell()
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
