"""What a mail is called: its two weightiest events in a few words each, and how many there are beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from flows.digest.content.edition import EditionContent
from flows.digest.content.story import StoryContent
from flows.digest.display_text import counted, one_line

WEEK = "Week: "
"""Before the events of a weekly edition: beside the daily one of the same day it must be known at a glance."""
LONGEST = 77
"""Characters; lists of mails cut what is longer."""
NAMED = 2
MOST_TRIED = 4
"""Stories of which one may stand beside the first: those that lead."""


def subject(content: EditionContent) -> str:
    """``Kim's troops reach the border; refiners cut oil (+17)``; of a quiet day what else there is to say."""
    if content.followed:
        return content.followed.subject
    if content.headline:
        return _alert(content)
    if content.front is None or not content.counts.stories or not _was_read(content):
        told = [f"{content.title}, {day}: {_news(content)}" for day in _days(content.day, of_week=bool(content.week))]
        return next((each for each in told if len(each) <= LONGEST), "") or _shortened(told[-1])
    stories = _weightiest([story for story in content.told() if not story.doubt] or list(content.told())[:1])
    count = _with_count("", content.counts.stories - 1)
    head = WEEK if content.week else ""
    whole = next(_subjects(stories, content.counts.stories, head), "")
    return whole or _shortened(head + _told(stories[0]), count)


def _weightiest(stories: list[StoryContent]) -> list[StoryContent]:
    """The first, and those behind it that are not, in the shortest words, the same: two reports of guns on one way say
    it once."""
    others = (story for story in stories[1:] if _briefest(story) != _briefest(stories[0]))
    return [stories[0], *islice(others, MOST_TRIED)]


def _subjects(stories: list[StoryContent], total: int, head: str) -> Iterator[str]:
    """The ways to say it, the best first: the first event, as fully as there is room for, with the weightiest for which
    there is; else it alone."""
    first = _forms(stories[0])
    pairs = ((first, _forms(each)) for each in stories[1:])
    brief = ((first, (each.keyword,)) for each in stories[1:] if each.keyword)
    for named in (*pairs, *brief, (first,)):
        told = product(*named)
        subjects = (_with_count(head + "; ".join(parts), total - len(named)) for parts in told)
        yield from (each for each in subjects if len(each) <= LONGEST)


def _forms(story: StoryContent) -> tuple[str, ...]:
    return story.short_forms or (_told(story),)


def _briefest(story: StoryContent) -> str:
    return story.keyword or _forms(story)[-1]


def _told(story: StoryContent) -> str:
    return (story.sentence or story.headline).removesuffix(".")


def _with_count(text: str, more: int) -> str:
    return f"{text} (+{more})" if more else text


def _alert(content: EditionContent) -> str:
    """``Axis watch alert: Kim's troops reach the border``."""
    story = next(content.told(), None)
    forms = (content.headline, *(story.short_forms if story else ()))
    told = (f"{content.title}: {form}" for form in forms)
    return next((each for each in told if len(each) <= LONGEST), "") or _shortened(
        f"{content.title}: {content.headline}"
    )


def _shortened(text: str, behind: str = "") -> str:
    """The text up to a whole word, with dots where something is left out, and what stands ``behind`` it."""
    line, room = one_line(text, 400), LONGEST - len(behind)
    if len(line) > room:
        cut = line[: room - 1]
        whole = cut if line[room - 1] == " " else cut.rpartition(" ")[0] or cut
        line = whole.rstrip(" ,;:–—-") + "…"
    return line + behind


def _days(day: str, *, of_week: bool) -> tuple[str, ...]:
    """The day, without its year, and without its weekday too; of a week behind the words "week to"."""
    before, words = ("week to ", day.split()[2:]) if of_week else ("", day.split())
    return tuple(before + " ".join(told) for told in (words, words[:-1], words[1:-1]))


def _was_read(content: EditionContent) -> bool:
    return bool(content.coverage.read or content.coverage.archived)


def _news(content: EditionContent) -> str:
    counts, coverage = content.counts, content.coverage
    if not _was_read(content):
        return "no feed could be read"
    if counts.stories:
        return f"{counted(counts.stories, 'story', 'stories')} from {counted(counts.outlets, 'outlet', 'outlets')}"
    read = f", {coverage.read:,} of {coverage.feeds:,} feeds read" if coverage.read else ""
    if content.view:
        return f"nothing in your part{read}"
    found = counted(coverage.archived, "entry", "entries")
    return (
        f"a quiet {'week' if content.week else 'day'}{read}" if read else f"nothing flagged among {found} from archives"
    )
