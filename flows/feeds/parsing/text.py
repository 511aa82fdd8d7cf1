"""Plain text from what feeds send: no markup, no scripts, no control characters, single spaces."""

from __future__ import annotations

import re
import unicodedata

from selectolax.lexbor import LexborHTMLParser

MAX_MARKUP = 200_000
"""Characters of markup looked at: no stored text needs more, and inlined pictures can run to megabytes."""
MAX_NESTED = 10
"""Rounds in which tags within tags are taken off; after them every "<" that is left goes."""
ELLIPSIS = "…"

_UNSPOKEN = ["script", "style", "noscript", "template", "iframe", "object", "svg", "head", "textarea", "select"]
_BLOCK = re.compile(
    r"<(?=/?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol"
    r"|p|pre|section|table|td|th|tr|ul)\b)",
    re.IGNORECASE,
)
_SWALLOWS = re.compile(rf"<(?:({'|'.join(_UNSPOKEN)})(?![\w-])|!--)", re.IGNORECASE)
_NEVER_ENDS = {
    name: re.compile(rf"<{name}(?![\w-])[^<>]*{'/' if name in ('script', 'style') else ''}>", re.IGNORECASE)
    for name in _UNSPOKEN
}
"""The beginning of an element that takes with it all that follows. Of scripts and styles only where it stands alone, as
in XML: what follows another one is code."""
_COMMENT_BEGINS = re.compile(r"<!--[^<>]*>?")
_FRAME_ALONE = re.compile(r"<iframe(?![\w-])[^<>]*/>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[?CDATA\[", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# Controls, bidirectional overrides and marks, zero-width spaces, soft hyphens, tag characters and halves of surrogate
# pairs: invisible, and used to hide or reorder words. The (non-)joiners stay: Persian and Indic spelling needs them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_NOT_PLAIN = re.compile("[^\x20-\x7e]")


def plain_text(markup: str) -> str:
    """The text of an HTML fragment (or of plain text, which passes through): one line, nothing hidden.

    Markup that was escaped once too often is taken off as well, and so are marks of CDATA, so that no tag
    survives as text.
    """
    text = markup[:MAX_MARKUP]
    for _ in range(3):
        text = _without_cdata_marks(text)
        if "<" in text or _ENTITY.search(text):
            text = _without_markup(text)
        if not (_TAG.search(text) or _ENTITY.search(text) or _CDATA.search(text)):
            break
    # Hidden characters go first: "<", one of them and "b>" are a tag when it is gone.
    line = clean_line(text)
    return " ".join(_without_tags(line).split()) if "<" in line else line


def _without_cdata_marks(text: str) -> str:
    # What was marked as plain characters and then escaped once more; read as HTML it would be a comment.
    return _CDATA.sub("", text).replace("]]>", "").replace("]]&gt;", "") if _CDATA.search(text) else text


def as_markup(text: str) -> str:
    """Text that is plain by its format's standard, as the markup that `plain_text` takes: a lone "<" begins no tag."""
    return text.replace("< ", "&lt; ")


def _without_tags(text: str) -> str:
    # What is taken out may have stood inside of another: "<b <i> >" leaves "<b   >".
    for _ in range(MAX_NESTED):
        bare = _TAG.sub(" ", text)
        if bare == text:
            return text
        text = bare
    return text.replace("<", " ")


def _without_markup(markup: str) -> str:
    # A block begins a new word; an inline element does not.
    swallowing = {match[1].lower() if match[1] else "" for match in _SWALLOWS.finditer(markup)}
    if swallowing:
        markup = _without_unended(markup, swallowing)
    tree = LexborHTMLParser(_BLOCK.sub(" <", markup))
    tree.strip_tags(_UNSPOKEN, recursive=True)
    body = tree.body
    return "" if body is None else body.text(deep=True, separator="")


def _without_unended(markup: str, names: set[str]) -> str:
    """The markup without the beginnings of elements and comments (an empty name) that nothing ends; in HTML all that
    follows would belong to them, and be shown nowhere."""
    if "iframe" in names:
        markup = _FRAME_ALONE.sub(" ", markup)
    for name in names:
        if name:
            ends = [match.end() for match in re.finditer(rf"</{name}(?![\w-])", markup, re.IGNORECASE)]
            begins = _NEVER_ENDS[name]
        else:
            ends, begins = [match.end() for match in re.finditer("-->", markup)], _COMMENT_BEGINS
        last = ends[-1] if ends else 0
        markup = markup[:last] + begins.sub(" " if name else "", markup[last:])
    return markup


def clean_line(text: str) -> str:
    """The text on one line: whitespace folded, hidden characters taken out, accents composed (NFC)."""
    if _NOT_PLAIN.search(text):
        text = unicodedata.normalize("NFC", _HIDDEN.sub("", text))
    return " ".join(text.split())


def cut(text: str, limit: int) -> str:
    """The text, cut between words to ``limit`` characters at most; what was cut ends with an ellipsis."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    space = kept.rfind(" ")
    # Without a space in the last half (Chinese, or one endless word) any place is as good as another.
    if not text[limit - 1].isspace() and space > limit // 2:
        kept = kept[:space]
    return kept.rstrip(" ,;:-–—") + ELLIPSIS
