"""Scoring on a Dask cluster: the same bytes as without, and a worker that is killed loses and doubles nothing."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from flows.rescoring.rescore import Order
from tests.support.command import axiswatch, environment
from tests.support.judged_store import EXAMPLES, SMALL, all_of, rescored, scores_of
from tests.support.own_prefect import eventually
from tests.support.prefect_home import PrefectHomes

NO_DASK = pytest.mark.skipif(find_spec("prefect_dask") is None, reason="the extra axiswatch[dask] is not installed")
PATIENCE = 300.0


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers of one thread each, as processes; the address and the workers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "dask"]
    alone = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path)]
    calls = [[*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
    calls += [[*dask, "worker", address, *alone]] * 2
    with ExitStack() as stack, (tmp_path / "dask.log").open("wb") as log:
        running = [
            stack.enter_context(
                subprocess.Popen(call, cwd=tmp_path, env=environment({}), stdout=log, stderr=subprocess.STDOUT)
            )
            for call in calls
        ]
        yield address, running[1:]
        for process in running:
            process.kill()


@NO_DASK
def test_a_cluster_scores_the_same_with_a_worker_killed(
    config: Path,
    store: Path,
    tmp_path: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    prefect_homes: PrefectHomes,
) -> None:
    shutil.copytree(config.parent, tmp_path / "plain")
    rescored(tmp_path / "plain/axiswatch.toml", Order())
    address, workers = cluster
    with config.open("a", encoding="utf-8") as told:
        told.write(f'dask = "{address}"\n')
    prefect_homes.fill(config.parent / "var/prefect")
    call = [sys.executable, "-m", "flows.cli", "rescore", "--config", str(config)]
    pipe = subprocess.PIPE
    with subprocess.Popen(call, cwd=config.parent, env=environment({}), stdout=pipe, stderr=pipe, text=True) as child:
        eventually(lambda: written(store) or child.poll() is not None, PATIENCE, "the first shard")
        workers[0].kill()
        out, err = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0, err
    assert out.startswith(f"{EXAMPLES} entries scored")
    assert scores_of(store) == scores_of(tmp_path / "plain/var/axiswatch.db")
    ours, plain = all_of(store), all_of(tmp_path / "plain/var/axiswatch.db")
    # Their moments differ, as two calls do; no row is there twice, and none is missing.
    for table in (name for name in ours if name not in ("scores", "story_clusters")):
        assert ours[table] == plain[table], table
    assert [row[:2] for row in ours["scores"]] == [row[:2] for row in plain["scores"]]


def written(store: Path) -> bool:
    """Whether a shard is there."""
    with closing(sqlite3.connect(store)) as connection:
        told = connection.execute("SELECT json_extract(detail, '$.next_id') FROM runs WHERE flow = 'rescore'")
        return any(row[0] is not None and row[0] > SMALL for row in told)


@NO_DASK
def test_a_cluster_that_is_not_there_is_told_in_a_line(config: Path, prefect_homes: PrefectHomes) -> None:
    with config.open("a", encoding="utf-8") as told:
        told.write('dask = "tcp://127.0.0.1:9"\n')
    prefect_homes.fill(config.parent / "var/prefect")
    done = axiswatch("rescore", "--config", config, cwd=config.parent)
    assert done.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr.splitlines()[-1]
