"""What Prefect shows of the work, on a real server: names of runs, progress, the ledger, the edition, our counts."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest

from db.records import FeedSpec
from tests.support.command import Project
from tests.support.own_prefect import answer_to, eventually
from tests.support.prefect_calls import call

RUN = """
import asyncio, sys
from flows.backfill import backfill
from flows.monitor import monitor
from flows.rescore import rescore
from flows.send_digest import send_digest

async def main(folder):
    config = f"{folder}/axiswatch.toml"
    await backfill(files=[f"{folder}/old.jsonl", f"{folder}/more"], config=config)
    await rescore(config=config)
    await monitor(config=config)
    await send_digest(config=config, day="2024-11-18")
    try:
        await backfill(files=[f"{folder}/old.xyz"], config=config)
    except ValueError as error:
        print(error)

asyncio.run(main(sys.argv[1]))
"""
ROWS = 2500
OLD = '{{"title": "Quay {}", "url": "https://quay.example/{}", "date": "2026-05-01", "outlet": "Quay"}}\n'


@pytest.fixture
def shown(project: Project, server: str) -> tuple[Project, str, str]:
    """A project whose flows have run, the server on which that shows, and what was said."""
    folder = project.folder
    project.read_feeds_from([FeedSpec("http://127.0.0.1:9/feed", "Pier <b>")])
    (folder / "old.jsonl").write_text("".join(OLD.format(number, number) for number in range(ROWS)))
    (folder / "more").mkdir()
    (folder / "more/older.jsonl").write_text(OLD.format("x", "x"))
    (folder / "old.xyz").write_text("")
    said = call(RUN, server, folder, str(folder), PREFECT_LOGGING_EXTRA_LOGGERS="flows,classifiers,db")
    return project, server, said


def ask(server: str, path: str, body: dict[str, Any]) -> Any:
    headers = {"Content-Type": "application/json"}
    return answer_to(urllib.request.Request(f"{server}{path}", json.dumps(body).encode(), headers))


def test_prefect_shows_the_work(shown: tuple[Project, str, str]) -> None:
    project, server, said = shown
    assert "old.xyz: not read, its name must end with" in said
    config = str(project.folder / "axiswatch.toml")
    runs = [run for run in ask(server, "/flow_runs/filter", {}) if run["parameters"].get("config") == config]
    named = {re.sub(r"\d", "0", run["name"]) for run in runs}
    assert named == {"backfill 00:00", "rescore 00:00", "monitor 00:00", "digest 00:00"}

    artifacts = [
        each for each in ask(server, "/artifacts/filter", {}) if each["flow_run_id"] in {r["id"] for r in runs}
    ]
    progress = [each for each in artifacts if each["key"] == "backfill"]
    assert [each["data"] for each in progress] == [100, 100]
    assert {each["data"] for each in artifacts if each["key"] == "rescore"} == {100}
    (feeds,) = (each for each in artifacts if each["key"] == "feeds")
    (row,) = json.loads(feeds["data"])
    assert (row["feed"], row["outcome"], row["new"]) == ("Pier <b>", "failed", 0)
    assert feeds["description"].startswith("0 entries seen, 0 new. 0 unchanged and not shown, 1 failed of 1 feeds.")
    (edition,) = (each for each in artifacts if each["key"] == "edition-2024-11-18")
    assert edition["data"].startswith("# ")
    assert "](<http" in edition["data"]
    assert edition["description"]

    def counts() -> set[str]:
        body = {"logs": {"flow_run_id": {"any_": [run["id"] for run in runs]}}}
        return {re.sub(r"[\d.]+ s$", "0 s", each["message"]) for each in ask(server, "/logs/filter", body)}

    monitor = "monitor: 0 entries read, 0 new, 0 flagged; 1 of 1 feeds failed; 0 s"
    eventually(lambda: monitor in counts(), 30, "our counts in its log")
    assert any(each.startswith(f"backfill: {ROWS + 1} entries read, {ROWS + 1} new") for each in counts())
    rescored = re.compile(r"rescore: \d+ entries scored, \d+ flagged, 0 newly and 0 no longer; 0 s")
    assert any(rescored.fullmatch(each) for each in counts())
    assert any(each.startswith("digest: edition 2024-11-18: ") for each in counts())
