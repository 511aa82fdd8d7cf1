"""Status line and headers of an answer, put into the form that our parser takes. Pure.

Servers send headers that no standard allows, and every browser reads past them. Our parser refuses the whole answer for
one of them. Nothing here changes what an answer means: what cannot be a header is left out, and where the length of the
body is told twice it is told once. Two lengths that differ are left to the parser, which refuses them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"HTTP/(\d)(?:\.(\d))?[ \t]+(\d{3})(?:[ \t]+(.*))?")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_NOT_SHOWN = re.compile(rb"[^\x20-\x7e]")
Field = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """The bytes of a head, its status (0: it has none), and how many bytes of body follow (None: it does not say)."""

    data: bytes
    status: int
    length: int | None


def end_of_head(data: bytes, searched: int = 0) -> int:
    """Where the body begins, or -1 where the head is not whole yet. The first ``searched`` bytes hold no end."""
    found = _END.search(data, max(0, searched - 3))
    return found.end() if found else -1


def mended(head: bytes) -> ResponseHead:
    """The head (up to and with its empty line) as our parser takes it."""
    first, *lines = head.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    status = _STATUS.fullmatch(first)
    if status is None:
        return ResponseHead(head, 0, None)
    fields, length = _framed(_fields(lines))
    version = b"HTTP/1.0" if status[1] == b"1" and status[2] == b"0" else b"HTTP/1.1"
    told = b" ".join([version, status[3], _NOT_SHOWN.sub(b"?", status[4] or b"")])
    data = b"\r\n".join([told, *(name + b": " + value for name, value in fields), b"", b""])
    return ResponseHead(data, int(status[3]), length)


def _fields(lines: list[bytes]) -> list[Field]:
    fields: list[Field] = []
    continues = False
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            # A header that goes on in the next line, as was once allowed; of a dropped one that is dropped, too.
            if continues and not _CONTROL.search(line):
                name, value = fields.pop()
                fields.append((name, value + b" " + line.strip()))
            continue
        name, colon, value = line.partition(b":")
        name = name.rstrip(b" \t")
        continues = bool(colon and _NAME.fullmatch(name)) and not _CONTROL.search(value)
        if continues:
            fields.append((name, value.strip(b" \t")))
    return fields


def _framed(fields: list[Field]) -> tuple[list[Field], int | None]:
    """The headers with one word on how long the body is, and the length that is told."""
    lengths, codings = _values(fields, b"content-length"), _values(fields, b"transfer-encoding")
    others = [field for field in fields if field[0].lower() not in (b"content-length", b"transfer-encoding")]
    codings = [coding for coding in dict.fromkeys(codings) if coding != b"identity"]
    if codings:
        # Chunks say themselves where they end: the standard has them count, and not a length beside them.
        return [*others, (b"Transfer-Encoding", b", ".join(codings))], None
    known = list(dict.fromkeys(value for value in lengths if value.isdigit()))
    told = [(b"Content-Length", value) for value in known]
    return [*others, *told], int(known[0]) if len(known) == 1 else None


def _values(fields: list[Field], wanted: bytes) -> list[bytes]:
    parts = [part.strip().lower() for name, value in fields if name.lower() == wanted for part in value.split(b",")]
    return [part for part in parts if part]
