"""How the news of a story is written: its steps, and what it follows."""

from __future__ import annotations

FOLLOWS, PARTING = "follows ", "; "
"""How news begins that says what an event takes up, and what parts the news of one story."""


def without_followed(news: str | None) -> str:
    """What is new, without what the event takes up."""
    return PARTING.join(each for each in (news or "").split(PARTING) if not each.startswith(FOLLOWS))
