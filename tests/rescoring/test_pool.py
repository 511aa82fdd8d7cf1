"""Worker processes that score: answers in order, and a worker that dies costs nothing."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.config.settings import load_config
from flows.rescoring.job import Judge, done, to_score
from flows.rescoring.pool import ScorePool, WorkerError
from tests.support.store_records import NOON


@pytest.fixture(scope="module")
def jobs(judged: Path) -> list[bytes]:
    """Six jobs of one entry each."""
    models = load_config(judged / "axiswatch.toml").classifier.models
    version = next(each.name for each in models.iterdir() if each.is_dir())
    judge = Judge(version, str(models), "", "", NOON.isoformat())
    titles = [f"Iran sends {number} drones to Russia" for number in range(100, 106)]
    when = NOON.isoformat()
    rows = [
        [number, 1, "Outlet", "press", "", title, "", "", "", "", "en", when, "stated", when]
        for number, title in enumerate(titles, 1)
    ]
    return [to_score(judge, [row]) for row in rows]


def children() -> set[int]:
    """The processes that this one has started and that live."""
    found = Path("/proc/self/task").glob("*/children")
    return {int(pid) for each in found for pid in each.read_text().split()}


def test_a_worker_that_is_killed_costs_nothing(jobs: list[bytes]) -> None:
    before, killed = children(), []

    def told() -> Iterator[bytes]:
        for number, job in enumerate(jobs):
            if number == 4:
                killed.append(min(children() - before))
                os.kill(killed[0], signal.SIGKILL)
            yield job

    with ScorePool(2) as pool:
        answers = list(pool.answers(told()))
    assert killed
    assert answers == [done(job) for job in jobs]
    assert children() <= before


def test_what_cannot_be_done_is_told_in_words_and_ends_it(jobs: list[bytes]) -> None:
    told = json.loads(jobs[0])
    told["judge"]["model"] = "no-such-model"
    with ScorePool(1) as pool, pytest.raises(WorkerError, match="ModelError: cannot read the model file"):
        list(pool.answers(iter([json.dumps(told).encode()])))


def test_a_model_travels_with_its_files(jobs: list[bytes], judged: Path) -> None:
    told = json.loads(jobs[0])
    judge = Judge(**told["judge"]).for_elsewhere("")
    assert judge.models == ""
    assert done(to_score(judge, told["rows"])) == done(jobs[0])
