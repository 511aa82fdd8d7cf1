"""Feeds that move: what a chain of redirects says, and when it is believed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from db.feed_states import FeedState
from flows.feeds.parsing.records import Hop

MOVED = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
STEADY = timedelta(days=7)
"""How long a server must send us to the same new address before we go there by ourselves."""

AT_ONCE = 10
"""Seconds of a ``Refresh`` up to which it sends on; a page that is to be shown again later names more."""
_REFRESH = re.compile(r"(\d{1,4})(?:\.\d*)?\s*+[;,]\s*+(?:url\s*+=\s*+)?([\"']?)(.+?)\2", re.IGNORECASE)


def next_address(url: str, status: int, headers: Mapping[str, str]) -> str:
    """Where the answer of ``url`` sends its reader: by its status, or, as browsers obey it, by a ``Refresh`` on a page
    or on nothing. Empty where it is the last one. Names of ``headers`` are in lower case."""
    if status in MOVED:
        return urljoin(url, headers["location"]) if "location" in headers else ""
    told = _REFRESH.fullmatch(headers.get("refresh", "").strip()) if status == 200 else None
    if told is None or int(told[1]) > AT_ONCE or _holds_a_document(headers):
        return ""
    target = urljoin(url, told[3])
    return "" if target == url else target


def _holds_a_document(headers: Mapping[str, str]) -> bool:
    kind = headers.get("content-type", "")
    return bool(kind) and "html" not in kind.lower() and headers.get("content-length") != "0"


def new_address(asked: str, hops: Sequence[Hop]) -> str:
    """The address that the redirects name for good: the last of the permanent ones with which the chain begins.
    Empty where there is none, or where it would lead from https back to http."""
    address = ""
    for hop in hops:
        if hop.status not in PERMANENT:
            break
        address = hop.url
    is_downgrade = asked.startswith("https:") and address.startswith("http:")
    return "" if is_downgrade or address == asked else address


def followed(state: FeedState, asked: str, hops: Sequence[Hop], now: datetime) -> FeedState:
    """The state after a sound answer that came by these redirects: a move is noted, forgotten or, when it has been
    steady or only adds the s to http, made."""
    target = new_address(asked, hops)
    if not target:
        return replace(state, moved_to="", moved_since=None)
    since = state.moved_since if target == state.moved_to and state.moved_since else now
    if now - since >= STEADY or only_secured(asked, target):
        return replace(state, address=target, moved_to="", moved_since=None)
    return replace(state, moved_to=target, moved_since=since)


def only_secured(old: str, new: str) -> bool:
    """Whether the new address is the https side of the same host."""
    before, after = urlsplit(old), urlsplit(new)
    return (before.scheme, after.scheme) == ("http", "https") and before.hostname == after.hostname
