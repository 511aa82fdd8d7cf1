"""The stories of an edition as it orders and names them: what was told before, what weighs most, how sure each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.records import Place
from flows.config.settings import DigestSettings
from flows.digest.compose.certainty import BORDERLINE, certainty, doubt
from flows.digest.compose.inputs import EditionInputs
from flows.digest.compose.ranking import in_order, rank, weighed
from flows.digest.compose.sentences import sentence
from flows.digest.compose.short_forms import english_teller, headline_of, keyword, short_forms
from flows.digest.compose.story import Story
from flows.digest.compose.thread_parts import ThreadStories
from flows.digest.compose.updates import Update
from flows.digest.content.arrow_signs import GIVES, GUESSED
from flows.digest.content.story import StoryContent
from flows.digest.display_text import ENGLISH, short_day, translation_link
from flows.digest.update_words import FOLLOWS, PARTING


def ordered(
    stories: Sequence[Story], updates: Mapping[int, Update], inputs: EditionInputs, settings: DigestSettings
) -> list[Story]:
    """The stories by their weight, and behind them, by theirs, those that only perhaps belong in the edition."""
    weights = settings.ranking
    told = [(story, weighed(story, updates.get(story.lead.entry.id), inputs, weights)) for story in stories]
    by_weight = in_order(told, weights)
    return sorted(by_weight, key=lambda story: bool(doubt_of(story, updates.get(story.lead.entry.id), settings)))


def threads_in_order(
    threads: Sequence[ThreadStories], updates: Mapping[int, Update], inputs: EditionInputs, settings: DigestSettings
) -> list[ThreadStories]:
    """The threads by the weight of their heads with that of the events beneath them, the doubtful ones behind."""
    weights = settings.ranking

    def key(thread: ThreadStories) -> tuple[bool, tuple[float, int, Place]]:
        story, update = thread.head, updates.get(thread.head.lead.entry.id)
        told = replace(weighed(story, update, inputs, weights), events=thread.events)
        return bool(doubt_of(story, update, settings)), rank(story, told, weights)

    return sorted(threads, key=key)


def doubt_of(story: Story, update: Update | None, settings: DigestSettings) -> str:
    """Why it only perhaps belongs in the edition; what goes on in a thread that was told does, in whatever way it names
    the focus."""
    found = doubt(story, settings)
    return "" if update is not None and found != BORDERLINE else found


def named(story: Story, content: StoryContent, update: Update | None, settings: DigestSettings) -> StoryContent:
    """The story as it is shown: how sure it is, and in which of our words."""
    doubted = doubt_of(story, update, settings)
    is_foreign = content.language not in ENGLISH
    said = sentence(story) if is_foreign or not doubted else ""
    # An English headline says more of the act than our sentence, which knows parties, goods and figures alone.
    teller = english_teller(story)
    told = headline_of(teller) if teller else said
    return replace(
        content,
        certainty=certainty(story.probability, settings),
        doubt=doubted,
        sentence=told,
        gloss=told or None if is_foreign else None,
        short_forms=() if doubted else short_forms(story, said),
        keyword="" if doubted else keyword(story),
        review=settings.review.replace("{entry}", str(story.lead.entry.id)) if doubted else "",
        translated=translation_link(settings.translate, content.link) if is_foreign else "",
    )


def with_update(story: StoryContent, update: Update | None, name: str) -> StoryContent:
    """The story as the edition of that name tells it: whether it is an update, and of what."""
    if update is None:
        return replace(story, is_update=False)
    # Since when its whole thread is told says nothing of an event that follows: it is of today. And what it follows was
    # told before, whenever that was.
    follows = any(each.startswith(FOLLOWS) for each in update.news)
    since = short_day(update.since) if update.is_same and not follows and update.since[:10] != name[:10] else ""
    chain = story.chain.replace(GUESSED, GIVES) if update.is_giver_known else story.chain
    return replace(
        story, is_update=True, news=PARTING.join(update.news), since=since, before=update.headline, chain=chain
    )
