"""Feeds of our own, spoilt at random (with a seed): no crash, no hang, and every promise kept."""

from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import NewEntry
from flows.feeds.parsing.records import ParsedFeed
from flows.feeds.parsing.text import plain_text
from tests.support.mutations import _HIDDEN, _TAG, NOW, faults, main, spoilt, tried
from tests.support.sitemaps import NAMESPACES, page

BODY = "<![CDATA[<p>Two <b>tugs</b> &amp; a barge<script>x()</script></p><!-- note -->]]>"
DATES = ("Thu, 19 Nov 2026 10:00:00 +0300", "2026-11-19T10:00:00Z", "Thu, 19 Nov 2026 10:00:00 MSK", "soon", "")
RSS = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
RSS += "<title>Quay</title><language>en-GB</language><ttl>60</ttl>"
for number, date in enumerate(DATES):
    RSS += f"<item><title>Буксир {number} &amp;lt;b&amp;gt;</title><link>/a?id={number}&amp;utm_source=rss</link>"
    RSS += f"<guid>g{number}</guid><pubDate>{date}</pubDate><dc:creator>A</dc:creator>"
    RSS += f"<description>{BODY}</description></item>"
RSS += "</channel></rss>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa" xml:base="https://quay.example/b/"><title>Quay</title>'
ATOM += '<entry><id>tag:1</id><title type="html">یدک‌کش &lt;i&gt;نو&lt;/i&gt;</title><link href="c"/>'
ATOM += '<updated>2026-11-19T10:00:00+03:30</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div></content></entry></feed>'
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
RDF += "<channel><title>Q</title></channel><item><title>拖船</title><link>https://quay.example/r</link>"
RDF += "<description>新しい船</description></item></rdf:RDF>"
JSON = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "title": "A < B", "content_html":'
JSON += (
    ' "<p>x</p>", "date_published": "2026-11-19T10:00:00+09:00", "authors": [{"name": "N"}]}, {"id": "2", "url": "x"}]}'
)
MAP = f"<urlset {NAMESPACES}>{page('https://quay.example/s', 'Tug', '2026-11-19')}</urlset>"
DOCUMENTS = {"rss": RSS, "atom": ATOM, "rdf": RDF, "json": JSON, "sitemap": MAP}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_sound_document_is_without_fault(name: str) -> None:
    assert tried(DOCUMENTS[name].encode()) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_spoilt_document_keeps_every_promise(name: str) -> None:
    random = Random(f"{name} 4")
    for number in range(150):
        document = spoilt(DOCUMENTS[name].encode(), random)
        assert tried(document) == [], (number, document)


WORDS = (
    '< > </ b <b <i> &lt; &lt &amp; lt; <!-- --> <script> x " &#x202e; <![CDATA[ ]]> &#60; <p/> &nbsp; <title> <svg>'
)
PIECES = [*WORDS.split(), " ", "\u202e", "\x00"]


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=40,
    )
)
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
def test_no_arrangement_of_markup_survives(pieces: list[str]) -> None:
    text = plain_text("".join(pieces))
    assert not _TAG.search(text), text
    assert not _HIDDEN.search(text), text


def test_tags_within_tags() -> None:
    assert plain_text("a &amp;lt;b &amp;lt;i&amp;gt; &amp;gt;c") == "a >c"
    assert "<" not in plain_text("&amp;amp;lt;b " * 40 + "&amp;amp;gt;" * 40)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "<b>x</b>"},
        {"summary": "x\u202ey"},
        {"link": "javascript:x"},
        {"title": ""},
        {"keys": ()},
        {"published_at": None, "published_status": "stated"},
        {"published_at": NOW.astimezone(timezone(timedelta(hours=3))), "published_status": "stated"},
    ],
)
def test_faults_are_found_where_there_are_any(changes: dict[str, object]) -> None:
    entry: dict[str, object] = {"keys": ("k",), "title": "T"}
    bad = NewEntry(**(entry | changes))  # type: ignore[arg-type]
    assert faults(ParsedFeed((bad,), seen=1))
    assert faults(ParsedFeed((), seen=1))
    assert faults(ParsedFeed((NewEntry(("k",), "T"),), seen=1)) == []


def test_the_command_tells_how_many_were_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, document in DOCUMENTS.items():
        (tmp_path / name).write_text(document, encoding="utf-8")
    assert main([str(tmp_path), "--count", "0"]) == 0
    assert main([str(tmp_path), "--count", "20", "--seed", "5"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(" (seed")[0] for line in said] == ["{'sound': 5} of 5", "{'sound': 20} of 20"]
