"""What editions announced long ago is still expected, on a real store."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from db import clusters, entries, scores, threads
from db.connect import open_store
from db.records import Fetch, NewEntry, Score
from db.records.frames import Frame, Phase
from db.records.tags import Tag, Tags
from flows.config.settings import Config
from flows.digest import editions
from flows.digest.content.codec import content_of
from tests.support.edition_store import config, see

DAY = timedelta(days=1)
FIRST = date(2026, 11, 2)


def tell(current: Config, day: date, title: str, phase: Phase, kin: int | None = None) -> int:
    """Store a report on Iran, which opens a story of the thread of an earlier report; the id of the entry."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - 12 * timedelta(hours=1)
    tags = Tags((Tag("partner", "iran"), Tag("channel", "diplomacy")), frames=(Frame("joint", phase=phase),))
    see(current, moment, f"before {title}", flagged=False)
    with closing(open_store(current.store.path)) as store:
        new = NewEntry((title,), title, published_at=moment, published_status="stated")
        entries.append_batch(store, Fetch(1, moment, "ok", "run", seen=1), [new], moment)
        (entry,) = [each for batch in entries.unscored(store, 10) for each in batch]
        score = Score(entry.id, "m", 0.9, True, False, "en", True, ("iran",), (), moment, tags)
        scores.append(store, [score])
        clusters.append(store, [(None, [entry])], moment)
        if kin is not None:
            threads.append(store, [(entry.id, kin)])
        return entry.id


def expected(current: Config, day: date) -> list[tuple[str, str]]:
    """(the day, since when it is told) of what the edition of a day expects."""
    made = editions.daily(current, day, editions.window_of(current, day).end)
    front = content_of(made.content).front
    assert front is not None
    return [(each.when, each.since) for each in front.expected]


def test_an_act_is_expected_until_its_day_however_long_ago_it_was_announced(tmp_path: Path) -> None:
    current = config(tmp_path)
    tell(current, FIRST, "Iran and Russia to sign a treaty on 9 December", "planned")
    assert expected(current, FIRST) == [("Wed 9 Dec", "")]
    for days in (3, 20, 36):
        day = FIRST + days * DAY
        tell(current, day, f"Iran and Russia praise each other {days} times", "done")
        assert expected(current, day) == [("Wed 9 Dec", "2026-11-02")], day
    tell(current, FIRST + 37 * DAY, "Iran and Russia wait for their pens", "under way")
    assert expected(current, FIRST + 37 * DAY) == [], "its day has come"


def test_another_signing_weeks_before_is_not_the_one_that_was_announced(tmp_path: Path) -> None:
    current = config(tmp_path)
    tell(current, FIRST, "Iran and Russia to sign a treaty on 9 December", "planned")
    expected(current, FIRST)
    tell(current, FIRST + 10 * DAY, "Iran and Russia sign a deal on pistachios", "done")
    assert expected(current, FIRST + 10 * DAY) == [("Wed 9 Dec", "2026-11-02")]
    tell(current, FIRST + 35 * DAY, "Iran and Russia sign treaty", "done")
    assert expected(current, FIRST + 35 * DAY) == []
    tell(current, FIRST + 36 * DAY, "Iran and Russia look at their treaty", "done")
    assert expected(current, FIRST + 36 * DAY) == []


def test_a_later_story_of_the_thread_moves_the_day(tmp_path: Path) -> None:
    current = config(tmp_path)
    first = tell(current, FIRST, "Iran and Russia to sign a treaty on 9 December", "planned")
    expected(current, FIRST)
    tell(current, FIRST + DAY, "Iran and Russia to sign the treaty on 11 December", "planned", kin=first)
    assert expected(current, FIRST + DAY) == [("Fri 11 Dec (before: Wed 9 Dec)", "")]
    tell(current, FIRST + 2 * DAY, "Iran sends its greetings", "done")
    assert expected(current, FIRST + 2 * DAY) == [("Fri 11 Dec", "2026-11-03")]


def test_what_is_under_way_beside_it_or_done_in_the_same_edition_settles_nothing(tmp_path: Path) -> None:
    current = config(tmp_path)
    tell(current, FIRST, "Iran and Russia sign a deal on pistachios", "done")
    tell(current, FIRST, "Iran and Russia to sign a treaty next month", "planned")
    tell(current, FIRST, "Iran builds a bridge", "under way")
    assert expected(current, FIRST) == [("in December", "")]
    tell(current, FIRST + DAY, "Iran builds another bridge", "under way")
    assert expected(current, FIRST + DAY) == [("in December", "2026-11-02")]


def test_what_its_thread_calls_off_is_expected_no_more(tmp_path: Path) -> None:
    current = config(tmp_path)
    first = tell(current, FIRST, "Iran and Russia to sign a treaty on 9 December", "planned")
    expected(current, FIRST)
    tell(current, FIRST + DAY, "Iran cancels the signing of the treaty", "ended", kin=first)
    assert expected(current, FIRST + DAY) == []
    tell(current, FIRST + 2 * DAY, "Iran sends its greetings", "done")
    assert expected(current, FIRST + 2 * DAY) == []


def test_a_day_of_the_next_year_is_exact_too(tmp_path: Path) -> None:
    current = config(tmp_path)
    tell(current, FIRST, "Iran and Russia to sign a treaty on 6 January", "planned")
    assert expected(current, FIRST) == [("Wed 6 Jan 2027", "")]
    tell(current, FIRST + DAY, "Iran and Russia sign a deal on pistachios", "done")
    assert expected(current, FIRST + DAY) == [("Wed 6 Jan 2027", "2026-11-02")]


def test_the_same_event_told_again_has_one_line(tmp_path: Path) -> None:
    current = config(tmp_path)
    first = tell(current, FIRST, "Pezeshkian visits Moscow on 27 November", "planned")
    assert expected(current, FIRST) == [("Fri 27 Nov", "")]
    tell(current, FIRST + DAY, "Iran's president goes to Moscow on 27 November", "planned", kin=first)
    assert expected(current, FIRST + DAY) == [("Fri 27 Nov", "")]


def test_what_a_newer_report_took_the_place_of_does_not_come_back(tmp_path: Path) -> None:
    current = config(tmp_path)
    first = tell(current, FIRST, "Iran and Russia to sign a treaty in December", "planned")
    assert expected(current, FIRST) == [("in December", "")]
    tell(current, FIRST + DAY, "Iran and Russia to sign the treaty on 27 November", "planned", kin=first)
    expected(current, FIRST + DAY)
    tell(current, FIRST + 2 * DAY, "Iran and Russia to sign the treaty on 25 November", "planned", kin=first)
    assert expected(current, FIRST + 2 * DAY) == [("Wed 25 Nov (before: Fri 27 Nov)", "")]
    tell(current, FIRST + 3 * DAY, "Iran sends its greetings", "done")
    assert expected(current, FIRST + 3 * DAY) == [("Wed 25 Nov", "2026-11-04")]
    tell(current, FIRST + 23 * DAY, "Iran sends its greetings again", "done")
    assert expected(current, FIRST + 23 * DAY) == []
