"""Archives into a real store: identity, days, kills, folders."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.connect import open_store
from db.entries import append_batch, count_seen
from db.feeds import subscribe
from db.records import FeedSpec, Fetch
from flows.archive.loading import load_rows
from flows.archive.outlets import Outlets, name_of
from flows.archive.rows import ArchiveError
from flows.archive.saved_feeds import SavedFeeds, files_in
from flows.config.settings import FetchSettings
from flows.feeds.parsing.parse import parse_feed
from tests.support.command import environment

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUAY = FeedSpec("https://quay.example/rss?a=1&b=2", "Quay Wire")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    with closing(open_store(tmp_path / "store.db")) as store:
        yield store


def row(number: int, **more: object) -> str:
    fields = {"id": number, "title": f"Tug {number}", "url": f"https://quay.example/{number}", "date": "2024-11-18"}
    return json.dumps(fields | more) + "\n"


def load(store: Database, file: Path, specs: tuple[FeedSpec, ...] = ()) -> tuple[int, int, int, int]:
    done = load_rows(store, file, Outlets(store, specs, NOW), NOW, lambda _: None)
    return done.seen, done.new, done.duplicate, done.rejected


def test_entries_count_as_first_seen_on_their_day_and_wait_for_a_score(store: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(row(1) + row(2, date="2024-11-19T23:59:59Z") + row(3, date="") + row(1))
    assert load(store, file) == (4, 2, 1, 1)
    assert count_seen(store, datetime(2024, 11, 19, tzinfo=UTC), datetime(2024, 11, 20, tzinfo=UTC)) == 1
    assert store["unscored"].count == 2
    assert load(store, file) == (4, 2, 1, 1)  # as it was: nothing is read again


def test_a_file_that_grew_is_read_anew_and_nothing_is_stored_twice(store: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(gzip.compress(row(1).encode()))
    assert load(store, file) == (1, 1, 0, 0)
    file.write_bytes(gzip.compress((row(1) + row(2)).encode()))
    assert load(store, file) == (2, 1, 1, 0)


def test_an_archive_meets_what_was_read_live_and_changes_nothing_of_it(store: Database, tmp_path: Path) -> None:
    (feed,) = subscribe(store, [QUAY], NOW)
    document = b"""<rss version="2.0"><channel><item><title>Tug 1, updated</title><guid>1</guid></item>
    <item><title>Tug 2</title><link>http://www.quay.example/2?utm_source=rss</link></item></channel></rss>"""
    parsed = parse_feed(document, "", QUAY.url, NOW)
    append_batch(store, Fetch(feed.id, NOW, "ok", seen=2), parsed.entries, NOW)
    file = tmp_path / "a.csv"
    file.write_text(
        "title,url,date,outlet,id\nTug 1,,2024-11-18,quay wire,1\nTug 2,https://quay.example/2,2024-11-18,Other,9\n"
        "Tug 3,https://quay.example/3,2024-11-18,Other,1\n"
    )
    assert load(store, file, (QUAY,)) == (3, 1, 2, 0)
    assert [entry["title"] for entry in store.query("SELECT title FROM entries ORDER BY id")] == [
        "Tug 1, updated",
        "Tug 2",
        "Tug 3",
    ]
    enabled = {each["outlet"]: each["enabled"] for each in store.query("SELECT outlet, enabled FROM feeds")}
    assert enabled == {"Quay Wire": 1, "Other": 0}


def test_an_unlisted_outlet_is_of_the_kind_and_country_that_its_first_row_says(store: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "title,url,date,outlet,kind,country\nTug 1,https://a.example/1,2024-11-18,Harbour Voice,state_media,BY\n"
        "Tug 2,https://a.example/2,2024-11-18,Harbour Voice,press,\n"
        "Tug 3,https://b.example/3,2024-11-18,Quay Notes,blog,\n"
    )
    load(store, file)
    told = {each["outlet"]: (each["kind"], each["country"]) for each in store.query("SELECT * FROM feeds")}
    assert told == {"Harbour Voice": ("state_media", "BY"), "Quay Notes": ("press", "")}


def test_a_damaged_file_gives_what_stands_before_and_is_told(store: Database, tmp_path: Path) -> None:
    file = tmp_path / "half.jsonl.gz"
    whole = gzip.compress("".join(map(row, range(5000))).encode())
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ArchiveError, match=r"half\.jsonl\.gz breaks off or is damaged"):
        load(store, file)
    assert 1000 < store["entries"].count < 4000
    file.write_bytes(whole)
    assert load(store, file)[0] == 5000
    assert store["entries"].count == 5000


def test_a_run_that_is_killed_and_begun_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    rows = 12_000
    (tmp_path / "a.jsonl").write_text("".join(row(number, outlet=f"Outlet {number % 9}") for number in range(rows)))
    call = [sys.executable, "-m", "flows.cli", "backfill", "a.jsonl", "--no-scores"]
    path, kills = tmp_path / "var/axiswatch.db", 0
    while True:
        process = subprocess.Popen(call, cwd=tmp_path, env=environment({}), stdout=-3, stderr=-3)
        before = stored(path)
        while process.poll() is None and stored(path) < before + 1000 * (kills + 1):
            time.sleep(0.005)
        if process.poll() is None and kills < 4:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        if process.wait() == 0:
            break
    assert kills >= 2
    with closing(open_store(path)) as store:
        (told,) = store.query("SELECT seen, new, duplicate, is_done FROM backfills")
        assert told == {"seen": rows, "new": rows, "duplicate": 0, "is_done": 1}
        assert store["entries"].count == rows
        assert store.execute("SELECT count(DISTINCT guid) FROM entries").fetchone()[0] == rows


def stored(path: Path) -> int:
    """How many rows are stored so far."""
    if not path.exists():
        return 0
    with closing(Database(path)) as store:
        if "backfills" not in store.table_names():
            return 0
        return sum(each["seen"] for each in store.query("SELECT seen FROM backfills"))


FEED = (
    '<rss version="2.0"><channel>{about}<item><title>{title}</title><guid>{title}</guid>{date}</item></channel></rss>'
)
DATE = "<pubDate>Mon, 18 Nov 2024 10:00:00 GMT</pubDate>"


async def test_a_folder_of_saved_feeds_with_an_opml_file(store: Database, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    (folder / "Pier News").mkdir(parents=True)
    (folder / "list.opml").write_text(
        '<opml><body><outline text="Pier News" xmlUrl="https://pier.example/f"/></body></opml>'
    )
    own = f"<link>{QUAY.url.replace('&', '&amp;')}</link>"
    saved = {
        "Pier News/2024-11-18.xml": FEED.format(about="", title="A", date=DATE),
        "quay-2024-11-18T0900.rss": FEED.format(about=own, title="B", date=DATE),
        "other_2024-11-18.xml": FEED.format(about="", title="C", date=DATE),
        "other_2024-11-19.xml": FEED.format(about="", title="C", date=DATE),
        "undated.xml": FEED.format(about="", title="D", date=""),
        "page.xml": "<!DOCTYPE html><html></html>",
        "notes.txt": "not looked at",
    }  # fmt: skip
    for name, text in saved.items():
        (folder / name).write_text(text)
    files, also = files_in(folder)
    assert len(files) == 6
    loader = SavedFeeds(store, Outlets(store, [QUAY], NOW), FetchSettings(), NOW)
    async with loader.pool:
        done = [await loader.load(file, also, lambda _: None) for file in files]
        again = [await loader.load(file, also, lambda _: None) for file in files]
    assert again == done
    assert sum(each.new for each in done) == 3
    assert sum(each.duplicate for each in done) == 1
    assert {reason for each in done for reason in each.reasons} == {"no date", "no feed"}
    rows = store.query("SELECT url, title FROM entries JOIN feeds ON feeds.id = feed_id ORDER BY title")
    assert [tuple(each.values()) for each in rows] == [
        ("https://pier.example/f", "A"),
        (QUAY.url, "B"),
        ("archive:other", "C"),
    ]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("bbc-2020-04-30.xml", "bbc"),
        ("bbc_20200430T1200Z.rss.gz", "bbc"),
        ("tass 2024.11.18.json", "tass"),
        ("2024-11-18.xml", "2024-11-18"),
        ("channel4.xml", "channel4"),
    ],
)
def test_the_name_of_a_saved_feed(file: str, name: str) -> None:
    assert name_of(Path(file)) == name
