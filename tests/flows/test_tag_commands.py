"""Tags and claims through the command: score, explain, evaluate, and an analyst's own claims."""

from __future__ import annotations

import json

from tests.support.command import Project

CLAIM = """[[claim]]
id = "tea"
text = "Tea is traded"
partners = ["china"]
channels = ["all"]
direction = "all"
words = ["tea"]
"""


def test_score_writes_the_tags_of_what_would_be_shown(project: Project) -> None:
    rows = [{"title": "North Korean soldiers join Russia's army in Kursk"}, {"title": "Rain delays the harvest"}]
    file = project.folder / "entries.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    first, second = map(json.loads, project.look("score", file).stdout.splitlines())
    tags = {key: first[key] for key in ("partners", "channels", "direction", "response", "friction", "claims")}
    assert tags == {
        "partners": ["north_korea"],
        "channels": ["troops"],
        "direction": "to_russia",
        "response": False,
        "friction": False,
        "claims": ["troops-kp"],
    }
    assert (second["partners"], second["direction"], second["claims"]) == ([], "none", [])


def test_explain_tells_a_contact_by_what_it_was(project: Project) -> None:
    told = project.look("explain", "--text", "Duma ratifies treaty with North Korea").stdout
    assert "in short: Russia and North Korea: ratification of a treaty" in " ".join(told.split())


def test_explain_shows_tags_with_their_words_and_claims_with_reasons(project: Project) -> None:
    shown = project.look("explain", "--text", "Russia denies receiving 3,000 soldiers from North Korea").stdout
    assert "channel troops (denied): 'soldiers'" in shown
    assert "partner North Korea" in shown
    assert "giver North Korea, receiver Russia" in " ".join(shown.split())
    assert "status denied: 'denies'" in shown
    assert "quantity 3,000 soldiers (denied): '3,000 soldiers'" in shown
    assert "claim North Korean soldiers (troops-kp): cuts against, " in shown


def test_evaluate_tells_how_good_the_tags_are(project: Project) -> None:
    row = {"id": "1", "title": "Iran sends drones to Russia", "lang": "en", "grade": 2, "weight": 1}
    row |= {"partners": ["iran"], "channels": ["arms"], "direction": "to_russia", "response": False, "friction": False}
    other = {"id": "2", "title": "Rain delays the harvest", "lang": "en", "grade": 0}
    file = project.folder / "tagged.jsonl"
    file.write_text(f"{json.dumps(row | {'claims': ['drones-ir']})}\n{json.dumps(other)}\n", encoding="utf-8")
    shown = project.look("evaluate", file, "--tags", "--claims")
    assert shown.returncode == 0, shown.stderr
    assert "accuracy 1.000" in shown.stdout
    assert "claims (1 articles)" in shown.stdout
    truth = project.folder / "claims.json"
    truth.write_text('{"1": ["visits"]}', encoding="utf-8")
    report = json.loads(project.look("evaluate", file, "--claims-file", truth, "--json").stdout)
    assert report["tags"]["english"]["claims"]["recall"] == 0
    truth.write_text("[1]", encoding="utf-8")
    refused = project.look("evaluate", file, "--claims-file", truth)
    assert (refused.returncode, "does not map" in refused.stderr) == (2, True)


def test_an_analysts_claims_come_from_the_config(project: Project) -> None:
    config = project.folder / "mine.toml"
    before = (project.folder / "axiswatch.toml").read_text(encoding="utf-8")
    config.write_text(before + "\n[claims]\nfile = 'mine-claims.toml'\n", encoding="utf-8")
    claims = project.folder / "mine-claims.toml"
    claims.write_text(CLAIM, encoding="utf-8")
    shown = project.look("explain", "--config", config, "--text", "Russia buys tea from China")
    assert "claim tea: " in shown.stdout, shown.stderr
    claims.write_text(CLAIM.replace("china", "cathay"), encoding="utf-8")
    refused = project.look("explain", "--config", config, "--text", "Russia buys tea from China")
    assert refused.returncode == 2
    assert "'cathay' is none of the partners" in refused.stderr
