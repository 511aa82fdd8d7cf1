"""The lines of what an edition changes: those of which the same is said share one, and so do changes of status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.digest.compose.changes import FIRST_TIE, FIRST_TIES_LEFT, STATUS_CHANGED, is_bare_stance
from flows.digest.content.front import Change

Alike = list[tuple[str, list[Change]]]
"""What is said, with those of which it is said, in the order of the first of each."""


def bare_claims(changes: Sequence[Change]) -> Alike:
    """Each stance ("supported") with the claims of which it is all that is said."""
    return _by_text(each for each in changes if is_bare_stance(each.text))


def first_ties(changes: Sequence[Change]) -> Alike:
    """Since when they were not told of, with the partners and channels that were told of together."""
    return _by_text(each for each in changes if _tells_first_tie(each.text))


def statuses(changes: Sequence[Change]) -> list[Change]:
    """The acts that stand elsewhere than they did, where it is said how."""
    return [each for each in changes if each.about == STATUS_CHANGED and each.text]


def other_changes(changes: Sequence[Change]) -> list[Change]:
    """What has a line of its own: figures."""
    shared = (is_bare_stance, _tells_first_tie)
    return [each for each in changes if each.about != STATUS_CHANGED and not any(is_so(each.text) for is_so in shared)]


def _tells_first_tie(text: str) -> bool:
    return text.startswith(FIRST_TIE) or text == FIRST_TIES_LEFT


def _by_text(changes: Iterable[Change]) -> Alike:
    found: dict[str, list[Change]] = {}
    for each in changes:
        found.setdefault(each.text, []).append(each)
    return list(found.items())
