"""A story's act as a plain sentence of our own: who vouches for it first, then who does what, in a tense that tells how
far it has come, then figures and who answers.

The gloss (`classifiers.tagging.gloss`) is a sentence with details behind a colon; that an act is denied, or only said
by somebody, must not stand behind it. Where the gloss has no verb, what the parties are in contact by takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.lexicon.names.read import name_kinds, within_sentence
from classifiers.stories.fingerprint import PARTIES
from classifiers.tagging.claimant_names import says
from classifiers.tagging.gloss_details import IN_QUESTION as ASKED
from classifiers.tagging.keywords import IN_HEADLINE
from classifiers.topics.active import active
from flows.digest.compose import story_tags
from flows.digest.compose.story import Story
from flows.digest.compose.tenses import SOUGHT, in_tense
from flows.digest.display_text import ENGLISH

DENIED, ALLEGED, CONFIRMED, ANSWERED = "denied", "alleged", "confirmed", "others respond"
DENIED_BY = "denied by "
IN_QUESTION = "sought or possible"
SAYS = ("says ", "say ")
KEYWORDS_BEHIND = f"; {IN_HEADLINE.lower()}: "
"""What parts the keywords of a headline from the sentence before them."""
FRICTION = "friction"
STATES = frozenset(("sought", "planned", "under way", "refused or ended", FRICTION))
MOST_DEEDS = 2
OF_CONTACT = (" talk", " act together")
"""How a sentence ends that says of two no more than that they are in contact."""
_CHANNEL = re.compile(r"^(?P<who>[^()]+) \((?P<channel>[^()]+)\)$")


def sentence(story: Story) -> str:
    """The sentence, ended by a full stop; empty where the story's tags hold no act, or no more than its parties."""
    gloss, mark, beside = story_tags.gloss(story).rstrip("…").partition(KEYWORDS_BEHIND)
    if gloss.startswith(IN_HEADLINE):
        return _ended(gloss)
    said, _, rest = gloss.partition(": ")
    details = [each for each in rest.split(", ") if each]
    if story.lead.score.language in ENGLISH and (SOUGHT in details or not story_tags.gloss_tells(story)):
        return ""  # no headline says less than that
    vouching = next((each for each in details if _vouches(each)), "")
    told = [each for each in details if each not in (vouching, ANSWERED)]
    named, told = in_tense(said, told, story.lead.score.language)
    if SOUGHT in details and vouching in ("", ALLEGED, ASKED):  # what may be, nobody has to allege
        # Where no verb can say so, the reader is told before the parties are that it is no act yet.
        is_asked = SOUGHT in told and story_tags.is_transfer(story)
        vouching, told = (IN_QUESTION, [each for each in told if each != SOUGHT]) if is_asked else ("", told)
    said, told = _with_verb(named, told, () if mark else _contacts(story))
    if not said:
        return ""
    answer = _answer(story) if ANSWERED in details and not vouching and not mark else ""
    return _ended(_claimed(vouching, said, is_clause=said == named) + _more(told) + answer + mark + beside)


def _more(details: Sequence[str]) -> str:
    """What stands behind a sentence: figures and the like behind a colon, last that there is friction."""
    told = ", ".join(each for each in details if each != FRICTION)
    return (f": {told}" if told else "") + (f", with {FRICTION}" if FRICTION in details else "")


def _ended(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _vouches(detail: str) -> bool:
    return detail in (DENIED, ALLEGED, CONFIRMED, ASKED) or detail.startswith((*SAYS, DENIED_BY))


def _with_verb(said: str, details: list[str], contacts: Sequence[str]) -> tuple[str, list[str]]:
    """What is said and its details, where a gloss only names parties made into what ties them; ``contacts`` say
    more of a talk."""
    if said.endswith(OF_CONTACT):
        return said, [*details, *(each for each in contacts if each not in details)]
    if named := _CHANNEL.match(said):
        return f"{named['channel']} between {named['who']}", details
    names = (active().focus_actor.name, *(each.name for each in active().partners.values()))
    if not _is_names(said, names):
        return said, details
    contact = next((each for each in details if each not in STATES), "")
    if not contact:
        return "", details
    return f"{contact} between {said}", [each for each in details if each != contact]


def _is_names(said: str, names: Sequence[str]) -> bool:
    """Whether nothing but names is left, and what joins them."""
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, "")
    return not said.replace(" and ", "").strip(" ,")


def _claimed(vouching: str, said: str, *, is_clause: bool) -> str:
    """What is said behind who stands for it: "Denied: ", "Observers say that ", before what is no clause "Observers
    say: "; where the giver itself denies it, "Observers deny that they …"."""
    if vouching.startswith(DENIED_BY):
        denier = vouching.removeprefix(DENIED_BY)
        if not (is_clause and said.startswith(f"{denier} ")):
            return f"{vouching}: {said}"
        rest = said.removeprefix(denier).lstrip()
        is_several = says(denier) == SAYS[1].strip()
        return f"{denier} deny that they {rest}" if is_several else f"{denier} denies that it {rest}"
    verb = next((verb for verb in SAYS if vouching.startswith(verb)), "")
    if not verb:
        return f"{vouching}: {said}" if vouching else said
    claimant = vouching.removeprefix(verb)
    if active().third.name.startswith(f"{claimant} "):  # an adjective of theirs
        claimant, verb = active().third.name, SAYS[1]
    elif verb == SAYS[0] and claimant.islower() and " " not in claimant:
        claimant = f"{'an' if claimant[0] in 'aeiou' else 'a'} {claimant}"
    return f"{claimant} {verb}that {said}" if is_clause else f"{claimant} {verb.strip()}: {said}"


def _contacts(story: Story) -> list[str]:
    """The visit, the signing that a mere contact was, and those to come."""
    done = [deed for deed in story_tags.deeds(story) if deed in story_tags.OF_THE_ACT]
    return [*done, *(f"{deed} to come" for deed in story_tags.coming(story))][:MOST_DEEDS]


def _answer(story: Story) -> str:
    """``; the EU answers with sanctions``."""
    first, topic = story.subjects.first, active()
    is_third = name_kinds().get(first) == PARTIES and first not in (*topic.partners, topic.focus_actor.id)
    who = f"{within_sentence(first)} answers" if is_third else "others answer"
    deeds = [deed for deed in story_tags.deeds(story) if deed not in story_tags.OF_THE_ACT][:MOST_DEEDS]
    return f"; {who}" + (f" with {' and '.join(deeds)}" if deeds else "")
