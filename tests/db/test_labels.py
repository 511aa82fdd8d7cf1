"""Labels: appended, the newest wins."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from db import labels
from db.records import Label
from tests.support.store_records import HOUR, NOON, new_entry, stored


def test_the_newest_label_of_each_entry_wins(store: Database) -> None:
    a, b, _ = stored(store, *[new_entry(key) for key in "abc"])
    labels.append(store, Label(b.id, "relevant", NOON + HOUR, "page", "ann", "because"))
    labels.append(store, Label(a.id, "unsure", NOON))
    labels.append(store, Label(b.id, "not_relevant", NOON))
    assert labels.latest(store) == [(a, "unsure"), (b, "not_relevant")]


def test_nothing_is_overwritten(store: Database) -> None:
    (a,) = stored(store, new_entry("a"))
    for label in (Label(a.id, "relevant", NOON, "page", "ann", "because"), Label(a.id, "unsure", NOON)):
        labels.append(store, label)
    rows = store.execute("SELECT value, via, labeller, note FROM labels ORDER BY id").fetchall()
    assert rows == [("relevant", "page", "ann", "because"), ("unsure", "command", "", "")]


def test_a_label_needs_its_entry(store: Database) -> None:
    with pytest.raises(LookupError, match="no entry 7 in the store"):
        labels.append(store, Label(7, "relevant", NOON))
    assert labels.latest(store) == []


def test_the_newest_label_of_some_entries(store: Database) -> None:
    a, b, c = stored(store, *[new_entry(key) for key in "abc"])
    for label in (Label(a.id, "unsure", NOON), Label(b.id, "relevant", NOON), Label(a.id, "relevant", NOON, "mail")):
        labels.append(store, label)
    assert labels.newest_of(store, [a.id, c.id]) == {a.id: Label(a.id, "relevant", NOON, "mail")}
    assert labels.newest_of(store, []) == {}
