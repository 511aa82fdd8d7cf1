"""JSON lines in, JSON lines out: what `axiswatch score` does, in batches, so that a file may be larger than memory."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from rich.progress import Progress, SpinnerColumn, TextColumn

from flows.commands.session import CommandError, err

if TYPE_CHECKING:
    from classifiers.relevance.model import Model
    from classifiers.tagging.watchlist import Watchlist
    from db.records import Entry, Score
    from db.records.tags import Tags

LINES_A_BATCH = 1000
Line = tuple[int, dict[str, Any]]


class BadLineError(Exception):
    """A line that cannot be scored; the message says why."""


def score_lines(model: Model, file: str, now: datetime, watchlist: Watchlist, events: bool = False) -> int:
    """Score every line of ``file`` (a path, or - for stdin) onto stdout; returns how many were bad. With ``events``
    every line gets an event code, source and target, too."""
    bad = done = 0
    shown = Progress(SpinnerColumn(), TextColumn("{task.description}"), console=err, disable=not err.is_terminal)
    with _opened(file) as lines, shown as progress:
        task = progress.add_task("scoring")
        for batch in _batches(lines):
            good: list[Line] = []
            for number, text in batch:
                try:
                    good.append((number, _parsed(text)))
                except BadLineError as error:
                    bad += 1
                    err.print(f"line {number}: {error}", markup=False)
            _write(model, good, now, watchlist, events)
            done += len(good)
            progress.update(task, description=f"{done} lines scored")
    return bad


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    if file == "-":
        yield sys.stdin.buffer
        return
    path = Path(file)
    if not path.is_file():
        raise CommandError(f"there is no file {file}")
    if path.suffix != ".gz":
        with path.open("rb") as plain:
            yield plain
        return
    try:
        with gzip.open(path) as packed:
            yield cast(IO[bytes], packed)
    except (gzip.BadGzipFile, EOFError) as error:
        raise CommandError(f"{file} is not a whole gzip file: {error}") from error


def _batches(lines: IO[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    numbered = ((number, text) for number, text in enumerate(lines, 1) if text.strip())
    while batch := list(islice(numbered, LINES_A_BATCH)):
        yield batch


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise BadLineError(f"no JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadLineError("no JSON object")
    for key in ("title", "summary", "body"):
        if not isinstance(row.get(key) or "", str):
            raise BadLineError(f"{key} is no text")
    if not any(row.get(key) for key in ("title", "summary", "body")):
        raise BadLineError("neither title nor summary nor body")
    return row


def _write(model: Model, lines: list[Line], now: datetime, watchlist: Watchlist, events: bool) -> None:
    from classifiers.tagging.scoring import score_batch

    entries = [_entry(number, row, now) for number, row in lines]
    scores = score_batch(model, entries, now, watchlist)
    for (_, row), entry, score in zip(lines, entries, scores, strict=True):
        told = {
            "score": round(score.probability, 6),
            "flagged": score.flagged,
            "language": score.language,
            "known_language": score.known_language,
            "model_version": score.model_version,
        }
        told |= tag_fields(score.tags) | (event_fields(entry, score, watchlist) if events else {})
        sys.stdout.write(json.dumps(row | told, ensure_ascii=False) + "\n")


def event_fields(entry: Entry, score: Score, watchlist: Watchlist) -> dict[str, str]:
    """The main event of an entry: its code, source and target, each "" where the entry tells of none. What was not
    flagged is tagged for this alone; that shows in no other field."""
    from classifiers.tagging.plover import events_of
    from classifiers.tagging.scoring import analysis_of
    from classifiers.tagging.tags import tagged
    from db.records.tags import Tags as Untold

    known = score.tags
    if known == Untold():
        known = tagged(analysis_of(entry), watchlist, probability=score.probability)
    event = events_of(entry, known)[0]
    return {"event": event.code, "source": event.source, "target": event.target}


def tag_fields(tags: Tags) -> dict[str, Any]:
    """The tags under the names of the labelling guide. An entry that nobody would be shown has none: no partners, no
    channels, direction "none"."""
    return {
        "partners": tags.values("partner"),
        "channels": tags.values("channel"),
        "direction": next(iter(tags.values("direction")), "none"),
        "response": tags.has("response"),
        "friction": tags.has("friction"),
        "claims": [link.claim for link in tags.claims],
    }


def _entry(number: int, row: dict[str, Any], now: datetime) -> Entry:
    from db.records import Entry

    language = row.get("lang") or row.get("language") or ""
    published = _published(row)
    return Entry(
        id=number,
        feed_id=0,
        outlet=str(row.get("outlet") or ""),
        kind="press",
        country="",
        title=row.get("title") or "",
        summary=row.get("summary") or "",
        body=row.get("body") or "",
        link="",
        author="",
        language=language if isinstance(language, str) else "",
        published_at=published,
        published_status="stated" if published else "absent",
        first_seen_at=now,
    )


def _published(row: dict[str, Any]) -> datetime | None:
    """The day or moment that a line gives (people change office, and names are read accordingly), in UTC."""
    for key in ("published_at", "published", "date"):
        try:
            moment = datetime.fromisoformat(row[key])
        except (KeyError, TypeError, ValueError):
            continue
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
