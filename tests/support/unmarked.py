#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints FILE:LINE: TEXT for each sentence in C files that is not marked for translation with _() or N_(), or, as the
doctor's findings are, by its function: a string that begins with a capital letter and has at least three words, outside
comments, log messages and the like. Exit code 1 when there is one. Used by tests/integration/translations.sh."""

import re
import sys

STRING = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*')
PIECE = re.compile(r'"((?:\\.|[^"\\\n])*)"')
SENTENCE = re.compile(r"[A-Z][a-z]*\b[^%]* [a-z%]+.* ")
NOT_SAID = {"_", "N_", "doctor_ok", "doctor_todo", "g_warning", "g_critical", "g_error", "g_debug", "g_message", "_Static_assert"}


def call_around(text, at):
    depth = 0
    for place in range(at - 1, -1, -1):
        if text[place] in ";{}":
            return ""
        if text[place] == ")":
            depth += 1
        if text[place] == "(":
            if depth == 0:
                name = re.search(r"(\w+)\s*$", text[:place])
                return name.group(1) if name else ""
            depth -= 1
    return ""


found = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    blank = lambda match: re.sub(r"[^\n]", " ", match.group(0))
    text = re.sub(r"/\*.*?\*/|^#include.*?$", blank, text, flags=re.S | re.M)
    for match in STRING.finditer(text):
        words = "".join(PIECE.findall(match.group(0)))
        if SENTENCE.match(words) and call_around(text, match.start()) not in NOT_SAID:
            print(f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {words}")
            found += 1
sys.exit(found > 0)
