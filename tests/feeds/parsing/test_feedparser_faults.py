"""What feedparser reads wrongly, in sound documents and in such as are no XML, and what becomes of it here."""

from __future__ import annotations

import pytest

from flows.feeds.parsing.own_elements import read_elements
from tests.support.extended_feeds import atom, rdf, rss
from tests.support.feed_documents import only

BROKEN = "<copyright>Ropes & Sons</copyright>"
"""In the head of a feed: it is no XML, and read tag by tag."""
ADDRESS = "https://quay.example/?id=1&copy=2&reg=3&lt=4"
ESCAPED = ADDRESS.replace("&", "&amp;")


@pytest.mark.parametrize("written", [ADDRESS, ESCAPED, f"<![CDATA[{ADDRESS}]]>"])
def test_parameters_of_a_link_are_no_entities(written: str) -> None:
    assert only(rss(f"<item><title>T</title><link>{written}</link></item>", BROKEN)).link == ADDRESS


@pytest.mark.parametrize("written", [ADDRESS, ESCAPED])
def test_nor_are_those_of_the_page_of_the_feed(written: str) -> None:
    home = f"<link>{written.replace('/?', '/news/?')}</link>"
    assert (
        only(rss("<item><title>T</title><link>?id=5</link></item>", BROKEN + home)).link
        == "https://quay.example/news/?id=5"
    )
    assert read_elements(rss("", BROKEN + home)).feed["link"] == ADDRESS.replace("/?", "/news/?")


@pytest.mark.parametrize("written", [ADDRESS, ESCAPED])
def test_nor_are_those_of_an_atom_link(written: str) -> None:
    assert only(atom(f'<entry><id>1</id><title>T</title><link href="{written}"/></entry>', BROKEN)).link == ADDRESS


@pytest.mark.parametrize("head", ["", BROKEN])
@pytest.mark.parametrize("written", [ESCAPED, f"<![CDATA[{ADDRESS}]]>"])
def test_a_guid_is_the_same_whether_its_document_is_sound_or_not(head: str, written: str) -> None:
    entry = only(rss(f"<item><title>T</title><guid>{written}</guid></item>", head))
    assert (entry.guid, entry.link) == (ADDRESS, ADDRESS)


@pytest.mark.parametrize("head", ["", BROKEN])
def test_ampersands_in_texts_stay_what_they_are(head: str) -> None:
    texts = (
        "<title>Ropes &amp; chains &amp;amp; tugs</title><description><![CDATA[A & B &copy; C&amp;D]]></description>"
    )
    entry = only(rss(f"<item>{texts}</item>", head))
    assert (entry.title, entry.summary) == ("Ropes & chains & tugs", "A & B © C&D")


@pytest.mark.parametrize("head", ["", BROKEN])
@pytest.mark.parametrize(
    ("value", "link"),
    [("True", "https://quay.example/g"), (" TRUE ", "https://quay.example/g"), ("FALSE", ""), ("no", "")],
)
def test_a_guid_says_in_any_letters_that_it_is_a_link(value: str, link: str, head: str) -> None:
    element = f'<item><title>T</title><guid isPermaLink="{value}">https://quay.example/g</guid></item>'
    assert only(rss(element, head)).link == link


@pytest.mark.parametrize("head", ["", BROKEN])
@pytest.mark.parametrize(
    "inner", ["<link>https://pier.example/2</link>", '<link url="https://pier.example/2">Pier</link>']
)
def test_a_link_inside_of_another_element_counts_after_the_entry_s_own(inner: str, head: str) -> None:
    related = f'<more:related xmlns:more="https://more.example/ns">{inner}</more:related>'
    own = "<link>https://quay.example/1</link>"
    for parts in ((related, own), (own, related)):
        assert only(rss(f"<item><title>T</title>{''.join(parts)}</item>", head)).link == "https://quay.example/1"
    assert only(rss(f"<item><title>T</title>{related}</item>", head)).link == "https://pier.example/2"


def test_what_rdf_says_an_item_is_about_is_its_link() -> None:
    about = (
        '<item xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:about="https://quay.example/r"><title>T</title>'
    )
    assert only(rdf(about + "</item>")).link == "https://quay.example/r"
    assert only(rdf(about + "<link>https://quay.example/own</link></item>")).link == "https://quay.example/own"
