"""Feeds in both forms: read back by our own parser, held against the rules of their standards, and stable."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from db.records import NewEntry
from flows.config.settings import Config
from flows.feeds.parsing.parse import parse_feed
from flows.publish.publishing import publish
from tests.support.archive_store import HOSTILE, OUTLET, PERSIAN, TOKEN, freeze, story
from tests.support.edition_records import HtmlPage

ATOM = "{http://www.w3.org/2005/Atom}"
ROOT = "https://watch.example/"
NOW = datetime(2026, 12, 1, tzinfo=UTC)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d-\d\d)?:[A-Za-z0-9/._-]+")


def published(current: Config, **changes: object) -> Path:
    told = current.model_copy(update={"publish": current.publish.model_copy(update=changes)})
    publish(told)
    assert told.publish.folder is not None
    return told.publish.folder / "feeds"


def read(path: Path) -> Sequence[NewEntry]:
    kind = "application/atom+xml" if path.suffix == ".atom" else "application/feed+json"
    found = parse_feed(path.read_bytes(), kind, ROOT + path.name, NOW)
    assert (found.error, found.rejected) == ("", 0)
    return found.entries


def items(path: Path) -> list[tuple[str, str, str, datetime | None]]:
    """What a reader tells items apart by: (title, link, id, date)."""
    return [(each.title, each.link, each.guid, each.published_at) for each in read(path)]


def test_our_own_parser_reads_both_forms_alike(archive: Config) -> None:
    folder = published(archive, address=ROOT)
    for path in sorted(folder.glob("*.atom")):
        assert items(path) == items(path.with_suffix(".json")), path.name
    first = datetime(2026, 11, 21, 12, 5, 1, tzinfo=UTC)
    found = {title: (link, guid, date) for title, link, guid, date in items(folder / "all.atom")}
    day = "2026-11-20"
    assert found["Iran sends oil & gas to Russia"] == (
        "https://news.example/1",
        f"tag:axiswatch.example,{day}:axiswatch/story/1",
        first,
    )
    assert found["A reaction"][:2] == ("https://news.example/3", f"tag:axiswatch.example,{day}:axiswatch/story/3")
    # Without a source to lead to, its page in the archive is the link; an entry without a story has an id of its own.
    assert found["Without a link"][0] == f"{ROOT}threads/e6.html"
    assert found["Without a link"][1].endswith(":axiswatch/story/e6")
    assert len(found) == 4


def test_a_title_is_text_whatever_it_looks_like(archive: Config) -> None:
    """Read by the rules alone: our own parser takes what looks like markup for markup, as most feeds mean it."""
    folder = published(archive)
    feed = fromstring((folder / "all.atom").read_bytes())
    titles = [one(each, "title") for each in feed.findall(f"{ATOM}entry")]
    assert HOSTILE in titles
    assert titles == [each["title"] for each in json.loads((folder / "all.json").read_text("utf-8"))["items"]]


def test_feeds_of_partners_and_claims_hold_theirs(archive: Config) -> None:
    folder = published(archive)
    assert {each[0] for each in items(folder / "partner-iran.atom")} == {"Iran sends oil & gas to Russia", "A reaction"}
    assert {each[0] for each in items(folder / "claim-drones-ir.json")} == {
        "Iran sends oil & gas to Russia",
        "A reaction",
    }
    assert items(folder / "partner-cuba.atom") == []


@pytest.mark.parametrize("address", ["", ROOT])
def test_atom_keeps_the_rules_of_rfc_4287(archive: Config, address: str) -> None:
    folder = published(archive, address=address)
    ids: list[str] = []
    for path in sorted(folder.glob("*.atom")):
        assert path.read_bytes().startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<feed ')
        feed = fromstring(path.read_bytes())
        ids.append(one(feed, "id"))
        keeps_the_rules(feed)
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        expected = {"self": f"{ROOT}feeds/{path.name}", "alternate": f"{ROOT}index.html"}
        assert links == (expected if address else {})
        entries = feed.findall(f"{ATOM}entry")
        told = [one(each, "id") for each in entries]
        assert len(set(told)) == len(told)
        for entry in entries:
            keeps_the_rules(entry)
            stamps = [one(entry, "published"), one(entry, "updated")]
            assert stamps == sorted(stamps)
            assert one(feed, "updated") >= stamps[1]
            assert [each.get("type") for each in entry.findall(f"{ATOM}content")] == ["html"]
            kinds = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
            assert len(set(kinds)) == len(kinds)
    assert len(set(ids)) == len(ids) > 20


def one(element: Element, name: str) -> str:
    (found,) = element.findall(ATOM + name)
    assert found.text
    return found.text


def keeps_the_rules(element: Element) -> None:
    """id, title and updated once, in their forms; every link absolute."""
    assert TAG_URI.fullmatch(one(element, "id"))
    assert one(element, "title").strip()
    assert RFC_3339.fullmatch(one(element, "updated"))
    assert all(link.get("href", "").startswith("https://") for link in element.findall(f"{ATOM}link"))


@pytest.mark.parametrize("address", ["", ROOT])
def test_json_keeps_the_rules_of_json_feed_1_1(archive: Config, address: str) -> None:
    for path in sorted(published(archive, address=address).glob("*.json")):
        feed: dict[str, Any] = json.loads(path.read_bytes())
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["authors"] == [{"name": "Axis watch"}]
        assert feed.get("feed_url", "") == (f"{ROOT}feeds/{path.name}" if address else "")
        ids = [item["id"] for item in feed["items"]]
        assert len(set(ids)) == len(ids)
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert item["content_html"]
            assert RFC_3339.fullmatch(item["date_published"])
            assert RFC_3339.fullmatch(item["date_modified"])
            assert item.get("url", "https://").startswith("https://")
            assert set(item) <= {"id", "url", "title", "content_html", "date_published", "date_modified", "tags"}


def test_the_content_holds_the_headlines_with_links_and_outlets_and_nothing_that_acts(archive: Config) -> None:
    feed = json.loads((published(archive) / "all.json").read_text(encoding="utf-8"))
    contents = {item["title"]: item["content_html"] for item in feed["items"]}
    hostile = HtmlPage(contents[HOSTILE])
    assert hostile.tags <= {"p", "a", "span", "bdi", "i", "b", "ul", "li"}
    assert HOSTILE in hostile.text
    assert hostile.text.count(OUTLET) == 2
    assert hostile.addresses == ["https://news.example/2", "https://news.example/2", "https://b.example/?a=1&b=2"]
    persian = HtmlPage(contents["Iran sends oil & gas to Russia"])
    assert str(PERSIAN["headline"]) in persian.text
    assert "in Persian" in persian.text
    assert TOKEN not in "".join(contents.values())


def test_news_moves_the_date_and_being_told_again_does_not(archive: Config) -> None:
    folder = published(archive)
    first = dates(folder, "story/1")
    assert first["updated"] == "2026-11-22T12:05:01Z"
    assert first["published"] == "2026-11-21T12:05:01Z"
    freeze(archive, "2026-11-22", [story(1, **PERSIAN | {"is_update": None})], 2)
    assert dates(published(archive), "story/1") == first
    freeze(archive, "2026-11-23", [story(1, **PERSIAN | {"is_update": True, "news": "denied"})], 3)
    assert dates(published(archive), "story/1")["updated"] == "2026-11-24T12:05:01Z"


def dates(folder: Path, story_id: str) -> dict[str, str]:
    feed = fromstring((folder / "all.atom").read_bytes())
    (entry,) = [each for each in feed.findall(f"{ATOM}entry") if one(each, "id").endswith(story_id)]
    return {name: one(entry, name) for name in ("published", "updated")}


def test_past_days_made_today_are_no_news_of_today(archive: Config) -> None:
    freeze(archive, "2026-11-10", [story(4, headline="Long ago")], -10, "reconstruction")
    feed = fromstring((published(archive) / "all.atom").read_bytes())
    assert [one(each, "title") for each in feed.findall(f"{ATOM}entry")][-1] == "Long ago"
    assert dates(published(archive), "story/4")["updated"] == "2026-11-11T12:00:01Z"


def test_a_feed_holds_the_newest_and_the_domain_is_ours_to_choose(archive: Config) -> None:
    folder = published(archive, feed_stories=2, authority="desk.example.org")
    found = items(folder / "all.atom")
    assert [each[0] for each in found] == ["A reaction", "Iran sends oil & gas to Russia"]
    assert all(each[2].startswith("tag:desk.example.org,") for each in found)


def test_letters_that_xml_does_not_know_are_left_out(archive: Config) -> None:
    odd = "".join(map(chr, (*range(1, 32), 0x7F, 0xFFFE, 0xFFFF, 0xD800))) + "Odd \x00 letters"
    freeze(archive, "2026-11-22", [story(4, headline=odd.replace("\ud800", ""), chain="\x02a", news="\x03b")], 2)
    assert items(published(archive) / "all.atom")[0][0] == "Odd letters"
