"""Which feed an old entry belongs to: a listed feed where one matches, else one made for the archive."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from classifiers.text.letters import letters_and_digits
from db.feeds import feed_of
from db.records import Feed, FeedKind, FeedSpec
from flows.archive.entries import ToldOutlet
from flows.feeds.parsing.text import clean_line
from flows.feeds.subscriptions.state_media import kind_of
from flows.feeds.subscriptions.user_feeds import same_feed

HEAD_BYTES = 8192
"""The beginning of a saved feed, in which its own address is looked for."""
MAX_KEPT = 20_000
_DATE = re.compile(r"[-_. ]*(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2}(?:[-_.T ]?\d{2,6})*Z?$")


class Outlets:
    """Finds the feed of an archived entry. A feed that no list holds is stored as disabled: it is never fetched."""

    def __init__(self, store: Database, specs: Sequence[FeedSpec], now: datetime) -> None:
        self._store = store
        self._now = now
        self._by_address = {same_feed(spec.url): spec for spec in specs}
        self._by_name = _only(specs)
        self._known: dict[tuple[str, str], Feed] = {}

    def of_row(self, told: ToldOutlet, link: str = "") -> Feed:
        """The feed with that address, else the only listed one of that outlet, else one named like the outlet. Of that
        its first row says kind and country; where it says no kind, its ``link`` tells whether it is state media."""
        feed = self._known.get(told[:2])
        if feed is None:
            if len(self._known) >= MAX_KEPT:
                self._known.clear()
            feed = self._known[told[:2]] = self._feed(self._spec(told, link))
        return feed

    def _spec(self, told: ToldOutlet, link: str) -> FeedSpec:
        name, address = told[:2]
        kind = told.kind or kind_of(address, link)
        if address:
            unlisted = FeedSpec(address, name or address, told.country, kind=kind)
            return self._by_address.get(same_feed(address)) or unlisted
        return self._by_name.get(letters_and_digits(name)) or _unlisted(name, kind, told.country)

    def of_file(self, file: Path, head: bytes, also: Sequence[FeedSpec] = ()) -> Feed:
        """The feed that was saved in a file: the one whose address stands at its head, else the one that is named
        like the file or its folder; ``also`` are feeds that an OPML file beside it lists."""
        named = _only(also) | self._by_name
        names = (name_of(file), file.parent.name)
        own = next((named[letters_and_digits(name)] for name in names if letters_and_digits(name) in named), None)
        return self._feed(self._at_head(head, also) or own or _unlisted(names[0]))

    def _at_head(self, head: bytes, also: Sequence[FeedSpec]) -> FeedSpec | None:
        specs = [*also, *self._by_address.values()]
        told = [spec for spec in specs if _escaped(spec.url) in head[:HEAD_BYTES]]
        return max(told, key=lambda spec: len(spec.url), default=None)

    def _feed(self, spec: FeedSpec) -> Feed:
        return feed_of(self._store, spec, self._now)


def name_of(file: Path) -> str:
    """The name of a file without its endings and without the date at which it was saved."""
    stem = file.name.removesuffix(".gz").rpartition(".")[0] or file.name
    return _DATE.sub("", stem) or stem


def _only(specs: Sequence[FeedSpec]) -> dict[str, FeedSpec]:
    by_name = defaultdict(list)
    for spec in specs:
        by_name[letters_and_digits(spec.outlet)].append(spec)
    return {name: found[0] for name, found in by_name.items() if len(found) == 1 and name}


def _unlisted(name: str, kind: FeedKind = "press", country: str = "") -> FeedSpec:
    name = clean_line(name)[:120]
    return FeedSpec(f"archive:{letters_and_digits(name) or 'unnamed'}", name or "archive", country, kind=kind)


def _escaped(url: str) -> bytes:
    return url.replace("&", "&amp;").encode(errors="ignore")
