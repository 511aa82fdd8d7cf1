"""The honest account of a week: what each of its days came to, and which were not read."""

from __future__ import annotations

from flows.digest.content.edition import EditionContent
from flows.digest.content.week import WeekDay
from flows.digest.display_text import counted, short_day
from flows.digest.weekly.inputs import WeekInputs
from flows.digest.weekly.weeks import days_of


def day_accounts(inputs: WeekInputs) -> tuple[WeekDay, ...]:
    """The seven days, as their editions counted them; of a day with several editions the one that told most feeds."""
    told: dict[str, EditionContent] = {}
    for day, content in inputs.days:
        if day not in told or content.coverage.read >= told[day].coverage.read:
            told[day] = content
    names = [each.isoformat() for each in days_of(inputs.day)]
    return tuple(_day(name, told.get(name), name in inputs.read) for name in names)


def _day(name: str, content: EditionContent | None, was_read: bool) -> WeekDay:
    if content is None:
        return WeekDay(day=name, edition="", was_read=was_read)
    coverage = content.coverage
    return WeekDay(
        day=name,
        edition=content.name,
        was_read=bool(coverage.read or coverage.archived),
        read=coverage.read,
        failed=coverage.failed,
        new=coverage.new + coverage.archived,
        stories=content.counts.stories,
    )


def gaps(days: tuple[WeekDay, ...]) -> tuple[str, ...]:
    """What is to be known before anything else is read: days without an edition, and days on which nothing was read."""
    blind = [each for each in days if not each.was_read]
    untold = [each for each in days if each.was_read and not each.edition]
    if len(blind) == len(days):
        return ("Nothing was read in this week: this edition says nothing about it.",)
    lines = []
    if blind:
        lines.append(f"Nothing was read on {_named(blind)}: what happened then may be missing.")
    if untold:
        several = "have" if len(untold) > 1 else "has"
        lines.append(f"{_named(untold)} {several} no daily edition: what was read then is not told here.")
    return tuple(lines)


def _named(days: list[WeekDay]) -> str:
    if len(days) > 3:
        return f"{counted(len(days), 'day', 'days')} ({', '.join(short_day(each.day) for each in days)})"
    names = [short_day(each.day) for each in days]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
