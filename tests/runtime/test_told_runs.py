"""Each run that has ended is told once, whatever happens to the store meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import runs
from db.connect import StoreError, open_store
from db.records import RunOutcome
from flows.config.settings import Config
from flows.runtime.told_runs import RunTeller

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def config(path: Path) -> Config:
    return Config.model_validate({"store": {"path": path}, "digest": {"time_zone": "Asia/Seoul"}})


def begin(path: Path, *names: str, flow: str = "backup") -> None:
    with closing(open_store(path)) as store:
        for name in names:
            runs.start(store, name, flow, NOON)


def end(path: Path, name: str, outcome: RunOutcome = "completed") -> None:
    with closing(open_store(path)) as store:
        runs.finish(store, name, outcome, {"folder": name}, NOON + timedelta(seconds=4.1))


def test_a_run_is_told_once_when_it_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    begin(path, "earlier")
    end(path, "earlier")
    teller = RunTeller(config(path))
    begin(path, "first", "second")
    assert teller.news() == []
    end(path, "second")
    line = "backup 21:00: second, 0.0 MB, 0 older removed; 4 s"
    assert teller.news() == [line]
    end(path, "first", "failed")
    assert teller.news() == ["backup 21:00: failed after 4 s: no reason is known"]
    assert teller.news() == []


def test_a_compacted_store_counts_anew_and_what_follows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    begin(path, *(f"old-{number}" for number in range(9)))
    teller = RunTeller(config(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM runs WHERE id < 'old-8'")
        connection.commit()
        connection.execute("VACUUM")
    assert teller.news() == []
    begin(path, "new")
    end(path, "new")
    assert len(teller.news()) == 1


def test_a_pass_is_told_with_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    teller = RunTeller(config(path))
    begin(path, "pass", flow="monitor")
    end(path, "pass")
    (line,) = teller.news()
    assert line.startswith("monitor 21:00: 0 entries read, 0 new; 0 of 0 feeds failed; 4 s; next ")


def test_a_store_that_cannot_be_used_is_told_of_when_it_was_repaired(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(b"no database at all, but long enough to be read as the head of one" * 20)
    teller = RunTeller(config(path))
    with pytest.raises(StoreError):
        teller.news()
    assert teller.last_news() == []
    path.unlink()
    assert teller.news() == []
    begin(path, "new")
    end(path, "new")
    assert len(teller.news()) == 1
