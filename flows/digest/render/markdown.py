"""An edition as Markdown: for pages of other programs, such as Prefect's, where whoever runs the monitor looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.digest.content.edition import TypedEdition
from flows.digest.content.story import StoryContent

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")


def plain(text: str) -> str:
    """Text of others as Markdown that shows it and nothing else: no link, no image, no heading, no markup."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def markdown_of(edition: TypedEdition) -> str:
    """Its counts and its stories in their order, each with its article's link; the link of its page where it has one.
    Without the links by which its receivers judge."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: TypedEdition) -> Iterator[str]:
    content = edition.content
    title = plain(f"{content.title}, {content.day or edition.name}")
    yield f"# {_linked(title, content.page)}"
    yield ""
    counts = content.counts
    flagged = f"{counts.flagged} flagged entries of {counts.outlets} outlets"
    yield f"{counts.shown} of {counts.stories} stories, from {flagged}."
    for mark in content.marks:
        yield f"\n*{plain(mark)}*"
    for group in content.groups:
        yield f"\n## {plain(group.name)}\n"
        yield from map(_story, group.stories)
    if not content.groups:
        yield "\nNo stories."


def _story(story: StoryContent) -> str:
    more = [story.status, story.outlet, f"{story.entries} reports" if story.entries > 1 else ""]
    told = "; ".join(plain(each) for each in more if each)
    gloss = f" ({plain(story.gloss)})" if story.gloss else ""
    return f"- {_linked(plain(story.headline), story.link)}{gloss}: {told}"


def _linked(text: str, address: str) -> str:
    """The text as a link, where the address is one that a browser may follow and that ends where it should."""
    is_sound = address.startswith(("http://", "https://")) and not re.search(r"[\s<>]", address)
    return f"[{text}](<{address}>)" if is_sound else text
