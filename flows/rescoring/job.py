"""One shard's scoring as a message: what judges, and the entries or where they are read; and what comes of it.

Messages are JSON, so that a worker on another machine runs nothing that it is sent.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from classifiers.relevance.model import Model
from classifiers.relevance.registry import TOLD, WEIGHTS, load
from classifiers.tagging.scoring import score_batch
from classifiers.tagging.watchlist import Watchlist, read_watchlist
from classifiers.topics.active import watch
from db.connect import open_for_reading
from db.entries import entry_from
from db.records import Score
from db.rescoring import COLUMNS, Row, read
from db.scores import ScoreRows, rows_of
from flows.rescoring.sameness import OtherProgramError, program_hash

BATCH = 1000
"""Entries judged together: as many as a pass does, some MB of analyses."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What a shard is scored with: the model version in the folder ``models``, or in ``files`` (name → base64) where
    the worker does not share our disk; the folder of the topic, empty for the shipped one; the text of an analyst's
    claims; the moment of scoring; the hash of the program, empty where it is our own."""

    model: str
    models: str
    topic: str
    claims: str
    scored_at: str
    program: str = ""
    files: dict[str, str] = field(default_factory=dict)

    def for_elsewhere(self, program: str) -> Judge:
        """The same with the model's files, for a worker on any machine, which must run the same ``program``."""
        folder = Path(self.models) / self.model
        files = {name: b64encode((folder / name).read_bytes()).decode() for name in (WEIGHTS, TOLD)}
        return Judge(self.model, "", self.topic, self.claims, self.scored_at, program, files)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the entries of a shard are read: those of the ids ``first`` to ``last`` that were first seen in
    [start, end)."""

    store: str
    first: int
    last: int
    start: str
    end: str

    def rows(self) -> list[Row]:
        """The entries as rows of `db.rescoring.COLUMNS`. Read at once: while somebody reads, the log of the store that
        the one writer fills cannot begin anew, and it would grow until no worker reads."""
        with closing(open_for_reading(Path(self.store))) as store:
            span = datetime.fromisoformat(self.start), datetime.fromisoformat(self.end)
            return list(read(store, self.first, self.last, *span))


def to_read(judge: Judge, place: Place) -> bytes:
    """A job for a worker that reads the entries itself."""
    return _encoded({"judge": asdict(judge), "place": asdict(place)})


def to_score(judge: Judge, rows: Iterable[Row]) -> bytes:
    """A job that brings its entries along."""
    return _encoded({"judge": asdict(judge), "rows": [list(row) for row in rows]})


def done(job: bytes) -> bytes:
    """Do a job; returns the rows of its scores (see `rows_in`). Raises OtherProgramError where this program is not
    the one that sent it."""
    told = json.loads(job)
    model, watchlist, scored_at = _ready(json.dumps(told["judge"], sort_keys=True))
    entries = told["rows"] if "rows" in told else Place(**told["place"]).rows()
    parts = [rows_of(part) for part in _scored(iter(entries), model, watchlist, scored_at)]
    scores = [row for part in parts for row in part.scores]
    tags = {table: [row for part in parts for row in part.tags[table]] for table in (parts[0].tags if parts else ())}
    return _encoded({"scores": scores, "tags": tags})


def rows_in(answer: bytes) -> ScoreRows:
    """What `done` returned."""
    told = json.loads(answer)
    return ScoreRows(told["scores"], told["tags"]) if told["scores"] else rows_of([])


def _scored(rows: Iterator[Row], model: Model, watchlist: Watchlist, now: datetime) -> Iterator[list[Score]]:
    while batch := [entry_from(dict(zip(COLUMNS, row, strict=True))) for row in islice(rows, BATCH)]:
        yield score_batch(model, batch, now, watchlist)


@lru_cache(maxsize=1)
def _ready(judge: str) -> tuple[Model, Watchlist, datetime]:
    """The model and the claims, read once for all the jobs of a run."""
    told = Judge(**json.loads(judge))
    watch(Path(told.topic) if told.topic else None)
    if told.program and told.program != program_hash():
        raise OtherProgramError.here()
    with TemporaryDirectory() as folder:
        own = Path(folder) / "claims.toml"
        own.write_text(told.claims, encoding="utf-8")
        watchlist = read_watchlist(own if told.claims else None)
        for name, content in told.files.items():
            place = Path(folder) / told.model / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(b64decode(content))
        model = load(Path(folder) if told.files else Path(told.models), told.model)
    return model, watchlist, datetime.fromisoformat(told.scored_at)


def _encoded(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode()
