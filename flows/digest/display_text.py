"""Words for readers: what feeds wrote made safe and short, and times and names as people say them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from classifiers.topics.active import active

LANGUAGE_NAMES = {
    "ar": "Arabic", "be": "Belarusian", "cs": "Czech", "de": "German", "es": "Spanish", "fa": "Persian",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian",
    "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
"""Language tag → the name of the language, for readers who do not read it."""

FORM_NAMES = {"live": "live page", "caption": "pictures"}
"""Forms of entries that a reader knows by another word."""

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST_LINK = 2000
CHARACTERS_A_WORD = 7
WIDE_CHARACTERS_A_WORD = 3
"""These turn a limit in words into one in characters, which holds where nobody writes spaces."""


ENGLISH = ("", "en")
"""Languages of headlines that a reader of English reads: where none is known the names alone are, mostly."""


def partner_name(partner: str) -> str:
    """The name of a partner for readers; an id that the topic does not know is spelt out."""
    known = active().partners.get(partner)
    return known.display if known else one_line(partner.replace("_", " "), 40).capitalize()


def channel_name(channel: str) -> str:
    """The name of a channel for readers; an id that the topic does not know is spelt out."""
    known = active().channels.get(channel)
    return known.name if known else one_line(channel.replace("_", " "), 40)


def form_name(form: str) -> str:
    """The form of an entry (`classifiers.stories.forms`) for readers."""
    return FORM_NAMES.get(form, form)


def focus_name() -> str:
    """The name of the focus for readers."""
    return active().focus.name


def language_name(tag: str) -> str:
    """The name of a language other than that of the edition, English; a tag that is not in the table as it is."""
    primary = tag.partition("-")[0].lower()
    return "" if primary in ("", "en") else LANGUAGE_NAMES.get(primary, tag)


def claim_name(claim: str, names: Mapping[str, str]) -> str:
    """The short name of a claim; an id without one is spelt out."""
    return one_line(names.get(claim) or claim.replace("-", " ").capitalize(), 80)


def counted(value: int, one: str, many: str) -> str:
    """``1 story``, ``2,000 stories``."""
    return f"{value:,} {one if value == 1 else many}"


def percent(probability: float) -> int:
    """Whole percent; 99 at the most, since no model is certain."""
    return min(99, round(100 * probability))


def usual_band(low: float | None, high: float | None) -> str:
    """``2 to 5``, ``3``: what is usual, in whole stories; empty where it is not known."""
    if low is None or high is None:
        return ""
    least, most = round(low), round(high)
    return str(least) if least == most else f"{least} to {most}"


def one_line(text: str, limit: int) -> str:
    """The text on one line of at most ``limit`` characters, without control characters and without the marks that
    turn the writing direction of what follows. Joiners stay: Persian needs them."""
    visible = "".join(_shown(char) for char in text[: limit * 8])
    line = " ".join(visible.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _shown(char: str) -> str:
    if char in "\u200c\u200d":
        return char
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else char


def excerpt(text: str, words: int) -> str:
    """The first ``words`` words of the text on one line, an ellipsis where something was left out."""
    line = one_line(text, words * (WIDE_CHARACTERS_A_WORD if is_wide(text) else CHARACTERS_A_WORD))
    parts = line.split()
    return line if len(parts) <= words else " ".join(parts[:words]).rstrip(" ,;:–-") + "…"


def is_wide(text: str) -> bool:
    """Whether more than a third of the text (its first 200 characters) is in characters as wide as two letters."""
    head = text[:200]
    return 3 * sum(unicodedata.east_asian_width(char) in "WF" for char in head) > len(head)


def web_link(link: str) -> str:
    """The link when it is an http or https address that is safe to print, else an empty string."""
    try:
        parts = urlsplit(link)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    if not sound or len(link) > LONGEST_LINK or any(_shown(char) != char or char in ' <>"\\^`{|}' for char in link):
        return ""
    return link


def translation_link(template: str, link: str) -> str:
    """The page that translates the article behind the link, by a template with {url}; empty where there is none."""
    if not template or not web_link(link):
        return ""
    return web_link(template.replace("{url}", quote(link, safe="")))


def language_tag(*candidates: str) -> str:
    """The first candidate that has the form of a language tag, else an empty string."""
    return next((tag for tag in candidates if LANGUAGE_TAG.fullmatch(tag) and tag.lower() != "und"), "")


def long_date(day: date) -> str:
    """``Saturday 21 November 2026``."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def short_day(name: str) -> str:
    """``Sun 17 Nov`` for the name of an edition that begins with a date; another name as it is."""
    try:
        day = date.fromisoformat(name[:10])
    except ValueError:
        return one_line(name, 40)
    return f"{day:%a} {day.day} {day:%b}"


def day_and_time(local: datetime) -> str:
    """``Sat 21 Nov, 06:00``."""
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
