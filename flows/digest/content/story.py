"""A story as an edition tells it: whole, in brief, as a near miss, and what later editions remember of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from classifiers.text.figures import Figure
from flows.digest.content.record import ABSENT, Record, keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefStory(Record):
    """A story in a line: its lead ``entry`` (an id), and what readers choose stories by.

    ``percent`` is whole percent, 99 at the most; ``probability`` (0 to 1) is None in the oldest editions.
    ``entries`` counts the reports. ``language`` is a tag, or empty where it is not known.
    """

    entry: int
    headline: str
    link: str
    language: str
    percent: int
    probability: float | None = field(default=None, metadata=ABSENT)
    entries: int = 1
    partner_ids: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    @property
    def likelihood(self) -> float:
        """The probability (0 to 1), where it was not kept that of the percent shown."""
        return self.percent / 100 if self.probability is None else self.probability


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedStory(BriefStory):
    """A story that was left out because it repeats one told before: ``since`` is the day of that edition, ``before``
    its headline, ``reason`` why nothing in it is new. Editions of older versions say none of these."""

    outlet: str = field(default="", metadata=ABSENT)
    gloss: str = field(default="", metadata=ABSENT)
    since: str = field(default="", metadata=ABSENT)
    before: str = field(default="", metadata=ABSENT)
    reason: str = field(default="", metadata=ABSENT)
    state_media: bool = field(default=False, metadata=ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherOutlet(Record):
    """Another outlet that tells the story."""

    outlet: str
    link: str
    state_media: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPart(Record):
    """Sentences of a story's summary that stand together, and the outlet whose words they are."""

    text: str
    outlet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing(Record):
    """A claim that the story bears on: its id, its short name, and "supports", "cuts against",
    "updates" or "disputes"."""

    claim: str
    name: str
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPart(BriefStory):
    """Another event of a story's thread, in a line: ``name`` says what it is beside the story ("what was signed",
    "reaction", "analysis", or empty), ``gloss`` its act in a sentence where the headline is not in English, ``news``
    what is new of it where it was told before; ``more`` counts the events like it that are not shown."""

    outlet: str
    name: str = ""
    gloss: str = ""
    news: str = ""
    more: int = field(default=0, metadata=ABSENT)
    state_media: bool = field(default=False, metadata=ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeLink(Record):
    """A verdict on an entry, as a button says it, and the link that gives it."""

    name: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryContent(BriefStory):
    """A story told once, with all that a rendering shows of it.

    ``outlets`` counts the outlets, ``origins`` those that reported it themselves (0 where nobody counted). ``summary``
    is the lead's own, ``sentences`` those chosen among all reports; one of them is empty. ``chain`` says who gives what
    to whom, ``gloss`` the same as a sentence where the headline is in another language than English. ``published`` is
    ISO 8601 in UTC, ``time`` what a reader sees of it. ``is_update`` is None where stories are not held against those
    of earlier editions; ``news``, ``since`` and ``before`` (the headline) belong to updates. ``parts`` are the other
    events of its thread by what they are, ``parts_left`` counts those that are in none of them, ``part_entries`` the
    reports of all. ``number`` is its place in the edition, ``certainty`` "sure", "likely" or "borderline", ``doubt``
    why it stands among what only perhaps belongs there; older editions have none of these. ``sentence`` tells its act,
    an English headline itself or words of our own, ``short_forms`` what happened in ever fewer words, ``keyword`` no
    more than a partner and a thing. ``review`` is the
    operator's own page for it, ``judge`` are the links of the desk, ``translated`` shows the article in the reader's
    language. ``arrow_ids`` are the partners at its arrow where others are named beside them.
    """

    outlet: str
    kind: str
    state_media: bool
    time: str
    reason: str
    summary: str
    partners: tuple[str, ...]
    outlets: int
    others: tuple[OtherOutlet, ...]
    others_left: int
    published: str | None = None
    in_language: str = ""
    sentences: tuple[SummaryPart, ...] = field(default=(), metadata=keyed("told"))
    origins: int = 0
    state_media_only: bool = False
    direction: str = ""
    chain: str = ""
    gloss: str | None = field(default=None, metadata=ABSENT)
    response: bool = False
    friction: bool = False
    status: str = ""
    numbers: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    bears: tuple[Bearing, ...] = ()
    is_update: bool | None = field(default=None, metadata=ABSENT)
    news: str | None = field(default=None, metadata=ABSENT)
    since: str | None = field(default=None, metadata=ABSENT)
    before: str | None = field(default=None, metadata=ABSENT)
    parts: tuple[StoryPart, ...] = field(default=(), metadata=ABSENT)
    parts_left: int = field(default=0, metadata=ABSENT)
    part_entries: int = field(default=0, metadata=ABSENT)
    number: int = field(default=0, metadata=ABSENT)
    certainty: str = field(default="", metadata=ABSENT)
    doubt: str = field(default="", metadata=ABSENT)
    sentence: str = field(default="", metadata=ABSENT)
    short_forms: tuple[str, ...] = field(default=(), metadata=ABSENT)
    keyword: str = field(default="", metadata=ABSENT)
    review: str = field(default="", metadata=ABSENT)
    judge: tuple[JudgeLink, ...] = field(default=(), metadata=ABSENT)
    translated: str = field(default="", metadata=ABSENT)
    arrow_ids: tuple[str, ...] = field(default=(), metadata=ABSENT)

    @property
    def tied_ids(self) -> tuple[str, ...]:
        """The partners between whom and the focus something passes: those at the arrow, or all that are named."""
        return self.arrow_ids or self.partner_ids

    def brief(self) -> BriefStory:
        """What is kept of it in a line."""
        return self.told_as(BriefStory)

    def as_part(self, *, name: str, news: str, more: int) -> StoryPart:
        """It as another event of a thread: what it is beside the story, what is new of it, how many are like it."""
        return self.told_as(StoryPart, name=name, gloss=self.gloss or "", news=news, more=more)

    def as_repeated(self, *, since: str, before: str, reason: str) -> RepeatedStory:
        """It as left out: the day and the headline with which it was told before, and why nothing is new."""
        return self.told_as(RepeatedStory, gloss=self.gloss or "", since=since, before=before, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss(StoryContent):
    """A story below the threshold, for a reader to judge: near it, or ``drawn`` at random from all below."""

    drawn: bool = False
    review: str = ""

    @classmethod
    def of(cls, story: StoryContent, *, drawn: bool, review: str) -> NearMiss:
        """That story, to be judged."""
        return story.told_as(cls, drawn=drawn, review=review)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct(Record):
    """The act that a story was told with: ids of who gives and who receives, how far it had come, how it was vouched
    for, ``deeds`` that are done or under way ("a signing") and those still ``coming`` (editions of older versions told
    both as one), whether it is told as others' ``response`` (None in those), the ids of those by whom an agreement is
    ``ratified``, and which ``members`` of a group that gives or receives are named (None where neither is a group, and
    in editions of older versions)."""

    giver: str = ""
    receiver: str = ""
    phase: str = ""
    vouching: str = ""
    deeds: tuple[str, ...] = ()
    coming: tuple[str, ...] = field(default=(), metadata=ABSENT)
    response: bool | None = field(default=None, metadata=ABSENT)
    ratified: tuple[str, ...] = field(default=(), metadata=ABSENT)
    members: tuple[str, ...] | None = field(default=None, metadata=ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Record):
    """What an edition remembers of a story that it told, for those that come after it.

    ``entries`` are the ids of its reports, ``also`` other clusters than ``cluster`` that some of them are of.
    ``figures`` are the ``numbers`` to be compared, ``act`` what happened in it, ``subjects`` what its reports name
    ("@drone", "^pipeline"), ``words`` the stems of their headlines, each behind its language ("en:retrea");
    ``expected`` is the ISO date for which it announces an act, ``expected_when`` as a reader was told it,
    ``expected_deeds`` what is to be done then, ``sentence`` that act in our words. Editions of older versions have
    none of these.
    ``edition`` names the edition that told it, once it is read from there.
    """

    cluster: int | None
    entries: tuple[int, ...]
    headline: str
    partner_ids: tuple[str, ...]
    channels: tuple[str, ...]
    claims: tuple[str, ...]
    status: str
    numbers: tuple[str, ...]
    origins: int
    figures: tuple[Figure, ...] | None = field(default=None, metadata=ABSENT)
    act: ToldAct | None = field(default=None, metadata=ABSENT)
    state_media_only: bool | None = field(default=None, metadata=ABSENT)
    subjects: tuple[str, ...] | None = field(default=None, metadata=ABSENT)
    words: tuple[str, ...] = field(default=(), metadata=ABSENT)
    also: tuple[int, ...] = field(default=(), metadata=ABSENT)
    expected: str = field(default="", metadata=ABSENT)
    expected_when: str = field(default="", metadata=ABSENT)
    expected_deeds: tuple[str, ...] = field(default=(), metadata=ABSENT)
    sentence: str = field(default="", metadata=ABSENT)
    arrow_ids: tuple[str, ...] = field(default=(), metadata=ABSENT)
    edition: str = field(default="", metadata=ABSENT)

    @property
    def tied_ids(self) -> tuple[str, ...]:
        """As those of a story that is told."""
        return self.arrow_ids or self.partner_ids

    @property
    def clusters(self) -> tuple[int, ...]:
        """Every cluster whose reports it held."""
        return self.also if self.cluster is None else (self.cluster, *self.also)
