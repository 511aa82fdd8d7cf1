"""An edition in one line: the subject of its mail, the heading of a message in a chat."""

from __future__ import annotations

from flows.digest.content.edition import EditionContent
from flows.digest.display_text import one_line


def subject(content: EditionContent) -> str:
    """``Axis watch, Saturday 21 November 2026: 14 stories, 31 entries``."""
    if content.headline:
        return one_line(f"{content.title}: {content.headline}", 200)
    return one_line(f"{content.title}, {content.day}: {_news(content)}", 200)


def _news(content: EditionContent) -> str:
    counts, coverage = content.counts, content.coverage
    if not coverage.read and not coverage.archived:
        return "no feed could be read"
    if counts.stories:
        stories = "1 story" if counts.stories == 1 else f"{counts.stories} stories"
        return f"{stories} from {counts.outlets} outlet{'' if counts.outlets == 1 else 's'}"
    read = f", {coverage.read} of {coverage.feeds} feeds read" if coverage.read else ""
    if content.view:
        return f"nothing in your part{read}"
    return f"a quiet day{read}" if read else f"nothing flagged among {coverage.archived} entries from archives"
