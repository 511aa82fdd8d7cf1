"""Records built by hand, and the short ways to put them into a store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from db import entries, feeds, models
from db.records import Entry, Feed, FeedSpec, Fetch, ModelStatus, ModelVersion, NewEntry, Reason, Score

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def feed(store: Database, url: str = "https://a.example/rss") -> Feed:
    """A feed, subscribed beside those that are."""
    known = [FeedSpec(each.url, each.outlet) for each in feeds.enabled(store) if each.url != url]
    return feeds.subscribe(store, [*known, FeedSpec(url, outlet=f"Outlet of {url}")], NOON)[-1]


def new_entry(*keys: str, **changes: Any) -> NewEntry:
    """An entry with these keys and a title that names the first."""
    return replace(NewEntry(keys=keys, title=f"Title {keys[0]}"), **changes)


def fetch_of(where: Feed, batch: Iterable[NewEntry] = (), **changes: Any) -> Fetch:
    """A fetch that brought the batch."""
    return replace(Fetch(where.id, NOON, "ok", run_id="run", seen=len(list(batch))), **changes)


def stored(store: Database, *batch: NewEntry, at: datetime = NOON) -> list[Entry]:
    """The entries, stored as one batch first seen at that time, and read back."""
    before = store["entries"].count
    entries.append_batch(store, fetch_of(feed(store), batch), batch, at)
    found = [entries.find(store, before + number) for number in range(1, len(batch) + 1)]
    return [entry for entry in found if entry is not None]


def version(
    store: Database, name: str = "m-1", status: ModelStatus = "candidate", age: timedelta = HOUR
) -> ModelVersion:
    """A model version, stored."""
    made = ModelVersion(name, status, NOON - age, 0.6, 0.3, "data", "code", {"bits": 12}, {"ap": 0.97})
    models.insert(store, made)
    return made


def score(entry: Entry, **changes: Any) -> Score:
    """A score of the entry that flags it."""
    reasons = (Reason("names Россия beside Иран", 1.5, ((0, 4), (9, 12))), Reason("sport", -0.5))
    return replace(Score(entry.id, "m-1", 0.8, True, False, "en", True, ("iran", "china"), reasons, NOON), **changes)
