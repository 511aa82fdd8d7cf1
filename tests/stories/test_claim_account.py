"""What is known of a claim: evidence by stance, and the values that entries report for its measures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from classifiers.tagging.watchlist import read_watchlist
from db import scores
from db.connect import open_store
from db.records.tags import ClaimLink, ClaimStance, Quantity, Tags
from flows.stories.claim_account import ClaimAccount, accounts_of
from tests.support.store_records import HOUR, NOON, new_entry, score, stored, version

TITLE = "The plant now builds {} drones a month, officials say"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """An empty store."""
    with closing(open_store(tmp_path / "store.sqlite")) as opened:
        yield opened


def account(store: Database, *told: tuple[int, ClaimStance]) -> ClaimAccount:
    """That of drones-ir, with an entry an hour for each number and stance."""
    version(store)
    batch = [
        new_entry(str(place), title=TITLE.format(number), published_at=NOON + place * HOUR)
        for place, (number, _) in enumerate(told)
    ]
    start = TITLE.index("{")
    for entry, (number, stance) in zip(stored(store, *batch), told, strict=True):
        quantity = Quantity(float(number), "", "drones", ((start, start + len(f"{number} drones")),))
        tags = Tags((), (quantity,), (ClaimLink("drones-ir", stance, 0.9, ""),))
        scores.append(store, [score(entry, tags=tags)])
    [found] = accounts_of(store, read_watchlist(), "drones-ir")
    return found


def test_evidence_is_told_by_stance_and_values_newest_first(store: Database) -> None:
    found = account(store, (300, "supports"), (420, "updates"), (700, "cuts_against"), (2, "supports"))
    assert [len(each) for each in (found.supports, found.contradicts, found.updates)] == [2, 1, 1]
    values = {measure.name: values for measure, values in found.measures}
    assert [each.value for each in values["Shahed-type drones built in Russia"]] == [420, 300]
    assert values["Shahed-type drones fired"] == ()


def test_every_claim_has_an_account(store: Database) -> None:
    watchlist = read_watchlist()
    assert [each.claim for each in accounts_of(store, watchlist)] == list(watchlist.claims)
