"""Pruning: what the store and Prefect's databases beside it could give up by the ages of [keep], and giving it up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from db.compacting import Use, compact, no_room_for, use_of
from db.connect import StoreError, open_store
from db.pruning import APPENDED, Ages, Part, prunable, prune
from flows.config.settings import Config
from flows.runtime.prefect_database import PrefectDatabaseError, databases_in, shrink

MEGABYTE = 10**6


@dataclass(frozen=True, slots=True)
class CouldGiveUp:
    """What could be given up: parts of the store and how much of its file is in use; Prefect's databases, with their
    sizes, and the most that each may take."""

    parts: tuple[Part, ...]
    use: Use
    prefect: tuple[tuple[Path, int], ...]
    most: int

    def lines(self) -> list[str]:
        """The same for people."""
        told = [f"{each.rows} {each.name}: about {_mb(each.bytes)}" for each in self.parts]
        told.append(f"the store takes {_mb(self.use.size)}, of which {_mb(self.use.unused)} hold nothing")
        for file, size in self.prefect:
            over = "its oldest runs are taken away" if size > self.most else "left as it is"
            told.append(f"{file}: {_mb(size)} of {_mb(self.most)} at the most; {over}")
        return told


@dataclass(frozen=True, slots=True)
class GaveUp:
    """What was given up: rows changed; bytes by which the store's file and Prefect's databases shrank; what could not
    be done, a line each."""

    rows: int
    store_bytes: int
    prefect_bytes: int
    troubles: tuple[str, ...]

    def lines(self) -> list[str]:
        """The same for people."""
        freed = f"the store is {_mb(self.store_bytes)} smaller, Prefect's databases {_mb(self.prefect_bytes)}"
        return [f"gave up {self.rows} rows or bodies; {freed}", *self.troubles]


def _mb(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB"


def ages_of(current: Config, now: datetime) -> Ages:
    """The moments before which [keep] keeps nothing."""
    keep = current.keep
    return Ages(
        now - timedelta(days=keep.fetch_days) if keep.fetch_days else None,
        now - timedelta(days=keep.body_days) if keep.body_days else None,
    )


def could_give_up(current: Config, now: datetime) -> CouldGiveUp:
    """What pruning would give up; nothing is changed. Raises StoreError."""
    with closing(open_store(current.store.path, create=False)) as store:
        parts = tuple(prunable(store, ages_of(current, now)))
    databases = tuple((file, file.stat().st_size) for file in databases_in(_home_of(current)))
    return CouldGiveUp(parts, _use_of(current.store.path), databases, _most(current))


def give_up(current: Config, now: datetime, progress: Callable[[float], None] = lambda _: None) -> GaveUp:
    """Give up what `could_give_up` names, compact the store where that pays, and keep Prefect's databases under their
    size. ``progress`` hears which share of the rows is done. Raises StoreError where the store cannot be written; what
    keeps a file from being made smaller is told, and tried again the next time."""
    ages, before = ages_of(current, now), use_of(current.store.path).size
    with closing(open_store(current.store.path, create=False)) as store:
        total, done = max(sum(each.rows for each in prunable(store, ages)), 1), 0

        def on_batch(rows: int) -> None:
            nonlocal done
            done += rows
            progress(min(done / total, 1.0))

        rows = prune(store, ages, now, on_batch)
    troubles = [_compacted(current.store.path)]
    shrunk = 0
    for file in databases_in(_home_of(current)):
        was = file.stat().st_size
        troubles.append(_shrunk(file, _most(current)))
        shrunk += was - file.stat().st_size
    after = use_of(current.store.path).size
    return GaveUp(rows, max(before - after, 0), shrunk, tuple(filter(None, troubles)))


def _compacted(store: Path) -> str:
    """Compact the store where that pays; returns what was in the way, or an empty string."""
    use = _use_of(store)
    if not use.pays:
        return ""
    if why := no_room_for(store, use):
        return f"{store} was not compacted: {why}; what is unused in it is used again"
    try:
        compact(store)
    except StoreError as error:
        return str(error)
    return ""


def _use_of(store: Path) -> Use:
    return use_of(store, APPENDED)


def _shrunk(file: Path, most: int) -> str:
    try:
        shrink(file, most)
    except (StoreError, PrefectDatabaseError) as error:
        return str(error)
    return ""


def _home_of(current: Config) -> Path:
    return current.store.path.parent / "prefect"


def _most(current: Config) -> int:
    return current.keep.prefect_megabytes * MEGABYTE
