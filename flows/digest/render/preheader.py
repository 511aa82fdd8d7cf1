"""What a reader sees before opening the mail."""

from __future__ import annotations

from flows.digest.content.edition import EditionContent
from flows.digest.display_text import counted, one_line
from flows.digest.render.top_lines import top_lines
from flows.digest.subject import NAMED

PREHEADER_CHARACTERS = 140


def preheader(content: EditionContent) -> str:
    """What a mail client shows beside the subject: the events that lead the edition behind those that the subject
    names; of older editions, whose subjects name none, its leading headlines."""
    told = list(content.told())
    if content.front is not None:
        lines = [line.sentence for line in top_lines(content)]
        shown = " ".join(lines[NAMED:] or [story.headline for story in told[:1]])
    else:
        if not any(group.leads for group in content.groups):
            told.sort(key=lambda story: (-story.outlets, -story.percent, story.entry))
        shown = " · ".join(story.headline for story in told[:3])
    told_instead = "" if shown else _without_stories(content, "week" if content.week else "day")
    return one_line(shown or told_instead, PREHEADER_CHARACTERS)


def _without_stories(content: EditionContent, span: str) -> str:
    coverage = content.coverage
    if content.view and (coverage.read or coverage.archived):
        return f"Nothing in your part {'this week' if content.week else 'today'}."
    if not coverage.read and coverage.archived:
        return f"Nothing flagged among {counted(coverage.archived, 'entry', 'entries')} from archives."
    if not coverage.read:
        return "No feed could be read."
    return f"A quiet {span}: {coverage.read} of {coverage.feeds} feeds were read."
