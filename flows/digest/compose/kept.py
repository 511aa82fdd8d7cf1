"""What is read of a story, read once: news, trace, parts and chain all ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flows.digest.compose.story import Story

T = TypeVar("T")


def once_a_story(read: Callable[[Story], T]) -> Callable[[Story], T]:
    """The function, which reads each story once: like a `cached_property` it keeps what it found in the story itself.
    A story never changes, and two that are equal stay so."""
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(story: Story) -> T:
        if name not in story.__dict__:
            story.__dict__[name] = read(story)
        found: T = story.__dict__[name]
        return found

    return kept
