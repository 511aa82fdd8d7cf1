"""Two or three sentences that tell a story, chosen from its entries: what most of them say, and nothing twice.

Sentences are taken as they stand; no word is invented. Each weighs by how near it is to what all entries say together,
less by how like it is to those already chosen (maximal marginal relevance), over vectors of the terms by which
entries are clustered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from classifiers.lexicon.datelines import told_by
from classifiers.stories.fingerprint import terms
from classifiers.text.fold import fold, sentence_starts
from classifiers.text.languages import detect
from classifiers.text.letters import letters_and_digits
from classifiers.text.scripts import HAN, KANA
from db.records import Entry

MOST_SENTENCES = 3
WORDS_FROM_ONE = 60
"""Words taken from one article at the most."""
LEAST_WORDS, MOST_WORDS = 6, 45
LEAST_QUALIFYING = 3
SENTENCES_READ = 8
READ = 4000
"""Characters of a text in which sentences are looked for."""
REPEATED = 0.45
"""A sentence this similar to one already chosen adds nothing."""
NOVELTY = 0.6
LEAD_BONUS = 1.15
"""The factor on the worth of the first sentence below an entry's title."""
STATE_SHARE = 0.8
"""The same on every sentence of state media."""
_JUNK = re.compile(
    r"subscribe|newsletter|sign up|log ?in|read more|read also|click here|cookie|all rights reserved|copyright|©|"
    r"advertis|follow us|share this|whatsapp|telegram channel|photo:|image:|getty images|file photo|appeared first on|"
    r"continue reading|this article|this story (?:was|has been)|editing by|reporting by|our correspondent|"
    r"czytaj (?:też|także|więcej)|zobacz też|подпис(?:ка|ывайтесь|аться)|читайте также|фото:|lesen sie|abonn|"
    r"lire aussi|inscrivez|suscríb|訂閱|订阅|点击|기자\s*=|구독|무단|اشترك|مشترک شوید|<[a-z/]|https?://|\bwww\.|@\w",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by|von|par|por|автор)\s+[A-ZА-Я]\S+(?:\s+[A-ZА-Я]\S+){0,3}\s*$|^\(?c\)?\s|^\W*$", re.IGNORECASE
)
_BROKEN = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_NO_SPACES = re.compile(f"[{KANA}{HAN}]")
LETTERS_A_WORD = 2
"""Chinese and Japanese letters that make up a word, for counting."""


@dataclass(frozen=True, slots=True)
class ChosenSentence:
    """A sentence of a summary and where it stands."""

    text: str
    entry_id: int
    outlet: str
    link: str
    language: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    entry: Entry
    place: int
    vector: Mapping[str, float]
    language: str


def summarise(entries: Sequence[Entry], prefer: str = "en") -> tuple[ChosenSentence, ...]:
    """Two or three sentences (fewer where the entries hold no more) for a story; sentences in the language ``prefer``
    come first where there are any."""
    ordered = sorted(entries, key=lambda entry: entry.place)
    sentences = _candidates(ordered)
    preferred = [each for each in sentences if each.language == prefer]
    chosen = _choose(_texts(preferred) or _texts(sentences) or preferred or sentences, _centre(sentences))
    return tuple(
        ChosenSentence(each.text, each.entry.id, each.entry.outlet, each.entry.link, each.language)
        for each in sorted(chosen, key=lambda each: (ordered.index(each.entry), each.place))
    )


def _texts(sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """Those that are no headlines: beside the headline of a story others say little more."""
    return [each for each in sentences if each.place]


def word_count(text: str) -> int:
    """The words of a text; letters of scripts without spaces count as half a word each."""
    crowded = len(_NO_SPACES.findall(text))
    return len(_NO_SPACES.sub(" ", text).split()) + (crowded + 1) // LETTERS_A_WORD


def is_junk(sentence: str) -> bool:
    """Whether a sentence is no part of the story: an invitation, a byline, a credit, a piece that breaks off."""
    words = word_count(sentence)
    if not LEAST_WORDS <= words <= MOST_WORDS or _BROKEN.search(sentence):
        return True
    return bool(_JUNK.search(sentence) or _BYLINE.match(sentence))


def _candidates(entries: Sequence[Entry]) -> list[_Sentence]:
    found: list[tuple[str, str, Entry, int]] = []
    seen: set[str] = set()
    for entry in entries:
        for place, text in enumerate([entry.title.strip(), *_sentences((entry.summary or entry.body)[:READ])]):
            bare = letters_and_digits(text)
            if bare not in seen and not is_junk(text):
                seen.add(bare)
                found.append((text, fold(text), entry, place))
    held = [terms(text, folded) for text, folded, _, _ in found]
    counts = Counter(term for each in held for term in each)
    return [
        _Sentence(text, entry, place, _vector(each, counts, len(found)), detect(text, entry.language))
        for (text, _, entry, place), each in zip(found, held, strict=True)
    ]


def _sentences(text: str) -> list[str]:
    told = _without_origin(text)
    bounds = [*sentence_starts(told), len(told)][: SENTENCES_READ + 1]
    found: list[str] = []
    for start, end in pairwise(bounds):
        sentence = " ".join(told[start:end].split())
        if found and _qualifies(sentence, found[-1]):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    return found


def _qualifies(sentence: str, before: str) -> bool:
    """Whether a sentence is too short to stand alone and belongs to the one before it: "Officials deny a link." is what
    a reader must not miss of that."""
    is_short = LEAST_QUALIFYING <= word_count(sentence) < LEAST_WORDS
    return is_short and not is_junk(before) and not _JUNK.search(sentence) and not is_junk(f"{before} {sentence}")


def _without_origin(text: str) -> str:
    """The text without its datelines, bylines and credits."""
    pieces, last = [], 0
    for start, end in told_by(text, fold(text), ()):
        pieces.append(text[last:start])
        last = max(last, end)
    return "".join((*pieces, text[last:])).strip()


def _vector(held: frozenset[str], counts: Counter[str], size: int) -> dict[str, float]:
    """Terms that several sentences share carry the story; those that all share tell nothing of one sentence."""
    weights = {term: log(1 + counts[term]) * log(2 + size / counts[term]) for term in sorted(held)}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _centre(sentences: Sequence[_Sentence]) -> dict[str, float]:
    centre: dict[str, float] = {}
    for each in sentences:
        for term, weight in each.vector.items():
            centre[term] = centre.get(term, 0.0) + weight / len(sentences)
    length = sqrt(sum(weight * weight for weight in centre.values())) or 1.0
    return {term: weight / length for term, weight in centre.items()}


def _choose(sentences: Sequence[_Sentence], centre: Mapping[str, float]) -> list[_Sentence]:
    worth = [_dot(each.vector, centre) * _bonus(each) for each in sentences]
    chosen: list[int] = []
    while len(chosen) < MOST_SENTENCES:
        scores = {
            place: worth[place] - NOVELTY * _told(sentences, place, chosen)
            for place in range(len(sentences))
            if _fits(sentences, place, chosen)
        }
        if not scores:
            break
        chosen.append(max(scores, key=lambda place: (scores[place], -place)))
    return [sentences[place] for place in chosen]


def _bonus(sentence: _Sentence) -> float:
    share = STATE_SHARE if sentence.entry.kind == "state_media" else 1.0
    return share * (LEAD_BONUS if sentence.place == 1 else 1.0)


def _told(sentences: Sequence[_Sentence], place: int, chosen: Sequence[int]) -> float:
    return max((_dot(sentences[place].vector, sentences[other].vector) for other in chosen), default=0.0)


def _fits(sentences: Sequence[_Sentence], place: int, chosen: Sequence[int]) -> bool:
    if place in chosen or _told(sentences, place, chosen) >= REPEATED:
        return False
    mine = sentences[place]
    taken = sum(word_count(sentences[other].text) for other in chosen if sentences[other].entry.id == mine.entry.id)
    return taken + word_count(mine.text) <= WORDS_FROM_ONE


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())
