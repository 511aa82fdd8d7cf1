"""The demo, end to end, as a person sees it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.command import Demo, axiswatch


def rows(store: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(query).fetchall()


def test_every_feed_is_accounted_for(demo: Demo) -> None:
    assert "17 of 18 feeds read" in demo.result.stdout
    assert "Old Quay Gazette" in demo.result.stdout
    assert "failed: HTTP 404" in demo.result.stdout
    unsound = "SELECT count(*) FROM fetches WHERE seen != new + duplicate + rejected"
    assert rows(demo.store, unsound) == [(0,)]
    sums = rows(demo.store, "SELECT sum(new) FROM fetches")
    assert sums == rows(demo.store, "SELECT count(*) FROM entries")


def test_every_entry_is_scored_and_every_flagged_one_has_a_story(demo: Demo) -> None:
    assert rows(demo.store, "SELECT count(*) FROM unscored") == [(0,)]
    assert rows(demo.store, "SELECT count(*) FROM scores") == rows(demo.store, "SELECT count(*) FROM entries")
    loose = (
        "SELECT count(*) FROM scores LEFT JOIN cluster_entries USING (entry_id) WHERE flagged AND cluster_id IS NULL"
    )
    assert rows(demo.store, loose) == [(0,)]


def test_a_digest_a_day_lies_in_the_outbox_and_its_path_is_told(demo: Demo) -> None:
    names = {file.name for file in (demo.folder / "var/outbox").iterdir()}
    assert names == {f"2024-11-{day}.{suffix}" for day in (17, 18) for suffix in ("eml", "html", "txt")}
    assert f"digest: {demo.folder}/var/outbox/2024-11-18.html" in demo.result.stdout
    assert rows(demo.store, "SELECT name FROM editions ORDER BY name") == [("2024-11-17",), ("2024-11-18",)]


def test_runs_stand_in_our_own_books(demo: Demo) -> None:
    told = rows(demo.store, "SELECT flow, outcome, count(*) FROM runs GROUP BY flow, outcome ORDER BY flow")
    assert told == [("digest", "completed", 2), ("monitor", "completed", 3)]


def test_nothing_is_written_outside_of_the_folder_or_complained_about(demo: Demo) -> None:
    assert list(demo.home.rglob("*")) == []
    # The one feed that is missing on purpose is told of once, after its third failure.
    assert [line for line in demo.result.stderr.splitlines() if "Old Quay Gazette has failed" not in line] == []


def test_the_commands_can_look_into_the_store_of_the_demo(demo: Demo) -> None:
    found = axiswatch("search", "iran", "--config", "var/demo/axiswatch.toml", cwd=demo.folder)
    assert found.returncode == 0
    assert "Iran" in found.stdout


def test_a_folder_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name, words in (("none", "there is no folder none"), ("empty", "empty holds no file")):
        result = axiswatch("demo", "--site", name, cwd=tmp_path)
        assert result.returncode == 2
        assert words in result.stderr
