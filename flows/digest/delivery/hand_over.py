"""Delivery: one edition to each reader, with the ledger written around every hand-over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from db import deliveries, editions
from db.connect import open_store, writing
from db.records import Delivery, Edition
from flows.config.settings import DeliverySettings, RecipientSettings
from flows.digest.content.codec import typed
from flows.digest.delivery.mail import AddressError, message_id
from flows.digest.delivery.outbox import OutboxError, file_name, write_files
from flows.digest.delivery.personalise import ReaderCopies, due_at
from flows.digest.delivery.smtp import MailServer, SendResult
from flows.digest.render.images import standalone
from flows.digest.render.pages import render_pages
from flows.runtime.file_lock import locked

FINISHED = ("accepted", "refused")
"""States after which nothing is sent again: it arrived, or the server said that it never will."""
RETRY_MINUTES = (5, 15, 45, 120, 240, 240, 240, 240)
"""After how long a deferred mail is tried again: 19 hours in all, then it is given up."""
PATIENCE = timedelta(hours=24)
"""How long a mail waits for a server that cannot be used at all."""

Hand = Callable[[RecipientSettings, Delivery, Callable[[], bool]], SendResult | None]


def deliver(
    store_path: Path,
    edition: Edition,
    settings: DeliverySettings,
    password: str,
    now: datetime,
    *,
    readers: Sequence[RecipientSettings] | None = None,
    patient: bool = False,
) -> list[Delivery]:
    """Bring the edition to every reader who has not got it, and return where each delivery stands.

    Each is written down as prepared before anything leaves, as handed over when the server has taken the addresses
    and the content is about to leave, and as accepted, refused or deferred afterwards: a crash at any line sends a
    mail once more at the most, under the same Message-ID. Two processes take turns.
    ``readers`` are those of [delivery] recipients where none are given. ``patient``: deferred ones are left alone
    until their next try is due. Never raises for a reader, a mail server or an outbox; raises TurnError.
    """
    people = readers if readers is not None else tuple(RecipientSettings(address=to) for to in settings.recipients)
    listed = {reader.address: reader for reader in people}
    with locked(store_path, "sending"), closing(open_store(store_path, create=False)) as store:
        deliveries.reclaim(store, edition.id, now)
        ledger = _prepared(store, edition, settings, listed, now)
        due = [each for each in ledger if _is_due(each, now, patient=patient)]
        if due:
            _send(store, edition, settings, password, now, listed, sorted(due, key=lambda each: each.attempts))
        current = {each.id: each for each in deliveries.of_edition(store, edition.id)}
        return [current[each.id] for each in ledger]


def _prepared(
    store: Database,
    edition: Edition,
    settings: DeliverySettings,
    listed: dict[str, RecipientSettings],
    now: datetime,
) -> list[Delivery]:
    with writing(store):
        deliveries.drop(store, edition.id, settings.way, list(listed), now)
        return [
            deliveries.prepare(
                store,
                edition.id,
                address,
                settings.way,
                message_id(edition.name, address, settings.sender),
                now,
                due_at=max(now, due_at(edition, reader)),
                in_reply_to=deliveries.answered(store, address, edition.window_end),
            )
            for address, reader in listed.items()
        ]


def _is_due(delivery: Delivery, now: datetime, *, patient: bool) -> bool:
    if delivery.state in FINISHED:
        return False
    if patient or delivery.state == "prepared":
        return delivery.next_try_at is not None and delivery.next_try_at <= now
    return delivery.unsure < deliveries.MOST_UNSURE


def _send(
    store: Database,
    edition: Edition,
    settings: DeliverySettings,
    password: str,
    now: datetime,
    listed: dict[str, RecipientSettings],
    due: Sequence[Delivery],
) -> None:
    letters = ReaderCopies(edition, settings, now)
    with MailServer(settings.smtp, password) as server:
        hand = (
            _by_outbox(store, edition, settings, letters, next(iter(listed)))
            if settings.way == "outbox"
            else _by_smtp(settings, letters, server)
        )
        for delivery in due:
            reader = listed[delivery.recipient]
            until = max(edition.composed_at, due_at(edition, reader)) + PATIENCE
            _bring(store, reader, delivery, hand, now, until)


def _bring(
    store: Database, reader: RecipientSettings, delivery: Delivery, hand: Hand, now: datetime, until: datetime
) -> None:
    held = False

    def claim() -> bool:
        nonlocal held
        held = deliveries.claim(store, delivery.id, now)
        return held

    try:
        outcome = hand(reader, delivery, claim)
    except AddressError as error:
        outcome = SendResult("refused", str(error))
    except OutboxError as error:
        outcome = SendResult("deferred", str(error))
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
        return now + timedelta(minutes=RETRY_MINUTES[0]) if now < until else None
    waits = dict(enumerate(RETRY_MINUTES))
    return now + timedelta(minutes=waits[delivery.attempts]) if delivery.attempts in waits else None


def _by_smtp(settings: DeliverySettings, letters: ReaderCopies, server: MailServer) -> Hand:
    def hand(reader: RecipientSettings, delivery: Delivery, claim: Callable[[], bool]) -> SendResult | None:
        return server.send(letters.letter(reader, delivery), settings.sender, delivery.recipient, claim)

    return hand


def _by_outbox(
    store: Database, edition: Edition, settings: DeliverySettings, letters: ReaderCopies, first: str
) -> Hand:
    def hand(reader: RecipientSettings, delivery: Delivery, claim: Callable[[], bool]) -> SendResult | None:
        letter = letters.letter(reader, delivery)
        if not claim():
            return None
        # The pages are the same for everyone: written once, with the first reader's mail.
        leads = delivery.recipient == first
        suffix = ".eml" if leads else f".{file_name(delivery.recipient)}.eml"
        files = (_pages(store, edition) if leads else {}) | {suffix: letter}
        return SendResult("accepted", str(write_files(settings.outbox, edition.name, files)[suffix]))

    return hand


def _pages(store: Database, edition: Edition) -> dict[str, bytes]:
    told = typed(edition)
    text, html = editions.pages(store, edition.id) or render_pages(told)
    return {".html": standalone(html, told.content).encode(), ".txt": text.encode()}
