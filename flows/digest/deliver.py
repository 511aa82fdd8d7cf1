"""Delivery: one edition to each recipient, with the ledger written around every hand-over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from db import deliveries
from db.connect import open_store
from db.types import Delivery, Edition
from flows.config import DeliverySettings
from flows.digest.mail import AddressError, MailServer, Outcome, build_message, message_id
from flows.digest.outbox import OutboxError, file_name, write_files
from flows.digest.render import Parts, render_parts

FINISHED = ("accepted", "refused")
"""States after which nothing is sent again: it arrived, or the server said that it never will."""

Hand = Callable[[Delivery], Outcome]


def deliver(
    store_path: Path, edition: Edition, settings: DeliverySettings, password: str, now: datetime
) -> list[Delivery]:
    """Bring the edition to every recipient that has not got it, and return where each delivery stands.

    Each is written down as prepared before anything leaves, as handed over before its mail leaves, and as accepted,
    refused or deferred afterwards: a crash at any line sends a mail once more at the most, under the same Message-ID.
    Deferred ones are tried again by the next call. Never raises for a recipient, a mail server or an outbox.
    """
    with closing(open_store(store_path, create=False)) as store:
        ledger = [
            deliveries.prepare(
                store, edition.id, recipient, settings.way, message_id(edition, recipient, settings.sender), now
            )
            for recipient in dict.fromkeys(settings.recipients)
        ]

        def settle(delivery: Delivery, hand: Hand) -> Delivery:
            deliveries.mark(store, delivery.id, "handed_over", "", now)
            outcome = hand(delivery)
            deliveries.mark(store, delivery.id, outcome.state, outcome.detail, now)
            return replace(delivery, state=outcome.state, detail=outcome.detail, updated_at=now)

        if all(delivery.state in FINISHED for delivery in ledger):
            return ledger
        parts = render_parts(edition)
        with MailServer(settings.smtp, password) as server:
            hand = (
                _by_outbox(edition, settings, parts)
                if settings.way == "outbox"
                else _by_smtp(edition, settings, parts, server)
            )
            return [delivery if delivery.state in FINISHED else settle(delivery, hand) for delivery in ledger]


def _by_smtp(edition: Edition, settings: DeliverySettings, parts: Parts, server: MailServer) -> Hand:
    def hand(delivery: Delivery) -> Outcome:
        try:
            message = build_message(edition, delivery.recipient, settings, parts=parts, known_id=delivery.message_id)
        except AddressError as error:
            return Outcome("refused", str(error))
        return server.send(message, settings.sender, delivery.recipient)

    return hand


def _by_outbox(edition: Edition, settings: DeliverySettings, parts: Parts) -> Hand:
    def hand(delivery: Delivery) -> Outcome:
        try:
            message = build_message(edition, delivery.recipient, settings, parts=parts, known_id=delivery.message_id)
            first = delivery.recipient == settings.recipients[0]
            suffix = ".eml" if first else f".{file_name(delivery.recipient)}.eml"
            # The pages are the same for everyone: written once, with the first recipient's mail.
            pages = {".html": parts.html.encode(), ".txt": parts.text.encode()} if first else {}
            paths = write_files(settings.outbox, edition.name, pages | {suffix: message.as_bytes()})
        except AddressError as error:
            return Outcome("refused", str(error))
        except OutboxError as error:
            return Outcome("deferred", str(error))
        return Outcome("accepted", str(paths[suffix]))

    return hand
