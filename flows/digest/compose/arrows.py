"""The line of a story that says, in signs, who gives what to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from classifiers.lexicon.members import partner_in
from classifiers.tagging.gloss import told_of
from classifiers.tagging.joint_acts import alike
from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from flows.digest.compose import story_tags
from flows.digest.compose.soundness import is_doubtful, is_guessed
from flows.digest.compose.story import Story
from flows.digest.content.arrow_signs import AT_ODDS, GIVES, GUESSED, MUTUAL, STOPPED
from flows.digest.display_text import channel_name, focus_name, partner_name

MOST_CHANNELS = 3
MOST_PARTNERS = 3
ANSWER_TO = "answer to"


def arrow_partners(story: Story) -> tuple[str, ...]:
    """The partners that stand at its arrow: where reports say who gives, that one and those listed with it in the lead;
    whoever else is named (recruits' home, a market) gives nothing."""
    act, focus = story_tags.act_of(story), active().focus_actor.id
    read = next((each for each in (act.giver, act.receiver) if each not in ("", focus)), "") if act else ""
    if read not in story.partners:
        return story.partners
    lead = story.lead
    listed = alike(told_of(lead.entry, lead.score.language), read)
    return tuple(dict.fromkeys((read, *(each for each in listed if each in story.partners))))


def name_in(story: Story, partner: str) -> str:
    """What a line calls a partner of the story: of a group the members that its lead names."""
    told = told_of(story.lead.entry, story.lead.score.language)
    name = partner_in(partner, told.headline, told.lead, told.language)
    return name if partner in active().partners else partner_name(partner)


def way_of(story: Story) -> tuple[str, str]:
    """(direction, sign) of its arrow. What is refused, held up or has ended has the sign of what is not given; where
    its arrow is only guessed, none, since what is refused is as often the reverse of what is usual. Two who are at
    odds give each other nothing: they are told to be so."""
    act, direction, ways = story_tags.act_of(story), story_tags.direction_of(story), active().directions
    guessed = is_guessed(story)
    if not is_held_up(story) and (act is None or act.phase != "ended"):
        if story_tags.is_quarrel(story):
            return "", AT_ODDS
        return direction, GUESSED if guessed else GIVES
    is_off = act is not None and act.phase == "ended" and direction == ways.mutual
    return "" if guessed or is_off else direction, STOPPED


def is_held_up(story: Story) -> bool:
    """Whether what is sought meets with friction."""
    act = story_tags.act_of(story)
    return act is not None and act.phase == "sought" and story_tags.has(story, "friction")


def arrow(story: Story) -> str:
    """Its line of who gives what to whom; where others answer, it is told to be what they answer. Empty where its act
    is doubtful."""
    if is_doubtful(story):
        return ""
    direction, sign = way_of(story)
    line = chain(arrow_partners(story), shown_channels(story), direction, sign, partial(name_in, story))
    return f"{ANSWER_TO} {line}" if line and story_tags.is_answer(story) else line


def shown_channels(story: Story) -> list[str]:
    """The channels at its arrow. Mere contact is none where the lead has them do nothing."""
    carried = _carried(story, arrow_partners(story), way_of(story)[0])
    kinds = [frame.kind for frame in story.lead.score.tags.frames[:1]]
    return [each for each in carried if kinds != ["none"] or each != active().contact]


def _carried(story: Story, partners: Sequence[str], direction: str) -> list[str]:
    """The channels of its arrow: where more partners are named than stand at it, the first alone, since the others may
    be theirs, and of several partners those that a report tells of each; of what is paid in return none."""
    first, *more = story_tags.channels_of(story) or ("",)
    known, ways = active().channels, active().directions
    is_of_all = len(partners) == len(story.partners) or direction in ("", ways.mutual)
    rest = [each for each in more if is_of_all and (each not in known or known[each].way in ("", direction))]
    return [each for each in (first, *(one for one in rest if _is_of_each(story, partners, one))) if each]


def _is_of_each(story: Story, partners: Iterable[str], channel: str) -> bool:
    """Whether of each of these partners a report tells that channel."""
    told = {one for tags in story.tags if channel in tags.values("channel") for one in tags.values("partner")}
    return told.issuperset(partners)


def chain(
    partners: Iterable[str],
    channels: Iterable[str],
    direction: str,
    sign: str = GIVES,
    name: Callable[[str], str] = partner_name,
) -> str:
    """``Partner → Focus: troops, arms`` in the names of the topic, with the ``sign`` of an arrow (`GIVES`, `GUESSED`,
    `STOPPED`), or ``Focus, Partner at odds: troops`` (`AT_ODDS`); an empty string where no partner is known. ``name``
    says what a partner is called."""
    names = [name(partner) for partner in partners]
    if not names:
        return ""
    shown = ", ".join(names[:MOST_PARTNERS]) + (", …" if len(names) > MOST_PARTNERS else "")
    focus, ways = focus_name(), active().directions
    arrow = {
        ways.to_focus: f"{shown} {sign} {focus}",
        ways.from_focus: f"{focus} {sign} {shown}",
        ways.mutual: f"{focus} {MUTUAL} {shown}",
    }
    goods = ", ".join(channel_name(channel) for channel in list(channels)[:MOST_CHANNELS] if channel != OTHER)
    way = arrow.get(direction, f"{focus}, {shown} {AT_ODDS}" if sign == AT_ODDS else f"{focus}, {shown}")
    return f"{way}: {goods}" if goods else way
