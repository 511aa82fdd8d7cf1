"""What stands on the first screen behind the lines of the leading stories: what they change, what is expected."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from flows.config.settings import DigestSettings
from flows.digest.compose import baselines, claim_activity
from flows.digest.compose.changes import changes
from flows.digest.compose.expected import expected
from flows.digest.compose.inputs import EditionInputs
from flows.digest.compose.story import Story
from flows.digest.content.front import Front
from flows.digest.content.story import StoryContent

MOST_LESS = 8
"""Claims named behind the others because little is to be said of them; the rest is counted."""


def front(
    events: Sequence[Story],
    told: Mapping[int, StoryContent],
    inputs: EditionInputs,
    settings: DigestSettings,
    moved: Collection[int],
) -> Front:
    """The lines that the shown ``events`` make, those apart that only perhaps belong in the edition. ``moved`` are the
    lead entries of those whose act stands elsewhere than it did."""
    sound = [story for story in events if not told[story.lead.entry.id].doubt]
    contents = [told[story.lead.entry.id] for story in sound]
    moving = claim_activity.moving(contents)
    changed, less = changes(sound, contents, moving, inputs, settings.max_claims, moved)
    named, rest = {each.about for each in (*changed, *less[:MOST_LESS])}, {each.about for each in less[MOST_LESS:]}
    last = baselines.last_day(inputs)
    earlier, threads = (*inputs.told, *inputs.announced), {**inputs.told_threads, **inputs.known.thread_ids}
    ahead, left = expected(sound, told, earlier, last, settings.max_expected, threads)
    return Front(
        changes=changed,
        less=less[:MOST_LESS],
        changes_left=len(rest - named),
        expected=ahead,
        expected_left=left,
    )
