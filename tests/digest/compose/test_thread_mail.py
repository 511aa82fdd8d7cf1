"""What a mail of a thread is called, and what of a thread is worth one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flows.digest.compose.thread_mail import can_wait, steps, subject_of
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryPart
from flows.digest.subject import LONGEST
from tests.support.edition_records import composed, scored

SHORT, LONG = (
    "Envoys sign the pact in the capital",
    "Envoys of both sides sign the long awaited pact on shells in the capital",
)


def told(**more: Any) -> EditionContent:
    """A mail's content with one story, which is told so."""
    content = composed([scored(1, "A headline")])
    (group,) = content.groups
    story = replace(group.stories[0], is_update=True, **more)
    return replace(content, groups=(replace(group, stories=(story,)),))


def part(name: str = "", more: int = 0) -> StoryPart:
    return StoryPart(entry=9, headline="Other", link="", language="en", percent=90, outlet="Post", name=name, more=more)


@pytest.mark.parametrize(
    ("forms", "news", "parts", "subject"),
    [
        ((SHORT,), None, (), f"Next step: {SHORT}"),
        ((SHORT,), "now a signing; new figures: 4 ships", (), f"Next step: {SHORT} (now a signing)"),
        ((LONG, SHORT), "now a signing", (part(),), f"Next step: {SHORT} (now a signing) (+1)"),
        (("x" * 60, SHORT), "new figures: 40 ships", (part(more=2),), f"Next step: {'x' * 60} (+3)"),
        (("x" * 60, SHORT), "now denied by Japan", (), f"Next step: {SHORT} (now denied by Japan)"),
        ((), None, (part(),), "Next step: A headline (+1)"),
    ],
)
def test_the_subject_is_the_step(forms: tuple[str, ...], news: str, parts: tuple[StoryPart, ...], subject: str) -> None:
    made = subject_of(told(short_forms=forms, news=news, parts=parts))
    assert made == subject
    assert len(made) <= LONGEST


def test_a_headline_without_a_short_form_is_cut() -> None:
    made = subject_of(told(short_forms=(), headline="word " * 60, parts=(part(),)))
    assert len(made) <= LONGEST
    assert made.endswith("… (+1)")


def test_every_event_is_counted_once() -> None:
    content = told(parts=(part(more=3), part()), parts_left=2)
    assert steps(content) == 1 + 4 + 1 + 2


@pytest.mark.parametrize(
    ("more", "waits"),
    [
        ({"news": "explainer"}, True),
        ({"news": "opinion", "parts": (part("analysis"),)}, True),
        ({"news": "opinion", "parts": (part("reaction"),)}, False),
        ({"news": "opinion; new figures: 4 ships"}, False),
        ({"news": None}, False),
        ({"news": "now a signing", "doubt": "borderline"}, True),
    ],
)
def test_comments_and_what_only_perhaps_belongs_there_wait_for_a_step(more: dict[str, Any], waits: bool) -> None:
    assert can_wait(told(**more)) is waits
