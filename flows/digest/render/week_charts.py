"""The charts of a weekly edition: events that began in each of the last weeks, by partner and by claim."""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from flows.digest.compose.matrix import LONGEST_ACCOUNT
from flows.digest.content.activity import LevelRow, Levels
from flows.digest.content.edition import EditionContent, Image
from flows.digest.content.week import Week
from flows.digest.display_text import counted, one_line, usual_band
from flows.digest.render.charts import ACCENT, BAND, INK, NORMAL, PALE, SMALL, SOFT, WIDTH, boxes, picture, sheet, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW, BAR = 62, 34
"""Height of a row, and of its tallest bar; the counts stand above the bars."""
RIGHT = 462
"""Where the bars end and what is usual begins."""
LETTER = 8.6
"""Width of a letter of a name, in pixels: names that are longer than their column take two lines."""


def illustrated(content: EditionContent) -> EditionContent:
    """The content with its pictures. None is drawn of a single week, or where no event began."""
    week = content.week
    if week is None:
        return content
    told = (
        ("week-partners", "Events by partner", content.levels, 150),
        ("week-claims", "Events by claim", week.claim_levels, 210),
    )
    drawn = [
        _picture(name, title, levels, week, left)
        for name, title, levels, left in told
        if levels.rows and len(levels.days) > 1
    ]
    return replace(content, images=tuple(drawn))


def _picture(name: str, title: str, told: Levels, week: Week, left: int) -> Image:
    is_banded = any(row.low is not None for row in told.rows)
    note = f"that began, in {counted(len(told.days), 'week', 'weeks')}, this one dark"
    note += "; shaded: what is usual" if is_banded else ""
    note += f"; read in part: {partly}" if (partly := _named(told, week.partly_read)) else ""
    return picture(name, title, note, in_words(title, told, week), _drawn(told, week.unread, left))


def in_words(title: str, told: Levels, week: Week) -> str:
    """The figures of a chart, for those who cannot see it."""
    rows = "; ".join(f"{row.name} {_counts(row, told, week.unread)}{_usually(row)}" for row in told.rows)
    said = [f"{title} that began in the weeks to {_named(told, told.days)}: {rows}."]
    if missing := _named(told, week.unread):
        said.append(f"Nothing was read in the weeks to {missing}.")
    if partly := _named(told, week.partly_read):
        said.append(f"Not all days were read in the weeks to {partly}.")
    return one_line(" ".join(said), LONGEST_ACCOUNT)


def _named(told: Levels, days: Collection[str]) -> str:
    """``9 Oct, 16 Oct``: those of the days that the chart shows."""
    return ", ".join(_short(day) for day in told.days if day in days)


def _counts(row: LevelRow, told: Levels, unread: Collection[str]) -> str:
    return ", ".join("–" if day in unread else str(count) for day, count in zip(told.days, row.counts, strict=True))


def _usually(row: LevelRow) -> str:
    usual = usual_band(row.low, row.high)
    return f" (usually {usual})" if usual else ""


def _short(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {found:%b}"


def _drawn(told: Levels, unread: Collection[str], left: int) -> Figure:
    figure, axes = sheet(ROW * len(told.rows) + 30)
    step = (RIGHT - left) / len(told.days)
    for number, row in enumerate(told.rows):
        _row(axes, row, told, unread, (left, step, ROW * number + ROW))
    foot = ROW * len(told.rows) + 16
    write(axes, 2, foot, "week to", SMALL, color=SOFT)
    for place, day in enumerate(told.days):
        # Every other week is named, the last one always: names of neighbours would run into each other.
        if (len(told.days) - 1 - place) % 2 == 0:
            write(axes, left + (place + 0.5) * step, foot, _short(day), SMALL, color=SOFT, ha="center")
    if any(row.low is not None for row in told.rows):
        write(axes, WIDTH - 2, foot, "usual", SMALL, color=SOFT, ha="right")
    return figure


def _row(axes: Axes, row: LevelRow, told: Levels, unread: Collection[str], place: tuple[float, float, float]) -> None:
    """One row on its ground: the name, a bar a week with its count above it, over the usual band, and what is usual."""
    left, step, ground = place
    scale = BAR / max(*row.counts, row.high or 0, 1)
    if row.low is not None and row.high is not None:
        height = max(2.0, (row.high - row.low) * scale)
        boxes(axes, [(left, ground - row.high * scale, RIGHT - left, height)], BAND)
    colour = ACCENT if row.mark else INK
    for number, (day, count) in enumerate(zip(told.days, row.counts, strict=True)):
        is_last = number == len(told.days) - 1
        x, tall = left + number * step, max(count * scale, 1)
        if day not in unread:
            boxes(axes, [(x + step * 0.16, ground - tall, step * 0.68, tall)], colour if is_last else PALE)
        style = {"color": colour if is_last else SOFT, "weight": "bold" if is_last else "normal"}
        told_count = "–" if day in unread else str(count)
        write(axes, x + step / 2, ground - tall - 10, told_count, SMALL, ha="center", **style)
    _name(axes, row, left, ground - BAR / 2)
    write(axes, WIDTH - 2, ground - BAR / 2, usual_band(row.low, row.high), SMALL, ha="right", color=SOFT)


def _name(axes: Axes, row: LevelRow, left: float, middle: float) -> None:
    lines = textwrap.wrap(row.name, max(8, int((left - 6) / LETTER)), max_lines=2, placeholder="…") or [""]
    for number, line in enumerate(lines):
        y = middle + (number - (len(lines) - 1) / 2) * 19
        write(axes, 2, y, line, SMALL if len(lines) > 1 else NORMAL, weight="bold" if row.kind == "all" else "normal")
