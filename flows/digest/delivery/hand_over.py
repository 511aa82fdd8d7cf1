"""Delivery: one edition to each reader, with the ledger written before and after every hand-over."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from db import deliveries, follows, unsubscriptions
from db.connect import StoreError, open_store, writing
from db.file_lock import locked
from db.records import Delivery, Edition
from flows.config.settings import DeliverySettings, FetchSettings, RecipientSettings
from flows.digest.delivery.mail import message_id
from flows.digest.delivery.open_ways import OpenWays
from flows.digest.delivery.personalise import due_at
from flows.digest.delivery.way import SendResult
from flows.digest.follow_links import NO_LINKS, FollowLinks
from flows.digest.unsubscribe_links import links

logger = logging.getLogger(__name__)

FINISHED = ("accepted", "refused")
"""States after which nothing is sent again: it arrived, or the other side said that it never will."""
RETRY_MINUTES = (5, 15, 45, 120, 240, 240, 240, 240)
"""After how long a deferred mail is tried again: 19 hours in all, then it is given up."""
BY_DEFAULT = FetchSettings()
PATIENCE = timedelta(hours=24)
"""How long a mail waits for a server that cannot be used at all."""


def deliver(
    store_path: Path,
    edition: Edition,
    settings: DeliverySettings,
    password: str,
    now: datetime,
    *,
    readers: Sequence[RecipientSettings] | None = None,
    patient: bool = False,
    web: FetchSettings = BY_DEFAULT,
    follow: FollowLinks = NO_LINKS,
) -> list[Delivery]:
    """Bring the edition to every reader who has not got it, each by their own way; return where each delivery stands.

    Each is written down as prepared before anything leaves, as handed over when the content is about to leave (with
    mail: when the server has taken the addresses), and as accepted, refused or deferred afterwards: a crash at any
    line sends a copy once more at the most, under the same Message-ID. Two processes take turns.
    ``readers`` are those of [delivery] recipients where none are given; who has unsubscribed gets nothing. ``patient``:
    deferred ones are left alone until their next try is due. ``web``: how ways that need the web reach it;
    ``follow``: the links by which readers follow stories. Never raises for a reader or for what a way meets at the
    other side; raises LockTakenError, and ConfigError for a way that is unknown.
    """
    people = readers if readers is not None else tuple(RecipientSettings(address=to) for to in settings.recipients)
    with locked(store_path, "sending"), closing(open_store(store_path, create=False)) as store:
        listed = {reader.address: reader for reader in still_reading(store, people)}
        deliveries.reclaim(store, edition.id, now)
        ledger = _prepared(store, edition, settings, listed, now)
        due = [each for each in ledger if _is_due(each, now, patient=patient)]
        if due:
            link_of = links(settings, store_path)
            ways = OpenWays(store, edition, settings, password, tuple(listed.values()), now, link_of, web, follow)
            _send(store, edition, listed, sorted(due, key=lambda each: each.attempts), ways, now)
        current = {each.id: each for each in deliveries.of_edition(store, edition.id)}
        return [current[each.id] for each in ledger]


def still_reading(store: Database, readers: Sequence[RecipientSettings]) -> tuple[RecipientSettings, ...]:
    """The readers without those who have unsubscribed."""
    left = unsubscriptions.standing(store)
    return tuple(reader for reader in readers if reader.address.casefold() not in left)


def _prepared(
    store: Database,
    edition: Edition,
    settings: DeliverySettings,
    listed: Mapping[str, RecipientSettings],
    now: datetime,
) -> list[Delivery]:
    with writing(store):
        deliveries.drop(store, edition.id, [(to, settings.way_of(reader)) for to, reader in listed.items()], now)
        return [
            deliveries.prepare(
                store,
                edition.id,
                address,
                settings.way_of(reader),
                message_id(edition.name, address, settings.sender),
                now,
                due_at=max(now, due_at(edition, reader)),
                in_reply_to=_answered(store, edition, address),
            )
            for address, reader in listed.items()
        ]


def _answered(store: Database, edition: Edition, address: str) -> str:
    """What the mail is an answer to: that of a thread to the one before it, any other to the last one of its kind."""
    if edition.kind == "thread":
        return follows.answered(store, edition.id)
    return deliveries.answered(store, address, edition.window_end, edition.kind)


def _is_due(delivery: Delivery, now: datetime, *, patient: bool) -> bool:
    if delivery.state in FINISHED:
        return False
    if patient or delivery.state == "prepared":
        return delivery.next_try_at is not None and delivery.next_try_at <= now
    return delivery.unsure < deliveries.MOST_UNSURE


def _send(
    store: Database,
    edition: Edition,
    listed: Mapping[str, RecipientSettings],
    due: Sequence[Delivery],
    ways: OpenWays,
    now: datetime,
) -> None:
    """Bring every delivery that is due. An error that no way foresaw fails the run once all others had their turn; what
    it hit stays in the ledger as it stood."""
    errors: list[Exception] = []
    with ways:
        for delivery in due:
            reader = listed[delivery.recipient]
            until = max(edition.composed_at, due_at(edition, reader)) + PATIENCE
            try:
                _bring(store, reader, delivery, ways, now, until)
            except (StoreError, sqlite3.Error):
                raise
            except Exception as error:
                logger.exception("delivery to %s by %s", delivery.recipient, delivery.way)
                errors.append(error)
    if errors:
        raise errors[0]


def _bring(
    store: Database, reader: RecipientSettings, delivery: Delivery, ways: OpenWays, now: datetime, until: datetime
) -> None:
    held = False

    def claim() -> bool:
        nonlocal held
        held = deliveries.claim(store, delivery.id, now)
        return held

    outcome = ways.hand_over(reader, delivery, claim)
    if outcome is not None:
        deliveries.settle(
            store,
            delivery,
            outcome.state,
            outcome.detail,
            now,
            held=held,
            tried=outcome.tried,
            unsure=outcome.unsure,
            next_try_at=next_try(delivery, outcome, now, until),
        )


def next_try(delivery: Delivery, outcome: SendResult, now: datetime, until: datetime) -> datetime | None:
    """When a deferred mail is tried again; None where it is given up, or where there is nothing to try."""
    if outcome.state != "deferred" or delivery.unsure + outcome.unsure >= deliveries.MOST_UNSURE:
        return None
    if not outcome.tried:
        return now + max(timedelta(minutes=RETRY_MINUTES[0]), outcome.pause) if now < until else None
    if delivery.attempts >= len(RETRY_MINUTES):
        return None
    return now + max(timedelta(minutes=RETRY_MINUTES[delivery.attempts]), outcome.pause)
