"""What our parser makes of a document, field by field, with what it reads of it and then does not keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from db.records import NewEntry
from flows.feeds.parsing.encoding import to_utf8
from flows.feeds.parsing.json_feed import looks_like_json
from flows.feeds.parsing.links import web_address
from flows.feeds.parsing.normalise import normalise
from flows.feeds.parsing.own_elements import Elements, read_elements
from flows.feeds.parsing.parse import parse_feed, read_document
from flows.feeds.parsing.records import ParsedFeed, RawEntry, RawFeed
from flows.feeds.parsing.text import plain_text
from tests.suites.cases import Case, Claim, Value

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
UNTITLED = "untitled"
"""Stands in for a title: many documents of suites have entries with nothing but the field that they are about, and an
entry without any text is stored nowhere."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``parsed`` is what the product keeps; ``raw`` the elements, and ``kept`` the entries with a stand-in for titles,
    one each (None where it cannot be stored for another reason)."""

    parsed: ParsedFeed
    raw: RawFeed
    kept: tuple[NewEntry | None, ...]


def read(case: Case) -> Reading:
    """Our reading of a document. Never raises for what is in it, save what the parser should not have let pass."""
    parsed = parse_feed(case.body, case.content_type, case.url, NOW)
    if parsed.error:
        return Reading(parsed, RawFeed(()), ())
    raw = read_document(case.body, case.content_type)
    return Reading(parsed, raw, tuple(_kept(entry, raw, case.url) for entry in raw.entries))


def _kept(entry: RawEntry, raw: RawFeed, url: str) -> NewEntry | None:
    alone = replace(raw, entries=(replace(entry, title=entry.title or UNTITLED),))
    return next(iter(normalise(alone, url, NOW, 1).entries), None)


def ours(case: Case, reading: Reading, claim: Claim) -> Value:
    """What we have where the claim says something; an empty text or None where we have nothing."""
    if claim.entry is None:
        return _of_feed(case, reading, claim)
    if claim.entry >= len(reading.kept) or (kept := reading.kept[claim.entry]) is None:
        return None
    raw = reading.raw.entries[claim.entry]
    if claim.field == "published":
        return raw.stated_at
    texts = {
        "title": kept.title if raw.title else "",
        "link": kept.link,
        "guid": kept.guid,
        "author": kept.author,
        "authors": kept.author,
        "summary": kept.summary,
        "content": kept.body or kept.summary,
        "text": kept.summary,
        "language": kept.language,
    }
    return texts[claim.field]


_OF_FEED = {
    "title": ("title", "dc_title"),
    "guid": ("id",),
    "summary": ("subtitle", "itunes_subtitle", "itunes_summary"),
}


def _of_feed(case: Case, reading: Reading, claim: Claim) -> Value:
    """Of the whole document most is read and not kept; it is compared nevertheless, as plain text."""
    if claim.field == "language":
        return reading.raw.language
    if claim.field == "link":
        return web_address(reading.raw.link, case.url) if reading.raw.link else ""
    if reading.parsed.error or looks_like_json(case.body):
        return None
    about = _elements(case).feed
    told = (str(dict.get(about, name, "")) for name in _OF_FEED.get(claim.field, ()))
    return plain_text(next(filter(None, told), ""))


def _elements(case: Case) -> Elements:
    return read_elements(to_utf8(case.body, case.content_type))
