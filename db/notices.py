"""The table of notices: what was said of a feed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlite_utils import Database

from db.connect import writing
from db.times import to_moment, to_text

NoticeKind = Literal["failing", "recovered", "moved", "gone"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said of a feed, in one line that needs its outlet's name before it."""

    feed_id: int
    kind: NoticeKind
    noticed_at: datetime
    run_id: str
    text: str


def append(store: Database, notice: Notice) -> None:
    """Write down what is said."""
    with writing(store) as connection:
        connection.execute(
            "INSERT INTO notices (feed_id, kind, noticed_at, run_id, text) VALUES (?, ?, ?, ?, ?)",
            (notice.feed_id, notice.kind, to_text(notice.noticed_at), notice.run_id, notice.text),
        )


def of_run(store: Database, run_id: str) -> list[tuple[str, Notice]]:
    """(outlet or address, notice) of what one run had to say, in the order of the feeds."""
    rows = store.query(
        "SELECT notices.*, feeds.outlet AS outlet, feeds.url AS url FROM notices"
        " JOIN feeds ON feeds.id = notices.feed_id WHERE notices.run_id = ? ORDER BY feeds.id, notices.id",
        [run_id],
    )
    return [(row["outlet"] or row["url"], _notice(row)) for row in rows]


def _notice(row: Mapping[str, Any]) -> Notice:
    return Notice(row["feed_id"], row["kind"], to_moment(row["noticed_at"]), row["run_id"], row["text"])
