"""The table of scores, one row an entry and model version."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.connect import writing
from db.entries import ENTRY_COLUMNS, entry_from
from db.times import to_moment, to_text
from db.types import Reason, Score, ScoredEntry


def append(store: Database, scores: Sequence[Score]) -> None:
    """Store the scores and strike their entries off the waiting list, in one transaction.

    A score of the same entry by the same model version is replaced (the entry was edited).
    """
    with writing(store) as connection:
        connection.executemany(
            "INSERT INTO scores (entry_id, model_version, probability, flagged, review, language, known_language,"
            " partners, reasons, scored_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (entry_id, model_version) DO UPDATE SET probability = excluded.probability,"
            " flagged = excluded.flagged, review = excluded.review, language = excluded.language,"
            " known_language = excluded.known_language, partners = excluded.partners, reasons = excluded.reasons,"
            " scored_at = excluded.scored_at",
            [_row(score) for score in scores],
        )
        connection.executemany("DELETE FROM unscored WHERE entry_id = ?", [(score.entry_id,) for score in scores])


def _row(score: Score) -> tuple[Any, ...]:
    return (
        score.entry_id,
        score.model_version,
        score.probability,
        int(score.flagged),
        int(score.review),
        score.language,
        int(score.known_language),
        json.dumps(score.partners),
        json.dumps([[reason.text, reason.weight, reason.spans] for reason in score.reasons], ensure_ascii=False),
        to_text(score.scored_at),
    )


def flagged(store: Database, start: datetime, end: datetime) -> list[ScoredEntry]:
    """Entries first seen in [start, end) that their newest score flags, the most probable first."""
    return _judged(store, start, end, "flagged = 1")


def _judged(store: Database, start: datetime, end: datetime, which: str) -> list[ScoredEntry]:
    rows = store.query(
        f"SELECT {ENTRY_COLUMNS}, scores.model_version, scores.probability, scores.flagged, scores.review,"
        " scores.language AS score_language, scores.known_language, scores.partners, scores.reasons, scores.scored_at"
        " FROM entries JOIN feeds ON feeds.id = entries.feed_id JOIN scores ON scores.entry_id = entries.id"
        f" WHERE entries.first_seen_at >= ? AND entries.first_seen_at < ? AND scores.{which}"
        " AND scores.scored_at = (SELECT max(late.scored_at) FROM scores AS late WHERE late.entry_id = entries.id)"
        " ORDER BY scores.probability DESC, entries.id",
        [to_text(start), to_text(end)],
    )
    newest = {row["id"]: ScoredEntry(entry_from(row), _score(row)) for row in rows}
    return list(newest.values())


def unknown_languages(store: Database, start: datetime, end: datetime) -> dict[str, int]:
    """Language → how many entries first seen in [start, end) are in it, where the newest score could not judge the
    language and did not flag the entry."""
    rows = store.query(
        "SELECT scores.language AS language, count(DISTINCT entries.id) AS entries FROM entries"
        " JOIN scores ON scores.entry_id = entries.id"
        " WHERE entries.first_seen_at >= ? AND entries.first_seen_at < ? AND scores.known_language = 0"
        " AND scores.flagged = 0"
        " AND scores.scored_at = (SELECT max(late.scored_at) FROM scores AS late WHERE late.entry_id = entries.id)"
        " GROUP BY scores.language ORDER BY scores.language",
        [to_text(start), to_text(end)],
    )
    return {row["language"]: row["entries"] for row in rows}


def below(store: Database, start: datetime, end: datetime, limit: int) -> list[ScoredEntry]:
    """Entries first seen in [start, end) that their newest score puts just below the threshold, best first."""
    return _judged(store, start, end, "review = 1 AND scores.flagged = 0")[:limit]


def unjudged_languages(store: Database, start: datetime, end: datetime) -> dict[str, int]:
    """Language → how many entries first seen in [start, end) no model can judge and none flagged."""
    found = _judged(store, start, end, "known_language = 0 AND scores.flagged = 0")
    return dict(Counter(each.score.language for each in found))


def newest(store: Database, entry_id: int) -> Score | None:
    """The newest score of an entry, or None."""
    rows = store.query(
        "SELECT entry_id AS id, language AS score_language, * FROM scores WHERE entry_id = ?"
        " ORDER BY scored_at DESC, model_version DESC LIMIT 1",
        [entry_id],
    )
    return next((_score(row) for row in rows), None)


def _score(row: Mapping[str, Any]) -> Score:
    return Score(
        entry_id=row["id"],
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
    )
