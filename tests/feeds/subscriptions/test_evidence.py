"""How we know that a feed is served: what a list may say of it, and what the built-in list says."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from flows.config.feeds import PACK_OF_KIND, PACKS
from flows.config.settings import FeedsSettings
from flows.feeds.subscriptions.catalogue import (
    BUILT_IN,
    CatalogueError,
    read_catalogue,
    read_evidence,
    read_regions,
)
from flows.feeds.subscriptions.evidence import Evidence
from flows.feeds.subscriptions.user_feeds import evidence_of_listed, listed, regions_of_listed

FEED = '[[feed]]\nurl = "https://quay.example/f"\noutlet = "Quay"\n'


FEWEST_OF_A_PARTNER = 5
"""Of fewer outlets a partner's news hangs on who is blocked today."""


def partners_of_the_topic() -> set[str]:
    """The ids of the partners of the topic that comes with the program."""
    file = Path("classifiers/topics/russia/actors.toml")
    actors = tomllib.loads(file.read_text(encoding="utf-8"))
    return {actor for actor, keys in actors.items() if keys["role"] == "partner"}


def evidence(folder: Path, keys: str) -> Evidence:
    (folder / "feeds.toml").write_text(FEED + keys)
    (told,) = read_evidence(folder / "feeds.toml").values()
    return told


def test_what_is_told_of_a_feed(tmp_path: Path) -> None:
    assert evidence(tmp_path, "") == Evidence()
    assert evidence(tmp_path, 'evidence = "listed"\nfound = "a list"\n') == Evidence("listed", "a list")
    proven = 'evidence = "proven"\nfound = "a report"\nseen = "2026-02-26"\nformat = "rss"\n'
    assert evidence(tmp_path, proven) == Evidence("proven", "a report", "2026-02-26", "rss")
    assert evidence(tmp_path, proven.replace("-26", "")).seen == "2026-02"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('evidence = "sure"\n', "evidence must be one of proven, listed, unproven, not 'sure'"),
        ('evidence = "listed"\n', "evidence 'listed' needs found"),
        ('evidence = "proven"\nfound = "x"\n', "evidence 'proven' needs seen"),
        ('evidence = "proven"\nfound = "x"\nseen = "2024-12-31"\n', "evidence 'proven' needs seen"),
        ('evidence = "proven"\nfound = "x"\nseen = "last week"\n', "evidence 'proven' needs seen"),
        ('evidence = "listed"\nfound = "x"\nseen = "2026-01-01"\n', "drop seen"),
    ],
)
def test_more_than_is_shown_cannot_be_claimed(tmp_path: Path, keys: str, told: str) -> None:
    with pytest.raises(CatalogueError, match="feed 1 \\(Quay\\)") as caught:
        evidence(tmp_path, keys)
    assert told in str(caught.value)


def test_every_built_in_feed_states_its_evidence_and_the_head_of_the_file_counts_them() -> None:
    told = read_evidence()
    text = BUILT_IN.read_text(encoding="utf-8")
    assert text.count("\nevidence = ") == len(told)
    assert not [url for url, each in told.items() if each.state != "unproven" and "not recorded" in each.found]
    counts = Counter(each.state for each in told.values())
    head = text.partition("[[feed]]")[0]
    assert f"{counts['proven']} proven, {counts['listed']} listed, {counts['unproven']} unproven" in head
    foreign = [spec for spec in read_catalogue() if spec.language != "en" and told[spec.url].state == "proven"]
    assert f"Of the proven, {len(foreign)} are not in English" in head


def test_each_partner_has_five_proven_feeds_of_its_own_region_and_the_head_of_the_file_counts_them() -> None:
    evidence, partners = read_evidence(), partners_of_the_topic()
    counts = Counter(region for url, region in read_regions().items() if evidence[url].state == "proven")
    assert counts.keys() == partners - {"other"}  # what is no partner of its own has no region
    assert min(counts.values()) >= FEWEST_OF_A_PARTNER
    head = BUILT_IN.read_text(encoding="utf-8").partition("[[feed]]")[0]
    for region, count in counts.items():
        assert re.search(rf"\b{region} {count}\b", head), (region, count)


def test_a_region_goes_with_the_feed_and_not_into_the_store(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(FEED + 'region = "quayland"\n' + FEED.replace("/f", "/g"))
    assert read_regions(tmp_path / "feeds.toml") == {"https://quay.example/f": "quayland"}
    assert [spec.outlet for spec in read_catalogue(tmp_path / "feeds.toml")] == ["Quay", "Quay"]


def test_packs_part_the_built_in_list_by_kind(tmp_path: Path) -> None:
    settings = FeedsSettings(added=tmp_path / "none.toml")
    everything = listed(settings)
    assert everything == read_catalogue()
    parts = [listed(settings.model_copy(update={"packs": (pack,)})) for pack in PACKS]
    assert all(parts)
    assert sorted(spec.url for part in parts for spec in part) == sorted(spec.url for spec in everything)
    (state,) = {spec.kind for spec in listed(settings.model_copy(update={"packs": ("state-media",)}))}
    assert PACK_OF_KIND[state] == "state-media"


def test_without_the_built_in_list_one_s_own_feeds_alone_are_read(tmp_path: Path) -> None:
    (tmp_path / "added.toml").write_text(FEED)
    settings = FeedsSettings(builtin=False, added=tmp_path / "added.toml")
    assert [spec.outlet for spec in listed(settings)] == ["Quay"]
    assert not evidence_of_listed(settings)
    assert not regions_of_listed(settings)
    own = settings.model_copy(update={"file": tmp_path / "added.toml", "packs": ()})
    assert [spec.outlet for spec in listed(own)] == ["Quay"]
