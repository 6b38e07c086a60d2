# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands in documents: each line of a code block, and sidetouchctl's between backquotes.
Used by tests/integration/docs.sh.
Usage: doc_commands.py FILE...   (prints FILE:LINE, command or mention, the command, with tabs between)"""
import re
import sys

# What a line of a block begins with when it is a command and not a file's content or what is said.
PROGRAMS = ("sidetouchctl", "sidetouch-driver", "sidetouchd", "sudo", "systemctl", "journalctl", "make", "gsettings", "openscad",
            "pactl", "apt", "addgroup", "adduser", "sed", "msginit", "msgmerge", "msgfmt", ".ci/run", "chmod", "rc-update", "rc-service", "udevadm", "man")


def commands(path):
    fenced = False
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        block = re.match(r" {4,}(\S.*)", line)
        if (fenced or block) and not re.match(r"\s*[-*\d]", line):
            text = (block.group(1) if block else line).strip()
            # Behind two blanks, or a number sign, the author explains it.
            text = re.split(r"\s{2,}|\s+#", text)[0]
            if text.split()[0] in PROGRAMS:
                yield number, "command", text
        if not fenced:
            for text in re.findall(r"`(sidetouchctl [^`]+)`", line):
                # "`sidetouchctl replay`" speaks of it, and tells nobody to type just that.
                yield number, "command" if len(text.split()) > 2 else "mention", text


for name in sys.argv[1:]:
    for at, kind, command in commands(name):
        print(f"{name}:{at}\t{kind}\t{command}")
