"""Delivery by mail: every copy goes to the mail server of [delivery.smtp], over one connection for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from db.records import Delivery
from flows.config.settings import MAIL, DeliverySettings, RecipientSettings
from flows.digest.delivery.smtp import MailServer
from flows.digest.delivery.way import Batch, Claim, HandOver, SendResult


class MailWay:
    """The way "mail"."""

    name = MAIL

    def missing(self, settings: DeliverySettings) -> str:
        """A mail server, where none is named."""
        return "" if settings.smtp.host else "needs a server; set host in [delivery.smtp]"

    @contextmanager
    def opened(self, batch: Batch) -> Iterator[HandOver]:
        """A connection, which is opened at the first mail."""
        settings = batch.settings
        with MailServer(settings.smtp, batch.password) as server:

            def hand(reader: RecipientSettings, delivery: Delivery, claim: Claim) -> SendResult | None:
                return server.send(batch.mail(reader, delivery), settings.sender, delivery.recipient, claim)

            yield hand
