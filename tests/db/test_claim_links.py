"""Entries that bear on a claim come back with the newest first."""

from __future__ import annotations

from sqlite_utils import Database

from db import claim_links, scores
from db.records.tags import ClaimLink, Tags
from tests.support.store_records import HOUR, NOON, new_entry, score, stored, version


def test_the_newest_comes_first_with_its_link(store: Database) -> None:
    version(store)
    link = ClaimLink("visits", "supports", 0.7, "why")
    old, new, other = stored(
        store, new_entry("a", published_at=NOON - HOUR), new_entry("b", published_at=NOON), new_entry("c")
    )
    scores.append(store, [score(each, tags=Tags((), (), (link,))) for each in (old, new)] + [score(other)])
    found = claim_links.of_claim(store, "visits")
    assert [each.entry.id for each in found] == [new.id, old.id]
    assert found[0].link == link
    assert claim_links.of_claim(store, "tea") == []
