"""News sitemaps (google.com/schemas/sitemap-news/0.9) as raw elements: what many outlets keep better than a feed."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from flows.feeds.parsing.dates import moments_of
from flows.feeds.parsing.records import NotAFeedError, RawEntry, RawFeed
from flows.feeds.parsing.text import as_markup

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>]")


def looks_like_sitemap(document: bytes) -> bool:
    """Whether a document (UTF-8) begins as a sitemap or an index of sitemaps does."""
    return _ROOT.search(document[:4096]) is not None


def read_sitemap(document: bytes) -> RawFeed:
    """The pages of a news sitemap. A page without a title stays an element, to be counted as rejected.

    Raises NotAFeedError for an index of sitemaps, a sitemap that tells no news, and for broken XML.
    """
    try:
        root = fromstring(document, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotAFeedError("a sitemap with a document type declaration") from error
    except ParseError as error:
        raise NotAFeedError(f"a broken sitemap: {error}") from error
    if root.tag.endswith("sitemapindex"):
        raise NotAFeedError("an index of sitemaps; give the address of one of them")
    pages = root.findall("{*}url")
    if pages and all(page.find("{*}news") is None for page in pages):
        raise NotAFeedError("a sitemap that tells addresses alone, no news")
    told = [[_text(page, "{*}news/{*}publication_date")] for page in pages]
    language = next(filter(None, (_text(page, "{*}news/{*}publication/{*}language") for page in pages)), "")
    return RawFeed(tuple(map(_raw, pages, moments_of(told, language))))


def _raw(page: Element, stated_at: datetime | None) -> RawEntry:
    news = page.find("{*}news")
    link = _text(page, "{*}loc")
    if news is None:
        return RawEntry(link=link)
    return RawEntry(
        guid=link,
        link=link,
        title=as_markup(_text(news, "{*}title")),
        language=_text(news, "{*}publication/{*}language"),
        stated_at=stated_at,
    )


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
