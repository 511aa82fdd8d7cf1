"""Who wrote an entry, in every format: all of them, in order, each once, and no mail address."""

from __future__ import annotations

import json
import re

import pytest

from flows.feeds.parsing.authors import author_line
from tests.support.extended_feeds import atom, rdf, rss
from tests.support.feed_documents import only, parsed

PERSONS = (
    "<author><name>Ann One</name><email>ann@quay.example</email><uri>https://ann.example/</uri></author>"
    "<author><name>Bo Two</name></author><author><name>ann one</name></author>"
    "<author><email>cy@quay.example</email></author>"
)
DESK = "<author><name>Desk</name><email>desk@quay.example</email></author>"


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["Ann One", "Bo Two", "ANN ONE"], "Ann One, Bo Two"),
        (["ann@quay.example (Ann One)"], "Ann One"),
        (["ann@quay.example (Ann One), bo@quay.example (Bo Two)"], "Ann One, Bo Two"),
        (["Ann One <ann@quay.example>", "Bo Two (bo@quay.example)"], "Ann One, Bo Two"),
        (["Ann One, bo@quay.example, Cy Three"], "Ann One, Cy Three"),
        (["mailto:desk@quay.example"], ""),
        (["noreply@quay.example ()"], ""),
        (["&lt;b&gt;Ann&lt;/b&gt;", "", "@tugs"], "Ann, @tugs"),
        ([], ""),
    ],
)
def test_names_in_one_line(names: list[str], line: str) -> None:
    assert author_line(names) == line


@pytest.mark.parametrize("piece", ["1", "1.", "a@", " ,"])
def test_a_megabyte_of_authors_costs_little(piece: str) -> None:
    """Where each letter begins a mail address anew, this takes hours."""
    assert author_line(["Ann One, " + piece * (1_000_000 // len(piece)) + "@"]).startswith("Ann One")


def test_every_author_of_an_atom_entry_or_else_those_of_the_feed() -> None:
    own, none = parsed(
        atom(f"<entry><id>1</id><title>T</title>{PERSONS}</entry><entry><id>2</id><title>U</title></entry>", DESK)
    ).entries
    assert (own.author, none.author) == ("Ann One, Bo Two", "Desk")


def test_the_authors_of_an_entry_s_source_come_before_those_of_the_feed() -> None:
    source = "<source><id>s</id><title>Wire</title><author><name>Wire Desk</name></author></source>"
    assert only(atom(f"<entry><id>1</id>{source}<title>T</title></entry>", DESK)).author == "Wire Desk"
    assert only(atom(f"<entry><id>1</id>{source}<title>T</title>{PERSONS}</entry>", DESK)).author == "Ann One, Bo Two"


@pytest.mark.parametrize(
    ("elements", "author"),
    [
        ("".join(f"<dc:creator>{name}</dc:creator>" for name in ("Ann One", "Bo Two", "Ann One")), "Ann One, Bo Two"),
        ("<author>ann@quay.example (Ann One)</author><dc:creator>Ann One</dc:creator>", "Ann One"),
        ("<author>ann@quay.example</author>", "Chief"),
        ("<itunes:author>Show</itunes:author>", "Show"),
        ("<itunes:author>Show</itunes:author><dc:creator>Ann One</dc:creator>", "Ann One"),
        ("<media:credit>Photographer</media:credit>", "Chief"),
        (re.sub("(</?)", r"\1atom:", PERSONS), "Ann One, Bo Two"),
    ],
)
def test_the_ways_in_which_rss_names_authors(elements: str, author: str) -> None:
    head = "<managingEditor>editor@quay.example (Ed)</managingEditor><dc:creator>Chief</dc:creator>"
    assert only(rss(f"<item><title>T</title>{elements}</item>", head)).author == author
    assert only(rdf(f"<item><title>T</title>{elements}</item>", head)).author == author
    broken = rss(f"<item><title>T & U</title>{elements}</item>", head)
    assert only(broken).author == author


def test_whom_to_write_to_about_the_feed_wrote_nothing() -> None:
    head = "<managingEditor>editor@quay.example (Ed)</managingEditor><webMaster>web@quay.example</webMaster>"
    assert only(rss("<item><title>T</title></item>", head)).author == ""


def test_json_feed_both_versions() -> None:
    items = [
        {"id": "1", "title": "T", "authors": [{"name": "Bo"}, {"name": "Ann"}, {"name": "Bo"}, "odd", {"url": "x"}]},
        {"id": "2", "title": "U"},
        {"id": "3", "title": "V", "author": {"name": "Cy < Co"}},
        {"id": "4", "title": "W", "authors": []},
    ]
    for head in ({"authors": [{"name": "Desk"}]}, {"author": {"name": "Desk"}}):
        document = {"version": "https://jsonfeed.org/version/1.1", "items": items, **head}
        told = [entry.author for entry in parsed(json.dumps(document).encode()).entries]
        assert told == ["Bo, Ann", "Desk", "Cy < Co", "Desk"]
