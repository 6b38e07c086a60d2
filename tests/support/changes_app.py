#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A GTK 3 app in which things change when it is told to, for tests/integration/apps-changes.sh. It says "ready", then
reads a line a time and answers it with "ok":

    announce TEXT     as an app tells of what is not to be seen, object:announcement
    alert TEXT        an info bar comes up
    dialog TEXT       a question with two buttons, of which Yes is the default; closed by its buttons
    progress PERCENT  of the progress bar Copying
    chosen TEXT       answered with "ok" when that is the row of the list that is chosen, else "no"
    chose TEXT        the same of the combo box Country
    pay TEXT          the button that is called Pay is called so; no text: it is gone
    paid TEXT         answered with "ok" when it was pressed so often, else "no"
    written TEXT      answered with "ok" when that is in the field Name, else "no"
    redraw            another button of the same name takes its place
    flood N           N announcements and N values of a slider that nobody is at, as fast as it can"""

import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import GLib, Gtk  # noqa: E402


class App:
    """The window and what is in it."""

    def __init__(self):
        """Everything shows at once, the first field has the focus."""
        self.window = Gtk.Window(title="Changes")
        self.window.connect("destroy", Gtk.main_quit)
        self.box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        self.window.add(self.box)
        self.name = self.add(Gtk.Entry(), "Name")
        self.box.add(Gtk.CheckButton(label="Wifi"))
        more = Gtk.Expander(label="More")
        more.add(Gtk.Label(label="Much more"))
        self.box.add(more)
        self.add(Gtk.Scale.new_with_range(Gtk.Orientation.HORIZONTAL, 0, 10, 1), "Volume").set_value(5)
        self.add(Gtk.Entry(visibility=False), "Secret")
        self.other = self.add(Gtk.Scale.new_with_range(Gtk.Orientation.HORIZONTAL, 0, 1e6, 1), "Other")
        self.street = self.add(Gtk.ListBox(), "Street")
        for name in ("First", "Second", "Third"):
            self.street.add(Gtk.Label(label=f"{name} Street"))
        self.country = self.add(Gtk.ComboBoxText(), "Country")
        for name in ("Ireland", "Malta", "Norway"):
            self.country.append_text(name)
        self.country.set_active(0)
        # Nothing but its label says that it is for a secret.
        pin, label = Gtk.Entry(), Gtk.Label(label="_PIN", use_underline=True)
        label.set_mnemonic_widget(pin)
        self.box.add(label)
        self.box.add(pin)
        self.bar = self.add(Gtk.ProgressBar(), "Copying")
        self.info = Gtk.InfoBar(no_show_all=True, message_type=Gtk.MessageType.WARNING)
        self.label = Gtk.Label(visible=True)
        self.info.get_content_area().add(self.label)
        self.box.add(self.info)
        self.pays = 0
        self.pay = None
        self.draw("Pay 5")
        self.window.show_all()

    def draw(self, name):
        """Another button in place of the one there was."""
        if self.pay:
            self.pay.destroy()
        self.pay = Gtk.Button(label=name, visible=True)
        self.pay.connect("clicked", self.on_pay)
        self.pay.get_accessible().set_accessible_id("pay")
        self.pay.get_accessible().set_description("Buys it")
        self.box.add(self.pay)

    def on_pay(self, _):
        """Once more."""
        self.pays += 1

    def add(self, widget, name):
        """One more widget, named."""
        widget.get_accessible().set_name(name)
        self.box.add(widget)
        return widget

    def dialog(self, text):
        """A question that waits for its answer."""
        dialog = Gtk.MessageDialog(
            transient_for=self.window, modal=True, message_type=Gtk.MessageType.QUESTION, text=text, title="Question"
        )
        dialog.add_buttons("No", Gtk.ResponseType.NO, "Yes", Gtk.ResponseType.YES)
        dialog.set_default_response(Gtk.ResponseType.YES)
        dialog.connect("response", lambda *_: dialog.destroy())
        dialog.show_all()

    def chosen(self):
        """What is written in the row that is chosen."""
        row = self.street.get_selected_row()
        return row.get_child().get_text() if row else ""

    def obey(self, line):
        """One line."""
        what, _, rest = line.partition(" ")
        if what == "announce":
            self.window.get_accessible().emit("announcement", rest)
        elif what == "alert":
            self.label.set_text(rest)
            self.info.show()
        elif what == "dialog":
            self.dialog(rest)
        elif what == "progress":
            self.bar.set_fraction(float(rest) / 100)
        elif what == "pay":
            self.pay.set_visible(bool(rest))
            self.pay.set_label(rest)
        elif what == "redraw":
            self.draw(self.pay.get_label())
        elif what == "flood":
            for i in range(int(rest)):
                self.window.get_accessible().emit("announcement", f"line {i}")
                self.other.set_value(i)
        is_so = {
            "chosen": self.chosen,
            "chose": self.country.get_active_text,
            "paid": lambda: str(self.pays),
            "written": self.name.get_text,
        }
        print("no" if what in is_so and rest != is_so[what]() else "ok", flush=True)


def main():
    """Until the lines end."""
    app = App()

    def on_line(channel, condition):
        line = channel.readline()
        if not line:
            Gtk.main_quit()
            return False
        app.obey(line.rstrip("\n"))
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_line)
    print("ready", flush=True)
    Gtk.main()


if __name__ == "__main__":
    main()
