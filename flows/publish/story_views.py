"""A telling as the archive's pages show it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from classifiers.topics.read import OTHER
from flows.digest.content.story import StoryContent, StoryPart
from flows.digest.display_text import channel_name, excerpt, one_line, partner_name, short_day, web_link
from flows.publish import paths
from flows.publish.tellings import Telling
from flows.publish.views import BearingView, PartView, Place, SourceView, StoryView

HEADLINE = 400
SUMMARY_WORDS = 60


def story_view(telling: Telling) -> StoryView:
    """The story as that edition tells it."""
    story = telling.content
    headline = one_line(story.headline, HEADLINE)
    return StoryView(
        story=telling.story,
        thread=Place(f"thread {telling.thread}", paths.thread_page(telling.thread)),
        edition=Place(_edition_name(telling), paths.edition_page(telling.told.edition.name)),
        told_at=telling.told.told_at,
        is_alert=telling.told.edition.kind == "alert",
        title=one_line(story.gloss or "", HEADLINE).rstrip(".") or headline,
        headline=headline,
        language=story.language,
        in_language=story.in_language,
        link=web_link(story.link),
        sources=tuple(_sources(story)),
        sources_left=story.others_left,
        outlets=story.outlets,
        origins=story.origins,
        state_media_only=story.state_media_only,
        act=_act(story),
        is_update=bool(story.is_update),
        update=story.news or "",
        summary=_summary(story),
        summary_language=story.language if story.summary and not story.sentences else "",
        published=story.time,
        percent=story.percent,
        partner_ids=story.partner_ids,
        tied_ids=story.tied_ids,
        channels=story.channels,
        bears=tuple(_bearings(story)),
        pairs=tuple(_pairs(story)),
        parts=tuple(map(_part, story.parts)),
        parts_left=story.parts_left,
    )


def pair_place(partner: str, channel: str) -> Place:
    """The page of a partner and a channel."""
    return Place(f"{partner_name(partner)}: {channel_name(channel)}", paths.pair_page(partner, channel))


def _edition_name(telling: Telling) -> str:
    edition = telling.told.edition
    return "alert" if edition.kind == "alert" else short_day(edition.name)


def _act(story: StoryContent) -> str:
    words = (story.chain, story.status, "response" if story.response else "", "friction" if story.friction else "")
    return " · ".join(filter(None, words))


def _sources(story: StoryContent) -> Iterator[SourceView]:
    yield SourceView(one_line(story.outlet, 120), web_link(story.link), story.state_media)
    for other in story.others:
        yield SourceView(one_line(other.outlet, 120), web_link(other.link), other.state_media)


def _summary(story: StoryContent) -> str:
    told = " ".join(each.text for each in story.sentences) or story.summary
    return excerpt(told, SUMMARY_WORDS) if told else ""


def _bearings(story: StoryContent) -> Iterator[BearingView]:
    for each in story.bears:
        yield BearingView(each.claim, Place(each.name, paths.claim_page(each.claim)), each.stance)


def _pairs(story: StoryContent) -> Iterator[Place]:
    for partner, channel in product(story.tied_ids, story.channels):
        if channel != OTHER:
            yield pair_place(partner, channel)


def _part(part: StoryPart) -> PartView:
    headline = one_line(part.headline, HEADLINE)
    link = web_link(part.link)
    return PartView(part.name, headline, part.gloss, part.language, link, one_line(part.outlet, 120), part.news)
