"""A store built by hand for editions: settings, entries that were seen, settings changed."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from db import entries, feeds, models, scores
from db.connect import open_store
from db.records import FeedSpec, Fetch, ModelVersion, NewEntry, Score
from flows.config.settings import Config

BERLIN = {"time_zone": "Europe/Berlin", "hour": 6}


def config(folder: Path, **digest: object) -> Config:
    """Settings with a store and an outbox in that folder."""
    told = {"store": {"path": folder / "watch.db"}, "delivery": {"outbox": folder / "out"}, "digest": digest or BERLIN}
    return Config.model_validate(told)


def see(current: Config, moment: datetime, name: str, *, flagged: bool = True) -> None:
    """Store an entry, first seen at that moment, and flagged or not."""
    with closing(open_store(current.store.path)) as store:
        if models.champion(store) is None:
            models.insert(store, ModelVersion("m", "candidate", moment, 0.5, 0.3, "", "", {}, {}))
            models.promote(store, "m")
        (feed,) = feeds.subscribe(store, [FeedSpec("https://a.example/feed", "A Gazette")], moment)
        new = NewEntry((name,), name, published_at=moment, published_status="stated")
        entries.append_batch(store, Fetch(feed.id, moment, "ok", "run", seen=1), [new], moment)
        (entry,) = [each for batch in entries.unscored(store, 10) for each in batch]
        scores.append(store, [Score(entry.id, "m", 0.9, flagged, False, "en", True, ("iran",), (), moment)])


def changed(current: Config, **sections: Any) -> Config:
    """The settings with some sections read anew."""
    told = current.model_dump(exclude_defaults=True) | sections
    return Config.model_validate(told)
