"""A store that was filled before addresses had one spelling, brought to it: no feed and no entry becomes two."""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from db import spellings
from db.connect import writing
from flows.feeds.parsing.entry_keys import with_keys
from flows.feeds.parsing.links import web_address


def respell(store: Database) -> int:
    """Spell the store's addresses as they are spelled today; returns how many feeds and entries were altered.

    A feed whose new address another one has stays as it is: the list decides which of the two is read. Entries are
    known by their old keys and by the new ones.
    """
    with writing(store):
        renamed = [feed_id for feed_id, url in spellings.feed_addresses(store).items() if _rename(store, feed_id, url)]
        entries = spellings.entries_to_respell(store, renamed)
        urls = spellings.feed_addresses(store) if entries else {}
        for feed_id, entry_id, entry in entries:
            today = replace(entry, link=web_address(entry.link) or entry.link)
            (known,) = with_keys([today], urls[feed_id])
            spellings.respell_entry(store, entry_id, today.link, known.keys)
    return len(renamed) + len(entries)


def _rename(store: Database, feed_id: int, url: str) -> bool:
    today = web_address(url)
    return today not in ("", url) and spellings.rename_feed(store, feed_id, today)
