"""How sure it is that a story tells the act that is read in it, and who gives in it."""

from __future__ import annotations

from db.records.tags import Tags
from flows.digest.compose.story import Story


def sound(story: Story) -> list[Tags]:
    """The tags of the reports whose act is not doubtful; of all where each is."""
    told = [tags for tags in story.tags if not any(frame.is_doubtful for frame in tags.frames[:1])]
    return told or list(story.tags)


def is_guessed(story: Story) -> bool:
    """Whether no report of the story surely says who gives."""
    arrows = [frame for tags in story.tags for frame in tags.frames if frame.kind == "transfer"]
    return bool(arrows) and all(frame.certainty != "read" for frame in arrows)


def is_doubtful(story: Story) -> bool:
    """Whether each act that its reports were read to tell is likelier none at all."""
    acts = [frame for tags in story.tags for frame in tags.frames if frame.kind != "none"]
    return bool(acts) and all(frame.is_doubtful for frame in acts)
