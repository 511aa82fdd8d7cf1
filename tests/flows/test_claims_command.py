"""`axiswatch claims` over the demo's days."""

from __future__ import annotations

import json

from tests.support.command import Demo, looked

CONFIG = ("--config", "var/demo/axiswatch.toml")


def test_one_claim_shows_evidence_and_its_measures(demo: Demo) -> None:
    done = looked("claims", "--claim", "drones-ir", *CONFIG, cwd=demo.folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("drones-ir: ")
    assert "  for " in done.stdout
    assert "Shahed-type drones built in Russia: 330 a month (KT 7, 2024)" in done.stdout
    assert "troops-kp" not in done.stdout


def test_every_claim_is_a_line_of_json(demo: Demo) -> None:
    rows = [json.loads(line) for line in looked("claims", "--json", *CONFIG, cwd=demo.folder).stdout.splitlines()]
    assert len(rows) == 30
    shown = [each for row in rows for each in row["evidence"]]
    assert shown
    assert {"stance", "date", "outlet", "title", "link", "vouching", "entry"} <= set(shown[0])


def test_an_unknown_claim_is_refused_in_one_line(demo: Demo) -> None:
    done = looked("claims", "--claim", "tea", *CONFIG, cwd=demo.folder)
    assert done.returncode == 2
    assert "there is no claim 'tea'" in done.stderr
