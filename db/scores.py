"""The table of scores, one row an entry and model version. The newest is the one that was stored last."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db import tags
from db.connect import writing
from db.entries import ENTRY_COLUMNS, entry_from
from db.records import Reason, Score, ScoredEntry
from db.records.tags import Tags
from db.times import to_moment, to_text

_SCORE_COLUMNS = (
    "scores.entry_id AS scored_entry, scores.model_version, scores.probability, scores.flagged, scores.review,"
    " scores.language AS score_language, scores.known_language, scores.partners, scores.reasons, scores.scored_at"
)
_COUNTS = (
    "INSERT INTO first_flagged (entry_id, counts_at) SELECT id,"
    " coalesce((SELECT max(edited_at) FROM entry_edits WHERE entry_edits.entry_id = entries.id), first_seen_at)"
    " FROM entries WHERE id = ? ON CONFLICT (entry_id) DO NOTHING"
)
_FLAGGED = 3
"""The place of ``flagged`` in a row of scores."""
NONE = "[]"
"""What JSON calls an empty list: of nine entries in ten there is nothing to say."""
RULED_OUT = 0.01
"""An entry of a lower probability is never shown as a near miss."""


def is_newest(entry_id: str) -> str:
    """The SQL condition that a row of ``scores`` is the newest of an entry; ``entry_id`` is the column with its id."""
    return f"scores.id = (SELECT max(late.id) FROM scores AS late WHERE late.entry_id = {entry_id})"


_IS_NEWEST = is_newest("entries.id")


@dataclass(frozen=True, slots=True)
class ScoreRows:
    """Scores as the rows that are stored of them: plain texts and numbers, made where there is time for it."""

    scores: Sequence[Sequence[Any]]
    tags: tags.TagRows

    def entry_ids(self) -> list[int]:
        """The entries that were scored."""
        return [row[0] for row in self.scores]

    def flagged_ids(self) -> list[int]:
        """Those of them that were flagged."""
        return [row[0] for row in self.scores if row[_FLAGGED]]

    def without(self, entry_ids: Set[int]) -> ScoreRows:
        """The rows of all other entries."""
        if entry_ids.isdisjoint(self.entry_ids()):
            return self
        return ScoreRows(
            [row for row in self.scores if row[0] not in entry_ids],
            {table: [row for row in rows if row[0] not in entry_ids] for table, rows in self.tags.items()},
        )


def rows_of(scores: Sequence[Score]) -> ScoreRows:
    """The rows that `append_rows` stores."""
    return ScoreRows([_row(score) for score in scores], tags.rows_of([(each.entry_id, each.tags) for each in scores]))


def append(store: Database, scores: Sequence[Score]) -> None:
    """Store the scores in one transaction: their entries stop waiting for a score, and the flagged ones wait for a
    story cluster unless they have one.

    A score of the same entry by the same model version is replaced (the entry was edited). The first time that an
    entry is flagged decides where it counts: see `flagged`.
    """
    append_rows(store, rows_of(scores))


def append_rows(store: Database, rows: ScoreRows) -> None:
    """`append` for scores that are rows already."""
    entry_ids, flagged_ids = rows.entry_ids(), [(each,) for each in rows.flagged_ids()]
    listed = [json.dumps(entry_ids)]
    with writing(store) as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO scores (entry_id, model_version, probability, flagged, review, language,"
            " known_language, partners, reasons, scored_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows.scores,
        )
        tags.replace(connection, entry_ids, rows.tags)
        for queue in ("unscored", "unclustered"):
            connection.execute(f"DELETE FROM {queue} WHERE entry_id IN (SELECT value FROM json_each(?))", listed)
        connection.executemany(
            "INSERT INTO unclustered (entry_id) SELECT entries.id FROM entries WHERE entries.id = ?"
            " AND NOT EXISTS (SELECT 1 FROM cluster_entries WHERE cluster_entries.entry_id = entries.id)",
            flagged_ids,
        )
        connection.executemany(_COUNTS, flagged_ids)


def _row(score: Score) -> list[Any]:
    return [
        score.entry_id,
        score.model_version,
        score.probability,
        int(score.flagged),
        int(score.review),
        score.language,
        int(score.known_language),
        json.dumps(score.partners) if score.partners else NONE,
        _reasons_text(score) if score.reasons else NONE,
        to_text(score.scored_at),
    ]


def _reasons_text(score: Score) -> str:
    return json.dumps([[reason.text, reason.weight, reason.spans] for reason in score.reasons], ensure_ascii=False)


def flagged(store: Database, start: datetime, end: datetime) -> list[ScoredEntry]:
    """Entries that count in [start, end) and that their newest score flags, the most probable first.

    An entry counts when it was first seen; one that was flagged for the first time after an edit counts when that was
    noticed, since the window in which it was first seen had no reason to tell it. It never counts twice.
    """
    rows = _read(
        store,
        f"SELECT {ENTRY_COLUMNS}, {_SCORE_COLUMNS}, first_flagged.counts_at FROM first_flagged"
        " JOIN entries ON entries.id = first_flagged.entry_id JOIN feeds ON feeds.id = entries.feed_id"
        " JOIN scores ON scores.entry_id = entries.id"
        f" WHERE first_flagged.counts_at >= ? AND first_flagged.counts_at < ? AND scores.flagged = 1 AND {_IS_NEWEST}"
        " ORDER BY scores.probability DESC, entries.id",
        [to_text(start), to_text(end)],
    )
    return [_counted(row, score) for row, score in rows]


def _counted(row: Mapping[str, Any], score: Score) -> ScoredEntry:
    entry, counts_at = entry_from(row), to_moment(row["counts_at"])
    return ScoredEntry(entry, score, None if counts_at == entry.first_seen_at else counts_at)


def below(store: Database, start: datetime, end: datetime, limit: int) -> list[ScoredEntry]:
    """At most ``limit`` entries first seen in [start, end) that their newest score puts below the threshold, the most
    probable first, whether or not they are in the review band; none below ``RULED_OUT``."""
    return _judged(store, start, end, f"scores.probability >= {RULED_OUT} AND scores.flagged = 0", limit)


def drawn(store: Database, start: datetime, end: datetime, seed: str) -> ScoredEntry | None:
    """One of the entries first seen in [start, end) that their newest score does not flag, drawn by ``seed``: the same
    seed draws the same entry from the same entries. None where there is none."""
    moments = [to_text(start), to_text(end)]
    rows = store.execute(
        "SELECT entries.id FROM entries JOIN scores ON scores.entry_id = entries.id"
        f" WHERE entries.first_seen_at >= ? AND entries.first_seen_at < ? AND scores.flagged = 0 AND {_IS_NEWEST}"
        " ORDER BY entries.id",
        moments,
    ).fetchall()
    if not rows:
        return None
    chosen = random.Random(seed).choice(rows)[0]  # noqa: S311 - a draw for readers, no secret
    return next(iter(_judged(store, start, end, "entries.id = " + str(int(chosen)), 1)))


def _judged(store: Database, start: datetime, end: datetime, which: str, limit: int) -> list[ScoredEntry]:
    rows = _read(
        store,
        f"SELECT {ENTRY_COLUMNS}, {_SCORE_COLUMNS}"
        " FROM entries JOIN feeds ON feeds.id = entries.feed_id JOIN scores ON scores.entry_id = entries.id"
        f" WHERE entries.first_seen_at >= ? AND entries.first_seen_at < ? AND {which} AND {_IS_NEWEST}"
        " ORDER BY scores.probability DESC, entries.id LIMIT ?",
        [to_text(start), to_text(end), limit],
    )
    return [ScoredEntry(entry_from(row), score) for row, score in rows]


def unknown_languages(store: Database, start: datetime, end: datetime) -> dict[str, int]:
    """Language → how many entries first seen in [start, end) are in it, where the newest score could not judge the
    language and did not flag the entry."""
    rows = store.query(
        "SELECT scores.language AS language, count(*) AS entries FROM entries"
        " JOIN scores ON scores.entry_id = entries.id"
        " WHERE entries.first_seen_at >= ? AND entries.first_seen_at < ?"
        f" AND scores.known_language = 0 AND scores.flagged = 0 AND {_IS_NEWEST}"
        " GROUP BY scores.language ORDER BY scores.language",
        [to_text(start), to_text(end)],
    )
    return {row["language"]: row["entries"] for row in rows}


def newest(store: Database, entry_id: int) -> Score | None:
    """The newest score of an entry, or None."""
    return newest_of(store, [entry_id]).get(entry_id)


def newest_of(store: Database, entry_ids: Sequence[int]) -> dict[int, Score]:
    """Entry id → its newest score, for those of the entries that have one."""
    rows = _read(
        store,
        f"SELECT {_SCORE_COLUMNS} FROM json_each(?) JOIN scores ON {is_newest('json_each.value')}",
        [json.dumps(list(entry_ids))],
    )
    return {score.entry_id: score for _, score in rows}


def _read(store: Database, query: str, parameters: Sequence[Any]) -> list[tuple[Mapping[str, Any], Score]]:
    """The rows that a query finds, each with the score that it holds, and that with the tags of its entry."""
    rows = list(store.query(query, parameters))
    known = tags.of(store, [row["scored_entry"] for row in rows])
    return [(row, _score(row, known.get(row["scored_entry"], Tags()))) for row in rows]


def _score(row: Mapping[str, Any], tags_of_entry: Tags) -> Score:
    return Score(
        entry_id=row["scored_entry"],
        model_version=row["model_version"],
        probability=row["probability"],
        flagged=bool(row["flagged"]),
        review=bool(row["review"]),
        language=row["score_language"],
        known_language=bool(row["known_language"]),
        partners=tuple(json.loads(row["partners"])),
        reasons=tuple(
            Reason(text, weight, tuple((start, end) for start, end in spans))
            for text, weight, spans in json.loads(row["reasons"])
        ),
        scored_at=to_moment(row["scored_at"]),
        tags=tags_of_entry,
    )
