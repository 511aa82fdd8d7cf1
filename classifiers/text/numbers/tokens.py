"""A folded text in pieces: numbers, words, names with digits in them, signs."""

from __future__ import annotations

import re

from classifiers.text.numbers.forms import MOST_WORDS, Entries, Memory

_PIECE = re.compile(
    r"(?P<word>[^\W\d_]+(?:[\"'][^\W\d_]+)*)(?P<name>(?<=[a-z\u00df-\u04ff])[-.]?\d[\w-]*)?|"
    r"(?P<chain>\d+(?:[/:]\d+)+|\d+(?:-\d+){2,}|\d{1,2}\.\d{1,2}\.\d{2,4}|"
    r"(?:19|20)\d\d-(?:\d{1,2}|(?:19|20)\d\d)(?!\d)|\d+·\d+)|"
    r"(?P<number>\d+(?:[.,'٬٫،]\d+)*)|"
    r"(?P<sign>us\$|jp¥|\S|\n)"
)
_FIRST, _GROUPS = re.compile(r"\d{1,3}"), re.compile(r"\d{3}(?: \d{3})*(?:[.,]\d+)?")
CALIBRES = ("mm", "мм")
Piece = tuple[str, int, int, str]
"""Text, start, end, kind."""


def _pieces(chunk: str) -> tuple[Piece, ...]:
    return tuple((found[0], *found.span(), found.lastgroup or "sign") for found in _PIECE.finditer(chunk))


_known = Memory(_pieces)


class Tokens:
    """The pieces of a folded text from ``start`` to ``end``: texts, spans, and the kind of each: number, word, name
    ("su-35"), chain ("24/7", "2024-25"), sign. What stands between two spaces is cut up once and remembered."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.folded = folded
        self.texts: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.kinds: list[str] = []
        at = start
        for chunk in folded[start:end].split(" "):
            for text, first, last, kind in _known[chunk]:
                self.texts.append(text)
                self.spans.append((at + first, at + last))
                self.kinds.append(kind)
            at += len(chunk) + 1
        self.size = len(self.texts)
        for place in range(self.size - 1, 0, -1):
            if self.kinds[place] == "number" and self.kinds[place - 1] == "number":
                self._join(place)

    def _join(self, place: int) -> None:
        """Put the groups of "12 000" together, unless the second is a calibre: "300 155-mm shells"."""
        (start, end), (following, last) = self.spans[place - 1 : place + 1]
        after = self.text(place + 1) if self.text(place + 1) != "-" else self.text(place + 2)
        if following != end + 1 or after in CALIBRES or not _FIRST.fullmatch(self.texts[place - 1]):
            return
        if not _GROUPS.fullmatch(self.texts[place]):
            return
        self.texts[place - 1 : place + 1] = [f"{self.texts[place - 1]} {self.texts[place]}"]
        self.spans[place - 1 : place + 1] = [(start, last)]
        del self.kinds[place]
        self.size -= 1

    def text(self, place: int) -> str:
        """The piece at that place; an empty string beyond either end."""
        return self.texts[place] if 0 <= place < self.size else ""

    def is_glued(self, place: int) -> bool:
        """Whether nothing stands between the piece and the one before."""
        return 0 < place < self.size and self.spans[place][0] == self.spans[place - 1][1]

    def phrases(self, place: int, most: int = MOST_WORDS) -> list[tuple[str, int]]:
        """The texts that begin at that place, the longest first, each with the place behind it."""
        last = min(place + most, self.size)
        return [(self.folded[self.spans[place][0] : self.spans[end - 1][1]], end) for end in range(last, place, -1)]

    def one_of(self, known: Entries, place: int) -> int:
        """The place behind the longest entry of the list that begins here, or 0."""
        if place >= self.size:
            return 0
        if self.texts[place] not in known.openers:
            return place + 1 if self.texts[place] in known else 0
        return next((end for text, end in self.phrases(place) if text in known), 0)
