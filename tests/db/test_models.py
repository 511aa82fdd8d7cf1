"""Model versions: one champion."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from sqlite_utils import Database

from db import models
from tests.support.store_records import HOUR, version


def statuses(store: Database) -> dict[str, str]:
    return {each.id: each.status for each in models.all_versions(store)}


def test_a_version_comes_back_as_it_was_given(store: Database) -> None:
    given = version(store)
    assert models.all_versions(store) == [given]
    assert models.champion(store) is None


def test_versions_are_told_newest_first(store: Database) -> None:
    for name, age in (("m-1", 1), ("m-3", 3), ("m-2", 2)):
        version(store, name, age=age * HOUR)
    assert [each.id for each in models.all_versions(store)] == ["m-1", "m-2", "m-3"]


def test_a_version_that_is_there_is_left_as_it_is(store: Database) -> None:
    given = version(store)
    models.insert(store, replace(given, threshold=0.9, note="again"))
    assert models.all_versions(store) == [given]


def test_promotion_retires_the_one_before(store: Database) -> None:
    first, _ = version(store, "m-1"), version(store, "m-2")
    models.promote(store, "m-1")
    assert models.champion(store) == replace(first, status="champion")
    models.promote(store, "m-2")
    assert statuses(store) == {"m-1": "retired", "m-2": "champion"}
    models.promote(store, "m-2")
    assert statuses(store) == {"m-1": "retired", "m-2": "champion"}
    models.promote(store, "m-1")
    assert statuses(store) == {"m-1": "champion", "m-2": "retired"}


def test_promotion_of_nothing_keeps_the_champion(store: Database) -> None:
    version(store, status="champion")
    with pytest.raises(LookupError, match="no model version m-9"):
        models.promote(store, "m-9")
    assert statuses(store) == {"m-1": "champion"}


def test_a_second_champion_is_refused(store: Database) -> None:
    version(store, "m-1", "champion")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        version(store, "m-2", "champion")


def test_marks_go_to_anyone_but_the_champion(store: Database) -> None:
    version(store, "m-1", "champion")
    version(store, "m-2")
    models.mark(store, "m-1", "refused", "no")
    models.mark(store, "m-2", "refused", "worse on Russian")
    assert {each.id: (each.status, each.note) for each in models.all_versions(store)} == {
        "m-1": ("champion", ""),
        "m-2": ("refused", "worse on Russian"),
    }
