"""Bytes → entries, of RSS, Atom, JSON Feed and news sitemaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flows.feeds.parsing.authors import author_line
from flows.feeds.parsing.dates import moments_of
from flows.feeds.parsing.encoding import to_utf8
from flows.feeds.parsing.entities import are_hostile
from flows.feeds.parsing.interval import stated_interval
from flows.feeds.parsing.json_feed import looks_like_json, read_json_feed
from flows.feeds.parsing.links import chosen_link
from flows.feeds.parsing.normalise import normalise
from flows.feeds.parsing.own_elements import read_elements
from flows.feeds.parsing.records import NotAFeedError, ParsedFeed, RawEntry, RawFeed
from flows.feeds.parsing.sitemap import looks_like_sitemap, read_sitemap

_DESCRIPTIONS = ("dc_description", "itunes_summary", "itunes_subtitle", "media_description")
# Atomic, or as many comments as fit would be tried in all ways to take several for one.
_BEFORE_ROOT = rb"\s*(?:(?><\?[^>]*>|<!--.*?-->)\s*)*+"
_IS_FEED = rb"(?=[^>]*>" + _BEFORE_ROOT + rb"<(?:rss|feed|rdf:RDF)\b)"
_WEB_PAGE = re.compile(
    # Some feeds bear the document type of a web page, by a template that is meant for pages.
    _BEFORE_ROOT + rb"<(?:!doctype\s+html\b(?!" + _IS_FEED + rb")|(?:html|head|body)\b)",
    re.IGNORECASE | re.DOTALL,
)


def parse_feed(
    body: bytes, content_type: str, url: str, now: datetime, max_entries: int = 2000, listed_url: str = ""
) -> ParsedFeed:
    """The entries of a document fetched from ``url`` at ``now`` (aware UTC), of the feed that is known under
    ``listed_url`` (by default the same). Never raises for what is in the body: a body that is no feed comes back
    with ``error`` set, an element that cannot be stored is counted as rejected."""
    try:
        feed = read_document(body, content_type)
    except NotAFeedError as error:
        return ParsedFeed(error=f"not a feed: {error}")
    except MemoryError:
        return ParsedFeed(error="not a feed: its elements need more memory than a feed may take")
    except Exception as error:  # feedparser meets hostile bytes here; whatever it raises is this feed's failure
        return ParsedFeed(error=f"cannot be parsed: {type(error).__name__}: {' '.join(str(error).split())}"[:300])
    return normalise(feed, url, now, max_entries, listed_url)


def read_document(body: bytes, content_type: str) -> RawFeed:
    """The elements of a document as its format tells them. Raises NotAFeedError, and what feedparser may raise."""
    if not body.strip():
        raise NotAFeedError("the body is empty")
    if looks_like_json(body):
        return read_json_feed(body)
    document = to_utf8(body, content_type)
    _refuse(document)
    if looks_like_sitemap(document):
        return read_sitemap(document)
    parsed = read_elements(document)
    if not parsed.version and not parsed.entries:
        raise NotAFeedError("neither RSS nor Atom nor JSON Feed")
    about = parsed.feed
    interval = stated_interval(_text(about, "ttl"), _text(about, "sy_updateperiod"), _text(about, "sy_updatefrequency"))
    language = _text(about, "language")
    return RawFeed(_raw_entries(parsed.entries, language, _authors(about)), language, interval, _link(about))


def _refuse(document: bytes) -> None:
    if b"<" not in document[:4096]:
        raise NotAFeedError("no XML and no JSON")
    if _WEB_PAGE.match(document[:4096]):
        raise NotAFeedError("a web page (HTML)")
    if are_hostile(document):
        raise NotAFeedError("it declares XML entities that grow without bounds")


def _raw_entries(entries: Sequence[dict[str, Any]], language: str, everyone: str) -> tuple[RawEntry, ...]:
    # From their texts: of what feedparser makes of a date, its reader may have seen the beginning alone.
    told = [[_text(entry, name) for name in ("published", "updated", "created")] for entry in entries]
    moments = zip(entries, moments_of(told, language), strict=True)
    return tuple(_raw(entry, everyone, stated_at) for entry, stated_at in moments)


def _raw(entry: dict[str, Any], everyone: str, stated_at: datetime | None) -> RawEntry:
    content = max(map(_content, dict.get(entry, "content", ())), key=len, default="")
    return RawEntry(
        guid=_text(entry, "id"),
        link=_text(entry, "feedburner_origlink") or _link(entry) or _permanent_link(entry),
        title=_first(entry, "title", "dc_title", "itunes_title", "media_title"),
        # Of a media or podcast extension only where the entry says nothing itself.
        summary=_text(entry, "summary") or content or _first(entry, *_DESCRIPTIONS),
        content=content,
        author=_authors(entry) or _authors(dict.get(entry, "source") or {}) or everyone,
        language=_language(entry),
        stated_at=stated_at,
        half_read=dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed"),
    )


def _text(record: dict[str, Any], name: str) -> str:
    # Past feedparser's own get(), which maps old names at some cost and warns about one of them.
    value = dict.get(record, name)
    return value if isinstance(value, str) else ""


def _first(record: dict[str, Any], *names: str) -> str:
    return next((text for text in (_text(record, name) for name in names) if text), "")


def _content(part: dict[str, Any]) -> str:
    # A picture in Base64 is content, too, for Atom.
    is_text = str(part.get("type", "")).startswith(("text/", "application/xhtml"))
    return str(part.get("value", "")) if is_text else ""


def _authors(record: dict[str, Any]) -> str:
    own = author_line(_text(author, "name") for author in dict.get(record, "authors", ()))
    return own or author_line([_text(record, "itunes_author")])


def _link(record: dict[str, Any]) -> str:
    links = sorted(dict.get(record, "links", ()), key=lambda link: _text(link, "nested"))
    return chosen_link((_text(link, "rel"), _text(link, "type"), _text(link, "href")) for link in links)


def _permanent_link(entry: dict[str, Any]) -> str:
    # Without a word on it the id is what RDF says that the item is about.
    address = _text(entry, "id") if dict.get(entry, "guidislink", True) else ""
    return address if address.startswith(("http://", "https://", "/")) else ""


def _language(entry: dict[str, Any]) -> str:
    own = _text(entry, "language")
    detail = dict.get(entry, "title_detail")
    return own or (_text(detail, "language") if detail else "")
