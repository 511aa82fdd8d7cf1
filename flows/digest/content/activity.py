"""What moved, as an edition tells it: claims in motion and gone quiet, stories a day, partner by channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from flows.digest.content.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingClaim(Record):
    """A claim with stories in this edition: how many, and how many of them take which stance; those that ``disputes``
    are denials by a party of the tie."""

    claim: str
    name: str
    stories: int
    supports: int
    cuts: int
    updates: int
    disputes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietClaim(Record):
    """A claim without a story for so many days."""

    claim: str
    name: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimActivity(Record):
    """Claims in motion, those with the most stories first, claims gone quiet, and how many more there are of each."""

    moving: tuple[MovingClaim, ...] = ()
    moving_left: int = 0
    quiet: tuple[QuietClaim, ...] = ()
    quiet_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow(Record):
    """Stories a day, of all or of one partner (``key``), the edition's own day the last of ``counts``.

    ``low`` to ``high`` is the usual band, None where it is not known; ``mark`` says on which side of it that day is.
    """

    kind: Literal["all", "partner", "channel", "claim"]
    key: str
    name: str
    counts: tuple[int, ...]
    low: float | None
    high: float | None
    mark: Literal["", "more", "less"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels(Record):
    """The figures of the chart of stories a day; ``days`` in ISO form, as many as each row has counts."""

    days: tuple[str, ...] = ()
    rows: tuple[LevelRow, ...] = ()


class Cell(NamedTuple):
    """Stories of one partner and one channel: of the last editions together, and of this one alone."""

    week: int
    today: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Record):
    """Partner × channel: a row of ``cells`` for each partner, in it a cell for each channel, summed over so many
    ``editions``."""

    editions: int = 1
    partners: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
