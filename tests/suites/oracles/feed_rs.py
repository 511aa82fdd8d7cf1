"""feed-rs: its tests in Rust build the feed that they expect, entry by entry, of the documents in ``fixture``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from flows.feeds.parsing.dates import moment_of
from tests.suites.cases import Case, Claim, Field

_TEST = re.compile(r"^fn (\w+)\(.*?\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIXTURE = re.compile(r"fixture_as_(?:string|raw)\(\"([^\"]+)\"")
_TEXT = r"(\"(?:[^\"\\]|\\.)*\"|r#\".*?\"#)"
_PARTS: dict[Field, re.Pattern[str]] = {
    "title": re.compile(rf"\.title\(Text::\w+\({_TEXT}\.(?:into|to_owned)\(\)\)\)", re.DOTALL),
    "summary": re.compile(rf"\.summary\(Text::\w+\({_TEXT}\.(?:into|to_owned)\(\)\)\)", re.DOTALL),
    # What is 32 hexadecimal digits it has made itself, for want of an id.
    "guid": re.compile(rf"\.id\((?!\"[0-9a-f]{{32}}\"){_TEXT}\)", re.DOTALL),
    "link": re.compile(rf"\.link\(Link::new\({_TEXT}, None\)\)", re.DOTALL),
    "authors": re.compile(rf"\.author\(Person::new\({_TEXT}\)", re.DOTALL),
    "published": re.compile(rf"\.published\({_TEXT}\)", re.DOTALL),
}


def cases(root: Path) -> Iterator[Case]:
    """Its documents, with what its tests expect of them."""
    base = root / "feed-rs"
    told: dict[str, tuple[Claim, ...]] = {}
    for file in sorted((base / "src" / "parser").rglob("tests.rs")):
        for _, code in _TEST.findall(file.read_text(encoding="utf-8")):
            if fixture := _FIXTURE.search(code):
                told[fixture[1]] = tuple(_claims(code))
    for file in sorted((base / "fixture").rglob("*.*")):
        name = file.relative_to(base / "fixture").as_posix()
        yield Case(name, file.read_bytes(), told.get(name, ()))


def _claims(code: str) -> Iterator[Claim]:
    for number, part in enumerate(re.split(r"\.entry\(", code)[1:]):
        for field, pattern in _PARTS.items():
            if match := pattern.search(part):
                text = _unquoted(match[1])
                yield Claim(number, field, moment_of(text) if field == "published" else text)


def _unquoted(literal: str) -> str:
    if literal.startswith("r#"):
        return literal[3:-2]
    plain = re.sub(r"\\\n\s*", "", literal).replace("\\'", "'")
    return str(json.loads(re.sub(r"\\u\{(\w+)\}", lambda match: chr(int(match[1], 16)), plain), strict=False))
