"""Which validators of an answer are worth sending back: those that can be true. Pure.

A server that gives every document the same tag, or a date that no document can have, answers "not changed" for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from flows.feeds.schedule.check_schedule import http_moment

MAX_VALIDATOR = 500
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Before that, no document of the web was changed: such dates are those of a clock or a file system that knows none."""
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e ]*)"|([\x21\x23-\x2b\x2d-\x7e]+)')
"""A tag in quotes, or, as some servers write it, without them. Two tags in one header are none."""
_NO_TAG = frozenset({"", "*", "null", "nil", "none", "undefined", "false", "w/", "w/*"})
_DATE = re.compile(
    r"(?:[A-Za-z]{3,9}, ?)?\d{1,2}[ -][A-Za-z]{3}[ -](?:[12]\d{3}|\d\d) \d{1,2}:\d\d:\d\d (?:GMT|UTC|Z|[+-]\d{4})"
    r"|[A-Za-z]{3} [A-Za-z]{3} [ \d]\d \d\d:\d\d:\d\d [12]\d{3}"
)


def sound_etag(text: str) -> str:
    """The tag as it stands, or an empty string where it marks no version of a document."""
    found = _TAG.fullmatch(text.strip()) if len(text) <= MAX_VALIDATOR else None
    if found is None or (found[1] or found[2] or "").strip().lower() in _NO_TAG:
        return ""
    return text.strip()


def sound_date(text: str, latest: datetime) -> str:
    """The date as it stands, or an empty string where no document can have been changed then: it is no date, lies after
    ``latest`` (aware), or before there was a web."""
    moment = http_moment(text) if _DATE.fullmatch(text.strip()) else None
    return text.strip() if moment is not None and EARLIEST <= moment <= latest else ""


def validators_of(headers: Mapping[str, str], at: datetime) -> tuple[str, str]:
    """The tag and the date of an answer that came at ``at`` (aware), each empty where it cannot be true. Names of
    ``headers`` are in lower case."""
    # By the server's own clock, which may run ahead of ours.
    theirs = http_moment(headers.get("date", "")) or at
    return sound_etag(headers.get("etag", "")), sound_date(headers.get("last-modified", ""), max(at, theirs))
