"""The figures behind the charts: stories a day against the usual band, and partner by channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from flows.digest.compose.inputs import NO_TIES, ClaimTies, Level
from flows.digest.content.activity import Cell, LevelRow, Levels, Matrix
from flows.digest.content.story import StoryContent, Trace
from flows.digest.display_text import channel_name, one_line, partner_name, short_day, usual_band

LONGEST_ACCOUNT = 3000
"""Characters of a picture's figures in words: every partner with every channel, and some."""

MOST_PARTNERS = 6
"""Partners that have a chart of their own."""
EARLIER_EDITIONS = 6
"""Editions whose stories the matrix adds to those of this one: a week in all."""


def levels(days: Sequence[date], told: Sequence[Level]) -> Levels:
    """Stories a day, of all and of the partners with the most, beside their usual bands."""
    partners = sorted((each for each in told if each.kind == "partner"), key=lambda each: (-sum(each.counts), each.key))
    whole = [each for each in told if each.kind == "all"]
    shown = [each for each in (*whole, *partners[:MOST_PARTNERS]) if any(each.counts)]
    return Levels(days=tuple(day.isoformat() for day in days), rows=tuple(map(_row, shown)))


def _row(level: Level) -> LevelRow:
    return LevelRow(
        kind=level.kind,
        key=level.key,
        name="All" if level.kind == "all" else partner_name(level.key),
        counts=level.counts,
        low=None if level.low is None else round(level.low, 2),
        high=None if level.high is None else round(level.high, 2),
        mark=level.mark,
    )


def matrix(told: Sequence[StoryContent], traces: Sequence[Trace], ties: ClaimTies = NO_TIES) -> Matrix:
    """Partner × channel: (stories told by this edition and the ones just before it, those of this edition alone).
    ``ties``: of which partners and channels claims speak."""
    names = list(dict.fromkeys(each.edition for each in traces))[:EARLIER_EDITIONS]
    before = [each for each in traces if each.edition in names]
    today = _cells(told, ties)
    week = today + _cells(before, ties)
    partners = _in_order({partner for partner, _ in week}, list(active().partners))
    channels = _in_order({channel for _, channel in week}, list(active().channels))
    return Matrix(
        editions=1 + len(names),
        partners=tuple(map(partner_name, partners)),
        channels=tuple(map(channel_name, channels)),
        cells=tuple(
            tuple(Cell(week[partner, channel], today[partner, channel]) for channel in channels) for partner in partners
        ),
    )


def _cells(stories: Sequence[StoryContent] | Sequence[Trace], ties: ClaimTies) -> Counter[tuple[str, str]]:
    return Counter(
        (partner, channel)
        for story in stories
        for channel in story.channels
        if channel != OTHER
        for partner in _partners_by(channel, story, ties)
    )


def _partners_by(channel: str, story: StoryContent | Trace, ties: ClaimTies) -> Collection[str]:
    """The partners that a story ties by a channel. Of one with several those of whom its claims say so, where they do:
    who sends soldiers and who sends chips may stand in one headline."""
    partners = story.tied_ids
    if len(partners) == 1:
        return partners
    known = [ties[claim] for claim in story.claims if claim in ties]
    claimed = {partner for of, channels in known if channel in channels for partner in of}
    return [each for each in partners if each in claimed] or partners


def _in_order(found: set[str], known: Sequence[str]) -> list[str]:
    return [each for each in known if each in found] + sorted(found.difference(known))


def in_words(told: Levels) -> str:
    """The figures of the levels, for those who cannot see the chart."""
    rows = told.rows
    if not rows or not told.days:
        return ""
    said = [f"{row.name} {row.counts[-1]}{_usually(row)}" for row in rows]
    before = ", ".join(map(str, rows[0].counts[-8:-1]))
    days = len(rows[0].counts[-8:-1])
    line = f"Events that began on {short_day(told.days[-1])}: {said[0]}."
    if len(rows) > 1:
        line += f" With the partners told of most: {'; '.join(said[1:])}."
    if days:
        line += f" {rows[0].name} on {'the day' if days == 1 else f'the {days} days'} before it: {before}."
    return one_line(line, LONGEST_ACCOUNT)


def _usually(row: LevelRow) -> str:
    usual = usual_band(row.low, row.high)
    return f" (usually {usual})" if usual else ""


def cells_in_words(told: Matrix) -> str:
    """The figures of the matrix, for those who cannot see it."""
    said = [
        f"{partner}: "
        + ", ".join(f"{channel} {cell.week}" for channel, cell in zip(told.channels, row, strict=True) if cell.week)
        for partner, row in zip(told.partners, told.cells, strict=True)
    ]
    of = "of this edition" if told.editions == 1 else f"of the last {told.editions} editions together"
    return one_line(f"Stories {of}. {'; '.join(said)}.", LONGEST_ACCOUNT)
