"""Plain text in lines of so many columns, where many a character of East Asia takes two of them."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

TEXT_WIDTH = 72
"""Columns of a line: 78 at the most by RFC 5322, 2.1.1, less what answers put before it."""
WIDE = frozenset("WF")
"""Classes of Unicode (UAX 11) whose characters take two columns."""
NEVER_FIRST = frozenset("、。，．：；！？）］｝」』】〉》〕”’…·ー々")
"""What begins no line (the common ground of JIS X 4051 and GB/T 15834)."""
NEVER_LAST = frozenset("（［｛「『【〈《〔“‘")
"""What ends none."""


def columns(text: str) -> int:
    """How many columns the text takes."""
    return sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in WIDE else 1


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """The text in lines that begin with ``indent`` (the first one with ``first``, where given). Lines end between
    words, and between characters of scripts that write no spaces; a longer word, such as a link, stays whole."""
    begin = indent if first is None else first
    if text.isascii() or all(_columns_of(char) == 1 for char in text):
        return textwrap.fill(
            text,
            TEXT_WIDTH,
            initial_indent=begin,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
    lines, is_empty = [begin], True
    for space, piece in _pieces(text):
        gap = "" if is_empty else space
        if not is_empty and columns(lines[-1] + gap + piece) > TEXT_WIDTH:
            lines.append(indent)
            gap = ""
        lines[-1] += gap + piece
        is_empty = False
    return "\n".join(lines) if not is_empty else ""


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """(the space before it, what is not broken)."""
    for word in text.split():
        space, piece = " ", ""
        for char in word:
            if piece and _may_break(piece[-1], char):
                yield space, piece
                space, piece = "", ""
            piece += char
        yield space, piece


def _may_break(before: str, after: str) -> bool:
    keeps = before in NEVER_LAST or after in NEVER_FIRST or _columns_of(after) == 0
    return not keeps and _is_unspaced(before + after)


def _is_unspaced(pair: str) -> bool:
    """Whether one of both is of a script that is written without spaces; Hangul is written with them."""
    return any(_columns_of(char) == 2 and not _is_hangul(char) for char in pair)


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff"
