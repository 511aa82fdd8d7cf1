"""Stores as every released schema left them, small and packed. `python -m tests.support.released_stores` adds one of
today's schema, to be called before a release. The older ones were made by the code of their day and filled by `fill`,
which writes what they have columns for. A file that is there is never made anew: it stands for what is on people's
disks."""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from db.connect import open_store
from db.migrations import SCRIPTS

FOLDER = Path(__file__).parents[1] / "db" / "migrations" / "released"
FILES = sorted(FOLDER.glob("*.db.gz"))
MOMENT = "2026-11-20T08:00:00+00:00"
ENTRIES = (
    ("Northland ships grain to Southland", "The first convoy has left, the harbour office says."),
    ("An opinion on harbours", "What harbours were once for, and what they are for now."),
    ("Harbour fees rise", "From March on, mooring costs a tenth more."),
)
ROWS: dict[str, list[dict[str, Any]]] = {
    "feeds": [
        {"id": 1, "url": "https://gazette.example/rss", "outlet": "Harbour Gazette", "country": "XX", "language": "en"}
        | {"kind": "press", "topic": "", "enabled": 1, "added_at": MOMENT}
    ],
    "runs": [
        {"id": "run", "flow": "monitor", "started_at": MOMENT, "finished_at": MOMENT, "outcome": "completed"}
        | {"detail": "{}"}
    ],
    "fetches": [
        {"feed_id": 1, "run_id": "run", "started_at": MOMENT, "outcome": "ok", "status": 200, "bytes": 900}
        | {"milliseconds": 12, "final_url": "https://gazette.example/rss", "error": "", "seen": 3, "new": 3}
        | {"duplicate": 0, "edited": 0, "capped": 0, "rejected": 0, "reasons": "{}"}
    ],
    "entries": [
        {"id": number, "feed_id": 1, "guid": f"g{number}", "link": f"https://gazette.example/{number}", "title": title}
        | {"summary": "", "body": body, "author": "A. Writer", "language": "en", "published_at": MOMENT}
        | {"published_status": "stated", "first_seen_at": MOMENT, "pairs": ""}
        for number, (title, body) in enumerate(ENTRIES, 1)
    ],
    "entry_keys": [
        {"key": key, "entry_id": number}
        for number in (1, 2, 3)
        for key in (f"g:1:g{number}", f"u:https://gazette.example/{number}")
    ],
    "unscored": [{"entry_id": 3}],
    "model_versions": [
        {"id": "m-1", "status": "champion", "created_at": MOMENT, "threshold": 0.5, "review_floor": 0.3}
        | {"data_hash": "d", "code_version": "c", "spec": "{}", "metrics": "{}", "note": "from the seed"}
    ],
    "scores": [
        {"entry_id": number, "model_version": "m-1", "probability": probability, "flagged": int(probability > 0.5)}
        | {"review": 0, "language": "en", "known_language": 1, "partners": "[]", "reasons": "[]", "scored_at": MOMENT}
        for number, probability in ((1, 0.9), (2, 0.1))
    ],
    "labels": [
        {"entry_id": 2, "value": "not_relevant", "labelled_at": MOMENT, "via": "command", "labeller": "", "note": ""}
    ],
    "first_flagged": [{"entry_id": 1, "counts_at": MOMENT}],
    "story_clusters": [{"id": 1, "lead_entry_id": 1, "opened_at": MOMENT, "last_joined_at": MOMENT}],
    "cluster_entries": [{"entry_id": 1, "cluster_id": 1}],
    "editions": [
        {"id": 1, "name": "2026-11-20", "window_start": "2026-11-19T08:00:00+00:00", "window_end": MOMENT}
        | {"composed_at": MOMENT, "model_version": "m-1", "config_hash": "c", "content": json.dumps({"near": []})}
    ],
    "deliveries": [
        {"edition_id": 1, "recipient": "analyst@gazette.example", "way": "smtp", "state": "accepted"}
        | {"message_id": "<1@gazette.example>", "updated_at": MOMENT, "detail": ""}
    ],
}


def fill(path: Path) -> None:
    """Write the rows of ``ROWS`` into an empty store of any schema, those of tables and columns that it has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for table, rows in ROWS.items():
            known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for row in rows if known else []:
                _insert(connection, table, {name: value for name, value in row.items() if name in known})
        if not _has_trigger(connection):
            rows = connection.execute("SELECT id, title, summary, pairs FROM entries").fetchall()
            connection.executemany("INSERT INTO entries_fts (rowid, title, summary, pairs) VALUES (?, ?, ?, ?)", rows)
        if connection.execute("SELECT 1 FROM _sqlite_migrations WHERE name = 'ways_by_name'").fetchone():
            connection.execute("UPDATE deliveries SET way = 'mail'")
        connection.execute("COMMIT")
        # Small pages: most tables of so small a store take one each.
        for each in ("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM"):
            connection.execute(each)


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _has_trigger(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entries_fts_insert'").fetchone()
    return found is not None


def unpacked(file: Path, target: Path) -> Path:
    """The store of that file, as it was, at ``target``; returns that."""
    target.write_bytes(gzip.decompress(file.read_bytes()))
    return target


def pack(path: Path, name: str, number: int) -> Path:
    """Keep a filled store under the number and name of its last migration. Raises FileExistsError."""
    file = FOLDER / f"{number:04}-{name}.db.gz"
    with file.open("xb") as opened:
        opened.write(gzip.compress(path.read_bytes(), mtime=0))
    return file


def main() -> None:
    """Add a store of today's schema."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        open_store(path).close()
        fill(path)
        sys.stdout.write(f"{pack(path, list(SCRIPTS)[-1], len(SCRIPTS))}\n")


if __name__ == "__main__":
    main()
