"""What moved by claim: the week's evidence for and against each, the measures that moved, the newest headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from flows.digest.compose.changes import LEAST_SUPPORT
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import Bearing
from flows.digest.content.week import Evidence, WeekClaim, WeekFigure
from flows.digest.weekly.told import Telling, line, newest

MOST_EVIDENCE = 3
"""Headlines named of a claim; the rest is counted."""
STANCES = {"supports": "for", "cuts against": "against", "updates": "update"}
ORDER = ("against", "update", "for")
"""Evidence against is rarer and weighs more: it is named first."""


def claims(
    told: Sequence[Telling], before: Sequence[Telling] | None, days: Sequence[tuple[str, EditionContent]], most: int
) -> tuple[tuple[WeekClaim, ...], int, int]:
    """The claims that moved, those cut against first; how many more did; and how many have stories that add little.
    ``before`` are the tellings of the week before, None where no edition told that; ``days`` the week's editions, whose
    lines say which measures moved."""
    figures = _figures(days)
    earlier = None if before is None else Counter(name for name, _, _ in _bearings(before))
    found: dict[str, list[tuple[Telling, Bearing]]] = {}
    for claim, each, bearing in _bearings(told):
        found.setdefault(claim, []).append((each, bearing))
    rows = [_row(claim, evidence, figures, earlier) for claim, evidence in found.items()]
    moved = sorted(filter(_has_moved, rows), key=lambda row: (not row.cuts, -_stories(row), row.name))
    return tuple(moved[:most]), max(0, len(moved) - most), len(rows) - len(moved)


def _bearings(told: Sequence[Telling]) -> Iterable[tuple[str, Telling, Bearing]]:
    """(claim, telling, how it bears on it) of each sound event, as it was told last."""
    for each in newest(told):
        if each.is_sound:
            yield from ((bearing.claim, each, bearing) for bearing in each.story.bears)


def _row(
    claim: str,
    evidence: Sequence[tuple[Telling, Bearing]],
    figures: Mapping[str, Sequence[WeekFigure]],
    earlier: Counter[str] | None,
) -> WeekClaim:
    name = evidence[0][1].name
    lines = [_evidence(each, bearing) for each, bearing in evidence]
    lines.sort(key=lambda each: (ORDER.index(each.stance), -int(each.day.replace("-", ""))))
    stances = Counter(each.stance for each in lines)
    return WeekClaim(
        claim=claim,
        name=name,
        supports=stances["for"],
        cuts=stances["against"],
        updates=stances["update"],
        before=None if earlier is None else earlier[claim],
        figures=tuple(figures.get(name, ())),
        evidence=tuple(lines[:MOST_EVIDENCE]),
        evidence_left=max(0, len(lines) - MOST_EVIDENCE),
    )


def _evidence(each: Telling, bearing: Bearing) -> Evidence:
    return line(each).told_as(Evidence, stance=STANCES.get(bearing.stance, "update"))


def _figures(days: Iterable[tuple[str, EditionContent]]) -> dict[str, list[WeekFigure]]:
    """Name of a claim → the measures that the week's editions said had moved, each value once. An edition's line counts
    the stories first, and what a measure is now stands behind the first semicolon."""
    found: dict[str, dict[str, WeekFigure]] = {}
    for day, content in days:
        for change in content.front.changes if content.front else ():
            if measured := change.text.partition("; ")[2]:
                found.setdefault(change.about, {})[measured] = WeekFigure(text=measured, day=day)
    return {name: list(values.values()) for name, values in found.items()}


def _has_moved(row: WeekClaim) -> bool:
    """As in the daily edition: figures, something against it, or support by several."""
    return bool(row.figures or row.cuts or row.supports >= LEAST_SUPPORT)


def _stories(row: WeekClaim) -> int:
    return row.supports + row.cuts + row.updates
