"""Which of an entry's elements is its title, text or link, whatever extensions stand beside it, and in what order."""

from __future__ import annotations

import itertools

import pytest

from tests.support.extended_feeds import atom, rdf, rss
from tests.support.feed_documents import only, parsed

ITEM = "<title>Tugs</title><link>https://quay.example/1</link><description>Own.</description>"
FOREIGN = {
    "media": "<media:content url='x'><media:title type='plain'>Photo</media:title>"
    "<media:description type='html'>Caption, long and longer.</media:description></media:content>",
    "group": "<media:group><media:title>Photo</media:title>"
    "<media:description>Caption.</media:description></media:group>",
    "podcast": "<itunes:title>Show</itunes:title><itunes:summary>Notes.</itunes:summary>"
    "<itunes:subtitle>Sub</itunes:subtitle>",
    "image": "<image><title>Picture</title><link>https://picture.example/</link><description>Seen.</description>"
    "<url>https://picture.example/a.png</url></image>",
    "source": "<source url='https://wire.example/rss'>Wire</source>",
    "dublin": "<dc:title>Catalogue</dc:title><dc:description>Catalogued.</dc:description>",
    "subtitle": "<itunes:subtitle>Sub</itunes:subtitle>",
    "self": "<atom:link rel='self' href='https://quay.example/1.atom'/><enclosure url='https://quay.example/1.mp3'/>",
}


@pytest.mark.parametrize("foreign", FOREIGN)
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("shape", ["2.0", "0.91", "0.94", "rdf", "broken"])
def test_an_item_s_own_elements_come_before_those_of_extensions(foreign: str, is_first: bool, shape: str) -> None:
    parts = [FOREIGN[foreign], ITEM]
    element = f"<item>{''.join(parts if is_first else parts[::-1])}</item>"
    body = rdf(element) if shape == "rdf" else rss(element, version="2.0" if shape == "broken" else shape)
    entry = only(body.replace(b"Quay<", b"Quay & Co<") if shape == "broken" else body)
    assert (entry.title, entry.summary, entry.body) == ("Tugs", "Own.", "")
    assert entry.link == "https://quay.example/1"


@pytest.mark.parametrize("foreign", ["media", "group", "podcast"])
def test_in_any_place_among_an_atom_entry_s_own_elements(foreign: str) -> None:
    own = ["<title>Tugs</title>", "<summary>Own.</summary>", "<content type='html'>Own, all of it.</content>"]
    for parts in itertools.permutations([*own, FOREIGN[foreign]]):
        entry = only(atom(f"<entry><id>urn:1</id>{''.join(parts)}</entry>"))
        assert (entry.title, entry.summary, entry.body) == ("Tugs", "Own.", "Own, all of it.")


@pytest.mark.parametrize(
    ("foreign", "title", "summary"),
    [
        ("media", "Photo", "Caption, long and longer."),
        ("group", "Photo", "Caption."),
        ("podcast", "Show", "Notes."),
        ("dublin", "Catalogue", "Catalogued."),
        ("subtitle", "Sub", "Sub"),
    ],
)
def test_an_extension_speaks_where_the_item_is_silent(foreign: str, title: str, summary: str) -> None:
    entry = only(rss(f"<item>{FOREIGN[foreign]}</item>"))
    assert (entry.title, entry.summary) == (title, summary)


def test_content_in_full_is_the_body_wherever_it_stands_and_a_picture_is_no_text() -> None:
    full = "<content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded>"
    for element in (f"<item>{full}{ITEM}</item>", f"<item>{ITEM}{full}</item>"):
        entry = only(rss(element))
        assert (entry.summary, entry.body) == ("Own.", "All of it.")
    picture = "<content type='image/png'>iVBORw0KGgoAAAANSUhEUgAAAAUA</content>"
    assert only(atom(f"<entry><id>urn:1</id><title>T</title>{picture}</entry>")).summary == ""


def test_the_source_of_an_atom_entry_gives_neither_title_nor_link_nor_date() -> None:
    source = (
        "<source><id>urn:s</id><title>Wire</title><subtitle>All</subtitle><link href='https://wire.example/'/>"
        "<updated>2020-01-01T00:00:00Z</updated></source>"
    )
    own = (
        "<id>urn:1</id><title>Tugs</title><link href='https://quay.example/1'/><updated>2026-11-21T00:00:00Z</updated>"
    )
    for parts in ((source, own), (own, source)):
        entry = only(atom(f"<entry>{''.join(parts)}</entry>"))
        assert (entry.title, entry.link, entry.guid) == ("Tugs", "https://quay.example/1", "urn:1")
        assert f"{entry.published_at:%Y}" == "2026"


@pytest.mark.parametrize(
    ("links", "chosen"),
    [
        ("<link type='text/html; charset=utf-8' href='https://quay.example/1'/>", "https://quay.example/1"),
        ("<link type='application/pdf' href='https://quay.example/1.pdf'/>", "https://quay.example/1.pdf"),
        ("<link type='application/pdf' href='/1.pdf'/><link type='TEXT/HTML' href='/1'/>", "https://quay.example/1"),
        ("<link type='application/xhtml+xml;x=y' href='/1'/><link href='/2'/>", "https://quay.example/1"),
        ("<link rel='http://www.iana.org/assignments/relation/alternate' href='/1'/>", "https://quay.example/1"),
        ("<link rel='enclosure' href='/1.mp3'/><link rel='self' href='/1.atom'/>", ""),
        ("<link rel='replies' type='text/html' href='/1#say'/><link rel='related' href='/2'/>", ""),
    ],
)
def test_the_link_to_the_article_is_chosen_by_relation_then_type(links: str, chosen: str) -> None:
    assert only(atom(f"<entry><id>urn:1</id><title>T</title>{links}</entry>")).link == chosen


@pytest.mark.parametrize("attribute", ["uri='at://did:plc:2/post/1'", "url='tag:quay.example,2026:1'", "uri=''"])
def test_a_link_is_what_stands_in_it_whatever_other_name_it_bears(attribute: str) -> None:
    assert only(rss(f"<item><title>T</title><link {attribute}>https://quay.example/1</link></item>")).link == (
        "https://quay.example/1"
    )


@pytest.mark.parametrize(
    ("guid", "link"),
    [
        ("<guid>https://quay.example/g</guid>", "https://quay.example/g"),
        ("<guid isPermaLink='true'>/g</guid>", "https://quay.example/g"),
        ("<guid isPermaLink='false'>https://quay.example/g</guid>", ""),
        ("<guid>4711</guid>", ""),
    ],
)
def test_a_guid_stands_in_for_a_link_where_it_is_an_address(guid: str, link: str) -> None:
    assert only(rss(f"<item><title>T</title>{guid}</item>")).link == link


def test_relative_links_go_by_xml_base_then_by_the_channel_then_by_the_feed() -> None:
    based = "<entry xml:base='https://b.example/d/'><id>1</id><title>T</title><link href='1.html'/></entry>"
    inner = "<entry><id>2</id><title>T</title><link xml:base='https://c.example/' href='2.html'/></entry>"
    plain = "<entry><id>3</id><title>T</title><link href='3.html'/></entry>"
    home = "<link href='https://home.example/news/'/>"
    assert [entry.link for entry in parsed(atom(based + inner + plain, home)).entries] == [
        "https://b.example/d/1.html",
        "https://c.example/2.html",
        "https://home.example/news/3.html",
    ]
    item = "<item><title>T</title><link>4.html</link></item>"
    assert only(rss(item, "<link>https://home.example/news/</link>")).link == "https://home.example/news/4.html"
    assert only(rss(item, "<link>/news/</link>")).link == "https://quay.example/news/4.html"
    assert only(rss(item)).link == "https://quay.example/4.html"
    json = b'{"version": "https://jsonfeed.org/version/1", "home_page_url": "https://home.example/news/", "items":'
    assert only(json + b'[{"id": "1", "title": "T", "url": "5.html"}]}').link == "https://home.example/news/5.html"
