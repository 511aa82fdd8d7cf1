"""A store with a few editions of made-up stories, to be published: what a hostile feed writes stands among them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db import clusters, editions, entries, feeds, threads
from db.connect import open_store
from db.records import Edition, EditionKind, FeedSpec, Fetch, NewEntry
from flows.config.settings import Config
from flows.digest.content.codec import to_json
from flows.digest.content.edition import EditionContent, TypedEdition
from flows.digest.content.story import Bearing, JudgeLink, NearMiss, OtherOutlet
from flows.digest.window import Window
from flows.publish.folder import Published
from flows.publish.publishing import publish
from tests.support.edition_records import composed, scored, stories, with_first_story

HOSTILE = "</title><script>alert(1)</script>]]> & \"'><img src=x onerror=alert(1)> <!channel>"
TOKEN = "t0ken-of-a-reader"
OUTLET = "<b>Daily</b> & Sons"


def configured(folder: Path, **publish: Any) -> Config:
    """Settings with a store, an outbox and a folder to publish to."""
    told = {
        "store": {"path": folder / "watch.db"},
        "delivery": {"outbox": folder / "out", "recipients": ["reader@secret.example"]},
        "publish": {"folder": folder / "site", **publish},
    }
    return Config.model_validate(told)


def fill(current: Config, entry_count: int = 6) -> None:
    """A store with entries, each a story; the third is of the first one's thread."""
    with closing(open_store(current.store.path)) as store:
        at = scored(1).entry.first_seen_at - timedelta(days=1)
        (feed,) = feeds.subscribe(store, [FeedSpec("https://a.example/feed", "A Gazette")], at)
        new = [NewEntry((f"key-{number}",), f"Entry {number}") for number in range(1, entry_count + 1)]
        entries.append_batch(store, Fetch(feed.id, at, "ok", "run", seen=len(new)), new, at)
        held = [each for batch in entries.unscored(store, 100) for each in batch]
        assert [each.id for each in held] == list(range(1, entry_count + 1))
        clusters.append(store, [(None, [each]) for each in held[:-1]], at)  # the last one has no story
        threads.append(store, [(3, 1)])


def story(number: int, **changes: Any) -> TypedEdition:
    """An edition of one story, whose lead is the entry of that number."""
    content = composed([scored(number)])
    return with_first_story(TypedEdition(content.name, scored(1).entry.first_seen_at, content), **changes)


def content_with(told: Sequence[TypedEdition], name: str, day: str) -> EditionContent:
    """The content of an edition that tells all of these stories."""
    found = (each for one in told for each in stories(one.content))
    every = tuple(replace(each, number=number) for number, each in enumerate(found, 1))
    base = composed([scored(1)])
    (group,) = base.groups
    counts = replace(base.counts, stories=len(every), shown=len(every))
    near = NearMiss.of(every[0], drawn=False, review=f"https://desk.example/?key={TOKEN}") if every else None
    judge = (JudgeLink(name="Relevant", link=f"https://desk.example/judge?t={TOKEN}"),)
    return replace(
        base,
        name=name,
        day=day,
        groups=(replace(group, stories=every),) if every else (),
        counts=counts,
        near=(replace(near, judge=judge),) if near else (),
    )


def freeze(current: Config, name: str, told: Sequence[TypedEdition], days: int, kind: EditionKind = "daily") -> Edition:
    """Store an edition so many days after the first."""
    start = scored(1).entry.first_seen_at + timedelta(days=days)
    window = Window(start - timedelta(days=1), start)
    with closing(open_store(current.store.path)) as store:
        return _inserted(store, name, window, to_json(content_with(told, name, f"Day {days} of it")), kind)


def _inserted(store: Database, name: str, window: Window, content: dict[str, Any], kind: EditionKind) -> Edition:
    return editions.insert(
        store,
        name=name,
        window=window,
        composed_at=window.end + timedelta(minutes=5),
        model_version="m-1",
        config_hash="abcd",
        content=content,
        kind=kind,
    )


PERSIAN = {
    "headline": "خبری از بندر",
    "language": "fa",
    "in_language": "Persian",
    "gloss": "Iran sends oil & gas to Russia.",
    "chain": "Iran → Russia: energy",
    "partner_ids": ("iran", "china"),
    "channels": ("energy_trade",),
    "bears": (Bearing(claim="drones-ir", name="Drones & more", stance="supports"),),
}


def first_edition(current: Config) -> Edition:
    """Three stories: one in Persian, one that a hostile feed wrote, one without a link."""
    others = (OtherOutlet(outlet=OUTLET, link="https://b.example/?a=1&b=2", state_media=True),)
    told = [
        story(1, **PERSIAN),
        story(2, headline=HOSTILE, outlet=OUTLET, others=others, outlets=2, summary=HOSTILE, channels=("arms",)),
        story(6, headline="Without a link", link="", partner_ids=(), channels=()),
    ]
    return freeze(current, "2026-11-20", told, 0)


def second_edition(current: Config) -> Edition:
    """News of the first story, and another one of its thread, that cuts against a claim."""
    cuts = (Bearing(claim="drones-ir", name="Drones & more", stance="cuts against"),)
    told = [
        story(1, **PERSIAN | {"is_update": True, "news": "now done", "since": "Fri 20 Nov"}),
        story(3, headline="A reaction", bears=cuts, partner_ids=("iran",), channels=("arms",)),
    ]
    return freeze(current, "2026-11-21", told, 1)


def folder_of(current: Config) -> Path:
    """Where it publishes to."""
    assert current.publish.folder is not None
    return current.publish.folder


def files(folder: Path) -> dict[str, bytes]:
    """Path → content of everything in the folder."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def done(current: Config) -> Published:
    """Publish, and say what that came to."""
    found = publish(current)
    assert found is not None
    return found
