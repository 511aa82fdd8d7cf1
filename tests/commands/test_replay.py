"""`axiswatch replay`: editions of past days from an archive, in a store of their own; what was cut off goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import editions
from db.connect import open_store
from tests.support.command import looked
from tests.support.first_model import FirstModel

DAYS = {
    "2025-03-03": [
        "North Korea sends 3,000 soldiers to Russia, Seoul says",
        "China and Russia hold naval drill in the Sea of Japan",
        "Bakers of Quayside win bread prize",
    ],
    "2025-03-04": [
        "North Korea sent 3,000 soldiers to Russia, says Seoul",
        "North Korea now has 12,000 soldiers in Russia, Seoul says",
        "Iran hands Russia ballistic missiles, officials say",
    ],
    "2025-03-05": [
        "Opinion: North Korea now has 12,000 soldiers in Russia, Seoul says",
        "Iran denies handing Russia ballistic missiles",
    ],
}


@pytest.fixture
def folder(tmp_path: Path, first_model: FirstModel) -> Path:
    """A project with an archive of three days, and stores that a replay has just begun with."""
    for store in ("var/replay.db", "whole.db", "cut.db"):
        first_model.fill(tmp_path / store, tmp_path / "var/models")
    (tmp_path / "axiswatch.toml").write_text('[digest]\ntime_zone = "UTC"\nhour = 0\n')
    rows = [
        {"title": title, "url": f"https://o{n}.example/{day}", "date": f"{day}T09:00:00Z", "outlet": f"Outlet {n}"}
        for day, titles in DAYS.items()
        for n, title in enumerate(titles)
    ]
    (tmp_path / "old.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def told(folder: Path, *options: str) -> list[dict[str, object]]:
    """The accounts that a replay prints."""
    done = looked("replay", "old.jsonl", "--json", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def test_each_day_is_accounted_for_with_what_was_left_out_and_why(folder: Path) -> None:
    days = told(folder)
    assert [day["day"] for day in days] == [*DAYS]
    assert [day["entries"] for day in days] == [3, 3, 2]
    assert [day["flagged"] for day in days] == [2, 3, 2]
    for day in days:
        left_out = day["left_out"]
        assert isinstance(left_out, list)
        assert sum(day["reasons"].values()) == len(left_out)  # type: ignore[attr-defined]
        assert all(story["reason"] and story["before"] and story["since"] for story in left_out)
    assert sum(int(str(day["updates"])) for day in days) >= 2
    assert any("opinion on what was told" in day["reasons"] for day in days)  # type: ignore[operator]


def test_the_table_and_a_span(folder: Path) -> None:
    done = looked("replay", "old.jsonl", "--from", "2025-03-04", "--to", "2025-03-05", "--left-out", cwd=folder)
    assert done.returncode == 0, done.stderr
    _, head, *rows = done.stdout.splitlines()
    assert head.split() == ["day", "entries", "flagged", "events", "threads", "updates", "left", "out"]
    assert [row.split()[0] for row in rows if row.startswith("2025")] == ["2025-03-04", "2025-03-05"]


def test_it_leaves_the_store_of_the_monitor_alone(folder: Path) -> None:
    told(folder)
    assert (folder / "var/replay.db").is_file()
    assert not (folder / "var/axiswatch.db").exists()
    refused = looked("replay", "old.jsonl", "--store", "var/axiswatch.db", cwd=folder)
    assert refused.returncode == 2
    assert "is the store of the monitor" in refused.stderr


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (("replay", "none.jsonl"), "there is no file none.jsonl"),
        (("replay", "old.jsonl", "--from", "2025-03-05", "--to", "2025-03-04"), "is later than"),
        (("replay", "old.jsonl", "--from", "March"), "write it as 2024-11-18"),
        (("replay", "old.jsonl", "--from", "2020-01-01", "--to", "2020-02-01"), "hold 2025-03-03 to 2025-03-05"),
        (("replay", "empty.jsonl"), "there is nothing to replay"),
    ],
)
def test_what_cannot_be_replayed_is_said(folder: Path, call: tuple[str, ...], says: str) -> None:
    (folder / "empty.jsonl").write_text("")
    done = looked(*call, cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr


def test_a_span_beyond_the_archive_composes_only_days_that_it_holds(folder: Path) -> None:
    assert [day["day"] for day in told(folder, "--from", "2020-01-01", "--to", "2025-12-31")] == [*DAYS]
    with closing(open_store(folder / "var/replay.db")) as store:
        ever = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
        assert editions.count_composed(store, "reconstruction", *ever) == len(DAYS)


def test_a_day_that_is_not_over_waits_for_its_end(folder: Path) -> None:
    today = datetime.now(UTC)
    row = {"title": "Iran hands Russia missiles", "url": "https://o1.example/t", "date": today.isoformat()}
    (folder / "old.jsonl").write_text((folder / "old.jsonl").read_text() + json.dumps(row) + "\n")
    assert [day["day"] for day in told(folder)] == [*DAYS]
    asked = looked("replay", "old.jsonl", "--from", f"{today:%Y-%m-%d}", "--to", f"{today:%Y-%m-%d}", cwd=folder)
    assert asked.returncode == 2
    assert "ask again then" in asked.stderr


@pytest.mark.parametrize("after", [0, 2])
def test_a_replay_that_was_killed_goes_on_to_the_same_end(folder: Path, after: int) -> None:
    whole = told(folder, "--store", "whole.db")
    command = [sys.executable, "-m", "flows.cli", "replay", "old.jsonl", "--json", "--store", "cut.db"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        for _ in range(after + 1):  # the line of the file, then a line for each day
            running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    assert told(folder, "--store", "cut.db") == whole
