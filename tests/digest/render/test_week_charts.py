"""The charts of a weekly edition: their words, their bytes, and what they do not draw."""

from __future__ import annotations

import base64
from dataclasses import replace
from io import BytesIO

from PIL import Image

from flows.digest.content.activity import LevelRow, Levels
from flows.digest.content.edition import EditionContent
from flows.digest.content.week import Week
from flows.digest.render.week_charts import illustrated, in_words
from tests.support.edition_records import composed, scored

DAYS = tuple(f"2026-{day}" for day in ("10-09", "10-16", "10-23", "10-30", "11-06", "11-13", "11-20", "11-27"))
LONG = "A claim whose name is far too long for the column that it is given, and that says so at length"


def row(name: str, *counts: int, low: float | None = 2, high: float | None = 4) -> LevelRow:
    return LevelRow(kind="partner", key=name, name=name, counts=counts, low=low, high=high, mark="more")


def week(*rows: LevelRow, days: tuple[str, ...] = DAYS) -> EditionContent:
    levels = Levels(days=days, rows=rows)
    return replace(composed([scored(1)]), images=None, levels=levels, week=Week(unread=DAYS[2:3], claim_levels=levels))


def test_the_words_hold_every_figure_and_name_weeks_that_nobody_read() -> None:
    told = Levels(days=DAYS, rows=(row("Iran", 1, 2, 0, 4, 5, 6, 7, 8), row("Cuba", *[0] * 8, low=None, high=None)))
    assert in_words("Events by partner", told, Week(unread=DAYS[2:3], partly_read=DAYS[:1])) == (
        "Events by partner that began in the weeks to 9 Oct, 16 Oct, 23 Oct, 30 Oct, 6 Nov, 13 Nov, 20 Nov, 27 Nov:"
        " Iran 1, 2, –, 4, 5, 6, 7, 8 (usually 2 to 4); Cuba 0, 0, –, 0, 0, 0, 0, 0. Nothing was read in the weeks to"
        " 23 Oct. Not all days were read in the weeks to 9 Oct."
    )


def test_the_same_figures_make_the_same_bytes_at_the_width_of_the_page() -> None:
    made = week(row("Iran", *range(8)), row(LONG, *range(1000, 1008)))
    pictures = illustrated(made).images or ()
    assert [each.cid for each in pictures] == ["week-partners@axiswatch", "week-claims@axiswatch"]
    assert illustrated(made).images == pictures
    for each in pictures:
        drawn = Image.open(BytesIO(base64.b64decode(each.data)))
        assert drawn.size == (2 * each.width, 2 * each.height)
        assert len(each.data) < 40_000


def test_nothing_is_drawn_of_one_week_of_no_events_or_of_a_daily_edition() -> None:
    assert illustrated(week(row("Iran", 3), days=DAYS[-1:])).images == ()
    assert illustrated(week()).images == ()
    daily = composed([scored(1)])
    assert illustrated(daily) is daily
