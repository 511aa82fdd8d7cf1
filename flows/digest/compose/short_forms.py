"""What happened in ever fewer words: a headline without what can be left out, for the subject of a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from classifiers.lexicon.concepts.read import acts, things
from classifiers.lexicon.mentions import find_actors
from classifiers.stories.forms import REPORT, form_of
from classifiers.tagging.keywords import IN_HEADLINE
from classifiers.text.fold import fold
from classifiers.topics.active import active
from db.records import ScoredEntry
from flows.digest.compose import arrows, story_tags
from flows.digest.compose.kept import once_a_story
from flows.digest.compose.sentences import KEYWORDS_BEHIND
from flows.digest.compose.soundness import is_doubtful
from flows.digest.compose.story import Story
from flows.digest.compose.story_status import status_of
from flows.digest.compose.subjects import CONCEPT
from flows.digest.compose.told_deeds import told_deeds
from flows.digest.display_text import ENGLISH, channel_name, one_line

LONGEST = 69
"""Characters: what is longer cannot stand in a subject."""
LEAST_WORDS = 4
ON = "On"
"""How a subject in keywords begins."""
DANGLING = frozenset(
    "a an and as at by far few from less long many more much not of on only or over so soon such the than under".split()  # noqa: SIM905
)
"""Words that ask for what follows them."""
_PARTS = re.compile(
    r"(?:[,;:–—|]\s|\s[–—-]\s)(?!but|unless|if|without|though|not|no\b)"
    r"|\s(?=(?:after|ahead of|amid|as(?! (?:many|much|few|well|long|soon|far|if))|before|citing|despite|during"
    r"|following|for|in|over|through|to|under|when|while)\s)",
    re.IGNORECASE,
)
"""Where a headline may end early. Not before "if", "unless", "without", "but": that takes back what was said; nor
before "with": what is done stands there ("hits suppliers with sanctions")."""
_SPEAKER = re.compile(
    r"(?:,\s|\s[–—-]\s)(?P<who>[^,]{2,40}\s(?:says?|said|reports?|claims?|assess(?:es)?|estimates?))$"
)
_FIGURE = re.compile(r"\W?\d|(?:dozens|hundreds|thousands|tens|millions|billions|trillions)\b")
VOUCHED_BY_OTHERS = ("alleged", "denied")


def short_forms(story: Story, sentence: str) -> tuple[str, ...]:
    """The ways to tell the story, the longest first, none longer than `LONGEST`: of its English headline it and its
    beginnings that still name whom it named; where there is none that names somebody who is watched our own
    ``sentence``, or who gives what to whom, in signs."""
    teller, own = english_teller(story), [_own(sentence)] if sentence else []
    told = list(_beginnings(headline_of(teller), story, teller.score.language)) if teller else []
    is_plain = bool(teller and watched_in(told[0], teller.score.language))
    told = told if is_plain else [*own, *told] or [headline_of(story.lead)]
    fitting = [each for each in told if len(each) <= LONGEST] or ([] if is_plain else _arrow(story))
    return tuple(dict.fromkeys(each for each in fitting if len(each) <= LONGEST))


def headline_of(scored: ScoredEntry) -> str:
    """The headline of an entry, on one line."""
    return one_line(scored.entry.title, 240)


@once_a_story
def english_teller(story: Story) -> ScoredEntry | None:
    """The report whose headline tells the story to a reader of English: the lead, or beside a foreign lead the first
    plain report in English; None where there is none."""
    if story.lead.score.language in ENGLISH:
        return story.lead
    return next((each for each in story.members if _is_plain_english(each)), None)


def _is_plain_english(scored: ScoredEntry) -> bool:
    return scored.score.language in ENGLISH and form_of(scored.entry.title) == REPORT


def _arrow(story: Story) -> list[str]:
    """``Partner → Focus: arms (denied)``, where an arrow is known and is not what others answer."""
    (direction, sign), status = arrows.way_of(story), status_of(story)
    if not direction or story_tags.is_answer(story) or is_doubtful(story):
        return []
    partners, channels = arrows.arrow_partners(story)[:1], story_tags.channels_of(story)[:1]
    line = arrows.chain(partners, channels, direction, sign, partial(arrows.name_in, story))
    return [f"{line} ({status})" if status else line] if line else []


def keyword(story: Story) -> str:
    """``Partner: sanctions``: the partner, and what is done, or what the headline is on, in a word; empty where no
    partner is known. Behind another event it says what else there is."""
    partner = next(iter(arrows.arrow_partners(story)), "")
    named = sorted(term.removeprefix(CONCEPT) for term in story.subjects.headline if term.startswith(CONCEPT))
    nouns = [deed.phrase for deed in told_deeds(story) if not deed.is_saying]
    nouns += [each[concept] for each in (acts(), things()) for concept in named if concept in each]
    nouns += [channel_name(channel) for channel in story_tags.channels_of(story)]
    bare = [noun.removeprefix("a ").removeprefix("an ").removeprefix("the ") for noun in nouns[:1]]
    return f"{arrows.name_in(story, partner)}: {bare[0]}" if partner and bare else ""


def _own(sentence: str) -> str:
    """Our sentence without its full stop and, where it is long, without its figures; how far the act has come stays."""
    said = sentence.removesuffix(".").partition(KEYWORDS_BEHIND)[0]
    if said.startswith(IN_HEADLINE):
        return _own_keywords(said)
    if len(said) <= LONGEST:
        return said
    act, _, details = said.rpartition(": ")
    kept = ", ".join(each for each in details.split(", ") if not _FIGURE.match(each))
    return f"{act}: {kept}" if kept else act


def _own_keywords(said: str) -> str:
    """As many of the headline's keywords as a subject holds; without what stands below it."""
    words = said.partition("; ")[0].removeprefix(f"{IN_HEADLINE}: ").split(", ")
    while len(words) > 1 and len(f"{ON} {', '.join(words)}") > LONGEST:
        words.pop()
    return f"{ON} {', '.join(words)}"


def _beginnings(headline: str, story: Story, language: str) -> Iterator[str]:
    """The headline, then ever shorter beginnings of it that still name the same partners. Who says so stays where it is
    only said."""
    speaker = _SPEAKER.search(headline)
    yield headline
    whole = headline[: speaker.start()] if speaker else headline
    act = story_tags.act_of(story)
    tail = f", {speaker['who']}" if speaker and act is not None and act.vouching in VOUCHED_BY_OTHERS else ""
    if speaker and not tail:
        yield whole
    needed = watched_in(whole, language)
    for end in reversed([each.start() for each in _PARTS.finditer(whole)]):
        cut = whole[:end].rstrip(" ,;:–—-")
        if _is_whole(cut) and watched_in(cut, language) >= needed:
            yield cut + tail


def _is_whole(text: str) -> bool:
    """Whether it may stand alone: some words, of which the last asks for no other, and no open quotation."""
    words = text.split()
    is_balanced = text.count("“") == text.count("”") and text.count('"') % 2 == 0 and text.count("(") == text.count(")")
    return len(words) >= LEAST_WORDS and words[-1].casefold() not in DANGLING and is_balanced


def watched_in(text: str, language: str) -> set[str]:
    """The watched state and its partners that the text names: a beginning without one of them tells another act."""
    watched = {active().focus_actor.id, *active().partners}
    return {each.code for each in find_actors(text, fold(text), language)} & watched
