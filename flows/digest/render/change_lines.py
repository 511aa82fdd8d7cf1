"""The lines of what an edition changes: those of which the same is said share one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.digest.compose.changes import FIRST_TIE, FIRST_TIES_LEFT, is_bare_stance
from flows.digest.content.front import Change

Alike = list[tuple[str, list[Change]]]
"""What is said, with those of which it is said, in the order of the first of each."""


def bare_claims(changes: Sequence[Change]) -> Alike:
    """Each stance ("supported") with the claims of which it is all that is said."""
    return _by_text(each for each in changes if is_bare_stance(each.text))


def first_ties(changes: Sequence[Change]) -> Alike:
    """Since when they were not told of, with the partners and channels that were told of together."""
    return _by_text(each for each in changes if _is_first_tie(each))


def other_changes(changes: Sequence[Change]) -> list[Change]:
    """What has a line of its own: figures, statuses."""
    return [each for each in changes if not (is_bare_stance(each.text) or _is_first_tie(each))]


def _is_first_tie(change: Change) -> bool:
    return change.text.startswith(FIRST_TIE) or change.text == FIRST_TIES_LEFT


def _by_text(changes: Iterable[Change]) -> Alike:
    found: dict[str, list[Change]] = {}
    for each in changes:
        found.setdefault(each.text, []).append(each)
    return list(found.items())
