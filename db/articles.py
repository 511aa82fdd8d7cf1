"""The table of articles: the text of the pages behind entries that are flagged or just below the threshold. It stays
in the store: no score uses it and no edition shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from db.connect import writing
from db.entries import ENTRY_COLUMNS, entry_from
from db.records import Entry
from db.scores import is_newest
from db.times import to_text

ArticleOutcome = Literal["read", "refused", "failed", "empty"]
MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(hours=6)
"""How long after a failed attempt the next one is due; ``MAX_ATTEMPTS`` are made in all."""


@dataclass(frozen=True, slots=True)
class Article:
    """What became of the article behind an entry; ``text`` (plain, paragraphs on lines) is set where it was read."""

    entry_id: int
    outcome: ArticleOutcome
    tried_at: datetime
    attempts: int = 1
    status: int | None = None
    final_url: str = ""
    detail: str = ""
    text: str = ""


def wanted(store: Database, since: datetime, now: datetime, limit: int) -> list[Entry]:
    """At most ``limit`` entries first seen since then that their newest score flags or puts just below the threshold,
    whose article was not tried yet or failed a while ago: flagged ones first, the most probable first."""
    rows = store.query(
        f"SELECT {ENTRY_COLUMNS} FROM entries JOIN feeds ON feeds.id = entries.feed_id"
        " JOIN scores ON scores.entry_id = entries.id LEFT JOIN articles ON articles.entry_id = entries.id"
        " WHERE entries.first_seen_at >= :since AND entries.link <> '' AND (scores.flagged = 1 OR scores.review = 1)"
        f" AND {is_newest('entries.id')}"
        " AND (articles.entry_id IS NULL OR (articles.outcome = 'failed' AND articles.attempts < :attempts"
        " AND articles.tried_at <= :before)) ORDER BY scores.flagged DESC, scores.probability DESC, entries.id"
        " LIMIT :limit",
        {"since": to_text(since), "attempts": MAX_ATTEMPTS, "before": to_text(now - RETRY_AFTER), "limit": limit},
    )
    return [entry_from(row) for row in rows]


def record(store: Database, article: Article) -> None:
    """Write down what became of an article; attempts are counted up, and a text that was read once stays."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO articles (entry_id, outcome, tried_at, attempts, status, final_url, detail, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entry_id) DO UPDATE SET outcome = excluded.outcome,"
            " tried_at = excluded.tried_at, attempts = attempts + 1, status = excluded.status,"
            " final_url = excluded.final_url, detail = excluded.detail, text = excluded.text"
            " WHERE articles.outcome <> 'read'",
            (
                article.entry_id,
                article.outcome,
                to_text(article.tried_at),
                article.attempts,
                article.status,
                article.final_url,
                article.detail,
                article.text,
            ),
        )
