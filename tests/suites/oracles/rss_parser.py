"""rss-parser: documents in ``test/input``, and of the same name in ``test/output`` what is made of them, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.suites.cases import Case, Claim, Field, moment, text_claims

_FIELDS: dict[str, Field] = {
    "title": "title", "link": "link", "id": "guid", "guid": "guid", "creator": "authors", "author": "authors",
    "summary": "summary", "content:encoded": "content", "content": "text",
}  # fmt: skip
_LOST = "\ufffd"
"""Stands in its output for letters that it could not read: no claim."""


def cases(root: Path) -> Iterator[Case]:
    """Its documents with what it makes of them."""
    for file in sorted((root / "test" / "input").iterdir()):
        told = root / "test" / "output" / f"{file.stem}.json"
        body = file.read_bytes()
        claims = _claims(told, is_atom=b"<feed" in body[:2000]) if told.exists() else ()
        kept = tuple(claim for claim in claims if _LOST not in str(claim.value))
        yield Case(file.name, body, kept, must_read=bool(kept))


def _claims(file: Path, is_atom: bool) -> Iterator[Claim]:
    document = json.loads(file.read_bytes().decode("utf-8", "replace"))
    fields = {name: field for name, field in _FIELDS.items() if not (is_atom and field == "text")}
    # Of the XHTML in Atom it keeps the text of the outermost elements alone.
    for number, told in enumerate((document.get("feed") or document).get("items", [])):
        yield from text_claims(number, {name: value for name, value in told.items() if value}, fields)
        if isinstance(told.get("isoDate"), str):
            yield Claim(number, "published", moment(told["isoDate"]))
