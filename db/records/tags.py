"""What an entry is tagged with: records that travel with its score. Standard library only, and frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from db.records.frames import Frame

TagKind = Literal["partner", "channel", "direction", "response", "friction", "theatre", "status"]
Status = Literal["reported", "alleged", "denied", "planned", "confirmed"]
ClaimStance = Literal["supports", "cuts_against", "updates"]


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing that a text is said to be about. ``value`` is an id of the labelling guide (partner, channel,
    direction, theatre, status), or "yes" (response, friction).

    ``spans`` are character offsets (start, end) of the words that caused it, into the text that was scored; a tag
    that stands for want of any other has none. ``negated``: the wording denies it.
    """

    kind: TagKind
    value: str
    spans: tuple[tuple[int, int], ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text gives: 2,000,000,000 "USD" of nothing in particular, 12,000 (unit "") of "soldiers".

    ``amount`` is the least that the text says and ``most`` the most, None where they are the same: "dozens" are 20 to
    99. ``unit`` is a code of ``classifiers/text/numbers/numbers.toml`` or "", ``counted`` a class of that table; rows
    of older versions have a word of the text there.
    """

    amount: float
    unit: str
    counted: str
    spans: tuple[tuple[int, int], ...] = ()
    negated: bool = False
    most: float | None = None

    @property
    def high(self) -> float:
        """The most that it may be."""
        return self.amount if self.most is None else self.most


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """That an entry bears on a claim of the watchlist, how, and how strongly (0 to 1).

    ``reason`` tells why in words, ``spans`` where in the text that was scored.
    """

    claim: str
    stance: ClaimStance
    strength: float
    reason: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tags:
    """Everything that one text was tagged with: each kind strongest first."""

    tags: tuple[Tag, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claims: tuple[ClaimLink, ...] = ()
    frames: tuple[Frame, ...] = ()

    def values(self, kind: TagKind) -> tuple[str, ...]:
        """The values of one kind, strongest first."""
        return tuple(tag.value for tag in self.tags if tag.kind == kind)

    def has(self, kind: TagKind) -> bool:
        """Whether there is a tag of that kind."""
        return any(tag.kind == kind for tag in self.tags)
