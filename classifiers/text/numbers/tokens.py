"""A folded text in pieces: numbers, words, names with digits in them, signs."""

from __future__ import annotations

import re

from classifiers.text.numbers.forms import MOST_WORDS, Entries


class Tokens:
    """The pieces of a folded text: texts, starts, ends, and the kind of each: number, word, name ("su-35"), chain
    ("24/7", "2024-25"), sign."""

    _PIECE = re.compile(
        r"(?P<word>[^\W\d_]+(?:[\"'][^\W\d_]+)*)(?P<name>(?<=[a-z\u00df-\u04ff])[-.]?\d[\w-]*)?|"
        r"(?P<chain>\d+(?:[/:]\d+)+|\d+(?:-\d+){2,}|\d{1,2}\.\d{1,2}\.\d{2,4}|"
        r"(?:19|20)\d\d-(?:\d{1,2}|(?:19|20)\d\d)(?!\d)|\d+·\d+)|"
        r"(?P<number>\d{1,3}(?: \d{3})+(?!\d| ?-? ?(?:mm|мм)\b)(?:[.,]\d+)?|\d+(?:[.,'٬٫،]\d+)*)|"
        r"(?P<sign>us\$|jp¥|\S|\n)"
    )

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.folded = folded
        self.texts: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.kinds: list[str | None] = []
        for found in self._PIECE.finditer(folded, start, end):
            self.texts.append(found[0])
            self.spans.append(found.span())
            self.kinds.append(found.lastgroup)
        self.size = len(self.texts)

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
