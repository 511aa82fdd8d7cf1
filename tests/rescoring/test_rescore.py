"""Scoring again what the store holds: as if the model had judged from the first, killed anywhere, beside passes."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db import editions, models, runs
from db.connect import open_store
from db.entries import append_batch
from db.file_lock import LockTakenError, locked
from flows.config.settings import load_config
from flows.rescoring.plan import NEXT, Span
from flows.rescoring.pool import ScorePool
from flows.rescoring.rescore import Order, Rescored, RescoreError, Run, rescore
from flows.runtime.clock import Clock
from flows.runtime.run_log import logged_run
from tests.support.command import ROOT, environment
from tests.support.judged_store import DAYS, EXAMPLES, SMALL, all_of, moment, rescored, scores_of
from tests.support.store_records import NOON, feed, fetch_of, new_entry, version

HALF = EXAMPLES // 2
ORDER = Order()


def test_all_is_as_if_the_model_had_judged_from_the_first(judged: Path, config: Path, store: Path) -> None:
    fresh = judged / "var/axiswatch.db"
    with closing(open_store(store)) as opened:
        days = (moment(3), moment(2))
        editions.insert(opened, name="e", window=days, composed_at=NOON, model_version="", config_hash="", content={})
    before = all_of(store)
    done = rescored(config, ORDER)
    after = all_of(store)
    assert scores_of(store) == scores_of(fresh)
    tags = ("entry_tags", "entry_quantities", "entry_claims", "entry_frames", "first_flagged")
    assert {name: after[name] for name in tags[:4]} == {name: all_of(fresh)[name] for name in tags[:4]}
    assert set(all_of(fresh)["first_flagged"]) <= set(after["first_flagged"])
    flagged = sum(row[3] == 1 for row in scores_of(fresh))
    assert (done.entries, done.scored, done.flagged, done.left) == (EXAMPLES, EXAMPLES, flagged, 0)
    assert done.newly == sum(row[3] == 1 and int(str(row[0])) > HALF for row in scores_of(fresh)) == done.clustered > 0
    assert done.no_longer == sum(row[3] == 0 and int(str(row[0])) <= HALF for row in scores_of(fresh)) > 0
    # What was newly flagged has its story; stories that were there keep their number and their entries.
    assert set(before["cluster_entries"]) < set(after["cluster_entries"])
    assert {row[0] for row in before["story_clusters"]} <= {row[0] for row in after["story_clusters"]}
    assert after["unclustered"] == after["unscored"] == []
    assert after["editions"] == before["editions"] != []


def test_one_that_is_killed_goes_on_and_comes_to_the_same(config: Path, store: Path, tmp_path: Path) -> None:
    shutil.copytree(config.parent, tmp_path / "other")
    rescored(tmp_path / "other/axiswatch.toml", ORDER)
    call = [sys.executable, "-m", "tests.support.judged_store", str(config)]
    pipe, written = subprocess.PIPE, 0
    with subprocess.Popen(call, cwd=ROOT, env=environment({}), stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        while written < 3 * SMALL:
            written = int(child.stdout.readline().split()[0])
            child.stdin.write("\n")
            child.stdin.flush()
        child.send_signal(signal.SIGKILL)
    with closing(open_store(store)) as opened:
        mark = runs.newest_detail(opened, "rescore", NEXT)
    assert mark is not None
    assert 3 * SMALL < mark[NEXT] <= EXAMPLES
    done = rescored(config, ORDER)
    assert done.went_on
    assert (done.scored, done.entries) == (EXAMPLES, EXAMPLES)
    assert all_of(store) == all_of(tmp_path / "other/var/axiswatch.db")
    assert not rescored(config, ORDER).went_on


def test_only_the_days_that_were_asked_for(config: Path, store: Path) -> None:
    before = scores_of(store)
    done = rescored(config, replace(ORDER, span=Span(DAYS[1], DAYS[1] + timedelta(days=1))))
    assert done.scored == HALF
    assert scores_of(store)[:HALF] == before[:HALF]
    assert scores_of(store)[HALF:] != before[HALF:]


def disturbed(config: Path, what_happens: Iterator[None]) -> Rescored:
    """A rescoring during which something happens once a shard was scored and before it is written."""
    current, clock = load_config(config), Clock(NOON.isoformat())

    def answers(jobs: Iterator[bytes]) -> Iterator[bytes]:
        for answer in pool.answers(jobs):
            next(what_happens, None)
            yield answer

    with logged_run(current.store.path, "rescore", clock) as record, ScorePool(1) as pool:
        return rescore(current, ORDER, Run(current.store.path, record.run_id, record.detail), clock, answers)


def test_an_edit_in_between_is_left_to_the_next_pass(config: Path, store: Path) -> None:
    def edits() -> Iterator[None]:
        with closing(open_store(store)) as opened:
            key, feed_id = opened.execute(
                "SELECT key, feed_id FROM entry_keys JOIN entries ON entries.id = entry_id WHERE entry_id = 1"
            ).fetchone()
            changed = [new_entry(key, title="Rain delays the harvest festival")]
            where = replace(feed(opened), id=feed_id)
            assert append_batch(opened, fetch_of(where, changed), changed, NOON).edited == 1
        yield

    before = scores_of(store)[0]
    done = disturbed(config, edits())
    assert (done.scored, done.left) == (EXAMPLES - 1, 1)
    assert scores_of(store)[0] == before
    assert all_of(store)["unscored"] == [(1,)]


def test_another_model_in_between_ends_it_and_the_next_begins_anew(config: Path, store: Path) -> None:
    def promotes() -> Iterator[None]:
        yield
        with closing(open_store(store)) as opened:
            version(opened, "m-9")
            models.promote(opened, "m-9")
        yield

    with pytest.raises(RescoreError, match="m-9 judges now"):
        disturbed(config, promotes())
    with closing(sqlite3.connect(store)) as connection:
        outcome, detail = connection.execute("SELECT outcome, detail FROM runs WHERE flow = 'rescore'").fetchone()
        assert outcome == "failed"
        assert f'"{NEXT}": {SMALL + 1}' in detail
        connection.execute("UPDATE model_versions SET status = 'retired' WHERE status = 'champion'")
        connection.execute("UPDATE model_versions SET status = 'champion' WHERE id <> 'm-9'")
        connection.commit()
    assert not rescored(config, replace(ORDER, anew=True)).went_on


def test_two_at_once_are_refused(config: Path, store: Path) -> None:
    with locked(store, "rescore"), pytest.raises(LockTakenError, match="end it, and try again"):
        rescored(config, ORDER)
