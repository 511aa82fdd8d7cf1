"""What the lists say: of threads, of claims, of days without a story."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from typing import Any

from db import editions
from db.connect import open_store
from flows.config.settings import Config
from flows.digest.content.codec import content_of, to_json
from flows.digest.content.story import Bearing
from flows.publish.archive_views import KnownClaim, archive_view
from flows.publish.tellings import tellings_of, told_editions
from flows.publish.views import ArchiveView
from tests.support.archive_store import PERSIAN, freeze, story

CLAIM = KnownClaim("drones-ir", "Drones", "They are made there now.")


def view_of(current: Config, *claims: KnownClaim) -> ArchiveView:
    with closing(open_store(current.store.path)) as store:
        told = told_editions(store)
        return archive_view("Axis watch", told, tellings_of(store, told), claims)


def test_a_thread_holds_all_tellings_the_newest_first_and_is_called_by_a_headline_that_is_understood(
    archive: Config,
) -> None:
    freeze(archive, "2026-11-22", [story(1, **PERSIAN | {"is_update": True, "news": "denied"})], 2)
    thread = next(each for each in view_of(archive).threads if each.place.path == "threads/1.html")
    assert [(each.story, each.edition.name) for each in thread.tellings] == [
        ("1", "Sun 22 Nov"),
        ("1", "Sat 21 Nov"),
        ("3", "Sat 21 Nov"),
        ("1", "Fri 20 Nov"),
    ]
    assert thread.place.name == "A reaction"
    assert {each.path for each in thread.pairs} == {
        "pairs/iran.arms.html",
        "pairs/iran.energy_trade.html",
        "pairs/china.energy_trade.html",
    }


def test_a_claim_counts_stories_and_not_tellings(archive: Config) -> None:
    (claim,) = view_of(archive, CLAIM).claims
    assert (claim.text, claim.in_words) == ("They are made there now.", "1 supports it, 1 cuts against it")
    assert [each.story for each in claim.stories] == ["1", "3"]


def test_a_claim_that_the_watchlist_dropped_keeps_its_page(archive: Config) -> None:
    found = view_of(archive, KnownClaim("other", "Another", "It is so."))
    assert [(each.id, each.place.name, len(each.stories)) for each in found.claims] == [
        ("other", "Another", 0),
        ("drones-ir", "Drones & more", 2),
    ]


def test_an_edition_that_was_composed_again_tells_no_story_twice(archive: Config) -> None:
    freeze(archive, "2026-11-21.2", [story(1, **PERSIAN)], 1, "recomposed")
    found = view_of(archive)
    assert next(each.kind for each in found.index.editions) == "composed again, 12:05 UTC"
    assert sum(len(each.tellings) for each in found.threads) == 5


def test_a_quiet_day_and_one_on_which_nothing_could_be_read_are_told_apart(archive: Config) -> None:
    quiet = freeze(archive, "2026-11-22", [], 2)
    counts = {"stories": 0, "shown": 0, "flagged": 0}
    _change(archive, quiet.id, counts, {})
    blind = freeze(archive, "2026-11-23", [], 3)
    _change(archive, blind.id, counts, {"read": 0})
    told = [each.told for each in view_of(archive).index.editions]
    assert told[:2] == ["no feed could be read", "a quiet day, 3 of 4 feeds read"]


def _change(current: Config, edition: int, counts: dict[str, Any], coverage: dict[str, Any]) -> None:
    with closing(open_store(current.store.path)) as store:
        stored = next(each for each in editions.stories_alone(store) if each.id == edition)
        content = content_of(stored.content)
        changed = replace(
            content, counts=replace(content.counts, **counts), coverage=replace(content.coverage, **coverage)
        )
        store.execute("UPDATE editions SET content = ? WHERE id = ?", [json.dumps(to_json(changed)), edition])


def test_what_a_later_telling_takes_back_leads_nowhere_that_is_not_there(archive: Config) -> None:
    """A pair is told of a story as it was told last; a claim keeps its page while any telling bears on it."""
    dropped = (Bearing(claim="gone", name="Given up", stance="supports"),)
    freeze(archive, "2026-11-22", [story(4, partner_ids=("iran",), channels=("troops",), bears=dropped)], 2)
    again = {"partner_ids": ("cuba",), "channels": ("arms",), "bears": (), "is_update": True, "news": "another one"}
    freeze(archive, "2026-11-23", [story(4, **again)], 3)
    found = view_of(archive)
    thread = next(each for each in found.threads if each.place.path == "threads/4.html")
    assert [each.path for each in thread.pairs] == ["pairs/cuba.arms.html"]
    pages = {each.place.path for each in found.pairs} | {each.place.path for each in found.claims}
    led_to = {each.path for thread in found.threads for each in (*thread.pairs, *thread.claims)}
    led_to |= {bearing.place.path for thread in found.threads for each in thread.tellings for bearing in each.bears}
    assert "claims/gone.html" in led_to
    assert led_to - pages == set()
