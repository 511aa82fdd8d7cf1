"""Records built by hand, and what HTML the renderings hold."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from db.records import Coverage, Entry, ModelVersion, Reason, Score, ScoredEntry
from flows.config.settings import DigestSettings
from flows.digest.compose.edition import compose
from flows.digest.compose.inputs import EditionInputs, StoryBackground
from flows.digest.content.codec import content_of, to_json
from flows.digest.content.edition import EditionContent, TypedEdition
from flows.digest.content.story import StoryContent
from flows.digest.window import Window

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WINDOW = Window(datetime(2026, 11, 21, 5, tzinfo=UTC), datetime(2026, 11, 22, 5, tzinfo=UTC))
COVERAGE = Coverage(
    feeds=4,
    read=3,
    failed=1,
    seen=100,
    new=40,
    duplicate=50,
    edited=3,
    capped=2,
    rejected=5,
    failures=(("Slow Gazette", "timed out"),),
)
MODEL = ModelVersion("m-1", "champion", NOON, 0.61, 0.3, "", "", {}, {})

FACTS = {field.name for field in fields(EditionInputs)}


def scored(number: int, title: str = "", *, probability: float = 0.8, **changes: Any) -> ScoredEntry:
    """A flagged entry about China from its own outlet, published at noon. ``changes`` go to the entry or the score."""
    entry = Entry(
        id=number,
        feed_id=1,
        outlet=f"Outlet {number}",
        kind="press",
        country="GB",
        title=title or f"Headline number {number}",
        summary=f"Summary of {number}.",
        body="",
        link=f"https://news.example/{number}",
        author="",
        language="en",
        published_at=NOON,
        published_status="stated",
        first_seen_at=NOON + timedelta(seconds=number),
    )
    score = Score(
        entry_id=number,
        model_version="m-1",
        probability=probability,
        flagged=True,
        review=False,
        language="en",
        known_language=True,
        partners=("china",),
        reasons=(Reason("weak", 0.1), Reason("one sentence", 2.0), Reason("sport", -3.0), Reason("transfer", 1.0)),
        scored_at=NOON,
    )
    of_score = {
        key: value for key, value in changes.items() if key in ("partners", "reasons", "known_language", "tags")
    }
    of_entry = {key: value for key, value in changes.items() if key not in of_score}
    of_score |= {"language": of_entry["language"]} if "language" in of_entry else {}
    return ScoredEntry(replace(entry, **of_entry), replace(score, **of_score))


def composed(entries: list[ScoredEntry], clusters: dict[int, int] | None = None, **changes: Any) -> EditionContent:
    """The content of an edition of these entries. ``changes`` go to the facts, to what is known, or to the settings."""
    known = {key: changes.pop(key) for key in ("cluster_facts", "claim_names", "thread_ids") if key in changes}
    plain: dict[str, Any] = {"name": "2026-11-21", "window": WINDOW, "coverage": COVERAGE, "model": MODEL}
    plain |= {key: changes.pop(key) for key in FACTS if key in changes}
    settings = DigestSettings(**({"title": "Axis watch", "time_zone": "Europe/Berlin", "lead_stories": 0} | changes))
    return compose(
        EditionInputs(flagged=entries, known=StoryBackground(clusters=clusters or {}, **known), **plain), settings
    )


def edition(entries: list[ScoredEntry], clusters: dict[int, int] | None = None, **changes: Any) -> TypedEdition:
    """An edition as the store would give it back."""
    content = stored_again(composed(entries, clusters, **changes))
    return TypedEdition(content.name, WINDOW.end, content)


def stored_again(content: EditionContent) -> EditionContent:
    """The content as the store would give it back."""
    return content_of(json.loads(json.dumps(to_json(content), ensure_ascii=False, sort_keys=True)))


def stories(content: EditionContent) -> list[StoryContent]:
    """All stories of an edition in the order in which it shows them."""
    return list(content.told())


def with_first_story(told: TypedEdition, **changes: Any) -> TypedEdition:
    """The edition with another first story in its first group."""
    group, *others = told.content.groups
    first = replace(group, stories=(replace(group.stories[0], **changes), *group.stories[1:]))
    return replace(told, content=replace(told.content, groups=(first, *others)))


class HtmlPage(HTMLParser):
    """What a browser would make of a page: its elements, their attributes, its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data

    @property
    def tags(self) -> set[str]:
        """The names of the elements."""
        return {tag for tag, _ in self.elements}

    @property
    def addresses(self) -> list[str]:
        """Every address in the page."""
        return [
            value or ""
            for _, attributes in self.elements
            for key, value in attributes.items()
            if key in ("href", "src")
        ]
