"""Dates as feeds write them: understood to the last character, or absent; the same wherever they stand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.archive.entries import raw_of
from flows.feeds.parsing.dates import moment_of, moments_of
from flows.feeds.parsing.parse import parse_feed
from tests.support.feed_documents import URL, item, rss

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("dates.jsonl").read_text(encoding="utf-8").splitlines()
]
"""``text`` of a date in a feed of ``language`` ("": it names none), and what it is in ``utc`` (null: absent)."""
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def test_the_table_is_wide() -> None:
    kinds = Counter(row["kind"] for row in ROWS)
    assert len(ROWS) >= 380
    assert min(kinds.values()) >= 8
    assert sum(row["utc"] is None for row in ROWS) >= 95
    assert len({row["language"] for row in ROWS}) >= 24


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['text']} {row['language']}")
def test_the_whole_text_or_nothing(row: dict[str, Any]) -> None:
    assert told(moment_of(row["text"], row["language"])) == row["utc"]


NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
Document = Callable[[str, str], bytes]
DOCUMENTS: dict[str, Document] = {
    "pubDate": lambda text, language: rss(item(title="T", pubDate=text), f"<language>{language}</language>"),
    "dc:date": lambda text, language: (
        f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><language>{language}</language>'
        f"<item><title>T</title><dc:date>{text}</dc:date></item></channel></rss>"
    ).encode(),
    "published": lambda text, language: (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"><entry><title>T</title>'
        f"<published>{text}</published></entry></feed>"
    ).encode(),
    "updated": lambda text, language: (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"><entry><title>T</title>'
        f"<updated>{text}</updated></entry></feed>"
    ).encode(),
    "sitemap": lambda text, language: (
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="{NEWS}"><url><loc>{URL}</loc><n:news>'
        f"<n:publication><n:language>{language}</n:language></n:publication><n:title>T</n:title>"
        f"<n:publication_date>{text}</n:publication_date></n:news></url></urlset>"
    ).encode(),
}


@pytest.mark.parametrize("place", DOCUMENTS)
def test_a_date_is_read_alike_wherever_a_document_has_it(place: str) -> None:
    for row in ROWS:
        document = DOCUMENTS[place](escape(row["text"]), row["language"])
        (entry,) = parse_feed(document, "application/xml", URL, LATER).entries
        assert (told(entry.published_at), entry.published_status) == (
            row["utc"],
            "stated" if row["utc"] else "absent",
        ), row


def test_a_date_is_read_alike_in_json_feeds_and_archives() -> None:
    for row in ROWS:
        item_of_json = {"title": "T", "date_published": row["text"]}
        document = json.dumps({"language": row["language"], "items": [item_of_json]}).encode()
        (entry,) = parse_feed(document, "application/feed+json", URL, LATER).entries
        assert told(entry.published_at) == row["utc"], row
        fields = {"title": "T", "date": row["text"], "lang": row["language"]}
        assert told(raw_of(fields).stated_at) == row["utc"], row


def test_where_one_date_of_an_element_is_not_understood_the_next_stands_in() -> None:
    document = {"items": [{"title": "T", "date_published": "lately", "date_modified": "2026-11-21T10:00:00Z"}]}
    (entry,) = parse_feed(json.dumps(document).encode(), "application/feed+json", URL, LATER).entries
    assert entry.published_at == datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("others", "day"),
    [
        (("26/11/2026",), "2026-04-03"),
        (("11/26/2026 10:00 AM",), "2026-03-04"),
        (("26/11/2026", "11/26/2026"), None),
        (("2026-11-26", "26 Nov 2026", "05/05/2026", "26.11.2026"), None),
        (("26-11-2026",), "2026-04-03"),
    ],
)
def test_other_dates_of_a_document_settle_which_number_is_the_day(others: tuple[str, ...], day: str | None) -> None:
    *_, moment = moments_of([(text,) for text in (*others, "03/04/2026")])
    assert (moment and f"{moment:%Y-%m-%d}") == day


def test_the_clock_of_a_document_is_read_with_its_settled_days() -> None:
    elements = item(title="A", pubDate="26/11/2026 08:15") + item(title="B", pubDate="03/04/2026 10:00 PM")
    first, second = parse_feed(rss(elements), "application/rss+xml", URL, LATER).entries
    assert (told(first.published_at), told(second.published_at)) == (
        "2026-11-26T08:15:00+00:00",
        "2026-04-03T22:00:00+00:00",
    )


@pytest.mark.parametrize("beside", ["{} xyzzy", "xyzzy {}", "{}!", "{} 7", "7 {}", "{} 99:99", "{} #"])
def test_one_word_more_that_is_not_understood_leaves_no_date(beside: str) -> None:
    for row in ROWS:
        if row["text"].strip() and row["utc"]:
            assert moment_of(beside.format(row["text"]), row["language"]) is None, row


@given(st.text(max_size=140), st.sampled_from(["", "en", "ru", "zz", "pt-BR", "\udcff"]))
def test_no_text_is_an_error(text: str, language: str) -> None:
    moment = moment_of(text, language)
    assert moment is None or moment.tzinfo is UTC


def test_a_very_long_text_is_not_read() -> None:
    assert moment_of("26 Nov 2026 " + "(" * 100_000) is None
    assert moment_of("Thu, " * 10_000 + "26 Nov 2026") is None
