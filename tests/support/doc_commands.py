# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands in documents: each line of a code block, and those between backquotes; in manual pages, those that stand in a
line of their own or are set as one. Used by tests/integration/docs.sh.
Usage: doc_commands.py FILE...   (prints FILE:LINE, kind, the command, with tabs between; the kind is command, mention, or
unknown for a line of a block that begins with a program of which this knows nothing)"""
import re
import shutil
import sys

# What a line of a block begins with when it is a command and not a file's content or what is said.
PROGRAMS = ("sidetouchctl", "sidetouch-driver", "sidetouchd", "sudo", "systemctl", "journalctl", "make", "gsettings", "openscad",
            "pactl", "apt", "addgroup", "adduser", "sed", "msginit", "msgmerge", "msgfmt", ".ci/run", "chmod", "rc-update", "rc-service", "udevadm",
            "man", "gdbus", "getfacl", "loginctl", "tests/run", "tests/bench/run")


def in_text(line, pattern):
    """What a sentence names. `sidetouchctl replay` speaks of it, and tells nobody to type just that."""
    for text in re.findall(pattern, line):
        if text.split()[0] in PROGRAMS and len(text.split()) > 1:
            runs = text.startswith("sidetouchctl ") and len(text.split()) > 2
            yield "command" if runs else "mention", text


def of_page(path):
    """A manual page's."""
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        literal = re.match(r"\.Dl (\S.*)", line)
        if literal:
            yield number, "command", literal.group(1).strip()
        for kind, text in in_text(line, r"^\.(?:Ic|Li|Cm) (.*?)(?: [.,;])?$"):
            yield number, kind, text


def of_guide(path):
    """A text's."""
    fenced = False
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        block = re.match(r" {4,}(\S.*)", line)
        # An arrow is part of a drawing.
        if (fenced or block) and not re.match(r"\s*[-*\d]", line) and "-->" not in line:
            text = (block.group(1) if block else line).strip()
            # Behind two blanks, or a number sign, the author explains it.
            text = re.split(r"\s{2,}|\s+#", text)[0]
            first = text.split()[0] if text else ""
            if first in PROGRAMS:
                yield number, "command", text
            elif first and shutil.which(first):
                yield number, "unknown", text
        if not fenced and not block:
            for kind, text in in_text(line, r"`([^`]+)`"):
                yield number, kind, text


def commands(path):
    """A document's, each with its line."""
    return of_page(path) if re.search(r"\.[1-9](\.in)?$", path) else of_guide(path)


for name in sys.argv[1:]:
    for at, kind, command in commands(name):
        print(f"{name}:{at}\t{kind}\t{command}")
