"""A rescoring from its plan to its end: shards are sent out, what comes of them is written in their order, by one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db import rescoring
from db.connect import open_store
from db.file_lock import locked
from db.rescoring import ChampionChangedError, Shard, Written
from flows.config.settings import Config
from flows.rescoring.job import Place, rows_in, to_read, to_score
from flows.rescoring.plan import NEXT, Plan, Span, plan
from flows.rescoring.sameness import program_hash
from flows.runtime.clock import Clock
from flows.stories.clustering import cluster_waiting

Answers = Callable[[Iterator[bytes]], Iterator[bytes]]
"""Jobs → what comes of them, in their order; takes some jobs ahead."""
Progress = Callable[[int, int], None]
"""Hears how many entries are done, and of how many."""


class RescoreError(Exception):
    """A rescoring cannot go on; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Rescored:
    """What a rescoring came to, with what earlier runs had done of it: see `db.rescoring.Written`. ``clustered``
    entries were given their story; ``went_on``: an earlier run had been cut off."""

    model_version: str
    entries: int
    scored: int
    flagged: int
    newly: int
    no_longer: int
    left: int
    clustered: int
    went_on: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asked for. ``anew``: from the first entry, whatever an earlier run has done;"""

    span: Span = field(default_factory=Span)
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The run that rescores, in the log of the ``store``; ``detail`` is what it tells of itself, and holds the mark
    after each shard."""

    store: Path
    id: str
    detail: dict[str, Any]


def rescore(
    current: Config, order: Order, run: Run, clock: Clock, answers: Answers, hear: Progress = lambda _done, _of: None
) -> Rescored:
    """Score the entries of the order again and give those a story that have none.

    Raises RescoreError where another model begins to judge meanwhile, LockTakenError where another process rescores
    this store, and what ``answers`` raises.
    """
    with locked(run.store, "rescore", patience=0), closing(open_store(run.store)) as store:
        planned = plan(store, current, order.span, clock.start, anew=order.anew)
        went_on = planned.was_cut_off
        _write_all(store, planned, run, answers, hear)
        clustered = cluster_waiting(store, clock.now())
        planned.mark["done"] = True
        run.detail.update(planned.mark)
        counts = {each.name: planned.mark.get(each.name, 0) for each in fields(Written)}
        return Rescored(planned.judge.model, planned.mark["entries"], clustered=clustered, went_on=went_on, **counts)


def _write_all(store: Database, planned: Plan, run: Run, answers: Answers, hear: Progress) -> None:
    sent: deque[Shard] = deque()
    mark, total = planned.mark, planned.mark["entries"]
    done = mark.get("scored", 0) + mark.get("left", 0)
    hear(done, total)
    for answer in answers(_jobs(store, run.store, planned, sent)):
        shard, rows = sent.popleft(), rows_in(answer)
        mark[NEXT] = shard.last + 1
        try:
            mark |= rescoring.write(store, planned.judge.model, shard, rows, run.id, mark)
        except ChampionChangedError as error:
            raise RescoreError(f"{error}: what is scored so far stays; rescore again") from error
        run.detail.update(mark)
        done += len(rows.scores)
        hear(done, total)


def _jobs(store: Database, path: Path, planned: Plan, sent: deque[Shard]) -> Iterator[bytes]:
    """The jobs of the plan; each shard is put into ``sent`` with the newest edit before it is read."""
    judge, span = planned.judge, planned.span
    if planned.is_elsewhere:
        judge = judge.for_elsewhere(program_hash())
    for shard in planned.shards():
        sent.append(replace(shard, edits=rescoring.newest_edit(store)))
        if planned.is_elsewhere:
            yield to_score(judge, rescoring.read(store, shard.first, shard.last, span.start, span.end))
        else:
            place = Place(str(path), shard.first, shard.last, span.start.isoformat(), span.end.isoformat())
            yield to_read(judge, place)
