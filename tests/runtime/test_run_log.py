"""Our own books, and runs that step aside."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.context import FlowRunContext

from db import runs
from db.connect import open_store
from flows.runtime.clock import Clock
from flows.runtime.run_log import CUT_OFF, ENDED, close_cut_off, logged_run, steps_aside
from tests.support.command import environment

HOUR = timedelta(hours=1)


def outcome(store_path: Path, flow: str) -> tuple[str, object]:
    with closing(open_store(store_path)) as store:
        *_, run = store.table("runs").rows_where("flow = ?", [flow], order_by="started_at, rowid")
    return run["outcome"], json.loads(run["detail"])


def test_a_moved_clock_runs_on_from_where_it_was_set() -> None:
    clock = Clock("2024-11-18T18:00:00+01:00")
    assert clock.start == datetime(2024, 11, 18, 17, tzinfo=UTC)
    assert clock.start <= clock.now() < clock.start + HOUR
    assert abs(Clock().now() - datetime.now(UTC)) < HOUR


def test_the_end_of_a_run_is_written_down(tmp_path: Path) -> None:
    with logged_run(tmp_path / "s.db", "monitor", Clock()) as book:
        assert outcome(tmp_path / "s.db", "monitor") == ("running", {})
        book.detail["read"] = 3
    assert outcome(tmp_path / "s.db", "monitor") == ("completed", {"read": 3})


@pytest.mark.parametrize("error", [RuntimeError("worn out"), KeyboardInterrupt()])
def test_a_run_that_breaks_is_written_down_and_the_error_goes_on(tmp_path: Path, error: BaseException) -> None:
    def breaks() -> None:
        with logged_run(tmp_path / "s.db", "retrain", Clock()) as book:
            book.detail["read"] = 3
            raise error

    with pytest.raises(type(error)):
        breaks()
    ended, detail = outcome(tmp_path / "s.db", "retrain")
    assert ended == "failed"
    assert detail == {"read": 3, "error": f"{type(error).__name__}: {error}"}


def inside_of(due: datetime, *, scheduled: bool) -> FlowRunContext:
    run = FlowRun(flow_id=uuid4(), expected_start_time=due, auto_scheduled=scheduled)
    return FlowRunContext.model_construct(flow_run=run)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("late", "scheduled", "aside"),
    [(timedelta(minutes=59), True, False), (timedelta(minutes=61), True, True), (timedelta(days=9), False, False)],
)
def test_only_a_scheduled_run_that_is_long_overdue_steps_aside(
    tmp_path: Path, late: timedelta, scheduled: bool, aside: bool
) -> None:
    clock = Clock()
    with inside_of(clock.start - late, scheduled=scheduled):
        assert steps_aside(tmp_path / "s.db", "monitor", clock, HOUR) is aside
    assert (tmp_path / "s.db").exists() is aside
    if aside:
        assert outcome(tmp_path / "s.db", "monitor") == ("skipped", {"late_seconds": int(late.total_seconds())})


def test_a_run_under_way_is_known_until_it_ends_or_is_taken_for_dead(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with closing(open_store(tmp_path / "s.db")) as store:
        runs.start(store, "one", "monitor", now)
        assert runs.under_way(store, ("monitor", "ingest"), now - HOUR)
        assert not runs.under_way(store, ("digest",), now - HOUR)
        assert not runs.under_way(store, ("monitor",), now + HOUR)
        runs.finish(store, "one", "completed", {}, now)
        assert not runs.under_way(store, ("monitor", "ingest"), now - HOUR)


def test_a_store_that_is_no_store_breaks_before_anything_else(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_bytes(b"no database at all, but long enough to be read as the head of one" * 20)
    with pytest.raises(Exception, match="cannot use"), logged_run(tmp_path / "s.db", "monitor", Clock()):
        pytest.fail("the run began")
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(tmp_path / "s.db")) as connection:
        connection.execute("SELECT * FROM runs")


HOLD = """
import sys, time
from pathlib import Path
from flows.runtime.clock import Clock
from flows.runtime.run_log import logged_run

with logged_run(Path(sys.argv[1]), "monitor", Clock()) as record:
    print(record.run_id, flush=True)
    time.sleep(60)
"""


DIED: dict[str, dict[str, object]] = {CUT_OFF: {"crashed": True, "error": CUT_OFF}, ENDED: {"error": ENDED}}


@pytest.mark.parametrize("why", DIED)
def test_a_run_whose_process_was_killed_is_closed_and_one_under_way_is_left_alone(tmp_path: Path, why: str) -> None:
    path = tmp_path / "s.db"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], env=environment({}), stdout=subprocess.PIPE) as one:
        assert one.stdout is not None
        run_id = one.stdout.readline().decode().strip()
        with logged_run(path, "retrain", Clock()):
            assert close_cut_off(path, Clock().now()) == []
            one.kill()
            one.wait()
            assert [run.id for run in close_cut_off(path, Clock().now(), why)] == [run_id]
    assert outcome(path, "monitor") == ("failed", DIED[why])
    assert outcome(path, "retrain")[0] == "completed"
    assert close_cut_off(path, Clock().now()) == []
    assert list(tmp_path.glob("*.run-*")) == []
