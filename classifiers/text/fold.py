"""An entry → the one text that training and scoring both see, folded for matching, and its sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from classifiers.text.scripts import NEVER_SPACED

BODY_CHARACTERS = 1200
"""How much of an article's own text is read: the lead carries the news, the rest brings background names. As much of a
summary, since some feeds put the whole article there."""

_PLAIN = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"', "״": '"', "׳": "'",
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    "\u00a0": " ", "\u200c": " ", "\u200b": " ", "\u202f": " ", "\u3000": " ",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ی", "ي": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ؤ": "و",
    "，": ",", "．": ".", "！": "!", "？": "?", "：": ":", "；": ";", "・": "·", "‧": "·", "ㆍ": "·",
}  # fmt: skip
_FANCY = re.compile("[" + "".join(map(re.escape, _PLAIN)) + "]")
_SENTENCE_END = re.compile(
    r"[\n.!?。！？؟](?:(?<=\n)\n*|(?<=[^A-Z][.!?])[\"')\]]*\s+(?=\S)|(?<=[。！？])|(?<=[؟!])\s+"
    # Feeds lose the space between sentences: "…했다.한국", "… said.The".
    r"|(?<=[가-힣]\.)(?=[^\s\d.])|(?<=[a-zа-я]{2}\.)(?=[A-ZА-Я][a-zа-я]))"
)
"""It begins with the one class of characters that may end a sentence, so that the engine skips all others."""


def entry_text(title: str, summary: str = "", body: str = "") -> str:
    """Title, summary and the beginning of the body, one below the other; a summary that the body repeats, or a
    title that the summary repeats word for word, stands once."""
    parts = [title.strip()]
    lead = summary.strip()[:BODY_CHARACTERS]
    if lead and lead != parts[0]:
        parts.append(lead)
    beginning = body.strip()[:BODY_CHARACTERS]
    if beginning and not (lead and beginning.startswith(lead[:80])):
        parts.append(beginning)
    elif beginning:
        parts[-1] = beginning
    return "\n".join(parts)


def fold(text: str) -> str:
    """Lower case, plain quotes and dashes, Arabic-script letters in one form. Never changes the length, so that
    offsets into the folded text are offsets into the text."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a capital I with a dot grows; every other letter keeps its place
        lowered = text.replace("İ", "I").lower()
    if not lowered.isascii():
        for fancy in {*_FANCY.findall(lowered)}:  # a few replacements are twice as fast as a translation
            lowered = lowered.replace(fancy, _PLAIN[fancy])
    return lowered


def word_end(text: str, end: int) -> int:
    """Where the word that is read up to ``end`` ends. In scripts without spaces that is ``end`` itself."""
    while end < len(text) and text[end].isalpha() and text[end - 1].isalpha() and not NEVER_SPACED.match(text, end):
        end += 1
    return end


def sentence_starts(text: str) -> list[int]:
    """Offsets at which the sentences of ``text`` begin; the first is 0, and the title is one sentence."""
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text) if match.end() < len(text))]


def sentence_of(starts: Sequence[int], offset: int) -> int:
    """The index of the sentence in which ``offset`` lies."""
    return bisect_right(starts, offset) - 1
