"""What an entry tells: one act, with who gives and who receives. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["transfer", "joint", "none"]
Phase = Literal["", "sought", "planned", "under way", "done", "ended"]
Vouching = Literal["", "plain", "alleged", "denied", "confirmed"]
Certainty = Literal["read", "guessed", "doubtful"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One act told in a text.

    ``kind``: something changes hands (then ``giver`` and ``receiver`` are ids of actors), both do it together, or
    neither (both are ""). ``phase`` says how far the act has come, ``vouching`` who stands for it, ``claimant`` who
    says so in the words of the text ("" for the outlet itself). ``certainty``: whether the sentence says who gives
    ("read"), whether it does not surely, or only what is usual of such texts does ("guessed"), or whether it is
    likelier that the text tells no such act ("doubtful"). ``spans`` are character offsets of the words that told it,
    into the text that was scored.
    """

    kind: Kind
    giver: str = ""
    receiver: str = ""
    phase: Phase = ""
    vouching: Vouching = ""
    claimant: str = ""
    certainty: Certainty = "read"
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether it is likelier that the text tells no such act."""
        return self.certainty == "doubtful"
