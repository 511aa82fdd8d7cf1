"""Documents of every format, parsed to entries, and the dates that are believed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.support.feed_documents import item, only, parsed, rss


def test_rss() -> None:
    body = rss(
        item(
            title="Tugs &amp;amp; barges",
            link="https://quay.example/tugs?utm_source=rss",
            guid="urn:tug:1",
            author="Ada Quay",
            description="&lt;p&gt;Two tugs &lt;b&gt;left&lt;/b&gt;.&lt;/p&gt;",
            pubDate="Sat, 21 Nov 2026 10:00:00 +0530",
        )
    )
    entry = only(body)
    assert (entry.title, entry.summary, entry.body) == ("Tugs & barges", "Two tugs left.", "")
    assert (entry.link, entry.guid) == ("https://quay.example/tugs?utm_source=rss", "urn:tug:1")
    assert (entry.author, entry.language) == ("Ada Quay", "en")
    assert (entry.published_at, entry.published_status) == (datetime(2026, 11, 21, 4, 30, tzinfo=UTC), "stated")
    assert [key[:2] for key in entry.keys] == ["g:", "u:", "p:", "t:"]
    assert entry.keys[1] == "u:quay.example/tugs"


def test_rss_1() -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://quay.example/"><title>Quay</title>
        <dc:language>de</dc:language></channel><item rdf:about="https://quay.example/1"><title>Schlepper</title>
        <link>https://quay.example/1</link><dc:date>2026-11-21T10:00:00+01:00</dc:date></item></rdf:RDF>"""
    entry = only(body.encode())
    assert (entry.title, entry.language) == ("Schlepper", "de")
    assert entry.published_at == datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_atom_with_summary_and_content() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Quai</title><entry>
        <id>tag:quay.example,2026:1</id><title type="html">&lt;i&gt;Remorqueurs&lt;/i&gt;</title>
        <link rel="alternate" href="/remorqueurs"/><summary>En bref.</summary>
        <content type="html">&lt;p&gt;Au long.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content>
        <updated>2026-11-21T10:00:00Z</updated></entry></feed>"""
    entry = only(body.encode())
    assert (entry.title, entry.summary, entry.body) == ("Remorqueurs", "En bref.", "Au long.")
    assert (entry.link, entry.language) == ("https://quay.example/remorqueurs", "fr")


def test_content_stands_in_for_a_missing_summary_once() -> None:
    entry = only(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x:1</id><title>T</title>'
        b'<content type="html">&lt;p&gt;All of it.&lt;/p&gt;</content></entry></feed>'
    )
    assert (entry.summary, entry.body) == ("All of it.", "")


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_json_feed(version: str) -> None:
    document = {
        "version": version,
        "language": "ko-KR",
        "items": [
            {
                "id": 41,
                "url": "https://quay.example/41",
                "title": "Tugs < barges",
                "content_html": "<p>Two <b>tugs</b></p>",
                "authors": [{"name": "Ada"}, {"name": "Ben"}],
                "date_published": "2026-11-21T19:00:00+09:00",
            },
            {"id": "42", "content_text": "No title here", "author": {"name": "Cy"}},
            {"id": "44", "title": "One as an object", "authors": {"name": "Di"}},
            {"id": "43"},
            "not an object",
        ],
    }
    result = parsed(b"\xef\xbb\xbf" + json.dumps(document).encode(), "application/feed+json")
    first, second, third = result.entries
    assert (first.guid, first.title, first.summary, first.author) == ("41", "Tugs < barges", "Two tugs", "Ada, Ben")
    assert (first.language, first.published_at) == ("ko", datetime(2026, 11, 21, 10, tzinfo=UTC))
    assert (second.title, second.author, second.published_status) == ("No title here", "Cy", "absent")
    assert third.author == "Di"
    assert (result.seen, result.reasons) == (5, {"no title or text": 2})


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("Sat, 21 Nov 2026 10:00:00 GMT", "10:00"),
        ("Sat, 21 Nov 2026 10:00:00 EST", "15:00"),
        ("Sat, 21 Nov 2026 10:00:00 MSK", "07:00"),
        ("Sat, 21 Nov 2026 10:00:00 CET", "09:00"),
        ("Sat, 21 Nov 2026 10:00:00", "10:00"),
        ("21 Nov 2026 10:00 +0300", "07:00"),
        ("2026-11-21T10:00:00+03:30", "06:30"),
        ("2026-11-21T10:00:00.123Z", "10:00"),
        ("2026-11-21 10:00:00", "10:00"),
    ],
)
def test_dates_are_told_in_utc(stated: str, moment: str) -> None:
    entry = only(rss(item(title="T", pubDate=stated)))
    assert entry.published_at is not None
    assert entry.published_at.tzinfo is UTC
    assert f"{entry.published_at:%Y-%m-%d %H:%M}" == f"2026-11-21 {moment}"


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("", "absent"),
        ("yesterday, perhaps", "absent"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "ancient"),
        ("Fri, 01 Jan 2099 00:00:00 GMT", "future"),
        ("Sun, 22 Nov 2026 07:00:01 GMT", "future"),
        ("Sun, 99 Nov 2026 07:00:01 GMT", "absent"),
        ("9999-12-31T23:59:59-23:59", "future"),
    ],
)
def test_dates_that_are_not_believed_are_not_kept(stated: str, status: str) -> None:
    entry = only(rss(item(title="T", pubDate=stated)))
    assert entry.published_status in (status, "absent")
    assert entry.published_at is None


def test_a_clock_that_runs_ahead_a_little_is_believed() -> None:
    assert only(rss(item(title="T", pubDate="Sun, 22 Nov 2026 06:59:00 GMT"))).published_status == "stated"
