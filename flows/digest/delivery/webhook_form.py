"""What is posted to a webhook: an edition's first stories as a document of our own, or as a message for a chat."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from db.records import EditionKind
from flows.config.settings import WebhookSettings
from flows.digest.content.edition import TypedEdition
from flows.digest.content.story import StoryContent
from flows.digest.delivery import webhook_chat
from flows.digest.delivery.webhook_chat import ChatMessage, ChatStory, Json
from flows.digest.display_text import counted, one_line, web_link
from flows.digest.subject import subject

VERSION = 1
"""Raised when the document changes so that a program which reads it must."""
HEADLINE = 300
CHATS: Mapping[str, Callable[[ChatMessage], Json]] = {
    "slack": webhook_chat.slack,
    "mattermost": webhook_chat.mattermost,
    "teams": webhook_chat.teams,
}
LARGEST = 24_000
"""Bytes of a message for a chat: Teams takes 28 KB, the others more."""


@dataclass(frozen=True, slots=True)
class PostedClaim:
    """A claim that the story bears on, and how: "supports", "cuts against", "updates"."""

    id: str
    name: str
    stance: str


@dataclass(frozen=True, slots=True)
class PostedStory:
    """A story in the document. ``entry`` is the id of its lead entry, ``gloss`` the act in an English sentence, or
    empty; ``partners`` and ``channels`` are ids; ``percent`` is the probability in whole percent."""

    entry: int
    headline: str
    gloss: str
    language: str
    link: str
    outlet: str
    state_media: bool
    published: str
    percent: int
    reports: int
    outlets: int
    chain: str
    status: str
    update: bool
    news: str
    partners: tuple[str, ...]
    channels: tuple[str, ...]
    claims: tuple[PostedClaim, ...]


@dataclass(frozen=True, slots=True)
class PostedEdition:
    """The document: which edition, what it covers (ISO 8601, UTC), how many stories it tells, and the first of them."""

    version: int
    edition: str
    kind: EditionKind
    subject: str
    start: str
    end: str
    page: str
    marks: tuple[str, ...]
    stories_in_all: int
    feeds: int
    feeds_read: int
    stories: tuple[PostedStory, ...]


def body_of(edition: TypedEdition, kind: EditionKind, hook: WebhookSettings) -> bytes:
    """What is posted, as JSON in UTF-8. The same edition and settings give the same bytes."""
    told = list(edition.content.told())[: hook.stories]
    if hook.format == "json":
        return _written(asdict(_document(edition, kind, told)))
    while True:
        body = _written(CHATS[hook.format](_message(edition, told)))
        if len(body) <= LARGEST or not told:
            return body
        told = told[:-1]


def _written(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()


def _document(edition: TypedEdition, kind: EditionKind, told: list[StoryContent]) -> PostedEdition:
    content = edition.content
    return PostedEdition(
        version=VERSION,
        edition=edition.name,
        kind=kind,
        subject=subject(content),
        start=content.window.start,
        end=content.window.end,
        page=web_link(content.page),
        marks=content.marks,
        stories_in_all=content.counts.stories,
        feeds=content.coverage.feeds,
        feeds_read=content.coverage.read,
        stories=tuple(map(_posted, told)),
    )


def _posted(story: StoryContent) -> PostedStory:
    return PostedStory(
        entry=story.entry,
        headline=one_line(story.headline, HEADLINE),
        gloss=one_line(story.gloss or "", HEADLINE),
        language=story.language,
        link=web_link(story.link),
        outlet=story.outlet,
        state_media=story.state_media,
        published=story.published or "",
        percent=story.percent,
        reports=story.entries + story.part_entries,
        outlets=story.outlets,
        chain=story.chain,
        status=story.status,
        update=bool(story.is_update),
        news=story.news or "",
        partners=story.partner_ids,
        channels=story.channels,
        claims=tuple(PostedClaim(each.claim, each.name, each.stance) for each in story.bears),
    )


def _message(edition: TypedEdition, told: list[StoryContent]) -> ChatMessage:
    content = edition.content
    left = content.counts.stories - len(told)
    return ChatMessage(
        heading=subject(content),
        opening=tuple(one_line(line, HEADLINE) for line in (*content.marks, *content.overview[:1])),
        stories=tuple(map(_chat_story, told)),
        closing=f"and {counted(left, 'more story', 'more stories')}" if left > 0 else "",
        page=web_link(content.page),
    )


def _chat_story(story: StoryContent) -> ChatStory:
    act = " · ".join(
        filter(None, (story.chain, story.status, "response" * story.response, "friction" * story.friction))
    )
    update = "Update" + (f": {story.news}" if story.news else "") if story.is_update else ""
    lines = (act, one_line(story.gloss or "", HEADLINE), update, _sources(story), _claims(story))
    return ChatStory(one_line(story.headline, HEADLINE), web_link(story.link), tuple(filter(None, lines)))


def _sources(story: StoryContent) -> str:
    others = ", ".join(each.outlet for each in story.others)
    several = f"{counted(story.outlets, 'outlet', 'outlets')}: " if story.outlets > 1 else ""
    lead = story.outlet + (" (state media)" if story.state_media else "")
    only = "only state media carry this: " if story.state_media_only and story.outlets > 1 else several
    left = f" and {story.others_left} more" if story.others_left else ""
    tongue = f" · in {story.in_language}" if story.in_language else ""
    return one_line(f"{only}{lead}{', ' if others else ''}{others}{left}{tongue} · {story.percent}%", HEADLINE)


def _claims(story: StoryContent) -> str:
    return one_line("; ".join(f"{each.stance} {each.name}" for each in story.bears), HEADLINE)
