#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong messages over the voice's link, from either end. Used by tests/integration/voice-trouble.sh.

    link_liar.py daemon VOICE ARGUMENT...      be the daemon of one voice after the other: a right message, then a wrong one
                                               each; the voice must say so and end with exit code 1, never by a signal
    link_liar.py voice FILE VOICE ARGUMENT...  be the voice: every other time a lie to the daemon, another one each, when it
                                               has something said; in between and after them the real voice. FILE counts
    link_liar.py lies                          how many lies the voice tells"""

import os
import random
import socket
import struct
import subprocess
import sys

VERSION = 3
HEADER = struct.Struct("=HHI")
READY, STARTED, ENDED, PROGRESS, SAY, STOP = 1, 2, 3, 5, 32, 33
LINK_FD = 3


def message(kind, body, version=VERSION, size=None):
    return HEADER.pack(version, kind, HEADER.size + len(body) if size is None else size) + body


def say(text, utterance=1, earcon=0, spell=0, urgent=0, language=b""):
    return struct.pack("=IIII16s", utterance, earcon, spell, urgent, language) + text


RIGHT = message(SAY, say(b"Hello\0"))
LIES = {
    "nothing": b"",
    "half a header": RIGHT[:5],
    "another version": message(SAY, say(b"Hello\0"), version=VERSION + 1),
    "no such type": message(999, b""),
    "a message of the other end's, or out of range": message(READY, struct.pack("=I", 1)),
    "a wrong size": message(SAY, say(b"Hello\0"), size=9),
    "no end of the text": message(SAY, say(b"Hello")),
    "an end inside the text": message(SAY, say(b"He\0llo\0")),
    "a text that is none": message(SAY, say(b"\xff\xfe\0")),
    "a text too long": message(SAY, say(b"x" * 4200 + b"\0")),
    "no number": message(SAY, say(b"Hello\0", utterance=0)),
    "no such sound": message(SAY, say(b"Hello\0", earcon=99)),
    "a language without end": message(SAY, say(b"Hello\0", language=b"x" * 16)),
    "longer than any": b"\xff" * 70000,
    "by chance": random.Random(1).randbytes(300),
}


def be_daemon(command):
    wrong = []
    for name, lie in LIES.items():
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        voice = subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$@" {LINK_FD}<&{its.fileno()}', "sh", *command],
            pass_fds=[its.fileno()],
            stderr=subprocess.PIPE,
        )
        its.close()
        ours.recv(4608)  # it is ready
        ours.send(RIGHT)
        if lie:
            ours.send(lie)
        else:
            ours.send(b"\0")
        # It has hung up when it has judged; what it said before is of no interest.
        try:
            while ours.recv(4608):
                pass
        except ConnectionError:
            pass
        said = voice.communicate(timeout=60)[1].decode()
        if voice.returncode != 1 or "A message from sidetouchd" not in said:
            wrong.append(f"{name}: exit code {voice.returncode}, {said!r}")
    print(f"# {len(LIES)} kinds of wrong messages to the voice", *wrong, sep="\n# ")
    return 1 if wrong else 0


VOICES_LIES = list(LIES.values()) + [
    message(STARTED, struct.pack("=IIQ", 0, 0, 0)),
    message(ENDED, struct.pack("=IIQ", 1, 77, 0)),
]


def be_voice(path, command):
    with open(path, "a+", encoding="ascii") as file:
        file.seek(0)
        time = len(file.read())
        file.write("x")
    if time % 2 or time >= 2 * len(VOICES_LIES):
        os.execv(command[0], command)
    link = socket.socket(fileno=LINK_FD)
    link.send(message(READY, struct.pack("=I", 22050)))
    while True:
        kind = HEADER.unpack_from(link.recv(4608) or RIGHT)[1]
        if kind == SAY:
            break
    # Of utterances that were never said: taken, and of no effect.
    link.send(message(PROGRESS, struct.pack("=I", 4000000000)))
    link.send(message(ENDED, struct.pack("=IIQ", 4000000000, 1, 0)))
    link.send(VOICES_LIES[time // 2] or b"\0")
    try:
        while link.recv(4608):
            pass
    except ConnectionError:
        pass
    return 0


if sys.argv[1] == "lies":
    print(len(VOICES_LIES))
    sys.exit(0)
if sys.argv[1] == "daemon":
    sys.exit(be_daemon(sys.argv[2:]))
sys.exit(be_voice(sys.argv[2], sys.argv[3:]))
