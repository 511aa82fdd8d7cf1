"""The commands that look into the store and judge."""

from __future__ import annotations

import gzip
import json

from tests.support.command import Project
from tests.support.topics import with_few_examples

OIL = {"title": "Russia ships oil to North Korea", "summary": "Tankers sail in breach of sanctions.", "id": "a"}
TENNIS = {"title": "Home crowd cheers the final set", "kept": [1, 2]}


def test_score_keeps_the_lines_and_adds_the_judgement(project: Project) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in (OIL, TENNIS))
    result = project.look("score", "-", stdin=lines)
    assert result.returncode == 0, result.stderr
    oil, tennis = map(json.loads, result.stdout.splitlines())
    assert oil.items() >= OIL.items()
    assert tennis.items() >= TENNIS.items()
    assert oil["score"] > tennis["score"]
    assert oil["flagged"] is True
    assert tennis["flagged"] is False
    assert oil["model_version"] == tennis["model_version"]
    assert (oil["language"], oil["known_language"]) == ("en", True)


def test_score_codes_every_line_where_events_are_asked_for(project: Project) -> None:
    titles = ("China expels two Russian diplomats", "Washington condemns a strike on Kyiv", "A quiet day for bakers")
    result = project.look(
        "score", "--events", "-", stdin="".join(json.dumps({"title": each}) + "\n" for each in titles)
    )
    assert result.returncode == 0, result.stderr
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["event"], each["source"], each["target"]) for each in told] == [
        ("SANCTION", "china", "russia"),
        ("ACCUSE", "united_states", "ukraine"),
        ("", "", ""),
    ]
    assert [each["flagged"] for each in told] == [True, False, False]


def test_score_says_which_language_it_cannot_judge_and_heeds_the_day(project: Project) -> None:
    received = {"title": "Putin received Assad in Moscow and signed a defence pact", "lang": "en"}
    rows = [
        {"title": "Η Ρωσία και το Ιράν υπέγραψαν συμφωνία", "lang": "el"},
        received | {"date": "2023-03-15"},
        received | {"date": "2025-03-15"},
    ]
    result = project.look("score", "-", stdin="".join(json.dumps(row) + "\n" for row in rows))
    greek, before, after = map(json.loads, result.stdout.splitlines())
    assert greek["known_language"] is False
    assert before["flagged"]
    assert after["score"] < before["score"]


def test_score_loses_no_line_where_one_batch_ends_and_the_next_begins(project: Project) -> None:
    lines = "".join(json.dumps({"title": "Rain", "id": number}) + "\n" for number in range(2500))
    result = project.look("score", "-", stdin=lines)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == list(range(2500))


def test_score_names_bad_lines_and_goes_on(project: Project) -> None:
    file = project.folder / "in.jsonl.gz"
    bad = b'{"title": \n\n["no object"]\n{"title": 7}\n{"summary": ""}\n'
    file.write_bytes(gzip.compress(bad + json.dumps(OIL).encode()))
    result = project.look("score", file)
    assert result.returncode == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a"]
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "line 1",
        "line 3",
        "line 4",
        "line 5",
        "axiswatch",
    ]


def test_score_refuses_what_is_no_file_or_half_a_file(project: Project) -> None:
    (project.folder / "half.gz").write_bytes(gzip.compress(json.dumps(OIL).encode() * 50)[:-12])
    for name, words in (("none.jsonl", "there is no file none.jsonl"), ("half.gz", "not a whole gzip file")):
        result = project.look("score", name)
        assert result.returncode == 2
        assert words in result.stderr


def test_an_entry_is_found_labelled_and_explained(project: Project) -> None:
    found = project.look("search", "north", "korea")
    entry = found.stdout.split()[0]
    assert entry.isdigit(), found
    labelled = project.look("label", entry, "relevant", "--note", "seen by a test")
    assert labelled.returncode == 0
    assert "labelled relevant" in labelled.stdout
    explained = project.look("explain", "--entry", entry)
    assert explained.returncode == 0
    assert "score " in explained.stdout
    assert "+" in explained.stdout


def test_what_is_not_there_is_named(project: Project) -> None:
    assert "there is no entry 999999" in project.look("label", "999999", "unsure").stderr
    assert project.look("label", "999999", "unsure").returncode == 2
    nothing = project.look("search", "zzzzqqqq")
    assert (nothing.returncode, "no entry holds" in nothing.stderr) == (0, True)


def test_models_lists_the_champion(project: Project) -> None:
    result = project.look("models")
    assert result.returncode == 0
    assert "champion" in result.stdout


def test_evaluate_tells_english_from_other_languages(project: Project) -> None:
    rows = [
        {"id": str(number), "title": title, "lang": language, "grade": grade, "weight": 1}
        for number, (title, language, grade) in enumerate(
            [
                ("Russia and Iran sign a defence pact", "en", 2),
                ("Rain delays the harvest festival", "en", 0),
                ("Россия и Иран подписали договор о поставках оружия", "ru", 2),
                ("Дождь задержал праздник урожая", "ru", 0),
            ]
        )
    ]
    file = project.folder / "judged.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    shown = project.look("evaluate", file)
    assert shown.returncode == 0, shown.stderr
    assert "average precision" in shown.stdout
    report = json.loads(project.look("evaluate", file, "--json").stdout)
    assert report["english"]["articles"] == report["other"]["articles"] == 2
    written = project.folder / "var/evaluation" / f"{report['model']}.json"
    assert written.name in "".join(shown.stdout.split())
    assert json.loads(written.read_text(encoding="utf-8")) == report
    file.write_text("{}\n", encoding="utf-8")
    refused = project.look("evaluate", file)
    assert refused.returncode == 2
    assert "line 1" in refused.stderr


def test_the_ablation_fits_the_screen_and_the_report_keeps_ids_and_no_words(project: Project) -> None:
    few = with_few_examples(project.folder / "topic")
    with (project.folder / "axiswatch.toml").open("a", encoding="utf-8") as config:
        config.write(f'[topic]\nfolder = "{few}"\n')
    rows = [
        {"id": "first", "title": "Russia and Iran sign a defence pact", "lang": "en", "grade": 2, "partners": ["iran"]},
        {"id": "missed", "title": "A quokka hops by", "lang": "en", "grade": 2, "partners": ["china"]},
        {"id": "third", "title": "Rain delays the harvest festival", "lang": "en", "grade": 0, "stratum": "O"},
    ]
    (project.folder / "judged.jsonl").write_text("\n".join(map(json.dumps, rows)))
    shown = project.look("evaluate", "judged.jsonl", "--ablation", "--report", "out/report.json")
    assert shown.returncode == 0, shown.stderr
    assert max(map(len, shown.stdout.splitlines())) <= 120
    text = (project.folder / "out/report.json").read_text(encoding="utf-8")
    assert not [word for word in ("quokka", "harvest", "defence") if word in text]
    report = json.loads(text)
    assert report["worst"]["misses"] == ["missed"]
    assert report["ablation"]["keyword rule"]["by_partner"]["china"] == {"relevant": 1, "recall": 0.0}
    assert report["ablation"]["all"]["by_stratum"]["O"]["articles"] == 1
