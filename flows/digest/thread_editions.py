"""Mails of followed threads: what each brings its reader, as an edition of its own, frozen once and sent at once.

The edition, whom it is for and what the reader knows by it are stored in one transaction: killed before it, the next
pass makes the same edition again; after it, the ledger of sending brings what is left.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from db import follows, story_counts, unsubscriptions
from db.connect import StoreError, open_store, writing
from db.records import Edition, Follow, ScoredEntry
from flows.config.publishing import THREAD_PAGE
from flows.config.settings import Config, RecipientSettings
from flows.digest.compose.thread_mail import can_wait, steps, subject_of, thread_content, told_entries, weekday_of
from flows.digest.content.codec import to_json
from flows.digest.content.edition import EditionContent
from flows.digest.content.followed import FollowedThread
from flows.digest.delivery.personalise import marked
from flows.digest.display_text import counted, one_line
from flows.digest.editions import store_frozen
from flows.digest.follow_links import follow_link, root_of, secret_for, stop_path
from flows.digest.following import reader_of_follow
from flows.digest.subject import LONGEST
from flows.digest.thread_inputs import Thread, inputs_of_thread, thread_of, window_of
from flows.digest.thread_steps import dated, name_of, timeline, told_by_mails
from flows.digest.window import daily_window

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Composing:
    """One reader's thread at one moment."""

    store: Database
    current: Config
    follow: Follow
    thread: Thread
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.current.digest.time_zone)

    def told(self, new: Sequence[ScoredEntry]) -> EditionContent:
        """What an edition tells of these entries."""
        told = told_by_mails(self.store, self.follow)
        inputs = inputs_of_thread(self.store, self.current, self.thread, self.follow, told, new, self.now)
        return thread_content(inputs, self.current.digest)

    def sent_on(self, days_back: int = 0) -> int:
        """How many mails of the thread were made on that local day."""
        day = self.now.astimezone(self.zone).date() - timedelta(days=days_back)
        window = daily_window(day, self.zone.key)
        mails = follows.mails(self.store, self.follow.id)
        return sum(window.start <= each.composed_at < window.end for each in mails)


def compose_threads(current: Config, now: datetime) -> tuple[list[Edition], list[str]]:
    """Freeze an edition for each reader and followed thread that has a next step, as far as the day's number allows,
    and for each that is quiet. Returns them, and a line for each thread that could not be composed: it holds up no
    other, and the next pass tries again. Call it while the lock "composing" is held."""
    made: list[Edition] = []
    troubles: list[str] = []
    with closing(open_store(current.store.path)) as store:
        for each in _standing(store, current, now):
            try:
                made += _next(each)
            except (StoreError, sqlite3.Error):
                raise
            except Exception as error:
                logger.exception("thread %d", each.follow.story_id)
                troubles.append(f"thread {each.follow.story_id}: {type(error).__name__}: {error}")
    return made, troubles


def _standing(store: Database, current: Config, now: datetime) -> Iterator[_Composing]:
    """Whom there may be something for. Those who get no mails follow no more, nor does one thread twice who follows two
    that became one."""
    left = unsubscriptions.standing(store)
    followed: dict[str, set[int]] = {}
    for follow in follows.standing(store):
        reader, thread = follow.address.casefold(), thread_of(store, follow.story_id)
        if reader in left:
            follows.end(store, follow.id, "unsubscribed", now)
        elif follow.story_id in followed.get(reader, set()):
            follows.end(store, follow.id, "same thread", now)
        elif reader_of_follow(current, follow) is not None:
            yield _Composing(store, current, follow, thread, now)
        followed.setdefault(reader, set()).update(thread.ids)


def _next(each: _Composing) -> list[Edition]:
    new = each.thread.beside(each.follow.known)
    if new and each.sent_on() >= each.current.follow.a_day:
        logger.info("thread %d: %d reports wait for tomorrow's mail", each.follow.story_id, len(new))
        return []
    content = each.told(new) if new else None
    if content and content.counts.stories and not can_wait(content):
        return [_step(each, new, content)]
    if content and not content.counts.stories:
        follows.know(each.store, each.follow.id, each.thread.entries | each.follow.known, each.now)
    return [_farewell(each)] if _is_quiet(each) else []


def _step(each: _Composing, new: Sequence[ScoredEntry], content: EditionContent) -> Edition:
    told = _followed(each, content, subject_of(content))
    for mark in _marks(each, new):
        content = marked(content, mark)
    return _frozen(each, replace(content, followed=told), steps(content))


def _marks(each: _Composing, new: Sequence[ScoredEntry]) -> list[str]:
    """What is particular about the mail: that it gathers what was held back, that it is the day's last."""
    most = each.current.follow.a_day
    begins = daily_window(each.now.astimezone(each.zone).date(), each.zone.key).start
    marks = []
    if each.sent_on(1) >= most and any(scored.entry.first_seen_at < begins for scored in new):
        mails = counted(most, "mail", "mails")
        marks.append(f"This thread had sent yesterday's {mails}: what came after them stands here together.")
    if each.sent_on() + 1 == most:
        marks.append(f"Today's last mail of this thread ({most} a day): what else comes is sent together tomorrow.")
    return marks


def _is_quiet(each: _Composing) -> bool:
    """Whether nothing was reported for so many days, and as many days were read: silence of a monitor that was off says
    nothing of the thread."""
    days = each.current.follow.quiet_days
    last = max(each.thread.last_report if each.thread.stories else each.follow.followed_at, each.follow.followed_at)
    if each.now - last < timedelta(days=days):
        return False
    return len(story_counts.feeds_read(each.store, last, each.now)) >= days


def _farewell(each: _Composing) -> Edition:
    """The last mail: a thread that says nothing any more must not look like one of which nothing is heard yet."""
    days = each.current.follow.quiet_days
    told = _followed(each, None, "")
    told = replace(
        told, subject=one_line(f"Quiet for {counted(days, 'day', 'days')}, followed no more: {told.name}", LONGEST)
    )
    last = weekday_of(max(each.thread.last_report, each.follow.followed_at), each.zone)
    ended = f"Nothing was reported of it for {counted(days, 'day', 'days')}, since {last}: this was its last mail."
    content = marked(replace(each.told(()), followed=replace(told, ended=ended)), ended)  # for chats, which show marks
    return _frozen(each, content, 0)


def _followed(each: _Composing, content: EditionContent | None, subject: str) -> FollowedThread:
    current, follow = each.current, each.follow
    new = told_entries(content) if content else ()
    made = timeline(each.thread.stories, told_by_mails(each.store, follow), new)
    (listed, left), (name, language) = dated(made, each.now, each.zone), name_of(made[0])
    secret, root, public = secret_for(current), root_of(current), current.delivery.one_click.rstrip("/")
    path = stop_path(secret, follow) if secret else ""
    lead = each.thread.stories[0].lead_entry_id
    return FollowedThread(
        thread=each.thread.stories[0].id,
        name=name,
        language=language,
        subject=subject,
        since=weekday_of(follow.followed_at, each.zone),
        quiet_days=current.follow.quiet_days,
        steps=listed,
        steps_left=left,
        page=_page(current, each.thread),
        stop=f"{root}/{path}" if path else "",
        one_click=f"{public}/{path}" if path and public else "",
        again=follow_link(current, secret, follow.address, lead) if secret and content is None else "",
    )


def _page(current: Config, thread: Thread) -> str:
    """The thread's page in the archive, where it is published and there."""
    folder, address = current.publish.folder, current.publish.address
    path = THREAD_PAGE.format(thread.stories[0].id)
    if folder is None or not address or not (folder / path).is_file():
        return ""
    return f"{address.rstrip('/')}/{path}"


def _frozen(each: _Composing, content: EditionContent, told: int) -> Edition:
    follow, store = each.follow, each.store
    number = len(follows.mails(store, follow.id)) + 1
    name, judge = f"thread-{follow.story_id}-{follow.id}-{number}", content.model.version if content.model else ""
    window, made_of = window_of(follow, each.now), to_json(replace(content, name=name))
    made = Edition(0, name, *window, each.now, judge, each.current.digest_hash(), made_of, "thread")
    with writing(store):
        edition = store_frozen(store, made)
        follows.keep_mail(store, edition.id, follow.id, told)
        follows.know(store, follow.id, each.thread.entries | follow.known, each.now)
        if not told:
            follows.end(store, follow.id, "quiet", each.now)
    return edition


def thread_readers(current: Config, edition: Edition) -> tuple[RecipientSettings, ...]:
    """Whom a mail of a thread is for: nobody once they have stopped following."""
    with closing(open_store(current.store.path)) as store:
        follow = follows.told_by(store, edition.id)
    if follow is None or follow.ended_by in ("reader", "unsubscribed"):
        return ()
    reader = reader_of_follow(current, follow)
    return () if reader is None else (reader,)
