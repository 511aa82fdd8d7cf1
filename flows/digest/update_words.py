"""How the news of a story is written: its steps, and what it follows."""

from __future__ import annotations

from classifiers.stories.forms import FORMS
from flows.digest.display_text import form_name

FOLLOWS, PARTING = "follows ", "; "
"""How news begins that says what an event takes up, and what parts the news of one story."""


ANALYSIS = "analysis"
COMMENTS = frozenset(map(form_name, FORMS)) | {ANALYSIS}
"""What stands for the news of an opinion, an explainer, a live page that names none."""


def step(news: str | None) -> str:
    """What is new in few words: the steps, or all where nothing but a kind of report is told."""
    steps = without_followed(news)
    return (news or "") if not steps or steps in COMMENTS else steps


def without_followed(news: str | None) -> str:
    """What is new, without what the event takes up."""
    return PARTING.join(each for each in (news or "").split(PARTING) if not each.startswith(FOLLOWS))
