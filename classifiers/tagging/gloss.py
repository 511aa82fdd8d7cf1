"""An entry's act as one sentence of our own, in English whatever the entry's language: who gives what to whom, how
many, how far it has come, and who says so. Where the act is not certain, the sentence says less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from classifiers.lexicon.concepts.read import things
from classifiers.lexicon.members import partner_in
from classifiers.tagging.answers import is_answer
from classifiers.tagging.at_odds import partners_in, tells_quarrel
from classifiers.tagging.claimant_names import ENGLISH
from classifiers.tagging.gloss_details import IN_QUESTION, PHASES, VOUCHED, channel_of, details, figures, goods_of
from classifiers.tagging.headline_clause import clause_of
from classifiers.tagging.headline_words import things_in
from classifiers.tagging.joint_acts import TALK, Told, alike, contact_of, counterparts, first_sentence
from classifiers.tagging.keywords import OF_GIVING, beside, in_keywords, keywords_of
from classifiers.tagging.wordings import turning_to, wording_of
from classifiers.text.titles import asks
from classifiers.text.verbs import conjugated
from classifiers.topics.active import active
from classifiers.topics.read import OTHER, Channel
from db.records import Entry
from db.records.frames import Frame
from db.records.tags import Tags

TREATY = "treaty"
"""The concept that a kind of treaty stands for."""
UNKNOWN = Told()
LONGEST = 158
"""Characters of a sentence with the keywords of its headline: what an edition shows of one on a line or two."""
VAGUE = frozenset((*PHASES.values(), *VOUCHED.values(), "others respond", "friction", "alleged", IN_QUESTION))
"""Details that do not say what is done."""
FIGHTING, FACTORY = "fighting", "factory"
"""Things beside which a transfer is the background."""
AT_ODDS = "are at odds"
HELPS, ACT_TOGETHER = "helps", "act together"
"""What is said of those of whose channel the topic knows nothing."""
LEAD_CHARACTERS = 400
"""Of the text below a headline: its first sentence and more."""


def gloss_of(tags: Tags, told: Told = UNKNOWN) -> str:
    """The sentence, or "" where the tags hold no act: giver, what it does, receiver; then figure, phase, vouching. What
    two do who are only in contact stands in the words of the entry, ``told``; without them it is called talk. Where
    they do nothing and no more than their names is left, nothing is told."""
    if not tags.frames or not tags.values("partner"):
        return ""
    frame = tags.frames[0]
    if frame.kind == "none" and (turned := _turned(tags, told)):
        return turned
    if tells_quarrel(tags, told):
        return _quarrel(tags, told)
    if frame.is_doubtful:  # nothing is said of it but what the headline of a foreign entry names
        return "" if told.language in ("", ENGLISH) else _with_keywords("", tags, told, is_vague=True)
    said, *more = _said(tags, frame, told)
    told_more = [*more, *details(tags, frame, told)]
    line = said + (f": {', '.join(told_more)}" if told_more else "")
    if frame.kind == "none" and not told_more and said == _both(tags, frame, told):
        return ""
    if told.language in ("", ENGLISH):
        return line
    return _with_keywords(line, tags, told, is_vague=_is_vague(said, told_more, tags, frame, told))


def _quarrel(tags: Tags, told: Told) -> str:
    """Of a headline that tells of friction by its own words: that the two are at odds, and over what, as narrowly as it
    says. What usually passes between them, and who vouches for that, is the background."""
    both = _listed([active().focus_actor.name, *_names(partners_in(told), told)])
    channel = channel_of(tags)
    is_matter = channel is not None and channel.id != active().contact and channel.name != OTHER
    line = f"{both} {AT_ODDS}"
    if channel and is_matter:
        line += f" over {goods_of(channel, told) or channel.name}"
    if told.language in ("", ENGLISH):
        return line
    more = keywords_of(told.headline, told.language, tags.quantities)
    return line + beside(line, more, LONGEST - len(line), gives=False)


def tells_act(tags: Tags, told: Told) -> bool:
    """Whether the sentence tells the entry's own act: not only who is in it and through which channel, nor what lies
    behind it."""
    if not tags.frames or not tags.values("partner") or tells_quarrel(tags, told):
        return False
    frame = tags.frames[0]
    said, *more = _said(tags, frame, told)
    return not _is_vague(said, [*more, *details(tags, frame, told)], tags, frame, told)


def _is_vague(said: str, more: Sequence[str], tags: Tags, frame: Frame, told: Told) -> bool:
    """Whether a sentence says no more than who is in it and through which channel, or tells the background."""
    names = said == _both(tags, frame, told) and not set(more) - VAGUE
    names = names or (frame.kind == "joint" and asks(told.headline))
    return (
        names
        or _is_doubted(tags, frame, told)
        or _is_below(frame, told)
        or said.endswith(")")
        or is_answer(tags, told)
        or _is_of_something_else(frame, told)
    )


def _is_doubted(tags: Tags, frame: Frame, told: Told) -> bool:
    """What is refused or only sought, with friction, is as often the reverse of what its channel usually carries; not
    where the headline only seeks it, and what speaks against it stands below."""
    friction = next((tag for tag in tags.tags if tag.kind == "friction"), None)
    if friction is None or frame.kind != "transfer" or frame.phase not in ("sought", "ended"):
        return False
    is_below = bool(friction.spans) and all(start > len(told.headline) for start, _ in friction.spans)
    return frame.phase == "ended" or not is_below


def _is_below(frame: Frame, told: Told) -> bool:
    """Whether only the text below the headline says that something is given: the headline is of something else."""
    is_below = bool(frame.spans) and all(start > len(told.headline) for start, _ in frame.spans)
    return frame.kind == "transfer" and frame.vouching != "denied" and is_below


def _is_of_something_else(frame: Frame, told: Told) -> bool:
    """Whether the headline tells of a fight or of a factory: that goods or men were given is only what lies behind it,
    and in whose name a factory works is not said by where it stands."""
    named = {each.id for each in things_in(told.headline, told.language)}
    is_else = FACTORY in named or (FIGHTING in named and not named & OF_GIVING)
    return frame.kind == "transfer" and is_else and frame.vouching != "denied"


def _with_keywords(line: str, tags: Tags, told: Told, *, is_vague: bool) -> str:
    """A sentence with what the headline has beside it; a vague one gives way to the keywords of the headline."""
    headline = keywords_of(told.headline, told.language, tags.quantities)
    clause = clause_of(told) if is_vague or tags.frames[0].kind != "transfer" else None
    if clause:
        more = [each for each in headline if each.id not in clause.acts]
        return clause.text + beside(clause.text, more, LONGEST - len(clause.text), gives=False)
    if is_vague:
        return in_keywords(headline, keywords_of(first_sentence(told.lead), told.language), LONGEST) or line
    return line + beside(line, headline, LONGEST - len(line), gives=tags.frames[0].kind == "transfer")


def told_of(entry: Entry, language: str) -> Told:
    """What an entry says in its own words, in the language that its score found."""
    return Told(entry.title, (entry.summary or entry.body)[:LEAD_CHARACTERS], language)


def told_in(text: str, language: str) -> Told:
    """What a text says whose first line is its headline."""
    title, _, below = text.partition("\n")
    return Told(title, below[:LEAD_CHARACTERS], language)


def _said(tags: Tags, frame: Frame, told: Told) -> tuple[str, ...]:
    """Who does what; of a contact that is no talk, what it was, as a detail of its own."""
    channel = channel_of(tags)
    if frame.kind == "transfer" and frame.certainty == "read" and not _is_doubted(tags, frame, told):
        giver, receiver = _side(frame.giver, told), _side(frame.receiver, told, within=True)
        does = (channel and wording_of(told, channel.id, frame)) or (_gives(channel, tags, told) if channel else HELPS)
        return (f"{giver} {conjugated(does, giver)} {receiver}",)
    both = _both(tags, frame, told)
    if frame.kind == "joint":
        return _together(tags, both, channel, told)
    vague = channel is None or channel.name == OTHER or (channel.id == active().contact and frame.kind == "transfer")
    about = f" ({channel.name})" if channel and not vague else ""
    return (f"{both}{about}",)


def _gives(channel: Channel, tags: Tags, told: Told) -> str:
    """What a giver does: with what the headline calls the goods, where no figure tells them anyway."""
    if channel.naming and not list(figures(tags, told)) and (goods := goods_of(channel, told)):
        return channel.naming.replace("{}", goods)
    return channel.gives


def _together(tags: Tags, both: str, channel: Channel | None, told: Told) -> tuple[str, ...]:
    """What they do; where nobody is said to talk, what the contact was, else what else ties them, else nothing."""
    if channel is None or channel.id != active().contact or not told.headline:
        return (f"{both} {channel.together if channel else ACT_TOGETHER}",)
    contact = contact_of(told)
    if contact and contact != TALK:
        kinds = [each.text for each in things_in(told.headline, told.language) if each.id == TREATY]
        return both, contact.replace(things()[TREATY], kinds[0]) if kinds else contact
    others = (active().channels[name] for name in tags.values("channel") if name in active().channels)
    other = next((each for each in others if each.id != channel.id), None)
    return (f"{both} {channel.together}" if contact else f"{both} ({other.name})" if other else both,)


def _turned(tags: Tags, told: Told) -> str:
    """Who turns to somebody else over a partner, with whom it does nothing itself."""
    who, does, whom = turning_to(told)
    if not who or whom in tags.values("partner"):
        return ""
    turning = _name(who, told)
    return f"{turning} {conjugated(does, turning)} {_name(whom, told, within=True)} over {_subject(tags, who, told)}"


def _subject(tags: Tags, who: str, told: Told) -> str:
    """The first partner that is not the one who turns to somebody; the focus, where there is none."""
    other = next((each for each in tags.values("partner") if each != who), active().focus_actor.id)
    return _name(other, told, within=True)


def _both(tags: Tags, frame: Frame, told: Told) -> str:
    """The focus and the partner, or all who act together, without an arrow."""
    focus = active().focus_actor
    partner = next((each for each in (frame.giver, frame.receiver) if each not in ("", focus.id)), "")
    others = alike(told, partner) if partner else counterparts(told, tags.values("partner"))
    return _listed([focus.name, *_names(others, told)])


def _side(actor: str, told: Told, within: bool = False) -> str:
    """A giver or receiver with those whom the entry lists beside it. One's soldiers and another's goods are two."""
    several = alike(told, actor, of_theirs=False) if actor in active().partners else [actor]
    if len(several) == 1:
        return _name(actor, told, within)
    listed = _listed(_names(several, told))
    return listed if within else listed[0].upper() + listed[1:]


def _names(actors: Iterable[str], told: Told) -> list[str]:
    return sorted((_name(each, told, within=True) for each in actors), key=_is_several)


def _is_several(name: str) -> bool:
    """Whether a name is made of two, which stand last in a list."""
    return " and " in name


def _listed(names: list[str]) -> str:
    last = ", " if _is_several(names[-1]) else " and "
    return last.join(filter(None, (", ".join(names[:-1]), names[-1])))


def _name(actor: str, told: Told, within: bool = False) -> str:
    if actor in active().partners:
        return partner_in(actor, told.headline, told.lead, told.language, within=within)
    known = active().actors.get(actor)
    if known is None:
        return actor.replace("_", " ")
    return known.name if within else known.display
