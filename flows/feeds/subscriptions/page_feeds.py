"""What a web page says of the feeds that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from flows.feeds.parsing.encoding import to_utf8
from flows.feeds.parsing.links import web_address
from flows.feeds.parsing.text import cut, plain_text

MAX_PAGE = 1_000_000
"""Bytes of a page that are looked at: links to feeds stand at its head."""
MAX_TITLE = 120
WELL_KNOWN = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/news-sitemap.xml")
"""Where feeds lie that no page speaks of."""

_TYPES = re.compile(r"application/(rss|atom|rdf|feed)\+(xml|json)|(application|text)/xml", re.I)
_FEED_PATH = re.compile(r"(?:^|[/._-])(?:rss|feed|atom|rdf)(?:\.(?:xml|rss|php|json))?/?$", re.I)
_TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,1000}?)</title\s*>", re.I | re.S)
_JSON_TITLE = re.compile(rb'"title"\s*:\s*"((?:[^"\\]|\\.){0,500})"')
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names: its absolute address and the title that the page gives it."""

    url: str
    title: str = ""


def linked_feeds(body: bytes, content_type: str, url: str) -> list[FeedLink]:
    """The feeds that a page found at ``url`` names as its own, or else those that it links to, each once."""
    tree = LexborHTMLParser(to_utf8(body[:MAX_PAGE], content_type))
    root = tree.css_first("base[href]")
    base = web_address(root.attributes.get("href") or "", url) if root else url
    named = [
        (node.attributes.get("href"), node.attributes.get("title"))
        for node in tree.css("link[rel][href]")
        if _is_feed(node.attributes)
    ]
    if not named:
        links = ((node.attributes.get("href") or "", node.text(deep=True)) for node in tree.css("a[href]"))
        named = [(href, text) for href, text in links if _FEED_PATH.search(href.partition("?")[0])]
    found = [(web_address(href or "", base or url), title) for href, title in named]
    return list({link: FeedLink(link, _title(title or "")) for link, title in reversed(found) if link}.values())[::-1]


def _is_feed(attributes: dict[str, str | None]) -> bool:
    relations = (attributes.get("rel") or "").lower().split()
    if "stylesheet" in relations:
        return False
    return "feed" in relations or ("alternate" in relations and bool(_TYPES.match(attributes.get("type") or "")))


def document_title(body: bytes, content_type: str) -> str:
    """The title of a feed or a page, as plain text; empty where it has none."""
    head = body[:50_000]
    if head.lstrip()[:1] == b"{":
        match = _JSON_TITLE.search(head)
        return _title(match[1].decode(errors="ignore")) if match else ""
    match = _TITLE.search(to_utf8(head, content_type))
    return _title(_CDATA.sub(r"\1", match[1].decode())) if match else ""


def _title(markup: str) -> str:
    return cut(plain_text(markup), MAX_TITLE)
