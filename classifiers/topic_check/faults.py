"""A fault of a data file with its place, and files that know on which line something stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifiers.text.toml_text import decoded

_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong on one line of a file, with the remedy. A note is worth knowing and breaks nothing."""

    file: Path
    line: int
    what: str
    is_note: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Document:
    """A TOML file that could be read: ``told`` is its content, ``lines`` its text."""

    file: Path
    told: Mapping[str, Any]
    lines: tuple[str, ...]

    def line_of(self, *needles: str) -> int:
        """The number of the line on which the last of the texts stands, each looked for from where the one before it
        was found; one that ends in " =" is a key and begins its line. A text that is nowhere is passed over; 1 where
        none is found."""
        found = 0
        for needle in needles:
            found = next((at for at in range(found, len(self.lines)) if _holds(self.lines[at], needle)), found)
        return found + 1

    def fault(self, what: str, *needles: str) -> Fault:
        """A fault on the line of the last of the texts (see `line_of`)."""
        return Fault(self.file, self.line_of(*needles), what)

    def note(self, what: str, *needles: str) -> Fault:
        """A note on that line."""
        return Fault(self.file, self.line_of(*needles), what, is_note=True)

    def table(self, *keys: str) -> Mapping[str, Any]:
        """The table under the keys; empty where there is none."""
        found: Any = self.told
        for key in keys:
            found = found.get(key, {}) if isinstance(found, Mapping) else {}
        return found if isinstance(found, Mapping) else {}


def _holds(line: str, needle: str) -> bool:
    return line.lstrip(' "').startswith(needle) if needle.endswith(" =") else needle in line


def read(file: Path) -> Document | Fault:
    """The file, or what keeps it from being read."""
    try:
        text = decoded(file.read_bytes())
    except OSError:
        return Fault(file, 1, "is missing; write it like the one in classifiers/topics/russia")
    except UnicodeDecodeError as error:
        return Fault(file, 1, f"is no text in UTF-8 ({error.reason}); save it as UTF-8")
    try:
        return Document(file, tomllib.loads(text), tuple(text.splitlines()))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at and at[1] else max(1, len(text.splitlines()))
        return Fault(file, line, f"is not readable as TOML: {_AT_LINE.sub('', str(error))}; correct the line")


def several(files: Iterator[Path]) -> tuple[list[Document], list[Fault]]:
    """The files that can be read, by name, and the faults of the others."""
    found = [read(file) for file in sorted(files)]
    return [each for each in found if isinstance(each, Document)], [each for each in found if isinstance(each, Fault)]
