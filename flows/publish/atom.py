"""A feed as Atom (RFC 4287), by the XML writer of the standard library."""

from __future__ import annotations

from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flows.publish.feed_items import Feed, FeedItem

NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(feed: Feed) -> bytes:
    """The feed as a document in UTF-8. The same feed gives the same bytes."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", stamp(feed.updated))
    _text(SubElement(root, "author"), "name", feed.author)
    _text(root, "generator", "axiswatch")
    if feed.root:
        _link(root, "self", feed.root + feed.place.atom, "application/atom+xml")
        _link(root, "alternate", feed.root + "index.html", "text/html")
    for item in feed.items:
        _entry(SubElement(root, "entry"), item)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def stamp(moment: datetime) -> str:
    """``2026-11-21T06:00:00Z``, as RFC 3339 has it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _entry(entry: Element, item: FeedItem) -> None:
    _text(entry, "id", item.id)
    _text(entry, "title", item.title)
    if item.link:
        _link(entry, "alternate", item.link)
    if item.page and item.page != item.link:
        _link(entry, "related", item.page, "text/html")
    _text(entry, "published", stamp(item.published))
    _text(entry, "updated", stamp(item.updated))
    for tag in item.tags:
        SubElement(entry, "category", {"term": tag})
    _text(entry, "content", item.content).set("type", "html")


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = text
    return element


def _link(parent: Element, rel: str, href: str, kind: str = "") -> None:
    SubElement(parent, "link", {"rel": rel, "href": href} | ({"type": kind} if kind else {}))
