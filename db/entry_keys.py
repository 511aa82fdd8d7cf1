"""The table of keys: which stored entry an element of a feed is, if any.

A key is an identity with its kind before it (`flows.feeds.parsing.entry_keys` makes them): ``g:`` a guid, ``u:`` and
``a:`` addresses, ``l:`` an address of which a part was left out that may mean something, ``p:`` an address with a title
and its day, ``t:`` a title with its day. ``s:`` before a key says that different elements of one document share it. It
is stored like that and holds for ever: from then on the key alone proves nothing. ``o:`` before a key has it looked up
and never stored.

What a key finds is the same entry only if nothing stronger differs; `_is_same` says what that means for each kind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from db.records import NewEntry
from db.times import to_moment

_REMEMBER = "INSERT INTO entry_keys (key, entry_id) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
_STORED = "SELECT guid, link, title, summary, published_at, first_seen_at FROM entries WHERE id = ?"
_GRACE = timedelta(hours=1)
"""How far clocks of outlets run ahead."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of an element's keys: of which entry each of them is; the entry that the element is, or
    None. ``shared`` are those that different elements share, in this document or an earlier one."""

    ids: Mapping[str, int]
    shared: frozenset[str]
    entry_id: int | None = None


def find(connection: sqlite3.Connection, entry: NewEntry) -> Known:
    """Look an element up by its keys, strongest first."""
    first = entry.keys[0]
    ids = _ids(connection, (first, f"s:{first}"))
    # Nearly all that is known is known by its guid or, without one, its address: the rest need not be looked up.
    if first in ids and f"s:{first}" not in ids and not first.startswith(("s:", "o:", "l:", "p:", "t:")):
        return Known(ids, _shared(entry.keys), ids[first])
    ids = _ids(connection, _names(entry.keys))
    known = Known(ids, _shared((*entry.keys, *ids)))
    for name in dict.fromkeys(name for key in entry.keys for name in _finders(key)):
        if name in ids and _is_same(connection, ids[name], name, entry, known.shared):
            return replace(known, entry_id=ids[name])
    return known


def remember(connection: sqlite3.Connection, entry: NewEntry, entry_id: int, known: Known) -> list[str]:
    """Store the keys by which the element will be found again; returns the identities among them that are new.

    Its title is stored where nothing else identifies it, or where it shares what does.
    """
    fresh: list[str] = []
    own = [key for key in entry.keys if not key.startswith(("s:", "o:", "p:", "t:")) and key not in known.shared]
    marks = [key for key in entry.keys if key.startswith("s:")]
    for key in (*own, *marks):
        if key not in known.ids and connection.execute(_REMEMBER, (key, entry_id)).rowcount:
            fresh.append(key)
    is_identified = any(key in fresh or known.ids.get(key) == entry_id for key in own if not key.startswith("l:"))
    if known.shared or not is_identified:
        titles = [key for key in entry.keys if key.startswith(("p:", "t:")) and key not in known.ids]
        new_titles = [key for key in titles if connection.execute(_REMEMBER, (key, entry_id)).rowcount]
        fresh += [] if is_identified else new_titles
    return [key for key in fresh if not key.startswith(("s:", "l:"))]


def _shared(keys: Sequence[str]) -> frozenset[str]:
    return frozenset(key[2:] for key in keys if key.startswith("s:"))


def _names(keys: Sequence[str]) -> list[str]:
    names = [name for key in keys for name in _finders(key)]
    return names + [f"s:{name}" for name in names]


def _finders(key: str) -> tuple[str, ...]:
    """The stored keys by which one is looked up: a whole address also finds what was stored without its doubtful part,
    and the other way round; earlier versions stored all of them without."""
    name = key[2:] if key.startswith(("s:", "o:")) else key
    if name.startswith("u:"):
        return name, f"l:{name[2:]}"
    return (name, f"u:{name[2:]}") if name.startswith("l:") else (name,)


def _ids(connection: sqlite3.Connection, names: Sequence[str]) -> dict[str, int]:
    marks = ",".join("?" * len(names))
    return dict(connection.execute(f"SELECT key, entry_id FROM entry_keys WHERE key IN ({marks})", names).fetchall())


def _is_same(connection: sqlite3.Connection, entry_id: int, name: str, entry: NewEntry, shared: frozenset[str]) -> bool:
    """Whether the entry that a key found is this element."""
    kind, is_own = name[:2], name in entry.keys or f"s:{name}" in entry.keys
    if kind not in ("g:", "u:", "a:", "l:", "t:") or (kind == "g:" and is_own and name not in shared):
        return True
    stored = _Stored(*connection.execute(_STORED, (entry_id,)).fetchone())
    proven = {key[:2] for key in entry.keys if key not in shared}
    other_guid = "g:" in proven and stored.has_other_guid(entry)
    same_title = _words(stored.title) == _words(entry.title)
    same_day = stored.may_be_of_its_day(entry)
    if kind == "t:":
        other_link = bool(proven & {"u:", "a:"}) and stored.has_other_link(entry)
        return same_day and not other_link and (not other_guid or stored.has_link_of(entry))
    if kind == "g:":
        return same_title and same_day and not stored.has_other_link(entry)
    if (kind == "l:" or not is_own) and not stored.has_link_of(entry):  # a part of the address was left out
        is_alike = same_title and same_day and stored.summary == entry.summary
        return is_alike and not other_guid and f"l:{name[2:]}" not in shared
    if name in shared or not proven & {"u:", "a:"}:
        return same_title and same_day
    return same_title or not other_guid


def _words(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


@dataclass(frozen=True, slots=True)
class _Stored:
    guid: str
    link: str
    title: str
    summary: str
    published_at: str | None
    first_seen_at: str

    def has_link_of(self, entry: NewEntry) -> bool:
        return bool(self.link) and self.link == entry.link

    def has_other_link(self, entry: NewEntry) -> bool:
        return bool(self.link and entry.link) and self.link != entry.link

    def has_other_guid(self, entry: NewEntry) -> bool:
        """Whether both have guids of their own that differ; one that is just the link says no more than the link."""
        is_just_link = self.guid == self.link and entry.guid == entry.link
        return bool(self.guid and entry.guid) and self.guid != entry.guid and not is_just_link

    def may_be_of_its_day(self, entry: NewEntry) -> bool:
        """Whether both may be of one day. What is stored without a date was published before it was seen."""
        if entry.published_at is None:
            return True
        if self.published_at is None:
            return entry.published_at <= to_moment(self.first_seen_at) + _GRACE
        return to_moment(self.published_at).date() == entry.published_at.date()
