"""Delivering: an edition to its readers, what waits for its hour or its next try, and the alarm for what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from db import deliveries, editions
from db.connect import open_store
from db.records import Delivery, Edition
from flows.config.settings import OUTBOX, Config, RecipientSettings
from flows.digest.alert_editions import alert_readers
from flows.digest.delivery.hand_over import FINISHED, PATIENCE, deliver, still_reading
from flows.digest.editions import is_due
from flows.digest.follow_links import links
from flows.digest.thread_editions import thread_readers
from flows.digest.weekly.readers import weekly_readers
from flows.digest.weekly.weeks import is_week_due
from flows.runtime.clock import Clock
from flows.runtime.operator_alerts import raise_alarm


@dataclass(frozen=True, slots=True)
class Sent:
    """What one sending came to. ``edition`` is None where there was nothing new to send; ``repeated`` says that
    every copy had left before and none was sent now; ``missed`` names earlier editions that were sent late;
    ``weekly`` the weekly one that was sent beside a daily one; ``left_out`` counts those who have unsubscribed."""

    edition: Edition | None
    deliveries: tuple[Delivery, ...] = ()
    repeated: bool = False
    missed: tuple[str, ...] = ()
    weekly: str = ""
    left_out: int = 0

    @property
    def reached_nobody(self) -> bool:
        """Whether copies were to be given out, and by now nobody has one, nor waits for the hour of theirs."""
        return bool(self.deliveries) and not any(each.state in ("accepted", "prepared") for each in self.deliveries)

    @property
    def outbox_path(self) -> str:
        """The first file in the outbox, or an empty string where the edition went other ways or nowhere."""
        return next((each.detail for each in self.deliveries if each.way == OUTBOX and each.state == "accepted"), "")


def deliver_edition(
    current: Config,
    edition: Edition,
    clock: Clock,
    password: str,
    *,
    readers: tuple[RecipientSettings, ...] | None = None,
    patient: bool = False,
) -> Sent:
    """Bring one edition to whoever has not got it (``patient``: and whose next try is due), and raise the alarm for
    what did not arrive. ``readers``: all those that the edition is for, where none are named."""
    people = readers_of(current, edition) if readers is None else readers
    with closing(open_store(current.store.path)) as store:
        before = deliveries.of_edition(store, edition.id)
        left_out = len(people) - len(still_reading(store, people))
    after = tuple(
        deliver(
            current.store.path,
            edition,
            current.delivery,
            password,
            clock.now(),
            readers=people,
            patient=patient,
            web=current.fetch,
            follow=links(current),
        )
    )
    # That nobody has got a daily edition by its hour is in the book of alarms, where it begins once and ends once.
    is_watched = edition.kind == "daily" and current.watch.digest_minutes > 0
    if told := troubles(before, after, is_watched=is_watched):
        raise_alarm(current, "digest", [f"edition {edition.name}:", *told], clock.now(), password)
    repeated = bool(before) and {each.id for each in after} <= {each.id for each in before if each.state in FINISHED}
    return Sent(edition, after, repeated, left_out=left_out)


def troubles(before: Sequence[Delivery], after: Sequence[Delivery], *, is_watched: bool = False) -> list[str]:
    """What the operator must know of a sending, a line each: who was refused or given up by it, and (where nobody has
    got the edition by some way) why it does not leave that way, unless that ``is_watched`` by `flows.alarms`."""
    known = {each.id for each in before if each.state == "refused" or each.given_up}
    lost = [each for each in after if each.id not in known and (each.state == "refused" or each.given_up)]
    lines = [f"{each.recipient}: {'given up' if each.given_up else 'refused'}: {each.detail}" for each in lost]
    if is_watched:
        return lines
    working = {each.way for each in after if each.state == "accepted"}
    waiting = [each for each in after if each.state == "deferred" and not each.given_up and each.way not in working]
    return lines + sorted({_stuck(each, others_work=bool(working)) for each in waiting})


def _stuck(delivery: Delivery, *, others_work: bool) -> str:
    return f"nobody has got it{f' by {delivery.way}' if others_work else ''} yet: {delivery.detail}"


def deliver_waiting(current: Config, clock: Clock, password: str) -> list[Sent]:
    """Send the mails whose reader's hour or next try has come, of whatever edition."""
    return [
        deliver_edition(current, edition, clock, password, readers=readers_of(current, edition), patient=True)
        for edition in _waiting(current, clock.now())
    ]


def anything_due(current: Config, now: datetime) -> bool:
    """Whether there is an edition to be made, or a mail to be sent, at this moment. A few queries, as a rule."""
    return bool(_waiting(current, now)) or is_due(current, now) or is_week_due(current, now)


def _waiting(current: Config, now: datetime) -> list[Edition]:
    """The editions of which a copy is due, and those whose maker was killed before it prepared any."""
    with closing(open_store(current.store.path)) as store:
        due = [editions.find(store, name) for name in deliveries.waiting(store, now)]
        left = [editions.find(store, name) for name in deliveries.unprepared(store, now, now - PATIENCE)]
        # An alert that is in nobody's part has no copies either, and waits for nothing.
        wanted = [each for each in left if each and still_reading(store, readers_of(current, each))]
    return [each for each in due if each] + wanted


def readers_of(current: Config, edition: Edition) -> tuple[RecipientSettings, ...]:
    """Those who are to receive that edition."""
    if edition.kind == "alert":
        return alert_readers(current, edition)
    if edition.kind == "thread":
        return thread_readers(current, edition)
    return weekly_readers(current) if edition.kind in ("weekly", "lookback") else current.readers()
