"""Personal copies: an edition as each reader gets it; what readers have in common is rendered once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from db.records import Delivery, Edition
from flows.config.settings import OUTBOX, DeliverySettings, RecipientSettings
from flows.digest.content.codec import typed
from flows.digest.content.edition import EditionContent, TypedEdition
from flows.digest.delivery.mail import build_message
from flows.digest.delivery.reader_view import view
from flows.digest.display_text import day_and_time
from flows.digest.follow_links import NO_LINKS, FollowLinks, addressed
from flows.digest.render.mail_footer import leads_here_alone
from flows.digest.render.pages import Parts, render_parts
from flows.digest.unsubscribe_links import LinkOf, no_link
from flows.digest.window import next_hour

LATE = timedelta(hours=1)
"""A mail that leaves so long after it was due says so."""
SCHEDULED = ("daily", "weekly")
"""Kinds of editions that readers get at an hour of their own."""


def due_at(edition: Edition, reader: RecipientSettings) -> datetime:
    """When a daily or weekly edition is due at that reader: at their hour, else when it closes. Others: at once."""
    if edition.kind not in SCHEDULED:
        return edition.composed_at
    if reader.hour is None:
        return edition.window_end
    return next_hour(edition.window_end, reader.time_zone or "UTC", reader.hour)


def marked(content: EditionContent, mark: str) -> EditionContent:
    """The content with one more line at its head that says what is particular about it."""
    return replace(content, marks=(*content.marks, mark))


class ReaderCopies:
    """Makes the copies of one edition; renders once for readers with the same wishes. Raises ContentError."""

    def __init__(
        self,
        edition: Edition,
        settings: DeliverySettings,
        now: datetime,
        link_of: LinkOf = no_link,
        follow: FollowLinks = NO_LINKS,
    ) -> None:
        """``link_of`` gives the link by which a reader unsubscribes, ``follow`` those by which they follow stories."""
        self._edition = edition
        self._whole = typed(edition)
        self._settings = settings
        self._now = now
        self._link_of = link_of
        self._follow = follow
        self._rendered: dict[tuple[RecipientSettings, str, bool], tuple[TypedEdition, Parts]] = {}

    def mail(self, reader: RecipientSettings, delivery: Delivery) -> bytes:
        """The whole mail, its lines ended by CRLF. Raises AddressError for an address that cannot be written to."""
        edition, parts = self._parts(reader)
        message = build_message(
            edition,
            delivery.recipient,
            self._settings,
            parts=self._own(parts, delivery.recipient),
            known_id=delivery.message_id,
            in_reply_to=delivery.in_reply_to,
            form=reader.format,
            one_click=self._link_of(delivery.recipient),
        )
        return message.as_bytes()

    def text(self, reader: RecipientSettings) -> str:
        """What the reader's copy says, as plain text: for ways of delivery that take no mails."""
        return self._own(self._parts(reader)[1], reader.address).text

    def told(self, reader: RecipientSettings) -> TypedEdition:
        """The reader's copy as a record: for ways of delivery that write it in a form of their own."""
        content, late = view(self._whole.content, reader), self._late(reader)
        if content.desk_is_local and not self._stays_here(reader):
            content = content.without_judge_links()
        return replace(self._whole, content=marked(content, late) if late else content)

    def _parts(self, reader: RecipientSettings) -> tuple[TypedEdition, Parts]:
        late = self._late(reader)
        # Who the reader is does not matter for what they read.
        anybody = {"address": "", "hour": None, "time_zone": None, "format": "both", "way": None}
        key = reader.model_copy(update=anybody), late, self._stays_here(reader)
        if key not in self._rendered:
            told = self.told(reader)
            self._rendered[key] = told, render_parts(told, self._follow_at(reader))
        return self._rendered[key]

    def _follow_at(self, reader: RecipientSettings) -> str:
        """Where stories are followed; empty where that would lead the reader nowhere."""
        address = self._follow.address
        return "" if leads_here_alone(address) and not self._stays_here(reader) else address

    def _stays_here(self, reader: RecipientSettings) -> bool:
        """Whether the copy is a file on this machine, where the links of a desk without an address lead somewhere."""
        return self._settings.way_of(reader) == OUTBOX

    def _own(self, parts: Parts, address: str) -> Parts:
        """With the reader's own tokens."""
        return Parts(*(addressed(each, address, self._follow.token_of) for each in parts))

    def _late(self, reader: RecipientSettings) -> str:
        due = due_at(self._edition, reader)
        composed_late = self._edition.composed_at - self._edition.window_end > LATE
        if self._edition.kind not in SCHEDULED or composed_late or self._now - due <= LATE:
            return ""
        zone = ZoneInfo(reader.time_zone or "UTC")
        when = [day_and_time(moment.astimezone(zone)) for moment in (due, self._now)]
        return f"Sent late: due {when[0]}, sent {when[1]} ({zone.key})."
