"""Lists that grow for ever: a page shows the newest months, each older one has a page of its own, all are led to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.config.settings import Config
from flows.publish.months import RECENT, parted
from flows.publish.publishing import publish
from tests.support.archive_store import PERSIAN, configured, fill, folder_of, freeze, story
from tests.support.edition_records import HtmlPage
from tests.support.page_checkers import markup_errors, needs_nu

DAYS = 110


@dataclass(frozen=True)
class Day:
    """Something of a day."""

    dated: datetime


def days(count: int) -> list[Day]:
    """So many days in a row, the newest first, the last day of November."""
    return [Day(datetime(2026, 11, 30, tzinfo=UTC) - timedelta(days=back)) for back in range(count)]


def test_whole_months_are_shown_until_they_are_enough() -> None:
    found = parted(days(120), "claims/a.b.html")
    assert [(each.name, len(each.told)) for each in found.shown] == [("November 2026", 30), ("October 2026", 31)]
    assert [each.path for each in found.older] == [
        "months/claims.a.b.2026-09.html",
        "months/claims.a.b.2026-08.html",
    ]
    assert [day for each in (*found.shown, *found.older) for day in each.told] == days(120)


@pytest.mark.parametrize("count", [0, 1, RECENT])
def test_a_short_list_is_whole(count: int) -> None:
    assert parted(days(count), "threads.html").older == ()


def test_one_crowded_month_is_not_torn() -> None:
    crowded = [Day(datetime(2026, 11, 3, tzinfo=UTC))] * 500
    assert [len(each.told) for each in parted(crowded, "threads.html").shown] == [500]


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Settings of a store of months: a thread that each day tells on, a new thread a day, all of one claim and pair."""
    current = configured(tmp_path_factory.mktemp("years"))
    fill(current, DAYS + 6)
    for number in range(DAYS):
        going_on = story(1, **PERSIAN | {"is_update": True, "news": f"step {number}"})
        freeze(current, f"day-{number:03}", [going_on, story(number + 4, **PERSIAN)], number)
    return current


@pytest.fixture(scope="module")
def years(current: Config) -> Path:
    """The folder of their archive."""
    publish(current)
    return folder_of(current)


def test_every_page_stays_small_and_each_item_is_on_one(years: Path) -> None:
    sizes = {path.relative_to(years).as_posix(): path.stat().st_size for path in years.rglob("*.html")}
    months = {name for name in sizes if name.startswith("months/")}
    assert {name.split(".")[0] for name in months} == {
        "months/index",
        "months/threads",
        "months/claims",
        "months/pairs",
    }
    assert [name for name in months if name.startswith("months/threads.1.")]
    assert max(sizes[name] for name in months | {"index.html", "threads.html", "threads/1.html"}) < 120_000
    editions = addresses(years, "index", "editions/")
    threads = addresses(years, "threads", "threads/")
    assert len(editions) == len(set(editions)) == DAYS
    assert len(threads) == len(set(threads)) == len(list((years / "threads").iterdir()))


def addresses(folder: Path, page: str, kind: str) -> list[str]:
    """Where the list's page and its months lead to that is of the kind, front page's newest threads apart."""
    pages = [folder / f"{page}.html", *sorted(folder.glob(f"months/{page}.2*.html"))]
    found = [address for each in pages for address in HtmlPage(each.read_text(encoding="utf-8")).addresses]
    return [each.removeprefix("../") for each in found if each.removeprefix("../").startswith(kind)]


def test_a_new_edition_writes_no_older_month_again(current: Config, years: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in years.glob("months/*")}
    freeze(current, "one-more", [story(1, **PERSIAN | {"is_update": True, "news": "one more step"})], DAYS)
    publish(current)
    assert "one more step" in (years / "threads/1.html").read_text(encoding="utf-8")
    assert {path: path.stat().st_mtime_ns for path in years.glob("months/*")} == before != {}


@needs_nu
def test_the_markup_of_months_is_without_an_error(years: Path) -> None:
    assert markup_errors(sorted(years.glob("months/*.html"))) == []
