"""Miniflux: its tests in Go hold documents as raw strings, and say of entries what they must not differ from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.suites.cases import Case, Claim, Field

_FUNCTION = re.compile(r"^func (Test\w+)\(.*?\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_DOCUMENT = re.compile(r"data := `([^`]*)`")
_ADDRESS = re.compile(r"Parse(?:Feed)?\(\"([^\"]+)\"")
_LITERAL = r"(\"(?:[^\"\\]|\\.)*\"|`[^`]*`)"
_DIRECT = re.compile(rf"feed\.Entries\[(\d+)\]\.(\w+) != {_LITERAL}")
_EXPECTED = re.compile(
    rf"(?:expected\w*|result) := (?:{_LITERAL}|feed\.Entries\[(\d+)\]\.(\w+))\s+(?:expected\w*|result) := "
    rf"(?:{_LITERAL}|feed\.Entries\[(\d+)\]\.(\w+))"
)
_FIELDS: dict[str, Field] = {
    "Title": "title", "URL": "link", "Content": "text", "Author": "author", "Language": "language",
}  # fmt: skip


def cases(root: Path) -> Iterator[Case]:
    """The documents in its tests of parsers, and those in files."""
    parsers = root / "internal" / "reader"
    for file in sorted(parsers.glob("*/*_test.go")):
        for name, code in _FUNCTION.findall(file.read_text(encoding="utf-8")):
            if (document := _DOCUMENT.search(code)) and "err == nil" not in code and file.parent.name != "opml":
                yield _case(f"{file.parent.name}/{name}", document[1], code)
    for file in sorted(parsers.rglob("testdata/*")):
        yield Case(f"{file.parents[1].name}/{file.name}", file.read_bytes())


def _case(name: str, document: str, code: str) -> Case:
    address = _ADDRESS.search(code)
    url = address[1].strip() if address else ""
    return Case(name, document.encode(), tuple(_claims(code)), url=url if "://" in url else "https://suite.example/")


def _claims(code: str) -> Iterator[Claim]:
    for number, name, literal in _DIRECT.findall(code):
        if name in _FIELDS:
            yield Claim(int(number), _FIELDS[name], _unquoted(literal))
    for first, one, name, second, other, name2 in _EXPECTED.findall(code):
        field, literal = _FIELDS.get(name or name2), first or second
        if field and literal:
            yield Claim(int(one or other), field, _unquoted(literal))


def _unquoted(literal: str) -> str:
    return literal[1:-1] if literal[0] == "`" else str(json.loads(literal, strict=False))
