"""JSON lines and CSV → rows, streamed, each with the place in the file behind it, at which reading can go on."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

MAX_ROW = 4_000_000
"""Bytes of one row."""
TEXTS = ("title", "summary", "description", "body", "content", "text")
TOO_LONG, NO_JSON, NO_OBJECT, BROKEN = "longer than 4 MB", "no JSON", "no JSON object", "broken row"


class ArchiveError(Exception):
    """A file that cannot be read as an archive; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """One row: its fields, or why it has none. ``position`` is the offset behind it, in bytes once unpacked."""

    position: int
    fields: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def opened(file: Path) -> IO[bytes]:
    """The file, unpacked where its name ends with .gz."""
    return cast(IO[bytes], gzip.open(file)) if file.suffix == ".gz" else file.open("rb")


def json_rows(source: IO[bytes], start: int) -> Iterator[ArchiveRow]:
    """The rows of a file of JSON lines from the offset ``start``; blank lines are none. Positions are of ``source``."""
    source.seek(start)
    position = start
    while line := source.readline(MAX_ROW):
        position += len(line)
        if len(line) == MAX_ROW and not line.endswith(b"\n"):
            position += _skip_line(source)
            yield ArchiveRow(position, problem=TOO_LONG)
        elif line.strip():
            yield _json_row(line, position)


def _skip_line(source: IO[bytes]) -> int:
    skipped = 0
    while piece := source.readline(MAX_ROW):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _json_row(line: bytes, position: int) -> ArchiveRow:
    try:
        fields = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return ArchiveRow(position, problem=NO_JSON)
    return ArchiveRow(position, fields) if isinstance(fields, dict) else ArchiveRow(position, problem=NO_OBJECT)


def csv_rows(source: IO[bytes], start: int, name: str) -> Iterator[ArchiveRow]:
    """The rows of a CSV file with a heading, from the offset ``start`` (0: behind the heading). Comma, semicolon and
    tab are told apart by the heading. Raises ArchiveError for a heading without a column of text."""
    source.seek(0)
    heading = source.readline(MAX_ROW).decode("utf-8-sig", "replace")
    delimiter = max(",;\t", key=heading.count)
    columns = [column.strip().lower() for column in next(csv.reader([heading], delimiter=delimiter), [])]
    if not set(columns) & set(TEXTS):
        raise ArchiveError(f"{name} has no column title, summary or body in its first line; give it such a heading")
    lines = _Lines(source, max(start, source.tell()))
    csv.field_size_limit(MAX_ROW)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            yield ArchiveRow(lines.position, problem=BROKEN)
            continue
        if cells is None:
            return
        if cells:
            yield ArchiveRow(lines.position, dict(zip(columns, cells, strict=False)))


class _Lines:
    """The lines of a file as text, with the offset behind the last that was taken."""

    def __init__(self, source: IO[bytes], start: int) -> None:
        source.seek(start)
        self._source = source
        self.position = start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._source.readline(MAX_ROW)
        if not line:
            raise StopIteration
        self.position += len(line)
        return line.decode("utf-8", "replace")
