"""Who wrote an entry: every author in order, each once, and nobody's mail address."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.feeds.parsing.text import plain_text

_MAIL = r"(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_MAIL_AND_NAME = re.compile(rf"{_MAIL}\s*\(([^()]*)\)")
_IN_BRACKETS = re.compile(rf"[(<\[]\s*{_MAIL}\s*[)>\]]")
_ALONE = re.compile(_MAIL)
LONGEST = 2000
"""Characters of the authors of one element that are looked at: to look for mail addresses in a word of a million takes
hours, and 200 characters are kept."""
_GAP = re.compile(r"\s*([,;])(?:\s*[,;])+")


def author_line(names: Iterable[str]) -> str:
    """The names (as markup, of one person or several each) in one line, in their order; empty where there are none."""
    first: dict[str, str] = {}
    for name in map(_without_mail, names):
        if name:
            first.setdefault(name.casefold(), name)
    return ", ".join(first.values())


def _without_mail(name: str) -> str:
    if "@" in name:
        name = name[:LONGEST]
        name = _MAIL_AND_NAME.sub(r"\1", name)
        name = _GAP.sub(r"\1", _ALONE.sub("", _IN_BRACKETS.sub("", name)))
    return plain_text(name).strip(" ,;")
