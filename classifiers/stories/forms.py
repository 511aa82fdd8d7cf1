"""What form an entry has beside a plain report: a live page, a briefing of several items, an opinion, an explainer …

Told by the headline, by labels and turns of phrase that are the same for every topic, and by the section of the address
where that is given (``forms.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from classifiers.text.fold import fold
from classifiers.text.scripts import has_cjk
from classifiers.text.titles import asks

REPORT = "report"
FORMS = ("live", "briefing", "opinion", "explainer", "newsletter", "quiz", "caption")
"""The others; ``forms.toml`` says how a headline shows them."""
COLLECTIONS = ("live", "briefing", "newsletter", "quiz", "caption")
"""Those that gather what others report; an opinion or an explainer says something of its own."""
FILE = Path(__file__).with_suffix(".toml")
_PARTING = r"(?:\s*[:|·]|\s+-\s)"
"""A hyphen within a word parts nothing."""


class _Form(NamedTuple):
    """How headlines show a form: by how they begin, by a label behind a bar or a dash, by phrases within."""

    name: str
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    phrases: tuple[str, ...]
    holds: re.Pattern[str]

    def shown_by(self, folded: str) -> bool:
        """Whether the headline shows it. The phrases are looked for as letters first: a pattern takes ten times as
        long, and few headlines hold any."""
        if self.begins.match(folded) or (("|" in folded or "-" in folded) and self.ends.search(folded)):
            return True
        return any(map(folded.__contains__, self.phrases)) and bool(self.holds.search(folded))


def form_of(title: str, link: str = "") -> str:
    """``report``, or the form by which the headline, or the section of the address, shows that it is none: live,
    briefing, opinion, explainer, newsletter, quiz or caption. A headline that asks is an explainer."""
    folded = " ".join(fold(title).split())
    for form in _forms():
        if form.shown_by(folded):
            return form.name
    return "explainer" if asks(folded) else _form_of_section(link)


def _form_of_section(link: str) -> str:
    """By a folder of the address: of `https://a.example/opinion/2031/title`, "opinion". The last part is the title."""
    try:
        folders = urlsplit(link).path.casefold().split("/")[1:-1]
    except ValueError:  # An address that is none: nobody is sent there, and it tells no section.
        return REPORT
    return next((form for folder in folders if (form := _sections().get(folder))), REPORT)


@cache
def _sections() -> dict[str, str]:
    told: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {section: name for name, lists in told.items() for section in lists.get("sections", ())}


@cache
def _forms() -> tuple[_Form, ...]:
    told: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_form(name, lists) for name, lists in told.items())


def _form(name: str, lists: Mapping[str, list[str]]) -> _Form:
    labels = _any(lists["labels"])
    begins = (
        rf"(?:{labels}){_PARTING}",
        rf"[\[(<【［](?:{labels})[\])>】］]",
        rf"(?:{_any(lists['begins'], ends=False)})",
    )
    return _Form(
        name,
        begins=re.compile("|".join(f"(?:{form})" for form in begins)),
        ends=re.compile(rf"\s[|\-]\s(?:{labels})$"),
        phrases=tuple(map(fold, lists["holds"])),
        holds=re.compile("|".join(map(_held, lists["holds"]))),
    )


def _any(words: Iterable[str], *, ends: bool = True) -> str:
    """One of the words; the end of one is the end of a word, where its script parts words."""
    return "|".join(re.escape(fold(word)) + (r"\b" if ends and word[-1].isalnum() else "") for word in words)


def _held(phrase: str) -> str:
    told = re.escape(fold(phrase))
    if has_cjk(phrase):
        return told
    return (r"\b" if phrase[0].isalnum() else "") + told + (r"\b" if phrase[-1].isalnum() else "")
