"""Which earlier story a new one takes up, and what it brings: new numbers, new names, another status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from classifiers.counts import Quantity
from classifiers.likeness import LINKED
from classifiers.signs import Sign

MOST = 6
"""New numbers and new names that are told at the most."""


class Candidate(NamedTuple):
    """An entry of an earlier story that is alike: its story, its sign, the likeness."""

    story: int
    sign: Sign
    like: float


class FollowUp(NamedTuple):
    """The link from a new story to the earlier one that holds ``entry_id``.

    ``numbers`` ("12000 soldi"), ``names`` and ``status`` ("denied", "no longer denied" or "") are what is new.
    """

    entry_id: int
    like: float
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    status: str


def follow(sign: Sign, candidates: Iterable[Candidate]) -> Candidate | None:
    """The entry that the sign takes up, the likest one, or None. Another set of partners is another story."""
    fitting = [each for each in candidates if each.like >= LINKED and _same_parties(sign, each.sign)]
    return max(fitting, key=lambda each: (each.like, each.sign.at, -each.story), default=None)


def news(sign: Sign, entry_id: int, like: float, told: Sequence[Sign]) -> FollowUp:
    """What the sign brings beside the earlier story that holds that entry and was ``told`` by these signs."""
    return FollowUp(entry_id, round(like, 3), _new_numbers(sign, told), _new_names(sign, told), _status(sign, told))


def _same_parties(one: Sign, other: Sign) -> bool:
    return not one.parties or not other.parties or bool(one.parties & other.parties)


def _new_numbers(sign: Sign, told: Sequence[Sign]) -> tuple[str, ...]:
    before = {quantity for each in told for quantity in each.quantities}
    return tuple(_written(quantity) for quantity in sorted(sign.quantities - before))[:MOST]


def _written(quantity: Quantity) -> str:
    value = f"{quantity.value:,.0f}" if quantity.value == int(quantity.value) else f"{quantity.value:g}"
    return f"{value} {quantity.counted}".strip()


def _new_names(sign: Sign, told: Sequence[Sign]) -> tuple[str, ...]:
    before = {term for each in told for term in each.title | each.lead}
    return tuple(term[1:] for term in sorted(sign.title - before) if term.startswith("@"))[:MOST]


def _status(sign: Sign, told: Sequence[Sign]) -> str:
    was_denied = any(each.denies for each in told)
    if sign.denies and not was_denied:
        return "denied"
    return "no longer denied" if was_denied and not sign.denies else ""
