"""What stands before the stories of an edition, beside the lines that its leading stories make: what they change in
what was known, and what is to come."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace

from flows.digest.content.record import ABSENT, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Record):
    """A line on what is changed: a claim, a first tie, the status of threads. ``about`` names it, ``text`` says how;
    ``entries`` are the lead entries of the stories that changed it."""

    about: str
    text: str
    entries: tuple[int, ...]
    against: bool = field(default=False, metadata=ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAct(Record):
    """An announced act: ``day`` in ISO form where its text says one, ``when`` as a reader is told it, ``text`` what is
    to happen; ``entry`` is the lead entry of the story that told it (0: an earlier edition did, named by ``since``)."""

    text: str
    entry: int
    day: str = ""
    when: str = ""
    since: str = field(default="", metadata=ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front(Record):
    """The lines in their order. ``less`` are the claims on which less is to be said, ``changes_left`` counts those that
    are not even named (all of the former in editions of older versions), ``expected_left`` acts that are not."""

    changes: tuple[Change, ...] = ()
    less: tuple[Change, ...] = field(default=(), metadata=ABSENT)
    changes_left: int = 0
    expected: tuple[ExpectedAct, ...] = ()
    expected_left: int = 0

    def of(self, entries: Set[int]) -> Front:
        """What these stories alone change and announce."""
        return replace(
            self,
            changes=tuple(each for each in self.changes if not entries.isdisjoint(each.entries)),
            less=tuple(each for each in self.less if not entries.isdisjoint(each.entries)),
            changes_left=0,
            expected=tuple(each for each in self.expected if each.entry in entries),
            expected_left=0,
        )
