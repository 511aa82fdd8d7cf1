"""The ways that one edition needs: each is opened for its first delivery, and all are closed at the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from db import editions
from db.records import Delivery, Edition
from flows.config.settings import DeliverySettings, FetchSettings, RecipientSettings
from flows.digest.content.codec import typed
from flows.digest.delivery.known_ways import way_called
from flows.digest.delivery.mail import AddressError
from flows.digest.delivery.personalise import ReaderCopies
from flows.digest.delivery.way import Batch, Claim, HandOver, SendResult, WayError
from flows.digest.follow_links import NO_LINKS, FollowLinks
from flows.digest.render.images import standalone
from flows.digest.render.pages import render_pages
from flows.digest.unsubscribe_links import LinkOf


class OpenWays:
    """A context manager. What a way meets at the other side is a result; a way that cannot be opened defers what is
    for it and holds up no other."""

    def __init__(
        self,
        store: Database,
        edition: Edition,
        settings: DeliverySettings,
        password: str,
        readers: Sequence[RecipientSettings],
        now: datetime,
        link_of: LinkOf,
        web: FetchSettings,
        follow: FollowLinks = NO_LINKS,
    ) -> None:
        """``readers``: all who are to get the edition, by whatever way. ``now`` is when it leaves, ``link_of`` gives
        the link by which a reader unsubscribes, ``web`` is how the web is reached, ``follow`` gives the links by which
        readers follow stories."""
        self._store = store
        self._edition = edition
        self._settings = settings
        self._password = password
        self._readers = readers
        self._web = web
        self._copies = ReaderCopies(edition, settings, now, link_of, follow)
        self._stack = ExitStack()
        self._open: dict[str, HandOver | WayError] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def hand_over(self, reader: RecipientSettings, delivery: Delivery, claim: Claim) -> SendResult | None:
        """Bring one delivery by its way; None where another process has it in hand.

        Raises ConfigError for a way that is unknown, and whatever error a way did not foresee.
        """
        way = self._opened(delivery.way)
        if isinstance(way, WayError):
            return SendResult("deferred", str(way), tried=False)
        try:
            return way(reader, delivery, claim)
        except AddressError as error:
            return SendResult("refused", str(error))
        except WayError as error:
            return SendResult("deferred", str(error))

    def _opened(self, name: str) -> HandOver | WayError:
        if name not in self._open:
            way = way_called(name)
            try:
                self._open[name] = self._stack.enter_context(way.opened(self._batch(name)))
            except WayError as error:
                self._open[name] = error
        return self._open[name]

    def _batch(self, name: str) -> Batch:
        return Batch(
            edition=self._edition,
            settings=self._settings,
            password=self._password,
            recipients=tuple(each.address for each in self._readers if self._settings.way_of(each) == name),
            mail=self._copies.mail,
            text=self._copies.text,
            told=self._copies.told,
            pages=self._pages,
            web=self._web,
        )

    def _pages(self) -> dict[str, bytes]:
        told = typed(self._edition)
        text, html = editions.pages(self._store, self._edition.id) or render_pages(told)
        return {".html": standalone(html, told.content).encode(), ".txt": text.encode()}
