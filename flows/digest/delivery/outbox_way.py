"""Delivery to the outbox: every copy becomes a file in the folder of [delivery] outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from db.records import Delivery
from flows.config.settings import OUTBOX, DeliverySettings, RecipientSettings
from flows.digest.delivery.outbox import file_name, write_files
from flows.digest.delivery.way import Batch, Claim, HandOver, SendResult


class OutboxWay:
    """The way "outbox"."""

    name = OUTBOX

    def missing(self, settings: DeliverySettings) -> str:  # noqa: ARG002 - the protocol asks for it
        """Nothing: the folder is made where it is missing."""
        return ""

    @contextmanager
    def opened(self, batch: Batch) -> Iterator[HandOver]:
        """The folder. The pages are the same for everyone: they are written once, with the first recipient's mail."""
        first = batch.recipients[0]

        def hand(reader: RecipientSettings, delivery: Delivery, claim: Claim) -> SendResult | None:
            mail = batch.mail(reader, delivery)
            if not claim():
                return None
            leads = delivery.recipient == first
            suffix = ".eml" if leads else f".{file_name(delivery.recipient)}.eml"
            files = (dict(batch.pages()) if leads else {}) | {suffix: mail}
            written = write_files(batch.settings.outbox, batch.edition.name, files)
            return SendResult("accepted", str(written[suffix]))

        yield hand
