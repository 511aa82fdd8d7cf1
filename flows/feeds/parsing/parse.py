"""Bytes → entries, of RSS, Atom, JSON Feed and news sitemaps. The only module that imports feedparser.

feedparser's cleaning of HTML and its resolving of addresses inside of HTML are off: they cost a third of its time,
and `flows.feeds.parsing.text` keeps no markup at all.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from flows.feeds.parsing.dates import from_iso, from_zoneless, named_zone_shift
from flows.feeds.parsing.encoding import to_utf8
from flows.feeds.parsing.entities import are_hostile
from flows.feeds.parsing.interval import stated_interval
from flows.feeds.parsing.json_feed import looks_like_json, read_json_feed
from flows.feeds.parsing.normalise import normalise
from flows.feeds.parsing.records import NotAFeedError, ParsedFeed, RawEntry, RawFeed
from flows.feeds.parsing.sitemap import looks_like_sitemap, read_sitemap

_WEB_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


def parse_feed(
    body: bytes, content_type: str, url: str, now: datetime, max_entries: int = 2000, listed_url: str = ""
) -> ParsedFeed:
    """The entries of a document fetched from ``url`` at ``now`` (aware UTC), of the feed that is known under
    ``listed_url`` (by default the same). Never raises for what is in the body: a body that is no feed comes back
    with ``error`` set, an element that cannot be stored is counted as rejected."""
    try:
        feed = _read(body, content_type)
    except NotAFeedError as error:
        return ParsedFeed(error=f"not a feed: {error}")
    except MemoryError:
        return ParsedFeed(error="not a feed: its elements need more memory than a feed may take")
    except Exception as error:  # feedparser meets hostile bytes here; whatever it raises is this feed's failure
        return ParsedFeed(error=f"cannot be parsed: {type(error).__name__}: {' '.join(str(error).split())}"[:300])
    return normalise(feed, url, now, max_entries, listed_url)


def _read(body: bytes, content_type: str) -> RawFeed:
    if not body.strip():
        raise NotAFeedError("the body is empty")
    if looks_like_json(body):
        return read_json_feed(body)
    document = to_utf8(body, content_type)
    _refuse(document)
    if looks_like_sitemap(document):
        return read_sitemap(document)
    # In a file object: bytes given directly are first tried as the name of a local file. Without the feed's address:
    # with it, feedparser joins addresses at every single tag; relative links are resolved when they are normalised.
    parsed = feedparser.parse(
        io.BytesIO(document),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.version and not parsed.entries:
        raise NotAFeedError("neither RSS nor Atom nor JSON Feed")
    about = parsed.feed
    interval = stated_interval(_text(about, "ttl"), _text(about, "sy_updateperiod"), _text(about, "sy_updatefrequency"))
    return RawFeed(tuple(_raw(entry) for entry in parsed.entries), _text(about, "language"), interval)


def _refuse(document: bytes) -> None:
    if b"<" not in document[:4096]:
        raise NotAFeedError("no XML and no JSON")
    if _WEB_PAGE.match(document[:4096]):
        raise NotAFeedError("a web page (HTML)")
    if are_hostile(document):
        raise NotAFeedError("it declares XML entities that grow without bounds")


def _raw(entry: dict[str, Any]) -> RawEntry:
    content = max((str(part.get("value", "")) for part in dict.get(entry, "content", ())), key=len, default="")
    summary = _text(entry, "summary")
    return RawEntry(
        guid=_text(entry, "id"),
        link=_text(entry, "feedburner_origlink") or _text(entry, "link"),
        title=_text(entry, "title"),
        summary=summary,
        content=content,
        author=_text(entry, "author"),
        language=_language(entry),
        stated_at=_stated(entry),
    )


def _text(record: dict[str, Any], name: str) -> str:
    # Past feedparser's own get(), which maps old names at some cost and warns about one of them.
    value = dict.get(record, name)
    return value if isinstance(value, str) else ""


def _language(entry: dict[str, Any]) -> str:
    own = _text(entry, "language")
    detail = dict.get(entry, "title_detail")
    return own or (_text(detail, "language") if detail else "")


def _stated(entry: dict[str, Any]) -> datetime | None:
    for name in ("published", "updated", "created"):
        text = _text(entry, name)
        moment = _moment(dict.get(entry, f"{name}_parsed"), text) or from_iso(text) or from_zoneless(text)
        if moment is not None:
            return moment
    return None


def _moment(parsed: struct_time | None, text: str) -> datetime | None:
    try:
        return None if parsed is None else datetime.fromtimestamp(timegm(parsed), UTC) - named_zone_shift(text)
    except (ValueError, OverflowError):  # a year that no calendar of ours has
        return None
