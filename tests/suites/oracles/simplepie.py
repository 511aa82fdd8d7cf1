"""SimplePie: its unit tests of items are lists of documents, each with the one value that a getter returns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.suites.cases import Case, Claim, Field, Value

_PROVIDER = re.compile(r"function get(\w+?)(?:Data)?Provider")
_ROW = re.compile(
    r"'([^'\n]*)' => \[\s*<<<XML\n(.*?)\nXML\s*,\s*('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|-?\d+|null)", re.DOTALL
)
_FIELDS: dict[str, Field] = {
    "Content": "text", "Date": "published", "Description": "text", "Id": "guid", "Permalink": "link", "Title": "title",
    "AuthorName": "author",
}  # fmt: skip


def cases(root: Path) -> Iterator[Case]:
    """The documents in its tests, with what the getters return, and those in files."""
    for name in ("ItemTest", "AuthorTest"):
        source = (root / "tests" / "Unit" / f"{name}.php").read_text(encoding="utf-8")
        parts = _PROVIDER.split(source)
        for provider, text in zip(parts[1::2], parts[2::2], strict=True):
            yield from _of_provider(provider, text)
    for file in sorted((root / "tests" / "data").glob("*.xml")):
        yield Case(file.name, file.read_bytes(), must_read=True)


def _of_provider(provider: str, text: str) -> Iterator[Case]:
    field = _FIELDS.get(provider)
    for title, document, value in _ROW.findall(text):
        entry = None if provider == "AuthorName" and "<item" not in document and "<entry" not in document else 0
        is_told = field and (field != "published" or value.isdigit())
        claims = [Claim(entry, field, _value(value, field))] if field and is_told else []
        yield Case(f"{provider}: {title}", document.encode(), tuple(claims), url="http://example.com/feed")


def _value(literal: str, field: Field) -> Value:
    if literal == "null":
        return None
    if field == "published":
        return datetime.fromtimestamp(int(literal), UTC)
    return literal[1:-1].replace("\\'", "'").replace('\\"', '"') if literal[0] in "'\"" else literal
