"""Archives read by command: every kind of file, in the words that a person sees."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command import looked

LINES = """{"title": "Oil leaves for Rason", "url": "https://a.example/1", "date": "2026-05-01", "outlet": "Quay"}
{"title": "no date"}
not json
"""
TABLE = """\ufefftitle;url;date;summary
"Tug ""Anna""
sinks";https://a.example/2;2026-05-02T10:00:00+03:00;Text
The same;http://www.a.example/1?utm_source=x;2026-05-01;Twice
"""
OPML = (
    '<opml><body><outline text="Ports"><outline text="Pier" xmlUrl="https://pier.example/f"/></outline></body></opml>'
)
SAVED = (
    '<rss version="2.0"><channel><title>Pier</title><item><title>Pier one</title><link>https://pier.example/{}</link>'
    "<pubDate>Fri, 01 May 2026 10:00:00 +0200</pubDate></item></channel></rss>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project, and files of each kind."""
    (tmp_path / "axiswatch.toml").write_text('[feeds]\nfile = "list.toml"\n')
    (tmp_path / "list.toml").write_text('[[feed]]\nurl = "https://quay.example/f"\noutlet = "Quay"\n')
    (tmp_path / "a.jsonl").write_text(LINES)
    (tmp_path / "b.csv").write_text(TABLE)
    (tmp_path / "saved/pier").mkdir(parents=True)
    (tmp_path / "saved/feeds.opml").write_text(OPML)
    (tmp_path / "saved/Pier-2026-05-01.xml").write_text(SAVED.format(1))
    (tmp_path / "saved/pier/later.rss").write_text(SAVED.format(2).replace("one", "two"))
    return tmp_path


def stored(folder: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(folder / "var/axiswatch.db")) as connection:
        return connection.execute(
            "SELECT outlet, topic, title, first_seen_at FROM entries JOIN feeds ON feeds.id = feed_id"
            " ORDER BY entries.id"
        ).fetchall()


def test_every_kind_of_archive(folder: Path) -> None:
    told = looked("backfill", "--no-scores", "a.jsonl", "b.csv", "saved", cwd=folder)
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == [
        "a.jsonl: 3 entries seen = 1 new + 0 duplicate + 2 rejected",
        "b.csv: 2 entries seen = 1 new + 1 duplicate + 0 rejected",
        "saved: 2 entries seen in 2 files = 2 new + 0 duplicate + 0 rejected",
    ]
    assert [line.strip() for line in told.stderr.splitlines()] == ["rejected: no JSON (1)", "rejected: no date (1)"]
    assert stored(folder) == [
        ("Quay", "", "Oil leaves for Rason", "2026-05-01T00:00:00+00:00"),
        ("archive", "", 'Tug "Anna" sinks', "2026-05-02T07:00:00+00:00"),
        ("Pier", "Ports", "Pier one", "2026-05-01T08:00:00+00:00"),
        ("Pier", "Ports", "Pier two", "2026-05-01T08:00:00+00:00"),
    ]


def test_what_was_read_is_not_read_again_and_that_is_said(folder: Path) -> None:
    looked("backfill", "--no-scores", "a.jsonl", "saved/feeds.opml", cwd=folder)
    (folder / "saved/more.xml").write_text(SAVED.format(3).replace("one", "three"))
    told = looked("backfill", "--no-scores", "a.jsonl", "saved/feeds.opml", cwd=folder)
    assert told.stdout.splitlines() == [
        "a.jsonl: nothing that was not read before",
        "saved/feeds.opml: 1 entries seen in 3 files = 1 new + 0 duplicate + 0 rejected;"
        " 2 of the files were read before",
    ]
    assert told.stderr == ""
    assert len(stored(folder)) == 4


def test_what_cannot_be_read_is_told_in_a_line_and_the_rest_is_read(folder: Path) -> None:
    told = looked("backfill", "--no-scores", "list.toml", "a.jsonl", cwd=folder)
    assert told.returncode == 2
    assert "a.jsonl: 3 entries seen = 1 new" in told.stdout
    assert told.stderr.splitlines()[-1].startswith(
        "axiswatch: list.toml: not read, its name must end with one of .jsonl"
    )
    told = looked("backfill", "none.csv", cwd=folder)
    assert (told.returncode, told.stderr) == (2, "axiswatch: there is no file none.csv\n")
