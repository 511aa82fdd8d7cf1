"""What an entry's headline and first lines say, as terms by which two entries can be compared.

Names that `classifiers.lexicon.names` knows, parties of the lexicon, its cues (arms, troops, diplomacy …), concepts (a
signing, a submarine) and numbers become one term in every language; other words are cut to their stem. What the entry's
tags tell of the act stands beside the terms. A fingerprint is made once, when the entry is clustered, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from classifiers.lexicon.analysis import WAR_FRAME
from classifiers.lexicon.concepts.read import concepts_in
from classifiers.lexicon.mentions import Mention, find_actors, find_cues
from classifiers.lexicon.names.read import name_kinds, name_matcher
from classifiers.stories.headline_acts import headline_acts
from classifiers.text.figures import Figure, believable, figure_of
from classifiers.text.fold import fold
from classifiers.text.languages import detect, function_words
from classifiers.text.numbers.read import Number, numbers_in
from classifiers.text.scripts import CJK
from classifiers.text.titles import bare_title
from classifiers.topics.active import active
from db.records import Entry
from db.records.tags import Tags

FORM = 8
"""Raised when fingerprints are made differently: those of another form are made anew."""
VOUCHED = frozenset(("denied", "confirmed"))
"""The vouching by which one event is told from another: what one report alleges another states plainly."""
TOLD = "told"
"""Alleged or stated: such a report is not the one that denies or confirms."""
NO_TAGS = Tags()
PARTIES = "parties"
"""The section of the table of names that holds states and groups."""
LEAD_CHARACTERS = 320
STEM = 6
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CJK = re.compile(f"[{CJK}]{{2,}}")
_IN_ORDER = re.compile(rf"[{CJK}]|[^\W_]+(?:[-'.][^\W_]+)*")
MOST_WORDS = 60
_BESIDE = re.compile(r"\s(?:as|while|amid)\s", re.IGNORECASE)
"""English alone: "as" is "the" in Portuguese."""
LEAST_TELLING = 10
LEAST_SAID = 3
"""Words that a headline must hold before "as" or "while" for the part behind it to be set apart."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is compared of an entry. ``at`` is in hours since 1970; ``title`` and ``lead`` are terms: names as "@name",
    cues as "~cue", concepts as "^concept", numbers as "#12000" or "#20-99", stems as they are.

    ``act`` is what the tags say of the act ("giver>receiver" where the sentence says it, "phase=…", "vouching=…",
    "channel=…", "response", "friction"; nothing for an entry without tags) and what
    `classifiers.stories.headline_acts` says of the headline. ``parties`` are the partners that the headline
    names (or, where it names none, the lead); ``denies`` says whether it denies something; ``quantities`` are
    its numbers, also those that count nothing known; ``words`` are those of the headline in order.
    """

    at: float
    title: frozenset[str]
    lead: frozenset[str]
    quantities: frozenset[Figure]
    parties: frozenset[str]
    denies: bool
    language: str
    act: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def text(self) -> str:
        """The fingerprint as one line for the store."""
        numbers = ";".join(
            f"{each.low:.12g}:{each.high:.12g}:{each.unit}:{each.counted}" for each in sorted(self.quantities)
        )
        sets = (" ".join(sorted(each)) for each in (self.title, self.lead, self.parties))
        told = (" ".join(sorted(self.act)), " ".join(self.words))
        return "\t".join((f"{self.at:.3f}", *sets, numbers, f"{self.denies:d}", self.language, *told))


def read_fingerprint(text: str) -> Fingerprint:
    """The fingerprint that `Fingerprint.text` wrote."""
    at, title, lead, parties, numbers, denies, language, act, words = text.split("\t")
    return Fingerprint(
        at=float(at),
        title=frozenset(title.split()),
        lead=frozenset(lead.split()),
        quantities=frozenset(_figures(numbers)),
        parties=frozenset(parties.split()),
        denies=denies == "1",
        language=language,
        act=frozenset(act.split()),
        words=tuple(words.split()),
    )


def _figures(told: str) -> Iterator[Figure]:
    for number in filter(None, told.split(";")):
        parts = number.split(":")
        if len(parts) == 4:
            figure = believable(Figure(float(parts[0]), float(parts[1]), parts[2], parts[3]))
            yield from (figure,) if figure else ()


def fingerprint_of(entry: Entry, tags: Tags = NO_TAGS) -> Fingerprint:
    """The fingerprint of an entry with these tags."""
    title = bare_title(entry.title, entry.outlet)
    lead = (entry.summary or entry.body)[:LEAD_CHARACTERS]
    folded_title, folded_lead = fold(title), fold(lead)
    language = detect(title, entry.language)
    day = entry.published_on
    said, beside = _parts(title) if language == "en" else (title, "")
    in_title = find_actors(title, folded_title, language, day)
    in_lead = find_actors(lead, folded_lead, language, day) if lead else []
    marks_of_title = headline_acts(title, entry.link, language, in_title, _names(title, folded_title))
    act = frozenset((*_act(tags), *marks_of_title))
    numbers = numbers_in(folded_title, language)
    in_said = numbers if said == title else numbers_in(fold(said), language)
    title_terms = _evidence(said, language, in_said) | _names_of(each for each in in_title if each.start < len(said))
    lead_terms = _evidence(lead, language, numbers_in(folded_lead, language)) | _names_of((*in_title, *in_lead))
    if beside:
        lead_terms |= _evidence(beside, language, numbers_in(fold(beside), language))
    return Fingerprint(
        at=entry.appeared_at.timestamp() / 3600,
        title=title_terms,
        lead=lead_terms - title_terms,
        quantities=frozenset(map(figure_of, filter(_is_telling, numbers))),
        parties=_partners(in_title) or _partners(in_lead),
        denies="@denial" in title_terms or "vouching=denied" in act,
        language=language,
        act=act,
        words=tuple(_IN_ORDER.findall(folded_title)[:MOST_WORDS]),
    )


def _act(tags: Tags) -> Iterator[str]:
    for frame in tags.frames[:1]:
        if frame.kind == "transfer" and frame.certainty == "read":
            yield f"{frame.giver}>{frame.receiver}"
        if frame.phase:
            yield f"phase={frame.phase.replace(' ', '_')}"
        if frame.vouching:
            yield f"vouching={frame.vouching if frame.vouching in VOUCHED else TOLD}"
    yield from (f"channel={name}" for name in tags.values("channel"))
    yield from (kind for kind in ("response", "friction") if tags.has(kind))


def _parts(title: str) -> tuple[str, str]:
    """What a headline reports and what it adds: in "A launches a missile as B flies to C" B's flight is another story,
    and weighs no more than the lead."""
    found = _BESIDE.search(title)
    if found is None or len(title[: found.start()].split()) < LEAST_SAID:
        return title, ""
    return title[: found.start()], title[found.end() :]


def _evidence(text: str, language: str, numbers: Iterable[Number]) -> frozenset[str]:
    if not text:
        return frozenset()
    folded = fold(text)
    concepts = (f"^{concept}" for concept in concepts_in(text, language))
    return terms(text, folded) | _cues(text, folded, language) | {*_number_terms(numbers), *concepts}


def _names_of(mentions: Iterable[Mention]) -> frozenset[str]:
    """The parties of the lexicon as names: it knows them in more languages than the table of names does."""
    names = name_kinds()
    return frozenset(f"@{mention.code}" for mention in mentions if names.get(mention.code) == PARTIES)


def terms(text: str, folded: str) -> frozenset[str]:
    """Names as "@name", stems of the other words, pairs of characters where words are not parted."""
    if not text:
        return frozenset()
    found = _names(text, folded)
    left = _without(folded, found)
    skipped = function_words()
    words = {
        stem(word)
        for word in _WORD.findall(left)
        if len(word) > 2 and word not in skipped and not word.isdigit() and (word.isascii() or not _CJK.match(word))
    }
    runs = () if left.isascii() else _CJK.findall(left)
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    return frozenset({f"@{name}" for _, _, name in found} | words | pairs)


def first_name(text: str) -> str:
    """The id of the name of the table that the text names first, or ""."""
    return next((name for _, _, name in _names(text, fold(text))), "")


def _without(folded: str, found: list[tuple[int, int, str]]) -> str:
    """The text without the names, nor the letters that an open-ended name goes on with."""
    pieces: list[str] = []
    last = 0
    for start, end, _ in found:
        pieces.append(folded[last:start])
        last = max(last, end)
        while last < len(folded) and folded[last].isalpha() and not _CJK.match(folded[last : last + 2]):
            last += 1
    return " ".join([*pieces, folded[last:]])


def marks(text: str, folded: str, language: str) -> frozenset[str]:
    """The terms besides names that are the same in every language: the cues of the lexicon and the numbers."""
    return _cues(text, folded, language) | frozenset(_number_terms(numbers_in(folded, language)))


def _cues(text: str, folded: str, language: str) -> frozenset[str]:
    return frozenset(f"~{mention.code}" for mention in find_cues(text, folded, language))


def _is_telling(number: Number) -> bool:
    """Whether a number is worth comparing: bare numbers below ten tell little and are often wrong."""
    return bool(number.unit or number.counted) or number.high >= LEAST_TELLING


def _number_terms(numbers: Iterable[Number]) -> Iterator[str]:
    for each in numbers:
        if each.unit or each.high >= LEAST_TELLING:
            yield f"#{each.low:g}" if each.low == each.high else f"#{each.low:g}-{each.high:g}"


def _names(text: str, folded: str) -> list[tuple[int, int, str]]:
    hits = sorted(name_matcher().find(text, folded), key=lambda hit: (hit[0], -hit[1]))
    kept: list[tuple[int, int, str]] = []
    for start, end, alias in hits:
        if not kept or start >= kept[-1][1] or (start, end) == kept[-1][:2]:
            kept.append((start, end, alias.codes[0]))
    return kept


def stem(word: str) -> str:
    """The beginning of a word: endings differ from case to case and from outlet to outlet."""
    if word.isascii() and len(word) <= STEM and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word[:STEM]


def _partners(mentions: Iterable[Mention]) -> frozenset[str]:
    partners = active().partners
    return frozenset(mention.code for mention in mentions if mention.code in partners and mention.code != WAR_FRAME)
