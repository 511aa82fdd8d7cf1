"""Raw elements made into entries: text, link, date, and the identities by which the store knows them again."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from classifiers.text.letters import letters_and_digits
from db.records import NewEntry
from flows.feeds.parsing.dates import judge
from flows.feeds.parsing.links import identity, web_address
from flows.feeds.parsing.records import ParsedFeed, RawEntry, RawFeed
from flows.feeds.parsing.text import clean_line, cut, plain_text

MAX_TITLE, MAX_SUMMARY, MAX_BODY, MAX_AUTHOR, MAX_GUID = 500, 4000, 4000, 200, 1000
HEADLINE = 90
"""Characters of the summary that stand in for a missing title."""

NO_TEXT, UNREADABLE = "no title or text", "unreadable"
"""Why an element is rejected."""


def normalise(feed: RawFeed, url: str, now: datetime, max_entries: int, listed_url: str = "") -> ParsedFeed:
    """The document's elements as entries, in its order. ``url`` is where the document was found, ``now`` aware UTC;
    ``listed_url`` is the address under which the feed is known where that is another (it has moved).

    Elements past ``max_entries`` are counted as capped, those without any text or unreadable as rejected.
    """
    taken = feed.entries[:max_entries]
    reasons = Counter[str]()
    entries: list[NewEntry] = []
    base = web_address(feed.link, url) or url
    for raw in taken:
        try:
            entry = _entry(raw, base, feed.language, now)
        except (ValueError, TypeError, OverflowError, AttributeError, RecursionError):
            reasons[UNREADABLE] += 1
            continue
        if entry is None:
            reasons[NO_TEXT] += 1
        else:
            entries.append(entry)
    return ParsedFeed(
        entries=tuple(with_keys(entries, listed_url or url)),
        seen=len(feed.entries),
        capped=len(feed.entries) - len(taken),
        rejected=reasons.total(),
        reasons=dict(sorted(reasons.items())),
        interval_seconds=feed.interval_seconds,
    )


def _entry(raw: RawEntry, base: str, feed_language: str, now: datetime) -> NewEntry | None:
    content = plain_text(raw.content) if raw.content and raw.content != raw.summary else ""
    summary = plain_text(raw.summary) or content
    title = plain_text(raw.title) or cut(summary, HEADLINE)
    if not title:
        return None
    published_at, status = judge(raw.stated_at, now)
    summary = cut(summary, MAX_SUMMARY)
    body = cut(content, MAX_BODY)
    return NewEntry(
        keys=(),
        title=cut(title, MAX_TITLE),
        summary=summary,
        body="" if body == summary else body,
        link=web_address(raw.link, base),
        guid=clean_line(raw.guid)[:MAX_GUID],
        author=cut(plain_text(raw.author), MAX_AUTHOR),
        language=primary_language(raw.language) or primary_language(feed_language),
        published_at=published_at,
        published_status=status,
    )


def primary_language(tag: str) -> str:
    """The primary subtag of a language tag in lower case (``en-GB`` → ``en``), or an empty string."""
    primary = tag.strip().replace("_", "-").partition("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3 else ""


def with_keys(entries: Sequence[NewEntry], url: str) -> list[NewEntry]:
    """The entries of one document with their identities, strongest first: guid within the feed, address, title.

    A guid or an address that several different elements share identifies none of them. ``url`` names the feed:
    its scheme and ``www`` may change without its guids becoming others.
    """
    feed = identity(url) or url
    addresses = [_addresses(entry) for entry in entries]
    by_guid: dict[str, set[str]] = defaultdict(set)
    by_address: dict[str, set[str]] = defaultdict(set)
    for entry, own in zip(entries, addresses, strict=True):
        by_guid[entry.guid].add(own[0] if own else entry.link or letters_and_digits(entry.title))
        for address in own:
            by_address[address].add(entry.guid or letters_and_digits(entry.title))
    identified = []
    for entry, own in zip(entries, addresses, strict=True):
        keys = [f"g:{_hash(feed, entry.guid)}"] if entry.guid and len(by_guid[entry.guid]) == 1 else []
        keys += [f"u:{address}" for address in own if len(by_address[address]) == 1]
        identified.append(_keyed(entry, tuple(keys) or (_title_key(entry, feed),)))
    return identified


def _addresses(entry: NewEntry) -> tuple[str, ...]:
    found = [identity(entry.link)] if entry.link else []
    if entry.guid.startswith(("http://", "https://")):
        found.append(identity(web_address(entry.guid)))
    return tuple(dict.fromkeys(address for address in found if address))


def _title_key(entry: NewEntry, feed: str) -> str:
    day = "" if entry.published_at is None else entry.published_at.date().isoformat()
    return f"t:{_hash(feed, letters_and_digits(entry.title), day)}"


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
