"""Dates written without marks, with signs of East Asia or with comments → the same dates with marks between the parts.

Nothing is left out here but what says nothing: ordinal endings, and the comment that mail allows behind an offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from flows.feeds.parsing.date_words import folded

_CLOCK_DIGITS = r"(?:[t ]?(\d\d)(\d\d)(\d\d)?(?:[.,]\d{1,9})?)?"
_COMPACT = re.compile(rf"(\d{{4}})(\d\d)(\d\d){_CLOCK_DIGITS}(?=$|z| ?[+-]| [a-z])")
_WEEK = re.compile(r"(\d{4})-?w(\d\d)-?([1-7])(?!\d)")
_ORDINAL = re.compile(r"(\d{4})-(\d{3})(?!\d)")
_EAST_ASIA = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]")
_EAST_ASIAN_CLOCK = re.compile(r"(\d{1,2}) ?[時时点點시](?: ?(\d{1,2}) ?[分분](?: ?(\d{1,2}) ?[秒초])?)?")
_SPACED_DATE = re.compile(r"(\d{1,4})([/.]) ?(\d{1,2})\2 (\d{1,4})")
_HOUR_SIGN = re.compile(r"(?<![\d:.])(\d{1,2}) ?h ?(\d\d)?(?![^\W_])")
_INITIALS = re.compile(r"(?<![^\W\d_])([^\W\d_])\. ?([^\W\d_])\.?(?![^\W\d_])")
_HALF_GLUED = re.compile(r"(?<=\d)([ap]m?)(?![^\W\d_])")
_HOUR_ALONE = re.compile(r"(?<![\d:.])(\d{1,2}) ([ap]m)(?![^\W\d_])")
_DOTTED_CLOCK = re.compile(r"(?<![^ ])(\d{1,2})\.(\d\d)(?:\.(\d\d))?(?![\d.])")
_ORDINAL_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|e|o|a|-?го|-?е)(?![^\W\d_])")
_BRACKETS = re.compile(r" ?[(\[]([^()\[\]]*)[)\]]")
_OFFSET_BEFORE = re.compile(r"[+-]\d{1,2}(?::?\d\d)?$")
_SPACED_MARK = re.compile(r" [-|•·] ")


def straightened(text: str) -> str:
    """A date's text, folded, with its day as numbers or words with marks between and its clock as ``h:mm[:ss]``."""
    text = folded(text)
    if text.isdigit() and len(text) not in (8, 12, 14):
        return ""
    for form, write in _STEPS:
        text = form.sub(write, text)
    if ":" not in text:
        text = _DOTTED_CLOCK.sub(_clock, text)
    return " ".join(text.split())


def _clock(match: re.Match[str]) -> str:
    return f" {match[1]}:{match[2] or '00'}:{match[3] or '00'} "


def _compact(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second = match.groups()
    clock = f" {hour}:{minute}:{second or '00'}" if hour else ""
    return match[0] if match.start() else f"{year}-{month}-{day}{clock}"


def _week(match: re.Match[str]) -> str:
    try:
        day = date.fromisocalendar(*(int(part) for part in match.groups()))
    except ValueError:
        return "?"
    return day.isoformat()


def _ordinal(match: re.Match[str]) -> str:
    year, number = int(match[1]), int(match[2])
    try:
        day = date.fromordinal(date(year, 1, 1).toordinal() + number - 1)
    except (ValueError, OverflowError):
        return "?"
    return day.isoformat() if day.year == year and number else "?"


def _brackets(match: re.Match[str]) -> str:
    is_comment = not re.search(r"[\d/]", match[1]) and _OFFSET_BEFORE.search(match.string[: match.start()])
    return " " if is_comment else f" {match[1]} "


_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_WEEK, _week),
    (_COMPACT, _compact),
    (_ORDINAL, _ordinal),
    (_EAST_ASIA, r" \1-\2-\3 "),
    (_EAST_ASIAN_CLOCK, _clock),
    (_SPACED_DATE, r"\1\2\3\2\4"),
    (_BRACKETS, _brackets),
    (_INITIALS, r"\1\2"),
    (_HALF_GLUED, r" \1"),
    (_HOUR_ALONE, r"\1:00 \2"),
    (_HOUR_SIGN, lambda match: f" {match[1]}:{match[2] or '00'} "),
    (_ORDINAL_ENDING, ""),
    (_SPACED_MARK, " , "),
)
