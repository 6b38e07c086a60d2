#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What apps themselves say of their widgets, over the accessibility bus; nothing of Sidetouch is asked. Reads a question
a line and answers each with one line, for tests/integration/apps-real.sh. One process for all of a test.

    states APP ROLE NAME      its states in words, such as "checked focused showing"
    text APP ROLE N           the text of the Nth widget of that role, from 0
    texts APP ROLE            the texts of all widgets of that role that can be used, a bar between them
    length APP ROLE N         how many characters the text of the Nth widget of that role has
    value APP ROLE N          its value
    values APP ROLE           the values of all of that role, a blank between them
    focus APP                 role and name of what has the focus
    count APP ROLE            how many of that role there are
    showing APP ROLE          how many of that role show
    secret APP N TEXT         type TEXT into the Nth password field, as an input method would

ROLE is an AtspiRole's nick, such as check-box; NAME may have blanks. No answer in time is "none"."""

import sys
from collections import deque

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from oracle import ACCESSIBLE, REGISTRY, Oracle, asked, awaited  # noqa: E402

PROPERTIES = "org.freedesktop.DBus.Properties"


class Widgets(Oracle):
    """Questions about the widgets of any app; nothing is kept, since they come and go."""

    def app(self, name):
        """The application of that name."""
        return next((ref for ref in self.children(REGISTRY) if asked(lambda: self.name(ref)) == name), None)

    def all(self, name):
        """Every widget of an app, from the top."""
        waiting = deque(filter(None, [self.app(name)]))
        while waiting:
            ref = waiting.popleft()
            yield ref
            waiting.extend(map(tuple, asked(lambda: self.children(ref)) or []))  # noqa: B023

    def role(self, ref):
        """Its role's nick."""
        return Atspi.Role(self.call(ref, ACCESSIBLE, "GetRole")).value_nick

    def states(self, ref):
        """Its states' nicks."""
        low, high = (*self.call(ref, ACCESSIBLE, "GetState"), 0, 0)[:2]
        bits = low | high << 32
        return [Atspi.StateType(bit).value_nick for bit in range(44) if bits >> bit & 1]

    def pick(self, app, role, name=None, number=0):
        """The widget of that role and name that can be used, or the Nth one of the role."""
        fits = [ref for ref in self.all(app) if asked(lambda: self.role(ref)) == role]  # noqa: B023
        fits = [ref for ref in fits if "sensitive" in self.states(ref) or "enabled" in self.states(ref)]
        if name is not None:
            fits = [ref for ref in fits if self.name(ref) in (name, f"{name} {name}")]
        return fits[number] if number < len(fits) else None

    def text(self, ref):
        """What is in a text field, its line ends as blanks."""
        # GTK 4.8's entries know no end but the length.
        end = GLib.Variant("(ii)", (0, int(self.length(ref))))
        return self.call(ref, "org.a11y.atspi.Text", "GetText", end).replace("\n", " ")

    def showing(self, app, role):
        """How many of a role show."""
        fits = [ref for ref in self.all(app) if asked(lambda: self.role(ref)) == role]  # noqa: B023
        return str(sum(1 for ref in fits if "showing" in (asked(lambda: self.states(ref)) or [])))  # noqa: B023

    def length(self, ref):
        """How many characters are in a text field."""
        return str(self.call(ref, PROPERTIES, "Get", GLib.Variant("(ss)", ("org.a11y.atspi.Text", "CharacterCount"))))

    def values(self, app, role):
        """The values of all of a role, those that have none left out."""
        fits = [ref for ref in self.all(app) if asked(lambda: self.role(ref)) == role]  # noqa: B023
        return " ".join(filter(None, (asked(lambda: self.value(ref)) for ref in fits)))  # noqa: B023

    def texts(self, app, role):
        """The texts of all of a role, those that have none left out."""
        fits = [ref for ref in self.all(app) if asked(lambda: self.role(ref)) == role]  # noqa: B023
        return "|".join(filter(None, (asked(lambda: self.text(ref)) for ref in fits)))  # noqa: B023

    def value(self, ref):
        """Its value."""
        arguments = GLib.Variant("(ss)", ("org.a11y.atspi.Value", "CurrentValue"))
        return f"{self.call(ref, PROPERTIES, 'Get', arguments):g}"

    def focus(self, app):
        """Role and name of what has the focus."""
        for ref in self.all(app):
            if "focused" in (asked(lambda: self.states(ref)) or []):  # noqa: B023
                return f"{self.role(ref)} {self.name(ref)}"
        return None

    def write(self, ref, words):
        """Put words at the start of a field."""
        arguments = GLib.Variant("(isi)", (0, words, len(words)))
        return "yes" if self.call(ref, "org.a11y.atspi.EditableText", "InsertText", arguments) else "no"


def answer(widgets, line):
    """The answer to one question."""
    what, app, *words = line.split(" ")
    if what == "states":
        return awaited(lambda: " ".join(widgets.states(widgets.pick(app, words[0], " ".join(words[1:])))))
    if what == "text":
        return asked(lambda: widgets.text(widgets.pick(app, words[0], None, int(words[1]))))
    if what == "showing":
        return asked(lambda: widgets.showing(app, words[0]))
    if what == "length":
        return asked(lambda: widgets.length(widgets.pick(app, words[0], None, int(words[1]))))
    if what == "values":
        return asked(lambda: widgets.values(app, words[0]))
    if what == "texts":
        return asked(lambda: widgets.texts(app, words[0]))
    if what == "value":
        return asked(lambda: widgets.value(widgets.pick(app, words[0], None, int(words[1]))))
    if what == "focus":
        return asked(lambda: widgets.focus(app))
    if what == "count":
        return str(sum(1 for ref in widgets.all(app) if asked(lambda: widgets.role(ref)) == words[0]))  # noqa: B023
    if what == "secret":
        return asked(lambda: widgets.write(widgets.pick(app, "password-text", None, int(words[0])), words[1]))
    return f"unknown question {what}"


def main():
    """Answer until the questions end."""
    widgets = Widgets()
    print("ready", flush=True)
    for line in sys.stdin:
        told = answer(widgets, line.rstrip("\n"))
        print("none" if told is None else told, flush=True)


if __name__ == "__main__":
    main()
