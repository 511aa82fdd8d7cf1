"""Following at the desk: whose link it is, what the press of a button keeps, what the page says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from db import clusters, follows, unsubscriptions
from db.records import Follow
from flows.config.settings import Config
from flows.desk import tokens, unsubscribing
from flows.digest import follow_links, following
from flows.digest.thread_inputs import thread_of
from flows.digest.thread_steps import name_of, timeline, told_by_mails

STEPS = 5
"""Steps of the thread that the page shows, the newest."""
HEADLINE = 160


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader and a story of the thread that their link is for; ``entry`` is the one beside which a link to follow
    stood, ``follow`` the row that a link to stop is for."""

    address: str
    story: int
    entry: int = 0
    follow: Follow | None = None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as the page shows it: its day in ISO form, its headline, our sentence beside a foreign one."""

    day: str
    headline: str
    language: str
    gloss: str


@dataclass(frozen=True, slots=True)
class FollowView:
    """What the page shows: the thread's name, its newest steps and how many there are, the reader as a page may name
    them, since when they follow it (empty: they do not), whether they get no mails at all, and where the two buttons
    lead, relative to the root of the desk."""

    name: str
    language: str
    steps: tuple[ShownStep, ...]
    steps_in_all: int
    address: str
    since: str
    has_left: bool
    quiet_days: int
    follow: str
    stop: str
    just_stopped: bool


def asked(store: Database, current: Config, secret: bytes, entry: int, token: str) -> Asked | None:
    """The reader whose link to follow the story of that entry it is, or None where it is nobody's."""
    readers = unsubscribing.known(store, current) | {each.address.casefold() for each in follows.standing(store)}
    address = follow_links.reader_of(token, secret, entry, sorted(readers))
    held = clusters.clusters_of(store, [entry])
    return Asked(_as_listed(current, address), held.get(entry, 0), entry) if address else None


def _as_listed(current: Config, address: str) -> str:
    return next((each.address for each in current.readers() if each.address.casefold() == address), address)


def asked_to_stop(store: Database, secret: bytes, number: int, token: str) -> Asked | None:
    """The reader whose link to stop it is, or None where it is nobody's."""
    follow = follows.find(store, number)
    if follow is None or not tokens.same(token, follow_links.stop_token(secret, follow)):
        return None
    return Asked(follow.address, follow.story_id, follow=follow)


def begin(store: Database, asked: Asked, now: datetime) -> None:
    """Keep that the reader follows the thread; once, however often it is asked, and never for who gets no mails."""
    if asked.story and not unsubscribing.has_left(store, asked.address):
        following.begin(store, asked.address, asked.story, now)


def stop(store: Database, asked: Asked, now: datetime) -> None:
    """Keep that the reader follows the thread no more."""
    if asked.follow is not None:
        follows.end(store, asked.follow.id, "reader", now)


def view_of(store: Database, current: Config, secret: bytes, asked: Asked) -> FollowView | None:
    """What the page shows; None where the store does not hold the story."""
    stories = thread_of(store, asked.story).stories if asked.story else ()
    if not stories:
        return None
    standing = following.standing(store, asked.address, asked.story)
    kept = standing or asked.follow
    # What the reader pressed beside is a step of its own, whichever report stands for the story by now.
    steps = timeline(stories, [{asked.entry}, *(told_by_mails(store, kept) if kept else ())], ())
    name, language = name_of(steps[0])
    lead = stories[0].lead_entry_id
    return FollowView(
        name=name,
        language=language,
        steps=tuple(
            ShownStep(each.told.at.date().isoformat(), each.headline, each.language, each.gloss)
            for each in steps[-STEPS:]
        ),
        steps_in_all=len(steps),
        address=unsubscribing.shown(asked.address),
        since=f"{standing.followed_at:%Y-%m-%d %H:%M} UTC" if standing else "",
        has_left=asked.address.casefold() in unsubscriptions.standing(store),
        quiet_days=current.follow.quiet_days,
        follow=f"{follow_links.PATH}/{lead}/{follow_links.token(secret, asked.address, lead)}",
        stop=follow_links.stop_path(secret, standing) if standing else "",
        just_stopped=asked.follow is not None and standing is None,
    )
