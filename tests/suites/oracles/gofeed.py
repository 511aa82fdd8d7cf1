"""gofeed: beside each document stands what its parser makes of it, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.suites.cases import Case, Claim, Field, moment, text_claims

_ITEM: dict[str, Field] = {"title": "title", "link": "link", "guid": "guid", "description": "summary"}
_RSS: dict[str, Field] = {"title": "title", "link": "link", "description": "summary", "content": "content"}
_ATOM: dict[str, Field] = {"title": "title", "id": "guid", "summary": "summary"}
_JSON: dict[str, Field] = {
    "title": "title", "url": "link", "id": "guid", "summary": "summary", "content_html": "content",
    "language": "language",
}  # fmt: skip
_DATES = ("publishedParsed", "pubDateParsed", "updatedParsed", "datePublishedParsed")


def cases(root: Path) -> Iterator[Case]:
    """Its documents, with what stands in the files beside them."""
    for file in sorted((root / "testdata").rglob("*.*")):
        if not _is_told(file):
            told = next((each for each in _beside(file) if each.exists() and each != file), None)
            yield Case(file.relative_to(root).as_posix(), file.read_bytes(), tuple(_claims(told)) if told else ())


def _is_told(file: Path) -> bool:
    """Whether it is what is made of another file, or none of either."""
    beside_another = file.suffix == ".json" and file.with_suffix(".xml").exists()
    return file.suffix not in (".xml", ".json") or "_expected" in file.name or beside_another


def _beside(file: Path) -> list[Path]:
    return [file.with_suffix(".json"), file.with_name(f"{file.stem}_expected.json")]


def _claims(file: Path) -> Iterator[Claim]:
    document = json.loads(file.read_bytes().decode("utf-8", "replace"))
    fields = _fields(file)
    for number, told in enumerate(document.get("items") or document.get("entries") or []):
        yield from text_claims(number, told, fields)
        full = told.get("content")
        if fields is not _RSS and full:
            yield Claim(number, "content", full.get("value", "") if isinstance(full, dict) else full)
        yield from _rest(number, told)


def _fields(file: Path) -> dict[str, Field]:
    if "parser" not in file.parts:
        return _ITEM
    return next((names for kind, names in (("rss", _RSS), ("atom", _ATOM)) if kind in file.parts), _JSON)


def _rest(number: int, told: dict[str, Any]) -> Iterator[Claim]:
    if isinstance(guid := told.get("guid"), dict):
        yield Claim(number, "guid", guid.get("value", ""))
    dates = [moment(told[name]) for name in _DATES if told.get(name)]
    if dates and dates[0]:
        yield Claim(number, "published", dates[0])
    authors = told.get("authors") or [told.get("author")]
    for author in authors:
        name = author.get("name") if isinstance(author, dict) else author
        if name:
            yield Claim(number, "authors", name)
