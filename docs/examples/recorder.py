#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An app that takes part in Sidetouch: while its window is in front, two of the buttons are its own. See docs/apps.md."""

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import Gio, GLib, Gtk  # noqa: E402


class Recorder(Gtk.Application):
    def do_activate(self):
        self.window = Gtk.ApplicationWindow(application=self, title="Recorder")
        for name in ("record", "stop"):
            action = Gio.SimpleAction.new(name, None)
            action.connect("activate", self.on_action)
            self.add_action(action)
        self.window.present()
        # What the two buttons say, and which of the actions above they do. GApplication exports those by itself.
        buttons = {"right-top": ("Record", "record"), "right-middle": ("Stop recording", "stop")}
        where = ("org.sidetouch.Sidetouch1", "/org/sidetouch/Sidetouch1", "org.sidetouch.Sidetouch1")
        arguments = GLib.Variant("(oa{s(ss)})", (self.get_dbus_object_path(), buttons))
        self.offer = lambda *_: self.get_dbus_connection().call(
            *where, "OfferButtons", arguments, None, Gio.DBusCallFlags.NO_AUTO_START, -1, None, None)
        # Now if Sidetouch runs, and whenever it is started.
        Gio.bus_watch_name_on_connection(self.get_dbus_connection(), where[0], 0, self.offer, None)

    def on_action(self, action, _parameter):
        self.window.set_title({"record": "Recorder, recording", "stop": "Recorder, stopped"}[action.get_name()])


Recorder(application_id="org.sidetouch.Recorder").run()
