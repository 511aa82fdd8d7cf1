"""What a rescoring does: by what, which entries, how far an earlier one came that was cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlite_utils import Database

from classifiers.relevance.champion import ensure_champion
from classifiers.topics.active import active, shipped_id
from db import runs
from db.rescoring import Shard, extent
from flows.config.settings import Config
from flows.rescoring.job import Judge
from flows.rescoring.sameness import program_hash

NEXT = "next_id"
"""The key of a mark for the first id that is not scored yet; only rescorings have it."""
_SAME = ("model", "from", "to", "claims", "program")
"""What must be as it was for a rescoring to go on."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which entries: those first seen in [start, end)."""

    start: datetime = datetime(1, 1, 2, tzinfo=UTC)
    end: datetime = datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """``mark``: how far it has come, as it is written down with each shard; it changes as shards are written.
    ``size``: ids in a shard; ``is_elsewhere``: those who score do not read our disk."""

    judge: Judge
    span: Span
    mark: dict[str, Any]
    size: int
    is_elsewhere: bool

    @property
    def was_cut_off(self) -> bool:
        """Whether an earlier run did a part of it."""
        return bool(self.mark["first_id"] < self.mark[NEXT])

    def shards(self) -> Iterator[Shard]:
        """What is still to be scored, by id."""
        last = self.mark["last_id"]
        for first in range(self.mark[NEXT], last + 1, self.size):
            yield Shard(first, min(first + self.size - 1, last))


def plan(store: Database, current: Config, span: Span, now: datetime, *, anew: bool = False) -> Plan:
    """What is to be done now. An earlier rescoring that was cut off goes on where it stopped, with the moment of its
    beginning, unless ``anew``, or the model, the span, the claims or the program is another since."""
    policy = current.classifier
    model = ensure_champion(store, policy.models, policy.target_recall, now, policy.essays)
    claims = current.claims.file.read_text(encoding="utf-8") if current.claims.file else ""
    found = extent(store, span.start, span.end)
    mark: dict[str, Any] = {
        "model": model.id,
        "from": span.start.isoformat(),
        "to": span.end.isoformat(),
        "claims": sha256(claims.encode()).hexdigest()[:16],
        "program": program_hash(),
        "began": now.isoformat(),
        "first_id": found.first,
        "last_id": found.last,
        NEXT: found.first,
        "entries": found.entries,
        "done": False,
    }
    earlier = None if anew else runs.newest_detail(store, "rescore", NEXT)
    if earlier is not None and not earlier["done"] and all(earlier[key] == mark[key] for key in _SAME):
        mark = {key: value for key, value in earlier.items() if key not in ("error", "crashed")}
    topic = "" if active().id == shipped_id() else str(active().folder)
    judge = Judge(model.id, str(policy.models), topic, claims, mark["began"])
    return Plan(judge, span, mark, current.scale.shard, bool(current.scale.dask))
