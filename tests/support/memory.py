#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words are in the memory of a process, as its core dump would have them: all that it can write, in UTF-8, UTF-16
and UTF-32, whatever the case of their letters. Prints those that are found, one a line. For tests/integration/apps-changes.sh.

    memory.py PID WORD...

Exit 0: it was read. 77: this user may not (yama)."""

import re
import sys


def writable(pid):
    """Start and end of what a core dump has."""
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as maps:
        for line in maps:
            span, rights = line.split()[:2]
            if rights.startswith("rw"):
                start, end = (int(part, 16) for part in span.split("-"))
                yield start, end


def main():
    """One look."""
    pid, words = int(sys.argv[1]), sys.argv[2:]
    patterns = {
        word: [
            re.compile(re.escape(word.encode(code)), re.IGNORECASE) for code in ("utf-8", "utf-16-le", "utf-32-le")
        ]
        for word in words
    }
    found = set()
    try:
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            for start, end in writable(pid):
                try:
                    memory.seek(start)
                    content = memory.read(end - start)
                except OSError:
                    continue  # what came and went, and what no dump has
                for word, codes in patterns.items():
                    if any(code.search(content) for code in codes):
                        found.add(word)
    except PermissionError:
        return 77
    print("\n".join(sorted(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
