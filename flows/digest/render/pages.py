"""Rendering: a stored edition as HTML and as plain text, by Jinja. The only module that imports css-inline.

Both are functions of the edition alone: no clock, no network, no settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from flows.digest.compose.claim_activity import stances
from flows.digest.content.edition import EditionContent, StoryGroup, TypedEdition
from flows.digest.display_text import counted, excerpt, short_day
from flows.digest.render.change_lines import bare_claims, first_ties, other_changes, statuses
from flows.digest.render.images import standalone
from flows.digest.render.mail_footer import MailFooter, leads_here_alone
from flows.digest.render.preheader import preheader
from flows.digest.render.top_lines import ON_TOP, legends, numbers_of, top_lines
from flows.digest.render.week_words import (
    day_account,
    days_in_words,
    events_text,
    first_events,
    for_and_against,
    others_in_words,
    places,
)
from flows.digest.render.wrapping import wrapped

MAX_BYTES = 100_000
"""Gmail clips a mail a little above this many bytes of HTML (102,400); the reader's footer comes on top."""
REPEATS_IN_MAIL = 6
"""Stories without news that a mail names; its text and the page name all."""
RELEVANCE = {"sure": "surely relevant", "likely": "likely relevant"}
"""How a word of certainty is shown: beside "alleged" a bare "sure" would vouch for what is alleged."""
PART_NOTES = {"under way": " told before", "perhaps": " that may not belong here; yours to judge"}


class Parts(NamedTuple):
    """The two bodies of a mail."""

    text: str
    html: str


def render_parts(edition: TypedEdition, follow: str = "") -> Parts:
    """The two bodies of a mail that brings the edition. ``follow`` is where its reader follows a story ({entry} stands
    for the id of its lead entry); empty: there is no such link."""
    return Parts(render_text(edition, follow), render_html(edition, follow))


def with_footer(parts: Parts, foot: MailFooter) -> Parts:
    """The two bodies with a reader's footer, which is small enough for the rest to be rendered once for all readers."""
    name = "thread_footer" if foot.followed else "footer"
    text = _environment().get_template(f"{name}.txt").render(foot=foot)
    html = _inliner().inline_fragment(_environment().get_template(f"{name}.html").render(foot=foot), _mail_css())
    before, end, after = parts.html.rpartition("</body>")
    return Parts(parts.text + text, f"{before}{html}{end}{after}" if end else parts.html + html)


def render_pages(edition: TypedEdition) -> Parts:
    """The edition to be kept and shown: the text, and the whole of it as a page for browsers. Where pages are
    published, without the links by which the receivers of mails judge."""
    is_public = bool(edition.content.page)
    told = _published(edition) if is_public else edition
    return Parts(render_text(told, is_public=is_public), render_page(told, is_public=is_public))


def _published(edition: TypedEdition) -> TypedEdition:
    return replace(edition, content=edition.content.without_judge_links())


@dataclass(frozen=True, slots=True)
class Trail:
    """Where an edition's page stands in an archive, as addresses relative to it: the front page, the pages of the
    editions before and after it (or empty), the page of a story's thread by the id of its lead entry."""

    front: str
    earlier: str
    later: str
    threads: Mapping[int, str]


def archive_page(edition: TypedEdition, trail: Trail) -> str:
    """The edition as a page of an archive that anybody may read: with its images, and no link by which to judge."""
    told = _published(edition)
    near = tuple(replace(story, review="") for story in told.content.near)
    told = replace(told, content=replace(told.content, near=near))
    return standalone(render_page(told, trail, is_public=True), told.content)


def render_page(edition: TypedEdition, trail: Trail | None = None, *, is_public: bool = False) -> str:
    """The edition as an HTML page, however large: nothing is shortened. It names its images as ``cid:``, which
    `flows.digest.render.images.standalone` turns into the images themselves. ``is_public``: nothing on it is for
    whoever runs the monitor."""
    sizes, css = next(_sizes(edition.content)), _stylesheet("inlined.css")
    repeats = len(edition.content.repeated.stories)
    return _page(edition, *sizes, repeats=repeats, css=css, trail=trail, is_whole=True, is_public=is_public)


def render_html(edition: TypedEdition, follow: str = "") -> str:
    """The edition as one HTML page of under 100 KB, for mail.

    Where it would be larger, summaries are shortened, then left out, then the last stories are; the page says so.
    """
    for words, stories in _sizes(edition.content):
        page = _page(edition, words, stories, repeats=REPEATS_IN_MAIL, css=_mail_css(), follow=follow)
        if len(page.encode()) < MAX_BYTES:
            break
    return page


def render_text(edition: TypedEdition, follow: str = "", *, is_public: bool = False) -> str:
    """The edition as plain text, wrapped at 72 columns; links stand on lines of their own, never broken."""
    template = "week.txt" if edition.content.week else f"{_template(edition)}.txt"
    lines = _render(template, edition, follow=follow, is_public=is_public).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _page(
    edition: TypedEdition,
    words: int,
    stories: int,
    *,
    repeats: int,
    css: str,
    trail: Trail | None = None,
    is_whole: bool = False,
    follow: str = "",
    is_public: bool = False,
) -> str:
    about = {"css": css, "trail": trail, "is_whole": is_whole, "follow": follow, "is_public": is_public}
    page = _render(f"{_template(edition)}.html", edition, words=words, stories=stories, repeats=repeats, **about)
    return _inliner().inline(page)


def _template(edition: TypedEdition) -> str:
    return "thread" if edition.content.followed else "digest"


def _sizes(content: EditionContent) -> Iterator[tuple[int, int]]:
    """(words a summary, stories) to try in turn, ever smaller."""
    stories = content.counts.shown
    yield from ((words, stories) for words in (1000, 40, 32, 24, 16, 0))
    while stories > 1:
        stories = stories * 4 // 5
        yield 0, stories
    yield 0, 0


def _render(template: str, edition: TypedEdition, **more: Any) -> str:
    # A mail of a thread has no first lines: what is new stands with the story.
    tops = [] if edition.content.followed else top_lines(edition.content)
    told = {"edition": edition.content, "tops": tops, "top_numbers": {line.story.number for line in tops}}
    composed = f"{edition.composed_at:%Y-%m-%d %H:%M} UTC"
    return _environment().get_template(template).render(composed=composed, **told, **more)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("flows.digest.render"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": _number,
        "counted": counted,
        "words": excerpt,
        "wrapped": wrapped,
        "is_ascii": str.isascii,
        "short_day": short_day,
        "days_in_words": days_in_words,
        "relevance": lambda word: RELEVANCE.get(word, word),
        "part_note": lambda part: PART_NOTES.get(part, ""),
        "bare_claims": bare_claims,
        "first_ties": first_ties,
        "other_changes": other_changes,
        "statuses": statuses,
    }
    environment.globals |= {
        "preheader": preheader,
        "first_stories": _first_stories,
        "stances": stances,
        "numbers_of": numbers_of,
        "ON_TOP": ON_TOP,
        "legends": legends,
        "leads_here_alone": leads_here_alone,
        "doubted_of": lambda content: [story for story in content.told() if story.doubt],
        "first_events": first_events,
        "events_text": events_text,
        "for_and_against": for_and_against,
        "day_account": day_account,
        "places": places,
        "others_in_words": others_in_words,
    }
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True)


def _mail_css() -> str:
    return _stylesheet("inlined.css") + _stylesheet("mail.css")


@cache
def _stylesheet(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0]


def _number(value: int) -> str:
    """``12,345``."""
    return f"{value:,}"


def _first_stories(content: EditionContent, stories: int) -> list[StoryGroup]:
    """The groups cut after so many stories in all."""
    groups = []
    for group in content.groups:
        told = group.stories[:stories]
        stories -= len(told)
        if told:
            groups.append(replace(group, stories=told))
    return groups
