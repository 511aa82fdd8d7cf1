"""What a weekly edition tells beside its stories: by claim, by partner, what changed, went quiet, is expected, was
read.

Days are dates in ISO form. ``partner_ids`` of a line say in whose part of the edition it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from flows.digest.content.activity import Levels
from flows.digest.content.record import Record

AnyLine = TypeVar("AnyLine", bound="WeekLine")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLine(Record):
    """A line with its source: ``text`` is English where the report is not, and ``in_language`` names its language."""

    entry: int
    text: str
    link: str
    outlet: str
    day: str
    language: str = ""
    in_language: str = ""
    state_media: bool = False
    partner_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekEvent(Record):
    """On which days the event of the lead ``entry`` was told, and how many others of its thread the week told."""

    entry: int
    days: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(WeekLine):
    """A story that bears on a claim, and how."""

    stance: Literal["for", "against", "update"] = "for"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigure(Record):
    """A measure that moved: what was reported beside what the essay had, and the day of the edition that told it."""

    text: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekClaim(Record):
    """A claim whose evidence moved: the week's stories for and against it, and those that bring it up to date;
    ``before`` counts the stories of the week before, None where no edition told that."""

    claim: str
    name: str
    supports: int
    cuts: int
    updates: int
    before: int | None = None
    figures: tuple[WeekFigure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    evidence_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPartner(Record):
    """A partner: how many stories the week told of it, the arrows with their channels and counts as they are read out,
    the channels ``firsts`` that it was first told of together with, the lead entries of the events ``above``, on the
    first screen, and the further stories that are named (the others are counted)."""

    partner: str
    name: str
    stories: int
    arrows: tuple[str, ...] = ()
    arrows_left: int = 0
    firsts: tuple[str, ...] = ()
    firsts_since: str = ""
    above: tuple[int, ...] = ()
    named: tuple[WeekLine, ...] = ()
    left: int = 0
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(WeekLine):
    """A thread with another status: what it ``was`` and what it ``now`` is, where that can be named."""

    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietThread(WeekLine):
    """A thread that was told on so many days before the week, and not in it; ``day`` is the last."""

    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekExpected(Record):
    """An announced act: ``when`` as a reader is told it, whether that is in the ``coming`` week or later, ``day`` the
    day of the edition that told it first."""

    text: str
    when: str
    day: str
    coming: bool
    partner_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay(Record):
    """What one day came to: the name of its ``edition`` (empty where none was made), feeds read and failed, new
    entries, stories told, and whether anything ``was_read`` of it."""

    day: str
    edition: str
    was_read: bool
    read: int = 0
    failed: int = 0
    new: int = 0
    stories: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Week(Record):
    """The parts in their order; ``…_left`` counts what is not named, ``claims_still`` the claims that did not move
    though stories bear on them, ``doubtful`` the stories that only perhaps belong here and are told nowhere in it.

    ``unread`` are the weeks of the charts (by their last days) for which nothing was read, ``partly_read`` those of
    which some days were not; ``claim_levels`` is the chart of claims beside the one of partners.
    """

    events: tuple[WeekEvent, ...] = ()
    claims: tuple[WeekClaim, ...] = ()
    claims_left: int = 0
    claims_still: int = 0
    partners: tuple[WeekPartner, ...] = ()
    steps: tuple[Step, ...] = ()
    quiet: tuple[QuietThread, ...] = ()
    quiet_left: int = 0
    expected: tuple[WeekExpected, ...] = ()
    expected_left: int = 0
    days: tuple[WeekDay, ...] = ()
    doubtful: int = 0
    unread: tuple[str, ...] = ()
    partly_read: tuple[str, ...] = ()
    claim_levels: Levels = field(default_factory=Levels)

    def of(self, partners: Collection[str]) -> Week:
        """What concerns these partners alone; claims, charts and days stay whole."""
        if not partners:
            return self
        return replace(
            self,
            partners=tuple(each for each in self.partners if each.partner in partners),
            steps=_about(self.steps, partners),
            quiet=_about(self.quiet, partners),
            quiet_left=0,
            expected=tuple(each for each in self.expected if not set(partners).isdisjoint(each.partner_ids)),
            expected_left=0,
        )

    def event(self, entry: int) -> WeekEvent | None:
        """What is known of the story of that lead entry."""
        return next((each for each in self.events if each.entry == entry), None)


def _about(lines: Iterable[AnyLine], partners: Collection[str]) -> tuple[AnyLine, ...]:
    return tuple(each for each in lines if not set(partners).isdisjoint(each.partner_ids))
