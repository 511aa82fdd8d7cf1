"""A store that fares well in each respect by which alarms are raised; what makes each of them bad, and good again."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from db import alarms
from db.connect import open_store, writing
from db.records import BookedAlarm
from db.times import to_text
from flows.config.settings import Config
from tests.support.flow_alarms import MORNING

HOUR = timedelta(hours=1)
NOON = MORNING + 6 * HOUR
"""The digest of the day was due six hours before, at [digest] hour."""
Step = Callable[[Config], Config]


def watched(folder: Path, **more: Any) -> Config:
    """Settings with a store in the folder that fares well at noon."""
    told = {"store": {"path": folder / "w.db"}, "watch": {"disk_percent": 0}}
    current = Config.model_validate(told | more)
    open_store(current.store.path).close()
    execute(
        current,
        "INSERT INTO feeds (id, url, outlet, country, language, kind, topic, enabled, added_at)"
        " VALUES (1, 'https://quay.example/rss', 'Quay', '', 'en', 'press', '', 1, :morning)",
    )
    execute(
        current,
        "INSERT INTO feed_states (feed_id, address, host, next_check_at, next_check_why, validated_url, etag,"
        " last_modified, body_hash, interval_seconds, failures, successes, last_error, moved_to)"
        " VALUES (1, '', '', :noon, '', '', '', '', '', 1200, 0, 9, '', '')",
    )
    execute(
        current,
        "INSERT INTO entries (feed_id, guid, link, title, summary, body, author, language, published_status,"
        " first_seen_at, pairs) VALUES (1, 'g', '', 'Quay', '', '', '', 'en', 'absent', :morning, '')",
    )
    passed(current)
    edition(current, "2026-11-20", MORNING)
    return current


def execute(current: Config, statement: str, **values: str) -> None:
    """One statement; :morning and :noon are known."""
    with closing(open_store(current.store.path)) as store, writing(store) as connection:
        connection.execute(statement, {"morning": to_text(MORNING), "noon": to_text(NOON)} | values)


def passed(current: Config, moment: datetime = NOON) -> Config:
    """A pass was completed at that moment."""
    run(current, "monitor", moment)
    return current


def run(current: Config, flow: str, moment: datetime, **detail: str) -> None:
    """A run of that flow was completed at that moment."""
    execute(
        current,
        "INSERT INTO runs (id, flow, started_at, finished_at, outcome, detail)"
        " VALUES (hex(randomblob(8)), :flow, :at, :at, 'completed', :detail)",
        flow=flow,
        at=to_text(moment),
        detail=json.dumps(detail),
    )


def edition(current: Config, name: str, end: datetime) -> None:
    """A daily edition that closed at that moment, and one copy of it by mail, which was accepted."""
    execute(
        current,
        "INSERT INTO editions (name, kind, window_start, window_end, composed_at, model_version, config_hash, content)"
        " VALUES (:name, 'daily', :start, :end, :end, '', 'c', '{}')",
        name=name,
        start=to_text(end - 24 * HOUR),
        end=to_text(end),
    )
    execute(
        current,
        "INSERT INTO deliveries (edition_id, recipient, way, state, message_id, updated_at, detail)"
        " SELECT id, 'ann@x.example', 'mail', 'accepted', '<' || name || '@x.example>', :end, '250' FROM editions"
        " WHERE name = :name",
        name=name,
        end=to_text(end),
    )


def doing(statement: str) -> Step:
    """A step that executes it."""

    def step(current: Config) -> Config:
        execute(current, statement)
        return current

    return step


def setting(**watch: Any) -> Step:
    """A step that changes lines of [watch]."""
    return lambda current: current.model_copy(update={"watch": current.watch.model_copy(update=watch)})


def retrained(status: str) -> Step:
    """A step in which retrain came to that."""

    def step(current: Config) -> Config:
        run(
            current, "retrain", NOON + (status == "champion") * HOUR, status=status, model_version="m", note="as judged"
        )
        return current

    return step


def damaged(current: Config) -> Config:
    """What the file begins with is no store any more; what it began with lies beside it."""
    with closing(open_store(current.store.path)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = current.store.path.with_suffix(".kept")
    kept.write_bytes(current.store.path.read_bytes())
    current.store.path.write_bytes(b"no store" * 1000)
    return current


def restored(current: Config) -> Config:
    """It is as it was."""
    current.store.path.with_suffix(".kept").replace(current.store.path)
    return current


_SENT = "UPDATE deliveries SET state = 'accepted'"
CASES: dict[str, tuple[Step, Step]] = {
    "flow late": (doing("UPDATE runs SET finished_at = :morning WHERE flow = 'monitor'"), passed),
    "no entries": (setting(no_entries_hours=5), setting(no_entries_hours=24)),
    "feeds failing": (
        doing("UPDATE feed_states SET failures = 2"),
        doing("UPDATE feed_states SET failures = 0"),
    ),
    "digest not accepted": (doing("UPDATE deliveries SET state = 'deferred', detail = '451 later'"), doing(_SENT)),
    "disk low": (setting(disk_percent=99.9), setting(disk_percent=0.001)),
    "store damaged": (damaged, restored),
    "labels refused": (retrained("refused"), retrained("champion")),
}
"""Kind → what makes it bad at noon, and what makes it good again. That flows fail is tested run by run."""


def booked(current: Config) -> list[BookedAlarm]:
    """The whole book."""
    with closing(open_store(current.store.path)) as store:
        return alarms.every(store)
