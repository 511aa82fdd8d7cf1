"""Editions and the ledger of their deliveries."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

import pytest
from sqlite_utils import Database

from db import deliveries, editions
from db.records import Delivery, Edition
from tests.support.store_records import HOUR, MINUTE, NOON


def edition(store: Database, name: str = "2026-11-21", end: datetime = NOON, **changes: Any) -> Edition:
    given: dict[str, Any] = {"composed_at": NOON + MINUTE, "model_version": "m-1", "config_hash": "c", "content": {}}
    return editions.insert(store, name=name, window=(end - HOUR, end), **given | changes)


def prepared(store: Database, told: Edition, recipient: str = "a@desk.example", now: datetime = NOON) -> Delivery:
    return deliveries.prepare(store, told.id, recipient, "mail", f"<{recipient}>", now)


def test_an_edition_comes_back_as_it_was_composed(store: Database) -> None:
    content = {"stories": [{"title": "Россия — 中国", "score": 0.5}], "none": None}
    made = edition(store, content=content)
    assert made == Edition(1, "2026-11-21", NOON - HOUR, NOON, NOON + MINUTE, "m-1", "c", content)
    assert editions.find(store, "2026-11-21") == made
    assert editions.find(store, "2026-11-22") is None


@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_an_edition_holds_what_json_has(store: Database, value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        edition(store, content={"trace": [value]})
    assert editions.find(store, "2026-11-21") is None


def test_the_first_edition_of_a_name_is_frozen(store: Database) -> None:
    first = edition(store, content={"n": 1})
    assert edition(store, content={"n": 2}, model_version="m-2", composed_at=NOON + HOUR) == first
    assert editions.find(store, first.name) == first


def test_the_latest_is_the_one_whose_window_ends_last(store: Database) -> None:
    assert editions.latest(store) is None
    newest = edition(store, "b", NOON + HOUR)
    edition(store, "a", NOON)
    assert editions.latest(store) == newest


def test_a_delivery_is_prepared_once_and_kept_as_it_stands(store: Database) -> None:
    told = edition(store)
    first = prepared(store, told)
    assert first == Delivery(
        1, told.id, "a@desk.example", "mail", "prepared", "<a@desk.example>", NOON, next_try_at=NOON
    )
    deliveries.settle(store, first, "accepted", "250 fine", NOON + MINUTE, held=False)
    again = prepared(store, told, now=NOON + HOUR)
    assert (again.id, again.state, again.detail, again.updated_at) == (1, "accepted", "250 fine", NOON + MINUTE)


def test_each_recipient_way_and_edition_has_its_own(store: Database) -> None:
    one, two = edition(store, "one"), edition(store, "two")
    made = [prepared(store, one), prepared(store, one, "b@desk.example")]
    other = prepared(store, two)
    made.append(deliveries.prepare(store, one.id, "a@desk.example", "outbox", "<x>", NOON))
    assert deliveries.of_edition(store, one.id) == made
    assert deliveries.of_edition(store, two.id) == [other]


def test_what_became_of_a_delivery_changes_that_one_alone(store: Database) -> None:
    told = edition(store)
    a, b = prepared(store, told), prepared(store, told, "b@desk.example")
    deliveries.settle(store, b, "deferred", "try later", NOON + HOUR, held=False)
    found = deliveries.of_edition(store, told.id)
    assert found[0] == a
    assert (found[1].state, found[1].detail, found[1].updated_at) == ("deferred", "try later", NOON + HOUR)
