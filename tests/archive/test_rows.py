"""Rows of JSON lines and CSV, and the fields in them."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from flows.archive import rows
from flows.archive.entries import entry_of, outlet_of, raw_of
from flows.archive.rows import ArchiveError, ArchiveRow, csv_rows, json_rows
from flows.feeds.parsing.dates import moment_of

NOW = datetime(2026, 11, 20, tzinfo=UTC)
JSONL = b'\xef\xbb\xbf{"title": "a"}\n\n[1]\n{"title": \n{"title": "caf\xc3\xa9"}\r\n{"title": "last"}'
CSV = b'Title;Summary;Note\r\n"one ""1""";"two\nlines";x\r\n\r\nthree;four\r\n;;;;;five\n'


def test_json_lines_with_what_is_none() -> None:
    found = list(json_rows(io.BytesIO(JSONL), 0))
    assert [row.fields.get("title", "") or row.problem for row in found] == [
        "a", "no JSON object", "no JSON", "café", "last",
    ]  # fmt: skip
    assert found[-1].position == len(JSONL)


@pytest.mark.parametrize("document", [JSONL, CSV], ids=["JSON lines", "CSV"])
def test_reading_goes_on_behind_any_row(document: bytes) -> None:
    def read(start: int) -> list[ArchiveRow]:
        source = io.BytesIO(document)
        return list(json_rows(source, start) if document is JSONL else csv_rows(source, start, "x.csv"))

    whole = read(0)
    assert len(whole) >= 3
    for done, row in enumerate(whole, 1):
        assert read(row.position) == whole[done:]


def test_csv_with_quotes_lines_and_short_rows() -> None:
    found = [row.fields for row in csv_rows(io.BytesIO(CSV), 0, "x.csv")]
    assert found == [
        {"title": 'one "1"', "summary": "two\nlines", "note": "x"},
        {"title": "three", "summary": "four"},
        {"title": "", "summary": "", "note": ""},
    ]


def test_csv_without_a_column_of_text_is_told() -> None:
    with pytest.raises(ArchiveError, match=r"x\.csv has no column title, summary or body"):
        list(csv_rows(io.BytesIO(b"a,b\n1,2\n"), 0, "x.csv"))


def test_endless_rows_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_ROW", 1000)
    lines = b'{"title": "' + b"x" * 5000 + b'"}\n{"title": "b"}\n'
    assert [row.problem or row.fields["title"] for row in json_rows(io.BytesIO(lines), 0)] == ["longer than 4 MB", "b"]
    table = b'title\n"' + b"y" * 5000 + b'"\nb\n'
    found = list(csv_rows(io.BytesIO(table), 0, "x.csv"))
    assert found[0].problem == "broken row"
    assert found[-1].fields == {"title": "b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-11-18", datetime(2024, 11, 18, tzinfo=UTC)),
        ("2024-11-18T10:00:00+03:00", datetime(2024, 11, 18, 7, tzinfo=UTC)),
        ("2024/11/18 10:00", datetime(2024, 11, 18, 10, tzinfo=UTC)),
        ("Mon, 18 Nov 2024 10:00:00 +0330", datetime(2024, 11, 18, 6, 30, tzinfo=UTC)),
        ("Mon, 18 Nov 2024 10:00:00 -0500", datetime(2024, 11, 18, 15, tzinfo=UTC)),
        ("Mon, 18 Nov 2024 10:00:00 MSK", datetime(2024, 11, 18, 7, tzinfo=UTC)),
        ("Mon, 18 Nov 2024 10:00:00 EST", datetime(2024, 11, 18, 15, tzinfo=UTC)),
        ("1731924000", datetime(2024, 11, 18, 10, tzinfo=UTC)),
        ("1731924000000", datetime(2024, 11, 18, 10, tzinfo=UTC)),
        ("", None),
        ("yesterday", None),
        ("0001-01-01 00:00:00 +1400", None),
        ("¹²³⁴⁵⁶⁷⁸⁹", None),
        ("99999999999999999999", None),
    ],
)
def test_dates(text: str, expected: datetime | None) -> None:
    assert moment_of(text) == expected


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": "A"}, "no date"),
        ({"title": "A", "date": "soon"}, "no date"),
        ({"title": "A", "date": "2031-01-01"}, "a date in the future"),
        ({"title": "A", "date": "1970-01-01"}, "a date before 1995"),
        ({"date": "2024-11-18", "url": "https://a.example/x"}, "no title or text"),
        ({"title": ["A"], "date": "2024-11-18"}, "no title or text"),
    ],
)
def test_what_has_no_day_or_no_text_is_no_entry(fields: dict[str, object], told: str) -> None:
    assert entry_of(raw_of(fields), "https://a.example/f", NOW) == told


def test_fields_become_an_entry() -> None:
    fields = {
        "id": 7, "title": "<b>A</b> &amp; B", "summary": "S", "body": "T" * 9000, "url": "javascript:x",
        "lang": "en-GB",
        "published": "2024-11-18", "outlet": "Quay\n Wire", "feed": "https://a.example/f", "score": {"x": 1},
    }  # fmt: skip
    entry = entry_of(raw_of(json.loads(json.dumps(fields))), "https://a.example/f", NOW)
    assert not isinstance(entry, str)
    assert (entry.title, entry.summary, entry.link, entry.language) == ("A & B", "S", "", "en")
    assert entry.guid == "7"
    assert outlet_of(fields) == ("Quay Wire", "https://a.example/f", "", "")


@pytest.mark.parametrize(
    ("kind", "known"), [("state_media", "state_media"), ("Think-Tank", "think_tank"), ("article", ""), (3, "")]
)
def test_a_row_says_of_what_kind_its_outlet_is(kind: object, known: str) -> None:
    assert outlet_of({"outlet": "Quay", "kind": kind, "country": "KR"}) == ("Quay", "", known, "KR")
