"""Missed, late, recomposed and reconstructed editions, and windows across clock changes, on a store built by hand."""

from __future__ import annotations

import multiprocessing
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db import editions, entries, feeds, fetches, models, scores
from db.connect import open_store
from db.records import Edition, Fetch, ModelVersion, NewEntry, Score
from flows.config.settings import Config
from flows.digest import editions as digest_editions
from flows.digest.content.codec import content_of, typed
from flows.digest.delivery.personalise import due_at
from flows.digest.render.pages import render_pages
from tests.support.edition_store import config, see

HOUR = timedelta(hours=1)


def edited(current: Config, moment: datetime, name: str, title: str) -> None:
    """Its feed shows an entry under another title, and now it is flagged."""
    with closing(open_store(current.store.path)) as store:
        (feed,) = feeds.enabled(store)
        shown = NewEntry((name,), title, published_at=moment, published_status="stated")
        entries.append_batch(store, Fetch(feed.id, moment, "ok", "run", seen=1), [shown], moment)
        (entry,) = [each for batch in entries.unscored(store, 10) for each in batch]
        scores.append(store, [Score(entry.id, "m", 0.9, True, False, "en", True, ("iran",), (), moment)])


def headlines(edition: Edition) -> list[str]:
    return [story.headline for story in content_of(edition.content).told()]


def marks(edition: Edition) -> str:
    return " ".join(content_of(edition.content).marks)


CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29), 23),
    ("Europe/Berlin", date(2026, 10, 25), 25),
    ("America/New_York", date(2026, 3, 8), 23),
    ("America/New_York", date(2026, 11, 1), 25),
    ("Pacific/Tongatapu", date(2026, 11, 1), 24),
]


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_every_hour_around_a_clock_change_is_in_one_edition(tmp_path: Path, zone: str, day: date, hours: int) -> None:
    current = config(tmp_path, time_zone=zone, hour=6)
    days = [day + timedelta(days=number) for number in (-1, 0, 1)]
    first, last = digest_editions.window_of(current, days[0]).start, digest_editions.window_of(current, days[-1]).end
    seen = [first + number * HOUR for number in range(round((last - first) / HOUR))]
    for moment in seen:
        see(current, moment, f"{moment:%d %H:%M}")
    made = [digest_editions.daily(current, each, digest_editions.window_of(current, each).end) for each in days]
    assert [len(headlines(each)) for each in made] == [24, hours, 24]
    assert sorted(line for each in made for line in headlines(each)) == sorted(f"{at:%d %H:%M}" for at in seen)
    assert made[1].window_end - made[1].window_start == hours * HOUR


def test_an_edition_begins_where_the_last_one_ended_when_hour_and_zone_change(tmp_path: Path) -> None:
    before, after = config(tmp_path, time_zone="UTC", hour=6), config(tmp_path, time_zone="Asia/Seoul", hour=9)
    later = config(tmp_path, time_zone="UTC", hour=8)
    now = datetime(2026, 11, 21, 6, tzinfo=UTC)
    see(before, now + HOUR, "in the gap")
    first = digest_editions.daily(before, date(2026, 11, 21), now)
    second = digest_editions.daily(later, date(2026, 11, 22), now + 26 * HOUR)
    third = digest_editions.daily(after, date(2026, 11, 23), now + 42 * HOUR)
    assert (second.window_start, third.window_start) == (first.window_end, second.window_end)
    assert headlines(second) == ["in the gap"]
    assert third.window_end - third.window_start == 16 * HOUR


def test_what_an_edit_made_relevant_is_in_the_edition_of_the_edit_and_in_no_other(tmp_path: Path) -> None:
    current = config(tmp_path, time_zone="UTC", hour=6)
    days = [date(2026, 11, number) for number in (16, 17, 18, 19)]
    noon = datetime(2026, 11, 15, 12, tzinfo=UTC)
    see(current, noon, "vague", flagged=False)
    see(current, noon, "plain")
    made = [digest_editions.daily(current, days[0], digest_editions.window_of(current, days[0]).end)]
    edited(current, noon + 24 * HOUR, "vague", "vague no more")
    edited(current, noon + 24 * HOUR, "plain", "plain, reworded")
    made.append(digest_editions.daily(current, days[1], digest_editions.window_of(current, days[1]).end))
    edited(current, noon + 48 * HOUR, "vague", "vague no more, again")
    made += [digest_editions.daily(current, day, digest_editions.window_of(current, day).end) for day in days[2:]]
    assert [headlines(each) for each in made] == [["plain"], ["vague no more"], [], []]
    (story,) = content_of(made[1].content).told()
    assert story.time.endswith(", edited Mon 12:00")


def test_a_missed_day_is_known_and_one_on_which_nothing_was_read_is_named(tmp_path: Path) -> None:
    current = config(tmp_path)
    day = date(2026, 11, 16)
    see(current, datetime(2026, 11, 15, 12, tzinfo=UTC), "on time")
    digest_editions.daily(current, day, digest_editions.window_of(current, day).end)
    see(current, datetime(2026, 11, 16, 12, tzinfo=UTC), "before the power went")
    now = datetime(2026, 11, 19, 9, tzinfo=UTC)
    with closing(open_store(current.store.path)) as store:
        missed, silent = digest_editions.missed_days(store, current, now)
    assert (missed, silent) == ([date(2026, 11, 17)], [date(2026, 11, 18)])
    late = digest_editions.daily(current, missed[0], now)
    assert headlines(late) == ["before the power went"]
    assert marks(late) == "Made late: due Tue 17 Nov, 06:00 (Europe/Berlin), made Thu 19 Nov, 10:00 (Europe/Berlin)."
    newest = digest_editions.daily(current, date(2026, 11, 19), now, silent)
    assert "No edition was made for Wednesday 18 November 2026" in marks(newest)
    with closing(open_store(current.store.path)) as store:
        assert digest_editions.missed_days(store, current, now) == ([], [])


def test_before_the_first_edition_nothing_was_missed(tmp_path: Path) -> None:
    current = config(tmp_path)
    see(current, datetime(2026, 11, 16, 12, tzinfo=UTC), "x")
    with closing(open_store(current.store.path)) as store:
        assert digest_editions.missed_days(store, current, datetime(2026, 11, 22, tzinfo=UTC)) == ([], [])


def test_a_reconstruction_is_marked_kept_and_no_link_of_the_chain(tmp_path: Path) -> None:
    current = config(tmp_path)
    see(current, datetime(2026, 11, 9, 12, tzinfo=UTC), "long ago")
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    made = digest_editions.past(current, date(2026, 11, 10), now)
    again = digest_editions.past(current, date(2026, 11, 10), now + HOUR)
    assert (made.kind, headlines(made)) == ("reconstruction", ["long ago"])
    assert marks(made).startswith("Reconstruction: composed Sun 22 Nov")
    assert again == made
    with closing(open_store(current.store.path)) as store:
        assert editions.latest_daily(store) is None
        assert editions.latest(store) is None
    with pytest.raises(digest_editions.DayError, match="axiswatch digest"):
        digest_editions.past(current, date(2026, 11, 22), now)
    assert due_at(made, current.readers()[0]) == now


def test_a_recomposed_edition_is_numbered_and_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    current = config(tmp_path)
    day, now = date(2026, 11, 20), datetime(2026, 11, 20, 5, tzinfo=UTC)
    with pytest.raises(digest_editions.DayError, match="there is no edition of 2026-11-20"):
        digest_editions.recomposed(current, day, now)
    first = digest_editions.daily(current, day, now)
    with closing(open_store(current.store.path)) as store:
        kept = editions.pages(store, first.id)
    see(current, datetime(2026, 11, 19, 12, tzinfo=UTC), "backfilled since")
    made = [digest_editions.recomposed(current, day, now + HOUR) for _ in range(2)]
    assert [each.name for each in made] == ["2026-11-20.2", "2026-11-20.3"]
    assert headlines(made[0]) == ["backfilled since"]
    assert "Number 2 of this day" in marks(made[0])
    with closing(open_store(current.store.path)) as store:
        assert editions.find(store, "2026-11-20") == first
        assert editions.pages(store, first.id) == kept
        assert editions.latest(store) == first


def compose_together(path: Path, barrier: object, found: object) -> None:
    barrier.wait()  # type: ignore[attr-defined]
    made = digest_editions.daily(config(path.parent), date(2026, 11, 20), datetime(2026, 11, 20, 5, tzinfo=UTC))
    found.put((made.id, made.content))  # type: ignore[attr-defined]


def test_two_processes_at_once_make_one_edition(tmp_path: Path) -> None:
    current = config(tmp_path)
    see(current, datetime(2026, 11, 19, 12, tzinfo=UTC), "one")
    context = multiprocessing.get_context("spawn")
    barrier, found = context.Barrier(2), context.Queue()
    both = [
        context.Process(target=compose_together, args=(current.store.path, barrier, found), daemon=True) for _ in "ab"
    ]
    for process in both:
        process.start()
    made = [found.get(timeout=60) for _ in both]
    for process in both:
        process.join(10)
    assert made[0] == made[1]
    with closing(open_store(current.store.path)) as store:
        assert store.execute("SELECT count(*) FROM editions").fetchone() == (1,)
        assert fetches.coverage_of_window(store, *digest_editions.window_of(current, date(2026, 11, 20))).read == 1


def test_a_model_that_was_fitted_again_is_told_in_the_next_daily_edition_and_in_no_other(tmp_path: Path) -> None:
    current = config(tmp_path)
    days = [date(2026, 11, 21), date(2026, 11, 22)]
    ends = [digest_editions.window_of(current, day).end for day in days]
    for end in ends:
        see(current, end - HOUR, f"{end:%d}")
    note = "m fitted again on the same data: 30 labels <b>"
    with closing(open_store(current.store.path)) as store:
        again = ModelVersion("n", "candidate", ends[0] - HOUR, 0.5, 0.3, "", "", {}, {}, note, "refitted")
        models.refit(store, again)
        models.promote(store, "n")
        # A model that learned since judges by now, and an alert went out: the account is still to be given.
        models.insert(store, ModelVersion("o", "candidate", ends[0], 0.5, 0.3, "", "", {}, {}))
        models.promote(store, "o")
        window = (ends[0] - HOUR, ends[0])
        editions.insert(
            store, name="alert", window=window, composed_at=ends[0], model_version="n", config_hash="", content={},
            kind="alert",
        )  # fmt: skip
    first, second = (typed(digest_editions.daily(current, day, end)) for day, end in zip(days, ends, strict=True))
    assert [each.content.model and each.content.model.refitted for each in (first, second)] == [note, ""]
    text, html = render_pages(first)
    assert "30 labels <b>" in text
    assert "30 labels &lt;b&gt;" in html
