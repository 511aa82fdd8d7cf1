"""The identities of the entries of one document, by which the store knows them again.

    g:  a guid, within its feed
    u:  an address of which nothing is in doubt
    a:  an address with a fragment or parameter that may name the article (see `links.identities`)
    l:  the same without it: believed only where nothing else differs
    p:  an address with a title and its day
    t:  a title and its day, within its feed
    s:… what several different elements of the document share: it identifies none of them, here and henceforth
    o:… how an earlier version, or the same element while it had no date, was called: looked up, never remembered

How far each is believed says `db.entry_keys`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from time import struct_time

from classifiers.text.letters import letters_and_digits
from db.records import NewEntry
from flows.feeds.parsing.links import host_of, identities, web_address

Dates = tuple[datetime | None, struct_time | None]
"""(what an element states, whether it is believed or not; what earlier versions read of the same text)."""


class _Shared:
    """What the elements of a document have in common: identity → the different elements that carry it."""

    def __init__(self) -> None:
        self.guids: defaultdict[str, set[str]] = defaultdict(set)
        self.addresses: defaultdict[str, set[str]] = defaultdict(set)
        self.bare: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, entry: NewEntry, title: str, addresses: Sequence[tuple[str, str]]) -> None:
        page = addresses[0][0] if addresses else entry.link
        self.guids[entry.guid].add(f"{title}\n{page}")
        for bare, whole in addresses:
            self.addresses[whole or bare].add(title)
            self.bare[bare].add(whole or bare)


def with_keys(entries: Sequence[NewEntry], url: str, dates: Sequence[Dates] = ()) -> list[NewEntry]:
    """The entries of one document with their identities, strongest first. ``url`` names the feed: its scheme and
    ``www`` may change without its guids becoming others. ``dates`` are those that the elements state; without them the
    day at which an entry was published counts."""
    feed = identities(url)
    addresses = [_addresses(entry) for entry in entries]
    titles = [letters_and_digits(entry.title) for entry in entries]
    shared = _Shared()
    for entry, title, own in zip(entries, titles, addresses, strict=True):
        shared.add(entry, title, own)
    keyed = []
    for number, (entry, title, own) in enumerate(zip(entries, titles, addresses, strict=True)):
        keys = [*_guid_keys(entry, feed, url, shared), *_address_keys(own, shared), *_front_page_key(entry, own)]
        is_alone = not any(key.startswith(("g:", "u:", "a:")) for key in keys)
        told = dates[number] if dates else (entry.published_at, None)
        keys += _page_key(entry, own, title, told)
        keyed.append(_keyed(entry, (*keys, *_title_keys(title, feed[0] or url, told, is_alone))))
    return keyed


def _addresses(entry: NewEntry) -> list[tuple[str, str]]:
    """(bare, whole) of the link and of a guid that is the address of another page."""
    found = [identities(entry.link)] if entry.link else []
    if entry.guid != entry.link and entry.guid.startswith(("http://", "https://")):
        other = identities(web_address(entry.guid))
        if not found or other[0] != found[0][0]:
            found.append(other)
    return [pair for pair in found if pair[0] or pair[1]]


def _guid_keys(entry: NewEntry, feed: tuple[str, str], url: str, shared: _Shared) -> Iterator[str]:
    if not entry.guid:
        return
    bare, whole = feed
    mark = "o:" if _is_just_link(entry) else "s:" if len(shared.guids[entry.guid]) > 1 else ""
    yield f"{mark}g:{_hash(whole or bare or url, entry.guid)}"
    if whole:  # by its address without them, earlier versions took two such feeds for one
        yield f"o:g:{_hash(bare or url, entry.guid)}"


def _is_just_link(entry: NewEntry) -> bool:
    """Whether the guid says no more than the link, whatever tracks in it; then it counts as the link does."""
    if entry.guid == entry.link:
        return True
    is_address = entry.link and entry.guid.startswith(("http://", "https://"))
    return bool(is_address) and identities(web_address(entry.guid)) == identities(entry.link)


def _address_keys(addresses: Sequence[tuple[str, str]], shared: _Shared) -> Iterator[str]:
    for bare, whole in addresses:
        mark = "s:" if len(shared.addresses[whole or bare]) > 1 else ""
        yield f"{mark}a:{whole}" if whole else f"{mark}u:{bare}"
        if bare and (whole or len(shared.bare[bare]) > 1):
            yield f"s:l:{bare}" if len(shared.bare[bare]) > 1 else f"l:{bare}"


def _front_page_key(entry: NewEntry, addresses: Sequence[tuple[str, str]]) -> Iterator[str]:
    if entry.link and not addresses:
        yield f"s:u:{host_of(entry.link)}"  # every element may link there


def _page_key(entry: NewEntry, addresses: Sequence[tuple[str, str]], title: str, dates: Dates) -> list[str]:
    """The title on its page, for guids that count."""
    if not entry.guid or not addresses:
        return []
    bare, whole = addresses[0]
    return [f"p:{_hash(whole or bare, title, _day(dates))}"]


def _day(dates: Dates) -> str:
    return "" if dates[0] is None else str(dates[0])[:10]


def _title_keys(title: str, feed: str, dates: Dates, is_alone: bool) -> Iterator[str]:
    day, half_read = _day(dates), dates[1]
    yield f"t:{_hash(feed, title, day)}"
    if is_alone:
        former = "{:04d}-{:02d}-{:02d}".format(*half_read[:3]) if half_read else ""
        yield from (f"o:t:{_hash(feed, title, other)}" for other in dict.fromkeys(("", former)) if other != day)


def _keyed(entry: NewEntry, keys: tuple[str, ...]) -> NewEntry:
    # dataclasses.replace costs more than the rest of this step together.
    return NewEntry(
        keys,
        entry.title,
        entry.summary,
        entry.body,
        entry.link,
        entry.guid,
        entry.author,
        entry.language,
        entry.published_at,
        entry.published_status,
    )


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(errors="surrogatepass"), digest_size=10).hexdigest()
