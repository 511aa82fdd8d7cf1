"""OPML, in which programs hand each other lists of feeds. A folder there is a topic here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args
from xml.etree.ElementTree import Element, ElementTree, ParseError, SubElement, indent, register_namespace

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from db.records import FeedKind, FeedSpec
from flows.feeds.parsing.links import web_address
from flows.feeds.parsing.text import cut, plain_text
from flows.feeds.subscriptions.catalogue import CatalogueError
from flows.feeds.subscriptions.state_media import kind_of

MAX_MEGABYTES, MAX_FEEDS, MAX_DEPTH, MAX_NAME = 30, 20_000, 8, 120
"""Bounds of a file, of the feeds taken from it, of folders within folders, and of the characters of a name."""
NAMESPACE = "https://axiswatch.example/opml"
"""Of the attributes that OPML has no word for: country, kind."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Outlines:
    """What an OPML file lists: seen = len(feeds) + the sum of ``rejected`` (reason → count). Folders do not count."""

    feeds: tuple[FeedSpec, ...]
    seen: int
    rejected: Mapping[str, int] = field(default_factory=dict)


def read_opml(file: Path) -> Outlines:
    """The feeds of an OPML file, each address once. Document types and entities are refused, so nothing can grow.

    Raises CatalogueError for what is no OPML, is broken, or is larger than ``MAX_MEGABYTES``.
    """
    try:
        if file.stat().st_size > MAX_MEGABYTES * 1_000_000:
            raise CatalogueError(f"{file} is larger than {MAX_MEGABYTES} MB: that is no list of feeds")
        with file.open("rb") as source:
            return _Reader().read(iterparse(source, events=("start", "end"), forbid_dtd=True), file)
    except FileNotFoundError:
        raise CatalogueError(f"there is no file {file}") from None
    except DefusedXmlException as error:
        raise CatalogueError(f"{file} declares a document type, which no OPML needs; it was not read") from error
    except (ParseError, OSError, ValueError, LookupError) as error:
        raise CatalogueError(f"{file} is not readable as OPML: {error}") from error


class _Reader:
    def __init__(self) -> None:
        self._feeds: dict[str, FeedSpec] = {}
        self._rejected = Counter[str]()
        self._path: list[str] = []

    def read(self, events: Iterable[tuple[str, Element]], file: Path) -> Outlines:
        is_first = True
        for event, element in events:
            if is_first and element.tag.lower() != "opml":
                raise CatalogueError(f"{file} is no OPML: it begins with <{element.tag[:40]}>")
            is_first = False
            if element.tag == "outline" and event == "start":
                self._take({name.lower(): value for name, value in element.attrib.items()})
            elif event == "end":
                if element.tag == "outline":
                    self._path.pop()
                element.clear()
        return Outlines(tuple(self._feeds.values()), len(self._feeds) + self._rejected.total(), dict(self._rejected))

    def _take(self, attributes: Mapping[str, str]) -> None:
        name = _name(attributes.get("text", "")) or _name(attributes.get("title", ""))
        address = attributes.get("xmlurl", "")
        if address.strip():
            self._add(address, name, attributes)
        elif attributes.get("type", "").lower() in ("rss", "atom"):
            self._rejected["no address"] += 1
        self._path.append("" if address.strip() else name.replace("/", "-"))

    def _add(self, address: str, name: str, attributes: Mapping[str, str]) -> None:
        url = web_address(re.sub(r"^\s*feed:(?=https?:)", "", address, flags=re.I))
        if not url:
            self._rejected["no http or https address"] += 1
        elif url in self._feeds:
            self._rejected["listed twice"] += 1
        elif len(self._feeds) >= MAX_FEEDS:
            self._rejected[f"more than {MAX_FEEDS} feeds"] += 1
        else:
            self._feeds[url] = self._spec(url, name, attributes)

    def _spec(self, url: str, name: str, attributes: Mapping[str, str]) -> FeedSpec:
        kind = attributes.get(f"{{{NAMESPACE}}}kind", "")
        return FeedSpec(
            url=url,
            outlet=name or url,
            country=_name(attributes.get(f"{{{NAMESPACE}}}country", ""))[:3],
            language=_name(attributes.get("language", ""))[:12],
            kind=next((known for known in get_args(FeedKind) if known == kind), kind_of(url)),
            topic="/".join([folder for folder in self._path if folder][:MAX_DEPTH]),
        )


def _name(text: str) -> str:
    return cut(plain_text(text[: 10 * MAX_NAME]), MAX_NAME)


def write_opml(file: Path, specs: Iterable[FeedSpec]) -> None:
    """Write the feeds as OPML 2.0, in folders by topic (``a/b``: folder b within a). Raises CatalogueError."""
    register_namespace("axiswatch", NAMESPACE)
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "axiswatch feeds"
    folders = {"": SubElement(root, "body")}
    for spec in specs:
        SubElement(_folder(folders, spec.topic), "outline", _attributes(spec))
    indent(root)
    try:
        ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise CatalogueError(f"cannot write {file}: {error.strerror}") from error


def _folder(folders: dict[str, Element], topic: str) -> Element:
    if topic not in folders:
        above, _, name = topic.rpartition("/")
        folders[topic] = SubElement(_folder(folders, above), "outline", {"text": _sound(name)})
    return folders[topic]


def _attributes(spec: FeedSpec) -> dict[str, str]:
    told = {
        "type": "rss",
        "text": spec.outlet,
        "xmlUrl": spec.url,
        "language": spec.language,
        f"{{{NAMESPACE}}}country": spec.country,
        f"{{{NAMESPACE}}}kind": spec.kind,
    }
    return {name: _sound(value) for name, value in told.items() if value}


def _sound(text: str) -> str:
    return _NOT_XML.sub("", text)
