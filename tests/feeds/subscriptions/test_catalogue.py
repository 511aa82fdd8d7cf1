"""The list of feeds, and what is said when it cannot be used."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from db.records import FeedSpec
from flows.feeds.subscriptions.catalogue import CatalogueError, read_catalogue

GOOD = '[[feed]]\nurl = "https://quay.example/f"\noutlet = "Quay"\n'


def test_the_built_in_list_is_sound() -> None:
    specs = read_catalogue()
    assert len(specs) >= 60
    assert {spec.kind for spec in specs} == {"wire", "press", "think_tank", "official", "state_media"}
    for spec in specs:
        assert urlsplit(spec.url).hostname
        assert all((spec.outlet, spec.country, spec.language, spec.topic)), spec


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(GOOD + 'country = "NL"\nlanguage = "nl"\nkind = "wire"\ntopic = "ports"\nfound = "by hand"\n')
    assert read_catalogue(file) == [FeedSpec("https://quay.example/f", "Quay", "NL", "nl", "wire", "ports")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "lists no feed"),
        ("feed = 3", "lists no feed"),
        ("feed = [1]", "feed 1: not a table"),
        ("[[feed", "not readable as TOML"),
        ("[feeds]\n" + GOOD, "unknown key feeds"),
        (GOOD + 'colour = "red"', "feed 1 (Quay): unknown key colour"),
        (GOOD + "topic = 3", "feed 1 (Quay): topic must be text"),
        (GOOD + 'kind = "blog"', "feed 1 (Quay): kind must be one of wire, press"),
        ('[[feed]]\noutlet = "Quay"', "feed 1 (Quay): url is missing"),
        ('[[feed]]\nurl = "https://quay.example/f"', "feed 1 (https://quay.example/f): outlet is missing"),
        ('[[feed]]\nurl = "ftp://q.example"\noutlet = "Q"', "feed 1 (Q): url must begin with http:// or https://"),
        ('[[feed]]\nurl = "https://"\noutlet = "Q"', "feed 1 (Q): url must begin with http:// or https://"),
        (GOOD + GOOD, "feed 2 (Quay): url stands already in feed 1"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_the_place(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(text)
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(file)
    message = str(caught.value)
    assert told in message
    assert str(file) in message
    assert "\n" not in message


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"there is no feed list at .*none\.toml"):
        read_catalogue(tmp_path / "none.toml")
