"""The lines of what an edition changes: claims of which nothing but their stance is said share one."""

from __future__ import annotations

from collections.abc import Sequence

from flows.digest.compose.changes import is_bare_stance
from flows.digest.content.front import Change


def bare_claims(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Each stance ("supported") with the claims of which it is all that is said, in the order of the first of each."""
    found: dict[str, list[Change]] = {}
    for each in changes:
        if is_bare_stance(each.text):
            found.setdefault(each.text, []).append(each)
    return list(found.items())


def other_changes(changes: Sequence[Change]) -> list[Change]:
    """What has a line of its own: figures, ties, statuses."""
    return [each for each in changes if not is_bare_stance(each.text)]
