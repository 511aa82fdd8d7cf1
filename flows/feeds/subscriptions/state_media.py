"""Which outlets a government runs or directs, told by the host of their addresses."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from db.records import FeedKind

FILE = "state_media.toml"


def kind_of(*addresses: str) -> FeedKind:
    """``state_media`` where one of the addresses has a host of that kind, else ``press``."""
    return "state_media" if any(map(_is_state, addresses)) else "press"


def _is_state(address: str) -> bool:
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:  # no address
        return False
    labels = host.split(".")
    return any(".".join(labels[place:]) in _hosts() for place in range(len(labels) - 1))


@cache
def _hosts() -> frozenset[str]:
    told = (resources.files("flows.feeds.subscriptions") / FILE).read_text(encoding="utf-8")
    return frozenset(tomllib.loads(told)["hosts"])
