"""Stories as people look at them: `story`, `trends`, `export`, over three days of the demo."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from statistics import median

import pytest

from classifiers.topics.active import active
from flows.stories.event_export import COLUMNS, ExportFormat, cell, write_events
from tests.support.command import CommandResult, Demo, looked

CONFIG = ("--config", "var/demo/axiswatch.toml")
FEEDS = "SELECT count(*) FROM feed_days WHERE day = ? AND entries > 0"
STORIES = (
    "SELECT count(DISTINCT cluster_entries.cluster_id) FROM story_clusters JOIN entries ON entries.id = lead_entry_id"
    " JOIN cluster_entries ON cluster_id = story_clusters.id JOIN scores USING (entry_id)"
    " WHERE partners LIKE '%\"' || ? || '\"%' AND coalesce(entries.published_at, entries.first_seen_at) LIKE ? || '%'"
)


def call(demo: Demo, *arguments: str) -> CommandResult:
    done = looked(*arguments, *CONFIG, cwd=demo.folder)
    assert done.returncode == 0, done.stderr
    return done


def asked(demo: Demo, query: str, *values: object) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(demo.store)) as connection:
        return connection.execute(query, values).fetchall()


def test_a_denial_days_later_is_linked_to_the_story_that_it_takes_up(demo: Demo) -> None:
    """The sample tells on the 15th of a drone plant in China, and on the 18th that Beijing denies it."""
    where = "SELECT cluster_id FROM cluster_entries JOIN entries ON entries.id = entry_id WHERE title LIKE ?"
    [(later,)] = asked(demo, where, "China denies building drones for Russia%")
    [(earlier,)] = asked(demo, where, "Europe says it has firm evidence China-based factory%")
    assert later != earlier
    told = call(demo, "story", str(later)).stdout
    assert "takes up story" in told
    assert "denied" in told
    linked = asked(demo, "SELECT earlier_id FROM cluster_links WHERE cluster_id = ?", later)
    titles = asked(
        demo,
        "SELECT title FROM cluster_entries JOIN entries ON entries.id = entry_id WHERE cluster_id = ?",
        linked[0][0],
    )
    assert any("drone" in str(title).lower() or "Drohne" in str(title) for (title,) in titles)
    assert f"taken up by story {later}" in call(demo, "story", str(linked[0][0])).stdout


def test_a_story_lists_the_steps_of_its_thread_with_dates_and_sources(demo: Demo) -> None:
    [(thread, size)] = asked(
        demo, "SELECT thread_id, count(*) + 1 FROM story_threads GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
    )
    assert size > 2
    [(later,)] = asked(demo, "SELECT max(cluster_id) FROM story_threads WHERE thread_id = ?", thread)
    told = call(demo, "story", str(later)).stdout
    _, listed = told.split(f"thread {thread}, {size} stories\n")
    steps = [line for line in listed.splitlines() if " story " in line]
    assert len(steps) == size
    assert [line for line in steps if line.startswith(">")] == [line for line in steps if f"story {later:>4}  " in line]
    days = [line.split()[1 if line.startswith(">") else 0] for line in steps]
    assert days == sorted(days)
    outlets = {str(outlet) for (outlet,) in asked(demo, "SELECT outlet FROM feeds")}
    assert all(any(outlet in line for outlet in outlets) for line in listed.splitlines() if line and line not in steps)


def test_a_story_shows_entries_origins_tags_and_a_summary_with_outlets(demo: Demo) -> None:
    [(story, entries)] = asked(
        demo, "SELECT cluster_id, count(*) FROM cluster_entries GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
    )
    told = call(demo, "story", str(story)).stdout
    assert f"{entries} entries" in told
    assert "independent origins" in told
    assert "partner " in told
    outlets = {str(outlet) for (outlet,) in asked(demo, "SELECT outlet FROM feeds")}
    assert any(f"[{outlet}]" in told for outlet in outlets)
    assert looked("story", "99999", *CONFIG, cwd=demo.folder).returncode == 2


def test_wire_copies_are_one_origin(demo: Demo) -> None:
    where = "SELECT DISTINCT cluster_id FROM cluster_entries JOIN entries ON entries.id = entry_id WHERE title LIKE ?"
    [(story,)] = asked(demo, where, "%Soyuz lifts two privately built Iranian satellites%")
    told = call(demo, "story", str(story)).stdout
    assert told.count("(as entry ") >= 2


def test_an_unusual_day_is_marked_and_comes_out_as_by_hand(demo: Demo) -> None:
    """Every partner of the 15th: the median of the days before, at the feeds of that day, and its distance."""
    last = date(2024, 11, 15)
    days = [f"2024-11-{day:02}" for day in range(5, 15)]
    table = call(demo, "trends", "--day", last.isoformat()).stdout.split("the week")[0]
    ids = {each.display: partner for partner, each in active().partners.items()}
    lines = [re.split(r"\s{2,}", line.strip()) for line in table.splitlines() if line.startswith("partner ")]
    marked = {ids[cells[0].removeprefix("partner ")]: cells for cells in lines}
    for partner, cells in marked.items():
        feeds = asked(demo, FEEDS, last.isoformat())[0][0]
        stories = asked(demo, STORIES, partner, last.isoformat())[0][0]
        feeds = max(feeds, asked(demo, READ, last.isoformat())[0][0])
        levels = [_level(demo, partner, day, feeds) for day in days]
        usual = median(levels)
        spread = median(abs(level - usual) for level in levels)
        score = (stories - usual) / max(1.4826 * spread, usual**0.5, 1)
        assert cells[1:5] == [str(stories), f"{round(usual, 2):g}", f"{round(spread, 2):g}", f"{score:+.1f}"], partner
        assert (cells[-1] == "unusual") == (abs(score) >= 3 and max(stories, usual) >= 3)
    assert marked["china"][-1] == "unusual", table


READ = "SELECT count(DISTINCT feed_id) FROM fetches WHERE started_at LIKE ? || '%' AND outcome IN ('ok', 'unchanged')"


def _level(demo: Demo, partner: str, day: str, feeds: int) -> float:
    read = max(asked(demo, FEEDS, day)[0][0], asked(demo, READ, day)[0][0])
    return asked(demo, STORIES, partner, day)[0][0] * feeds / read


def test_stories_are_exported_as_events(demo: Demo) -> None:
    lines = call(demo, "export", "--from", "2024-11-01", "--to", "2024-11-30").stdout.splitlines()
    events = [json.loads(line) for line in lines]
    assert len({event["story"] for event in events}) == asked(demo, "SELECT count(*) FROM story_clusters")[0][0]
    assert len({event["event_id"] for event in events}) == len(events)
    assert {tuple(event) for event in events} == {COLUMNS}
    assert {"AGREE", "SANCTION", "AID", "COOPERATE"} <= {event["event"] for event in events}
    assert all(event["links"] and event["outlets"] and event["source"] for event in events)
    table = call(demo, "export", "--format", "csv", "--from", "2024-11-01", "--to", "2024-11-30").stdout
    found = list(csv.DictReader(io.StringIO(table)))
    assert [row["story"] for row in found] == [str(event["story"]) for event in events]
    named = dict(zip(events[0]["claims"], events[0]["claim_names"], strict=True))
    assert named
    assert all(name[0].isupper() and name != claim for claim, name in named.items())
    assert call(demo, "export", "--from", "2001-01-01", "--to", "2001-01-02").stdout == ""
    for wrong in (("--from", "yesterday"), ("--from", "2024-11-02", "--to", "2024-11-01")):
        assert looked("export", *wrong, *CONFIG, cwd=demo.folder).returncode == 2


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("+7 dead", "'+7 dead"),
        ("-5", "'-5"),
        ("a\r\nb\x00c", "a b c"),
        ("\t=x", "'\t=x"),
        (["=a", "b"], "'=a | b"),
        (-5, "-5"),
        ("plain", "plain"),
    ],
)
def test_no_cell_is_taken_for_a_formula(value: object, written: str) -> None:
    assert cell(value) == written


def test_hostile_headlines_stay_in_their_cells() -> None:
    row: dict[str, object] = dict.fromkeys(COLUMNS, "") | {"headline": '=cmd("x"),\n"quoted"', "links": ["https://a/"]}
    out = io.StringIO()
    write_events([row], ExportFormat.csv, out)
    [found] = csv.DictReader(io.StringIO(out.getvalue()))
    assert found["headline"] == '\'=cmd("x"), "quoted"'


def test_claims_without_news_are_listed(demo: Demo) -> None:
    told = call(demo, "trends", "--day", "2024-11-18", "--silent-days", "1").stdout
    newest = {
        str(claim): str(day)
        for claim, day in asked(
            demo,
            "SELECT claim, max(substr(coalesce(lead.published_at, lead.first_seen_at), 1, 10)) FROM entry_claims"
            " JOIN cluster_entries USING (entry_id) JOIN story_clusters ON story_clusters.id = cluster_id"
            " JOIN entries AS lead ON lead.id = lead_entry_id GROUP BY claim",
        )
    }
    silent = {claim: day for claim, day in newest.items() if day < "2024-11-18"}
    assert silent
    for claim, day in silent.items():
        assert re.search(rf"no story bears on \S.*\({claim}\)\s+since\s+{day}", told)
    assert not any(f"({claim}) since" in told for claim, day in newest.items() if day >= "2024-11-18")
