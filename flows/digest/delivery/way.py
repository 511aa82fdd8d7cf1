"""What a way of delivery is: the protocol that mail, the outbox and every other way fulfil, and the words they share.

A further way is one module that fulfils `DeliveryWay`, and its line in `flows.digest.delivery.known_ways`; settings of
its own, where it needs any, are a section beside [delivery.smtp]. What happens before and after the hand-over (the
ledger, the next try, what a kill leaves behind) is the same for all ways: `flows.digest.delivery.hand_over`. Reading a
config loads this module and those of the ways, so they load quickly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from db.records import Delivery, Edition
from flows.config.settings import DeliverySettings, FetchSettings, RecipientSettings

if TYPE_CHECKING:
    from flows.digest.content.edition import TypedEdition


class SendResult(NamedTuple):
    """What became of one delivery: accepted, refused for good, or deferred (put off, or nobody knows).

    ``detail`` is what the other side said, or the file that was written. ``unsure``: the content had begun to leave,
    and no answer came, so that it may have arrived. Not ``tried``: the other side was left alone. ``pause``: for so
    long the other side asked not to be tried again.
    """

    state: Literal["accepted", "refused", "deferred"]
    detail: str
    unsure: bool = False
    tried: bool = True
    pause: timedelta = timedelta(0)


class WayError(Exception):
    """The way cannot be used at present; the message says why and names the remedy. The delivery is deferred."""


Claim = Callable[[], bool]
"""To be called just before the content leaves. False: another process has the delivery in hand, nothing may be sent."""
HandOver = Callable[[RecipientSettings, Delivery, Claim], SendResult | None]
"""Bring one delivery to its recipient. None where the claim was not granted. What the other side does wrong is a
result; only WayError, and what ``Batch.mail`` raises, may leave it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One edition on its way to all who get it by one way, and what can be handed over.

    ``recipients`` are the addresses of all of them, in the order of the config, whether or not they have got it
    already. ``mail`` gives a recipient's copy as a whole mail in bytes (it raises AddressError), ``text`` the same
    copy as plain text, ``told`` as a record, ``pages`` the two pages of the edition (".html" and ".txt"), which are the
    same for everyone. ``web`` says how the web is reached from here.
    """

    edition: Edition
    settings: DeliverySettings
    password: str
    recipients: tuple[str, ...]
    mail: Callable[[RecipientSettings, Delivery], bytes]
    text: Callable[[RecipientSettings], str]
    told: Callable[[RecipientSettings], TypedEdition]
    pages: Callable[[], Mapping[str, bytes]]
    web: FetchSettings


class DeliveryWay(Protocol):
    """A way of delivery."""

    @property
    def name(self) -> str:
        """What the config and the ledger call it."""
        ...

    def missing(self, settings: DeliverySettings) -> str:
        """What it needs of the settings and does not find there, with the remedy; an empty string: nothing."""
        ...

    def opened(self, batch: Batch) -> AbstractContextManager[HandOver]:
        """The way made ready for a batch, and closed at the end; raises WayError where it cannot be."""
        ...
