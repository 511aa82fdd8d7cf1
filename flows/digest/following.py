"""Following: who may follow what, and how a follower is reached. What commands and the desk share."""

from __future__ import annotations

import re
from datetime import datetime

from sqlite_utils import Database

from db import clusters, editions, follows, stories, threads, unsubscriptions
from db.records import Follow
from flows.config.settings import WEBHOOK, Config, RecipientSettings
from flows.digest.content.codec import content_of

_OF_EDITION = re.compile(r"(?P<edition>[^#]+)#s?(?P<number>\d+)")
LARGEST = 2**63 - 1
"""No number of a story is greater: SQLite's integers end there."""


class FollowError(ValueError):
    """Nobody can follow so; the message names what is wrong and the remedy."""


def story_named(store: Database, text: str) -> int:
    """The number of the story that the text means: a number of `axiswatch story`, or ``EDITION#PLACE`` for a story by
    its place in an edition. Raises FollowError."""
    if found := _OF_EDITION.fullmatch(text):
        return _placed(store, found["edition"], int(found["number"]))
    if not (text.isascii() and text.isdecimal()):
        raise FollowError(f"{text!r} is no story; write its number, or 2026-11-21#3 for the third of that edition")
    number = int(text)
    if number > LARGEST or stories.find(store, number) is None:
        raise FollowError(f"there is no story {text} in the store; axiswatch export lists stories")
    return number


def _placed(store: Database, name: str, place: int) -> int:
    edition = editions.find(store, name)
    if edition is None:
        raise FollowError(f"there is no edition {name!r}; write the name that stands at the foot of the digest")
    story = next((each for each in content_of(edition.content).told() if each.number == place), None)
    if story is None:
        raise FollowError(f"the edition {name} tells no story under the number {place}")
    held = clusters.clusters_of(store, [story.entry])
    if story.entry not in held:
        raise FollowError(f"the store holds no story of entry {story.entry} any more")
    return held[story.entry]


def reader_named(current: Config, text: str) -> str:
    """The address that the text means, as the config writes it where it lists it: of mail, or ``webhook:NAME``. Raises
    FollowError."""
    listed = {reader.address.casefold(): reader.address for reader in current.readers()}
    if known := listed.get(text.casefold()) or listed.get(f"{WEBHOOK}:{text}".casefold()):
        return known
    if not text.isascii():
        raise FollowError(f"{text!r} holds letters that a mail's head cannot carry; use its ASCII form")
    try:
        return RecipientSettings(address=text).address
    except ValueError as error:
        hooks = ", ".join(each.name for each in current.delivery.webhook)
        more = f", or a webhook: {hooks}" if hooks else ""
        raise FollowError(f"{text!r} is no mail address; write it as name@example.org{more}") from error


def begin(store: Database, address: str, story_id: int, now: datetime) -> bool:
    """Keep that the reader follows the thread of that story from now on: what it holds is known to them. False where
    they follow it already. Raises FollowError for a reader who has unsubscribed."""
    if address.casefold() in unsubscriptions.standing(store):
        raise FollowError(
            f"{address} has unsubscribed; let them in again: axiswatch unsubscribed --take-back {address}"
        )
    held = threads.development(store, story_id)
    if standing(store, address, story_id) is not None:
        return False
    known = {each.entry.id for story in stories.with_ids(store, held) for each in story.members}
    return follows.add(store, held[0], address, known, now)


def standing(store: Database, address: str, story_id: int) -> Follow | None:
    """That the reader follows the thread of that story now, or None."""
    held = set(threads.development(store, story_id))
    mine = (each for each in follows.standing(store) if each.address.casefold() == address.casefold())
    return next((each for each in mine if each.story_id in held), None)


def reader_of_follow(current: Config, follow: Follow) -> RecipientSettings | None:
    """How a follower is reached: as the config says of them, though of the whole thread and at once; None for a webhook
    that the config does not know any more."""
    listed = {reader.address.casefold(): reader for reader in current.readers()}
    known = listed.get(follow.address.casefold())
    if known is None and follow.address.startswith(f"{WEBHOOK}:"):
        return None
    whole = {"hour": None, "partners": (), "channels": (), "min_probability": 0.0, "language": ()}
    plain = known or RecipientSettings(address=follow.address, time_zone=current.digest.time_zone)
    return plain.model_copy(update={"address": follow.address, **whole})
