"""Who gets no more mails: kept once, undone without being forgotten."""

from __future__ import annotations

from sqlite_utils import Database

from db import unsubscriptions
from db.records import Unsubscription
from tests.support.store_records import HOUR, NOON


def test_a_request_is_kept_once_whatever_its_case(store: Database) -> None:
    assert unsubscriptions.add(store, "Reader@X.example", NOON)
    assert not unsubscriptions.add(store, "reader@x.example", NOON + HOUR)
    assert unsubscriptions.every(store) == [Unsubscription("reader@x.example", NOON)]
    assert unsubscriptions.standing(store) == {"reader@x.example"}


def test_what_was_taken_back_stays_in_the_table_and_can_be_asked_again(store: Database) -> None:
    unsubscriptions.add(store, "a@x.example", NOON)
    assert unsubscriptions.take_back(store, "A@x.example", NOON + HOUR)
    assert unsubscriptions.standing(store) == frozenset()
    assert not unsubscriptions.take_back(store, "a@x.example", NOON + HOUR)
    assert unsubscriptions.add(store, "a@x.example", NOON + 2 * HOUR)
    assert unsubscriptions.every(store) == [
        Unsubscription("a@x.example", NOON, NOON + HOUR),
        Unsubscription("a@x.example", NOON + 2 * HOUR),
    ]
