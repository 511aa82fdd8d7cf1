"""Marks of CDATA that were escaped once more, in titles and texts of every format."""

from __future__ import annotations

import json

import pytest

from flows.feeds.parsing.text import plain_text
from tests.support.extended_feeds import atom, rdf, rss
from tests.support.feed_documents import only

MARKED = "&lt;![CDATA[Open letter to the &lt;b&gt;harbour&lt;/b&gt;]]&gt;"
PLAIN = "Open letter to the harbour"


@pytest.mark.parametrize(
    "body",
    [
        atom(f"<entry><id>1</id><title>{MARKED}</title><summary>Else.</summary></entry>"),
        atom(f"<entry><id>1</id><title type='html'>{MARKED}</title></entry>"),
        rss(f"<item><title>{MARKED}</title><description>Else.</description></item>"),
        rss(f"<item><title>{MARKED}</title></item>", version="0.92"),
        rss(f"<item><title><![CDATA[{MARKED}]]></title></item>"),
        rss(f"<item><title><![CDATA[<![CDATA[{PLAIN}]]&gt;]]></title></item>"),
        rss(f"<item><title>{MARKED}</title><description>A & B</description></item>"),
        rdf(f"<item><title>{MARKED}</title></item>"),
        json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": f"<![CDATA[{PLAIN}]]>"}]}
        ).encode(),
    ],
)
def test_a_title_keeps_what_stood_between_the_marks(body: bytes) -> None:
    assert only(body).title == PLAIN


def test_texts_keep_it_as_well() -> None:
    entry = only(rss(f"<item><title>T</title><description>{MARKED}</description></item>"))
    assert entry.summary == PLAIN


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<![CDATA[Tugs &amp; barges]]> leave", "Tugs & barges leave"),
        ("<![CDATA[one]]> and <![cdata[two]]>", "one and two"),
        ("<![CDATA[<![CDATA[Tugs]]>]]>", "Tugs"),
        ("&amp;lt;![CDATA[Tugs]]&amp;gt;", "Tugs"),
        ("<!CDATA[Tugs", "Tugs"),
        ("an array of arrays: a[b[0]]> 1", "an array of arrays: a[b[0]]> 1"),
        ("<![CDATA[]]>", ""),
    ],
)
def test_marks_alone_are_taken_off(markup: str, text: str) -> None:
    assert plain_text(markup) == text
