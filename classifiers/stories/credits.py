"""Whose words an article carries: the agency that it credits, and the house that publishes it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from classifiers.text.scripts import has_cjk
from db.records import Entry

FILE = Path(__file__).with_suffix(".toml")
READ = 600
"""Characters at the beginning and at the end of a text in which credit is given."""
MOST_HOSTS = 10_000
"""Hosts whose registered names are kept in memory."""


def agency_of(entry: Entry) -> str:
    """The id of the agency that the entry credits, in the name of its outlet, its author, or its text; empty where
    there is none, or more than one."""
    text = entry.summary or entry.body
    told = "\n".join((entry.outlet, entry.author, text[:READ], text[READ:][-READ:]))
    # As letters first: that takes a tenth of the time, and few texts hold any.
    found = {
        agency for agency, names, pattern in _agencies() if any(map(told.__contains__, names)) and pattern.search(told)
    }
    return found.pop() if len(found) == 1 else ""


def house_of(link: str) -> str:
    """The name under which the house that publishes an article has its hosts ("house.example" for
    "www.house.example" and "fa.house.example"); empty where many houses share it, or there is no host."""
    try:
        host = (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:  # no address
        return ""
    return _registered(host)


@lru_cache(MOST_HOSTS)
def _registered(host: str) -> str:
    """The name that somebody registered; "" where many houses share the host, or there is none. Under ends that are
    not on the public list (reserved ones) the last two labels, of an address of numbers all."""
    if not host or _is_shared(host):
        return ""
    from tld import get_fld  # only where stories are gathered: reading the list takes a tenth of a second

    known = get_fld(host, fix_protocol=True, fail_silently=True)
    is_number = host.replace(".", "").isdecimal()
    return known or (host if is_number else ".".join(host.split(".")[-2:]))


def _is_shared(host: str) -> bool:
    shared: Iterable[str] = _told()["shared"]["hosts"]
    return any(host == each or host.endswith(f".{each}") for each in shared)


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _agencies() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    return tuple((agency, tuple(names), _pattern(names)) for agency, names in _told()["agencies"].items())


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """As they are written, capitals too: "ap" and "pap" are words."""
    return re.compile("|".join(re.escape(name) if has_cjk(name) else _bounded(name) for name in names))


def _bounded(name: str) -> str:
    before = r"\b" if name[0].isalnum() else ""
    after = r"\b" if name[-1].isalnum() else ""
    return f"{before}{re.escape(name)}{after}"
