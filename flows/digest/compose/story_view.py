"""A story told once, with everything that a rendering shows of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from classifiers.relevance.feature_phrases import WORDS
from db.records import Entry, Score
from flows.digest.compose import story_tags
from flows.digest.compose.arrows import arrow, arrow_partners
from flows.digest.compose.soundness import is_doubtful
from flows.digest.compose.story import Story, believed
from flows.digest.compose.story_status import status_of
from flows.digest.content.story import OtherOutlet, StoryContent, SummaryPart
from flows.digest.display_text import (
    ENGLISH,
    excerpt,
    language_name,
    language_tag,
    one_line,
    partner_name,
    percent,
    web_link,
)
from flows.digest.window import Window

HEADLINE_CHARACTERS = 240
SUMMARY_WORDS = 50
SENTENCES = 3
SENTENCE_WORDS = 60
REASON_CHARACTERS = 90
FOR = ": for"
"""How a reason ends that speaks for an entry; cut off, since only such reasons are shown."""
MAX_OTHERS = 12
"""Other outlets named with a story; the rest is counted."""
KIND_NAMES = {
    "wire": "wire",
    "press": "press",
    "think_tank": "think tank",
    "official": "official",
    "state_media": "state media",
}


def story_content(
    story: Story, window: Window, zone: ZoneInfo, claim_names: Mapping[str, str] | None = None
) -> StoryContent:
    """The story as an edition of that window tells it, with times as clocks of the zone show them."""
    entry, score = story.lead.entry, story.lead.score
    published = believed(entry)
    headline = one_line(entry.title, HEADLINE_CHARACTERS) or "(no headline)"
    language = language_tag(score.language, entry.language)
    others = _others(story)
    # What is likelier no act goes through no channel: counts and later editions would take it for one.
    channels = () if is_doubtful(story) else story_tags.channels_of(story)
    direction = story_tags.direction_of(story)
    return StoryContent(
        entry=entry.id,
        headline=headline,
        link=web_link(entry.link),
        outlet=one_line(entry.outlet, 60),
        kind=KIND_NAMES[entry.kind],
        state_media=entry.kind == "state_media",
        language=language,
        in_language=language_name(language),
        published=None if published is None else published.astimezone(UTC).isoformat(timespec="seconds"),
        time=_time(published, window, zone) + _edited(story, window, zone),
        percent=percent(story.probability),
        probability=round(story.probability, 4),
        reason=_reason(score),
        summary=_summary(story, headline),
        sentences=_sentences(story, headline),
        partners=tuple(map(partner_name, story.partners)),
        partner_ids=story.partners,
        arrow_ids=_apart(story),
        entries=len(story.members),
        outlets=len(story.outlets),
        origins=story.origins,
        state_media_only=story.is_state_media_only,
        others=others[:MAX_OTHERS],
        others_left=max(0, len(others) - MAX_OTHERS),
        channels=channels,
        direction=direction,
        chain=arrow(story),
        gloss=None if language in ENGLISH else story_tags.gloss(story) or None,
        response=story_tags.has(story, "response"),
        friction=story_tags.has(story, "friction"),
        status=status_of(story),
        numbers=story_tags.numbers(story),
        claims=tuple(link.claim for link in story.claims),
        bears=story_tags.bearings(story, claim_names or {}),
    )


def _others(story: Story) -> tuple[OtherOutlet, ...]:
    first: dict[str, Entry] = {}
    for each in story.members[1:]:
        if each.entry.outlet != story.lead.entry.outlet:
            first.setdefault(each.entry.outlet, each.entry)
    return tuple(
        OtherOutlet(
            outlet=one_line(entry.outlet, 60), link=web_link(entry.link), state_media=entry.kind == "state_media"
        )
        for entry in first.values()
    )


def _time(published: datetime | None, window: Window, zone: ZoneInfo) -> str:
    if published is None:
        return "undated"
    local = published.astimezone(zone)
    if timedelta(0) <= window.end - published < timedelta(days=6):
        return f"{local:%a %H:%M}"
    year = "" if local.year == window.end.astimezone(zone).year else f" {local.year}"
    return f"{local.day} {local:%b}{year}"


def _edited(story: Story, window: Window, zone: ZoneInfo) -> str:
    """When its feed edited the lead entry, where that edit is why it was flagged; else empty."""
    moment = story.lead.edited_at
    return "" if moment is None else f", edited {_time(moment, window, zone)}"


def _reason(score: Score) -> str:
    """The strongest reason that speaks for the entry, and the next where there is room for it, on one line; single
    words, which tell a reader nothing that the headline does not, only where they are all there is."""
    weighed = sorted((reason for reason in score.reasons if reason.weight > 0), key=lambda reason: -reason.weight)
    speaking = [each for each in weighed if not each.text.startswith(WORDS)] or weighed
    told = [one_line(reason.text, REASON_CHARACTERS).removesuffix(FOR) for reason in speaking[:2]]
    both = "; ".join(filter(None, told))
    return both if len(both) <= REASON_CHARACTERS else next(filter(None, told), "")


def _apart(story: Story) -> tuple[str, ...]:
    """The partners at the arrow, where others are named beside them: of those nothing is counted that they do not
    give or get."""
    at_arrow = arrow_partners(story)
    return at_arrow if set(at_arrow) < set(story.partners) else ()


def _summary(story: Story, headline: str) -> str:
    """What the lead entry adds to its headline: many feeds only repeat it. Empty where sentences were chosen."""
    if story.facts.summary:
        return ""
    entry = story.lead.entry
    told = excerpt(entry.summary or entry.body, SUMMARY_WORDS)
    return "" if told.rstrip("…. ").casefold() in headline.casefold() else told


def _sentences(story: Story, headline: str) -> tuple[SummaryPart, ...]:
    """The chosen sentences that say more than the headline; those of one outlet that stand together are one text."""
    chosen = [
        (one_line(each.outlet, 60), text)
        for each in story.facts.summary[:SENTENCES]
        if (text := _ended(excerpt(each.text, SENTENCE_WORDS)))
        and text.rstrip("…. ").casefold() not in headline.casefold()
    ]
    return tuple(
        SummaryPart(text=" ".join(text for _, text in together), outlet=outlet)
        for outlet, together in groupby(chosen, key=lambda pair: pair[0])
    )


def _ended(text: str) -> str:
    """With dots where the feed has cut it: what is no whole sentence must not look like one."""
    return text if not text or unicodedata.category(text[-1]).startswith("P") else f"{text} …"
