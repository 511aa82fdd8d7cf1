"""How a process talks with the workers that it starts: messages with their length before them, over pipes.

A worker ends when its input ends, so it never outlives the process that started it.
"""

from __future__ import annotations

import json
import struct
import sys
from typing import BinaryIO

HEADER = struct.Struct("!Q")
"""The length of the message that follows, in bytes."""


def command_of(module: str) -> list[str]:
    """The command that runs ``serve()`` of that module in a process of its own, with the import path of this one and
    without its main module (which may be all of Prefect)."""
    boot = f"import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {module} import serve; serve()"
    return [sys.executable, "-c", boot, json.dumps(sys.path)]


def read_message(source: BinaryIO) -> bytes | None:
    """The next message; None where the input has ended, in the middle of one too."""
    header = source.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    message = source.read(length)
    return message if len(message) == length else None


def write_message(sink: BinaryIO, message: bytes) -> None:
    """Write a message and send it off."""
    sink.write(HEADER.pack(len(message)))
    sink.write(message)
    sink.flush()
