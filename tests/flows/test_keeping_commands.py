"""Keeping, as people call it: backups in mid-pass, two at once, full disks."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import editions, entries
from db.connect import open_store
from db.records import Edition, FeedSpec
from flows.config.settings import load_config
from flows.digest.editions import freeze
from flows.digest.window import Window
from flows.runtime.clock import Clock
from flows.sample.site import SampleSite
from flows.stories.judging import judge_waiting
from tests.support.command import Project, axiswatch, environment
from tests.support.own_prefect import eventually, silent_site
from tests.support.prefect_home import PrefectHomes
from tests.support.read_only_folder import small_disk


@contextmanager
def in_mid_pass(project: Project, site: SampleSite, silent: str) -> Iterator[None]:
    """Within the block a pass waits for its last feed; it is killed at the end."""
    feeds = site.feeds()[:8]
    project.read_feeds_from([*feeds, FeedSpec(silent, "Silent")])
    with closing(sqlite3.connect(project.store)) as before:
        before.execute("DELETE FROM fetches")
        before.commit()
    call = [sys.executable, "-m", "flows.cli", "run"]
    with subprocess.Popen(
        call, cwd=project.folder, env=environment(project.env), stderr=subprocess.DEVNULL, start_new_session=True
    ) as child:
        eventually(lambda: fetched(project.store) == len(feeds), 120, "a pass that waits for its last feed")
        assert child.poll() is None
        yield
        os.killpg(child.pid, signal.SIGKILL)


def fetched(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        return int(connection.execute("SELECT count(*) FROM fetches").fetchone()[0])


def next_edition(folder: Path, now: datetime) -> tuple[Edition, tuple[str, str] | None]:
    """The edition of the 24 hours up to ``now``, judged and composed in that folder, and its pages."""
    current = load_config(folder / "axiswatch.toml")
    judged = judge_waiting(current, Clock(now.isoformat()))
    assert judged.flagged > 3
    made = freeze(current, "next", Window(now - timedelta(days=1), now), now, "daily")
    with closing(open_store(current.store.path)) as store:
        return made, editions.pages(store, made.id)


def test_a_backup_in_mid_pass_restored_elsewhere_makes_the_same_next_edition(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with closing(sqlite3.connect(project.store)) as store:
        store.execute("DELETE FROM entry_keys")  # so that the entries of the sample are new again
        store.commit()
    there = tmp_path_factory.mktemp("elsewhere")
    with SampleSite(datetime(2024, 11, 19, tzinfo=UTC)) as site, silent_site() as silent:
        with in_mid_pass(project, site, silent):
            done = project.look("backup", "--to", there / "backups")
            assert done.returncode == 0, done.stderr
            assert "looked over and sound" in done.stdout
            refused = project.look("restore", next((there / "backups").glob("axiswatch-*")), "--force")
        assert refused.returncode == 2
        assert "nothing was restored while others work on the store: another process (pid" in refused.stderr
    (backup,) = (there / "backups").glob("axiswatch-*")
    (there / "new" / "var").mkdir(parents=True)
    (there / "new" / "var" / "axiswatch.db").touch()
    refused = axiswatch("restore", backup, cwd=there / "new")
    assert refused.returncode == 2
    assert "add --force" in refused.stderr
    assert not (there / "new" / "axiswatch.toml").exists()
    (there / "new" / "var" / "axiswatch.db").unlink()
    done = axiswatch("restore", backup, cwd=there / "new")
    assert done.returncode == 0, done.stderr
    now = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=5)
    (here, its_pages), (elsewhere, pages) = next_edition(project.folder, now), next_edition(there / "new", now)
    assert its_pages is not None
    assert (elsewhere.content, elsewhere.model_version, elsewhere.config_hash) == (
        here.content,
        here.model_version,
        here.config_hash,
    )
    assert pages == its_pages
    assert "judge/next/" in json.dumps(here.content)


def test_a_full_disk_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    with small_disk(tmp_path / "var", "3m"):
        done = axiswatch("run", cwd=tmp_path)
    assert done.returncode == 2
    assert f"the disk of {tmp_path / 'var/prefect'} is full" in done.stderr
    assert "make room on it" in done.stderr
    assert "Failed to reach API" not in done.stderr


def test_a_disk_that_fills_up_in_mid_run_is_told_as_one_and_the_next_run_goes_on(
    project: Project, prefect_homes: PrefectHomes
) -> None:
    folder = project.folder / "small"
    (folder / "var").mkdir(parents=True)
    (folder / "axiswatch.toml").write_text((project.folder / "axiswatch.toml").read_text(), encoding="utf-8")
    with SampleSite(datetime(2024, 11, 19, tzinfo=UTC)) as site, small_disk(folder / "var", "26m"):
        small = Project(folder)
        small.read_feeds_from(site.feeds()[:3])
        prefect_homes.fill(folder / "var/prefect")
        shutil.copytree(project.folder / "var/models", folder / "var/models")
        shutil.copy(project.store, folder / "var")
        filler = subprocess.Popen([sys.executable, "-c", FILL, str(folder / "var")])
        done = small.call("run")
        filler.kill()
        filler.wait()
        assert done.returncode in (1, 2)
        (told,) = [line for line in done.stderr.splitlines() if line.startswith("axiswatch: ")]
        assert "is full" in told
        assert "Failed to reach API" not in done.stderr
        (folder / "var/filler").unlink()
        again = small.call("run")
        assert again.returncode == 0, again.stderr


FILL = """
import os, shutil, sys, time
from pathlib import Path
folder = Path(sys.argv[1])
while not (folder / "axiswatch.db.ingest").exists():
    time.sleep(0.02)
with (folder / "filler").open("wb", buffering=0) as file:
    while True:
        try:
            file.write(bytes(4096))
        except OSError:
            time.sleep(0.01)
"""


def test_a_second_serve_is_told_who_is_there(project: Project) -> None:
    (project.folder / "axiswatch.toml").write_text("[desk]\nport = 0\n", encoding="utf-8")
    call = [sys.executable, "-m", "flows.cli", "serve"]
    with subprocess.Popen(
        call, cwd=project.folder, env=environment({}), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline()
        second = project.call("serve")
        assert second.returncode == 2
        assert f"another axiswatch serve (pid {first.pid}) works on the store {project.store} already" in second.stderr
        first.send_signal(signal.SIGINT)
        first.wait(60)
    with closing(sqlite3.connect(project.store)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


FLOWS = """
import asyncio, sys
from pathlib import Path
from flows.runtime.prefect_server import local_api

async def main():
    from flows.backup import backup
    from flows.prune import prune
    made = await backup(config=sys.argv[1])
    print(made.folder.name)
    given = await prune(config=sys.argv[1])
    print(given.rows)

with local_api(Path(sys.argv[1]).parent / "var/prefect"):
    asyncio.run(main())
"""


def test_the_flows_back_up_and_prune_and_are_in_the_log_of_runs(project: Project) -> None:
    """The demo's entries were first seen in 2024: their bodies and fetches are old."""
    done = subprocess.run(
        [sys.executable, "-c", FLOWS, str(project.folder / "axiswatch.toml")],
        cwd=project.folder,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    name, rows = done.stdout.split()
    with closing(open_store(project.store)) as store:
        told = {
            row["flow"]: (row["outcome"], json.loads(row["detail"]))
            for row in store.query("SELECT * FROM runs WHERE flow IN ('backup', 'prune')")
        }
        assert entries.newest_seen(store) is not None
    assert told["backup"][0] == told["prune"][0] == "completed"
    assert told["backup"][1]["folder"].endswith(name)
    assert told["prune"][1]["rows"] == int(rows)
