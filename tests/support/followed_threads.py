"""A store in which a development unfolds, read by the real tagger and clustering, and readers who follow it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from classifiers.tagging.scoring import analysis_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db import clusters, editions, entries, feeds, follows, models, scores, stories, threads
from db.connect import open_store
from db.records import FeedSpec, Fetch, Follow, ModelVersion, NewEntry, Score
from flows.config.settings import Config
from flows.digest.content.codec import content_of, typed
from flows.digest.content.edition import TypedEdition
from flows.digest.content.followed import FollowedThread
from flows.digest.following import begin
from flows.digest.pending import send_due
from flows.runtime.clock import Clock
from flows.stories.clustering import cluster_waiting

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
READER = "analyst@desk.example"
OPENING = (
    "Russia and North Korea plan to sign a treaty on artillery shells in Pyongyang",
    "Envoys of Russia and North Korea said in Pyongyang that they plan to sign a treaty on artillery shells.",
)
SIGNING = (
    "Russia and North Korea sign treaty on artillery shells in Pyongyang",
    "Envoys of Russia and North Korea signed the treaty on artillery shells in Pyongyang on Wednesday.",
)
GERMAN = (
    "Nordkorea und Russland unterzeichnen in Pjöngjang einen Vertrag über Artilleriegranaten",
    "Gesandte unterzeichneten in Pjöngjang einen Vertrag über Artilleriegranaten.",
)
DELIVERY = (
    "North Korea delivers 40,000 artillery shells to Russia under the Pyongyang treaty",
    "North Korea has delivered 40,000 artillery shells to Russia under the treaty signed in Pyongyang.",
)


def settings(folder: Path, **sections: Any) -> Config:
    """Settings with a store and an outbox in that folder; ``sections`` go before."""
    told = {"store": {"path": folder / "watch.db"}, "delivery": {"outbox": folder / "out"}}
    return Config.model_validate(told | sections)


def report(current: Config, told: tuple[str, str], at: datetime, outlet: str = "Harbour Post", **more: Any) -> int:
    """Store a flagged report, first seen at that moment, and cluster it; returns the number of its story."""
    with closing(open_store(current.store.path)) as store:
        if models.champion(store) is None:
            models.insert(store, ModelVersion("m", "candidate", at, 0.5, 0.3, "", "", {}, {}))
            models.promote(store, "m")
        probability = more.pop("probability", 0.95)
        name = outlet.lower().replace(" ", "-")
        spec = FeedSpec(f"https://{name}.example/feed", outlet, kind=more.pop("kind", "press"))
        (feed,) = feeds.subscribe(store, [spec], at)
        plain = NewEntry((f"{outlet} {told[0]} {at}",), told[0], published_at=at, published_status="stated")
        new = replace(plain, summary=told[1], link=f"https://{name}.example/{at:%d%H%M}", **more)
        entries.append_batch(store, Fetch(feed.id, at, "ok", "run", seen=1), [new], at)
        (entry,) = [each for batch in entries.unscored(store, 10) for each in batch]
        analysis = analysis_of(entry)
        tags = tagged(analysis, read_watchlist())
        partners = tags.values("partner")
        scores.append(
            store, [Score(entry.id, "m", probability, True, False, analysis.language, True, partners, (), at, tags)]
        )
        cluster_waiting(store, at)
        return clusters.clusters_of(store, [entry.id])[entry.id]


def read(current: Config, at: datetime) -> None:
    """Keep that a feed was read then and brought nothing."""
    with closing(open_store(current.store.path)) as store:
        (feed,) = feeds.subscribe(store, [FeedSpec("https://harbour-post.example/feed", "Harbour Post")], at)
        entries.append_batch(store, Fetch(feed.id, at, "ok", "run", seen=0), [], at)


def follow(current: Config, story: int, at: datetime, reader: str = READER) -> bool:
    """Let the reader follow the thread of that story."""
    with closing(open_store(current.store.path)) as store:
        return begin(store, reader, story, at)


def passed(current: Config, at: datetime) -> tuple[str, ...]:
    """What a pass over the feeds sends of threads at that moment: the names of the editions."""
    return send_due(current, Clock(at.isoformat())).threads


def mail(current: Config, name: str) -> EmailMessage:
    """The mail of that edition in the outbox."""
    content = (current.delivery.outbox / f"{name}.eml").read_bytes()
    return message_from_bytes(content, policy=policy.default)


def body(message: EmailMessage, kind: str = "plain") -> str:
    """One of the two bodies of the mail."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def begun(folder: Path) -> Config:
    """A thread with one story, which the reader follows since two hours after noon."""
    told = settings(folder, desk={"address": "https://desk.example"})
    story = report(told, OPENING, NOON)
    report(told, OPENING, NOON + HOUR, "Quay News")
    assert follow(told, story, NOON + 2 * HOUR)
    return told


def standing(current: Config) -> list[Follow]:
    """Who follows what now."""
    with closing(open_store(current.store.path)) as store:
        return follows.standing(store)


def joined(store: Database, story: int) -> None:
    """Put a story into the thread of the first one."""
    found = stories.find(store, story)
    assert found is not None
    threads.append(store, [(found.lead_entry_id, 1)])


def followed(current: Config, name: str) -> FollowedThread:
    """What the edition of that name says of its thread."""
    with closing(open_store(current.store.path)) as store:
        edition = editions.find(store, name)
    assert edition is not None
    told = content_of(edition.content).followed
    assert told is not None
    return told


def step(folder: Path) -> TypedEdition:
    """A mail of a thread with three steps, of which one has a headline in another language."""
    current = begun(folder)
    report(current, SIGNING, NOON + DAY, "Quay News")
    report(current, GERMAN, NOON + DAY, "Hafenblatt", language="de")
    passed(current, NOON + DAY + MINUTE)
    report(current, DELIVERY, NOON + 2 * DAY, "Quay News", kind="state_media")
    (name,) = passed(current, NOON + 2 * DAY + MINUTE)
    with closing(open_store(current.store.path)) as store:
        edition = editions.find(store, name)
    assert edition is not None
    return typed(edition)
