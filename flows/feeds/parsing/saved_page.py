"""A saved web page → its title and its paragraphs as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.feeds.parsing.text import plain_text

_UNSPOKEN = re.compile(r"<(script|style|noscript|template|svg|head|nav|footer|form)\b.*?</\1\s*>", re.I | re.S)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.I | re.S)
_PARAGRAPH = re.compile(r"(?=<(?:p|h[1-6]|li|div|section|article|blockquote|br)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Document:
    """``text`` has one line a paragraph, with a blank one between them."""

    title: str
    text: str


def document_text(markup: str) -> Document:
    """The title and the text of a whole HTML page, however long; scripts, styles, menus and forms are left out."""
    title = _TITLE.search(markup)
    body = _UNSPOKEN.sub(" ", markup)
    paragraphs = (plain_text(piece) for piece in _PARAGRAPH.split(body))
    return Document(plain_text(title.group(1)) if title else "", "\n\n".join(filter(None, paragraphs)))
