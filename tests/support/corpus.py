#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the texts that have killed speech synthesisers, or might, into FOLDER, one a file. Those that the accessibility
bus can carry (UTF-8 without NULs) end in .name. Used by tests/integration/voice-corpus.sh and tests/unit/test-corpus.c."""

import sys
import unicodedata
from pathlib import Path

BLOCK = 16  # characters; Unicode's blocks begin at multiples of it
# Blocks of many thousand characters that are all alike: Han, Hangul, Tangut.
LARGE = (range(0x3400, 0xA000), range(0xAC00, 0xD7B0), range(0x17000, 0x19000), range(0x20000, 0x110000))


def first_of_each_block():
    for start in range(0x20, 0x110000, BLOCK):
        if start % 1024 and any(start in block for block in LARGE):
            continue
        for code in range(start, start + BLOCK):
            if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co"):
                yield chr(code)
                break


blocks = list(first_of_each_block())

NAMES = {
    "apostrophes": "s'" * 220,
    "megabyte": "a" * 1_000_000,
    "words": "word " * 200,
    "emoji": "\U0001F600" * 10_000,
    "families": "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466" * 500,
    "blocks": "".join(blocks),
    "blocks-apart": " ".join(blocks),
    "ssml": "<speak>" * 2_000 + '<audio src="/etc/passwd"/><mark name="x"/><break time="99999s"/>' + "</speak>" * 2_000,
    "entities": "&amp;&#0;&#x110000;&lol9;" * 50,
    "phonemes": "[[" * 500 + "h@l'oU" + "]]" * 500,
    "overrides": "\u202E" * 500 + "abc" + "\u2066\u2067\u2068\u2069\u202A\u202C" * 200 + "def",
    "controls": "a" + "".join(chr(c) for c in range(1, 32)) * 50 + "\x7f\x80\x9f\u2028\u2029\ufeff\ufffe",
    "combining": "e" + "\u0301" * 5_000,
    "digits": "1" * 1_000,
    "roman": "MMMM" * 500,
    "punctuation": "?!.,;:-_'\"()[]{}" * 50,
    "tags": "\U000E0001" * 500 + "\U000E0064\U000E0065" * 500 + "x\U000E007F" * 500,
    "jamo": "\u1100\u1161\u11A8" * 1_000,
    "thai": "\u0E01\u0E33" * 1_000,
}
BYTES = {
    "invalid": b"a\xff\xc3(\xf0\x9f\x98 b\xed\xa0\x80\xc0\xaf" * 200,
    "nuls": b"one\0two\0" * 500 + b"\0" * 500 + b"three",
    "every-byte": bytes(range(256)) * 20,
    "latin1": "Grüße ".encode("latin-1") * 200,
}

folder = Path(sys.argv[1])
for name, text in NAMES.items():
    (folder / f"{name}.name").write_text(text, encoding="utf-8")
for name, data in BYTES.items():
    (folder / f"{name}.bytes").write_bytes(data)
