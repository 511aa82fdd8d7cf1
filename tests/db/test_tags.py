"""Tags and claim links travel with the newest score."""

from __future__ import annotations

import sqlite3

import pytest
from sqlite_utils import Database

from db import scores, tags
from db.records.frames import Frame
from db.records.tags import ClaimLink, Quantity, Tag, Tags
from tests.support.store_records import HOUR, NOON, new_entry, score, stored, version

TOLD = Tags(
    (
        Tag("partner", "iran", ((0, 4),)),
        Tag("partner", "china", ((9, 14), (20, 25))),
        Tag("channel", "arms", ((30, 36),), negated=True),
        Tag("direction", "to_russia"),
        Tag("response", "yes", ((3, 9),)),
        Tag("status", "denied"),
    ),
    (
        Quantity(12000.0, "", "soldiers", ((5, 20),)),
        Quantity(20.0, "", "drones", ((1, 2),), most=99.0),
        Quantity(2e9, "USD", "", ((22, 27),), negated=True),
    ),
    (ClaimLink("drones-ir", "updates", 0.9, "iran + arms", ((0, 4),)), ClaimLink("visits", "supports", 0.5, "")),
    (
        Frame("transfer", "iran", "russia", "planned", "alleged", "Kyiv", "guessed", ((0, 4), (9, 14))),
        Frame("joint", phase="done", vouching="plain"),
    ),
)


def test_tags_come_back_as_they_were_given(store: Database) -> None:
    version(store)
    first, second = stored(store, new_entry("a"), new_entry("b"))
    given = score(first, tags=TOLD)
    scores.append(store, [given, score(second)])
    assert scores.newest(store, first.id) == given
    assert [each.score.tags for each in scores.flagged(store, NOON, NOON + HOUR)] == [TOLD, Tags()]
    assert tags.of(store, [first.id, second.id]) == {first.id: TOLD}
    assert tags.of(store, []) == {}


def test_quantities_of_older_versions_say_their_amount(store: Database) -> None:
    version(store)
    [entry] = stored(store, new_entry("a"))
    scores.append(store, [score(entry, tags=TOLD)])
    store.execute("UPDATE entry_quantities SET most = NULL, counted = 'солдат'")
    read = tags.of(store, [entry.id])[entry.id].quantities
    assert [(each.amount, each.high, each.counted) for each in read][:2] == [
        (12000, 12000, "солдат"),
        (20, 20, "солдат"),
    ]


def test_a_new_score_takes_the_old_tags_away(store: Database) -> None:
    version(store)
    version(store, "m-2")
    [entry] = stored(store, new_entry("a"))
    scores.append(store, [score(entry, tags=TOLD)])
    later = Tags((Tag("partner", "cuba"),))
    scores.append(store, [score(entry, model_version="m-2", tags=later)])
    assert tags.of(store, [entry.id]) == {entry.id: later}
    scores.append(store, [score(entry, model_version="m-2", flagged=False)])
    assert tags.of(store, [entry.id]) == {}


def test_the_tags_of_any_number_of_entries_are_read_at_once(store: Database) -> None:
    version(store)
    [entry] = stored(store, new_entry("a"))
    scores.append(store, [score(entry, tags=TOLD)])
    assert tags.of(store, range(40_000)) == {entry.id: TOLD}  # SQLite takes no more than 32,766 question marks


def test_what_is_no_tag_is_refused(store: Database) -> None:
    version(store)
    [entry] = stored(store, new_entry("a"))
    wrong = Tags(claims=(ClaimLink("visits", "supports", 1.5, ""),))
    with pytest.raises(sqlite3.IntegrityError):
        scores.append(store, [score(entry, tags=wrong)])
    assert scores.newest(store, entry.id) is None
