"""Prefect's own databases are kept under a size, by its own means: runs of its own making, then made old."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.compacting import use_of
from flows.runtime.prefect_database import databases_in, shrink
from tests.support.command import environment
from tests.support.prefect_home import PrefectHomes

RUNS = """
import asyncio, sys
from pathlib import Path
from flows.runtime.prefect_server import local_api

async def main():
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import LogCreate
    from prefect.client.schemas.objects import State, StateType
    from prefect.types._datetime import now
    async with get_client() as client:
        flow = await client.create_flow_from_name("monitor")
        for number in range(24):
            told = {"flow_id": str(flow), "parameters": {"x": "y" * 9000}}
            made = await client._client.post("/flow_runs/", json=told)
            run = made.json()["id"]
            await client.set_flow_run_state(run, State(type=StateType.RUNNING), force=True)
            if number:
                await client.set_flow_run_state(run, State(type=StateType.COMPLETED), force=True)
            said = LogCreate(name="n", level=20, flow_run_id=run, timestamp=now(), message="z" * 9000)
            await client.create_logs([said])

with local_api(Path(sys.argv[1])):
    asyncio.run(main())
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, prefect_homes: PrefectHomes) -> Path:
    """A database with 24 runs of today, one of them under way."""
    home = prefect_homes.fill(tmp_path_factory.mktemp("runs") / "prefect")
    done = subprocess.run(
        [sys.executable, "-c", RUNS, str(home)], env=environment({}), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return home / "prefect.db"


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, in which half of the runs are of 20 days ago, and the rest of yesterday but one."""
    path = tmp_path / "prefect" / "prefect.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        for half, days in ((0, 20), (1, 2)):
            moment = f"{datetime.now(UTC) - timedelta(days=days):%Y-%m-%d %H:%M:%S.%f}"
            ended = "UPDATE flow_run SET end_time = ? WHERE rowid % 2 = ? AND end_time IS NOT NULL"
            copy.execute(ended, [moment, half])
        copy.commit()
    return path


def counts(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        tables = ("flow_run", "log")
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def test_one_that_is_small_enough_stays_as_it_is(database: Path) -> None:
    before = database.read_bytes()
    shrink(database, use_of(database).size)
    assert database.read_bytes() == before


def test_the_oldest_runs_go_first_with_what_belongs_to_them(database: Path) -> None:
    before = use_of(database).size
    shrink(database, before - 100_000)
    assert counts(database)["flow_run"] == counts(database)["log"]
    assert 12 <= counts(database)["flow_run"] <= 13
    assert use_of(database).size <= before - 100_000


def test_what_is_under_way_and_the_schema_stay(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    shrink(database, 1)
    assert counts(database) == {"flow_run": 1, "log": 1}
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == tables
        assert connection.execute("SELECT state_type FROM flow_run").fetchone()[0] == "RUNNING"


BESIDE = """
import asyncio, sys
from pathlib import Path
from flows.runtime.prefect_database import shrink
from flows.runtime.prefect_server import local_api

async def main(file):
    from prefect.client.orchestration import get_client
    async with get_client() as client:
        print(len(await client.read_flow_runs()))
        await asyncio.to_thread(shrink, file, 1)
        flow = await client.create_flow_from_name("after")
        print(len(await client.read_flow_runs()), (await client.read_flow(flow)).name)

file = Path(sys.argv[1])
with local_api(file.parent, schedules=True):
    asyncio.run(main(file))
"""


def test_a_server_that_works_on_it_goes_on(database: Path) -> None:
    before = use_of(database).size
    done = subprocess.run(
        [sys.executable, "-c", BESIDE, str(database)], env=environment({}), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    # How many runs there are before depends on whether the server has tidied up itself by then.
    assert done.stdout.splitlines()[-1] == "1 after"
    assert use_of(database).size < before


def test_both_databases_beside_the_store_are_found(tmp_path: Path) -> None:
    assert databases_in(tmp_path) == []
    (tmp_path / "serve").mkdir()
    for name in ("prefect.db", "serve/prefect.db"):
        (tmp_path / name).touch()
    assert databases_in(tmp_path) == [tmp_path / "prefect.db", tmp_path / "serve/prefect.db"]
