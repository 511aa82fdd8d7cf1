"""Which earlier story a new one takes up and what it brings (new numbers, new names, another status), and which thread
it belongs to: a visit, a deal, a campaign, with all that leads to it and follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from classifiers.stories.fingerprint import Fingerprint
from classifiers.text.figure_words import in_words
from classifiers.text.figures import new_figures

LINKED = 0.25
"""How alike an entry must be to one of an earlier story to take it up, whatever time lies between."""
CONFIRMED = "@confirmation"
TOLD_AS_STATUS = frozenset({"@denial", CONFIRMED})
MOST = 6
"""At most so many new numbers, and as many new names, are given."""


class Candidate(NamedTuple):
    """An entry of another story that is alike: its story, its fingerprint, the likeness."""

    story: int
    fingerprint: Fingerprint
    like: float


class FollowUp(NamedTuple):
    """The link from a new story to the earlier one that holds ``entry_id``.

    ``numbers`` ("12,000 soldiers"), ``names`` and ``status`` ("denied", "no longer denied" or "") are what is new.
    """

    entry_id: int
    like: float
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    status: str


def follow(entry: Fingerprint, candidates: Iterable[Candidate]) -> Candidate | None:
    """The candidate that ``entry`` takes up: the first of the candidates, or None. Another set of partners is another
    story, and what was not published before cannot be taken up."""
    fitting = (each for each in candidates if each.fingerprint.at < entry.at and same_parties(entry, each.fingerprint))
    return next(fitting, None)


def news(entry: Fingerprint, entry_id: int, like: float, told: Sequence[Fingerprint]) -> FollowUp:
    """What ``entry`` adds to the earlier story that holds ``entry_id``; ``told`` are the fingerprints of that story, of
    which only those before ``entry`` say what was known already."""
    before = [each for each in told if each.at < entry.at]
    return FollowUp(
        entry_id,
        round(like, 3),
        _new_numbers(entry, before),
        _new_names(entry, before),
        _status(entry, before),
    )


def same_parties(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether they may speak of one partner."""
    return not one.parties or not other.parties or bool(one.parties & other.parties)


def _new_numbers(entry: Fingerprint, told: Sequence[Fingerprint]) -> tuple[str, ...]:
    new = new_figures(sorted(entry.quantities), [each for other in told for each in other.quantities])
    return tuple(map(in_words, new))[:MOST]


def _new_names(entry: Fingerprint, told: Sequence[Fingerprint]) -> tuple[str, ...]:
    names = sorted(term for term in entry.title - TOLD_AS_STATUS if term.startswith("@"))
    new = (term for term in names if not any(term in each.title or term in each.lead for each in told))
    return tuple(term[1:] for term in new)[:MOST]


def _status(entry: Fingerprint, told: Sequence[Fingerprint]) -> str:
    """A denial stands until somebody confirms what was denied; repeating the charge does not end it."""
    was_denied = any(each.denies for each in told)
    if entry.denies:
        return "" if was_denied else "denied"
    return "no longer denied" if was_denied and CONFIRMED in entry.title else ""
