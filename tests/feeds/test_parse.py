"""Documents of every kind and fault, parsed to entries. Nothing here may raise."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from db.types import NewEntry
from flows.feeds.parse import parse_feed
from flows.feeds.records import ParsedFeed

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
URL = "https://quay.example/feed.xml"


def rss(elements: str, head: str = "<language>en-GB</language>") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{elements}</channel></rss>'.encode()


def item(**fields: str) -> str:
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in fields.items()) + "</item>"


def parsed(body: bytes, content_type: str = "application/rss+xml", max_entries: int = 2000) -> ParsedFeed:
    result = parse_feed(body, content_type, URL, NOW, max_entries)
    assert result.seen == len(result.entries) + result.rejected
    assert result.rejected == sum(result.reasons.values())
    assert all(entry.keys for entry in result.entries)
    return result


def only(body: bytes, content_type: str = "application/rss+xml") -> NewEntry:
    result = parsed(body, content_type)
    assert (result.error, result.rejected) == ("", 0)
    (entry,) = result.entries
    return entry


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
    assert [key[:2] for key in entry.keys] == ["g:", "u:"]
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
            {"id": "43"},
            "not an object",
        ],
    }
    result = parsed(b"\xef\xbb\xbf" + json.dumps(document).encode(), "application/feed+json")
    first, second = result.entries
    assert (first.guid, first.title, first.summary, first.author) == ("41", "Tugs < barges", "Two tugs", "Ada, Ben")
    assert (first.language, first.published_at) == ("ko", datetime(2026, 11, 21, 10, tzinfo=UTC))
    assert (second.title, second.author, second.published_status) == ("No title here", "Cy", "absent")
    assert (result.seen, result.reasons) == (4, {"no title or text": 2})


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


CYRILLIC = "Буксиры вышли из порта утром"
ACCENTS = "Café fermé à Besançon, déjà"


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "content_type"),
    [
        (CYRILLIC, "windows-1251", "windows-1251", "application/rss+xml"),
        (CYRILLIC, "windows-1251", "", "text/xml; charset=windows-1251"),
        (CYRILLIC, "windows-1251", "utf-8", "application/rss+xml"),
        (CYRILLIC, "windows-1251", "", "text/xml"),
        (CYRILLIC, "koi8-r", "koi8-r", "text/xml"),
        (CYRILLIC, "utf-8", "windows-1251", "text/xml; charset=iso-8859-1"),
        (CYRILLIC, "utf-16", "utf-16", "text/xml"),
        (ACCENTS, "iso-8859-1", "", "text/xml"),
        (ACCENTS, "iso-8859-1", "utf-8", "text/xml; charset=utf-8"),
        (ACCENTS, "iso-8859-1", "no-such-code", "text/xml"),
        (ACCENTS, "utf-8", "rot13", "text/xml"),
        (ACCENTS, "utf-8-sig", "", ""),
        ("拖船离开港口", "gb18030", "gb2312", "text/xml"),
        ("예인선이 항구를 떠났다", "euc-kr", "euc-kr", "text/xml"),
        ("曳船が港を出た", "iso-2022-jp", "iso-2022-jp", "text/xml"),
        ("曳船が港を出た", "shift_jis", "shift_jis", "text/xml"),
    ],
)
def test_encodings(text: str, encoding: str, declared: str, content_type: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = (
        f"{declaration}<rss version='2.0'><channel>{item(title=text, link='https://quay.example/1')}</channel></rss>"
    )
    assert only(document.encode(encoding), content_type).title == text


def test_utf_8_with_a_stray_western_byte_is_mended() -> None:
    text = (CYRILLIC * 3).encode() + b" caf" + b"\xe9"
    assert only(rss(item(title="@")).replace(b"@", text)).title == CYRILLIC * 3 + " café"


def test_control_characters_do_not_spoil_the_document() -> None:
    assert only(rss(item(title="Two\x0b \x00tugs\x1b"))).title == "Two tugs"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "not a feed: the body is empty"),
        (b" \n ", "not a feed: the body is empty"),
        (b"<!DOCTYPE html><html><body><p>Sign in</p></body></html>", "not a feed: a web page (HTML)"),
        (b'<?xml version="1.0"?>\n<!-- x --><html xmlns="http://www.w3.org/1999/xhtml"/>', "not a feed: a web page"),
        (bytes(range(256)) * 100, "not a feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(5000), "not a feed: no XML and no JSON"),
        (b"just words", "not a feed: no XML and no JSON"),
        (b"<opml version='2.0'><body/></opml>", "not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "not a feed: broken JSON"),
        (b'{"hello": 1}', "not a feed: JSON, but no JSON Feed"),
        (b'{"items": ' + b"[" * 200_000, "not a feed: broken JSON"),
        (b"<?xml version='1.0'?>", "not a feed"),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes, error: str) -> None:
    result = parsed(body)
    assert result.error.startswith(error)
    assert "\n" not in result.error
    assert result.seen == 0


def test_a_feed_without_elements_is_a_feed() -> None:
    assert parsed(rss("")) == ParsedFeed()


@pytest.mark.parametrize("length", range(40, 1200, 97))
def test_a_truncated_feed_gives_what_is_whole(length: int) -> None:
    whole = rss("".join(item(title=f"Tug {n} leaves", link=f"https://quay.example/{n}") for n in range(12)))
    result = parsed(whole[:length])
    complete = whole[:length].count(b"</item>")
    assert len(result.entries) >= complete
    assert [entry.title for entry in result.entries[:complete]] == [f"Tug {n} leaves" for n in range(complete)]


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    result = parsed(rss("<copyright>Ropes & Sons</copyright><item><title>A & B</title><category>x" + item(title="C")))
    assert [entry.title for entry in result.entries][:1] == ["A & B"]
    assert result.seen == 2


def test_a_billion_laughs_and_one_long_entity() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    nested = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>' + rss(item(title="&l11;")).decode()[21:]
    long = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>' + rss(item(title="&a;" * 50_000)).decode()[21:]
    for document in (nested, long):
        began = time.monotonic()
        result = parsed(document.encode())
        assert time.monotonic() - began < 2
        assert all(len(entry.title) <= 500 for entry in result.entries)


def test_external_entities_are_not_read() -> None:
    document = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item(title="in &x; side"))[21:]
    assert "root:" not in only(document).title


def test_a_body_is_never_taken_for_a_file_name_or_an_address() -> None:
    assert parsed(b"/etc/passwd").error
    assert parsed(b"http://127.0.0.1:9/feed").error


def test_elements_past_the_cap_and_without_text_are_counted() -> None:
    elements = item(link="https://quay.example/0") + "".join(item(title=f"T{n}") for n in range(9))
    result = parsed(rss(elements), max_entries=4)
    assert [entry.title for entry in result.entries] == ["T0", "T1", "T2"]
    assert (result.seen, result.reasons) == (10, {"no title or text": 1, "over the cap": 6})


def test_long_texts_are_cut_and_a_missing_title_taken_from_the_summary() -> None:
    entry = only(rss(item(title="tug " * 400, description="barge " * 4000)))
    assert len(entry.title) <= 500
    assert len(entry.summary) <= 4000
    assert entry.title.endswith("tug…")
    untitled = only(rss(item(description="Two tugs left the outer harbour at dawn " * 10)))
    assert untitled.title.startswith("Two tugs left the outer harbour at dawn")
    assert len(untitled.title) <= 90


def test_links_that_are_no_web_addresses_are_left_out() -> None:
    assert only(rss(item(title="T", link="javascript:alert(1)", guid="x"))).link == ""


def test_half_a_surrogate_pair_in_json_can_be_stored() -> None:
    entry = only(b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "\\ud800", "title": "a\\ud83d b"}]}')
    assert entry.title == "a b"
    entry.guid.encode()


def test_two_thousand_elements_nested_in_each_other_end() -> None:
    began = time.monotonic()
    parsed(rss("<item><title>x</title>" * 2000))
    parsed(b"<rss><channel>" + b"<a>" * 100_000)
    assert time.monotonic() - began < 10
