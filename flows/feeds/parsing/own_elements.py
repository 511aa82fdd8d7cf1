"""An XML feed's own elements, apart from those of its extensions. The only module that imports feedparser.

feedparser puts titles, descriptions and authors of media, images, podcasts and DC where an entry's own belong,
whichever stands first. Here its parser is given other places for them, and keeps every author.
"""

from __future__ import annotations

import io
import re
import xml.sax
import xml.sax.expatreader
import xml.sax.handler
import xml.sax.xmlreader
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import unescape

from feedparser import api
from feedparser.util import FeedParserDict

_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")


@dataclass(frozen=True, slots=True)
class Elements:
    """What feedparser made of a document: what stands of the whole, its entries, and the version (empty: no feed).

    Beside its usual keys there are ``media_title``, ``media_description``, ``itunes_summary``, ``itunes_subtitle``,
    ``itunes_author``, ``dc_title`` and ``dc_description``; a link in an element of another kind has
    ``nested``; of ``authors`` each has as its name all that its element says.
    """

    feed: dict[str, Any]
    entries: list[dict[str, Any]]
    version: str


def read_elements(document: bytes) -> Elements:
    """The elements of a document in UTF-8 without declaration: read as XML, or where it is broken as the tags in it."""
    version, data, entities = api.replace_doctype(document)
    parser = _Strict("", None, "utf-8")
    try:
        _sax_parser(_set_up(parser)).parse(_source(data))
    except xml.sax.SAXException:
        parser = _Loose("", None, "utf-8", entities)
        _set_up(parser).feed(with_whole_ampersands(data.decode("utf-8", "replace")))
    return Elements(parser.feeddata, parser.entries, version or parser.version)


def with_whole_ampersands(text: str) -> str:
    """The document with each ampersand that begins no entity written as one; feedparser, which reads tags where a
    document is no XML, would take ``&copy=2`` in an address for the sign of copyright."""
    pieces, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        pieces += [_BARE_AMPERSAND.sub("&amp;", text[at:start]), text[start:end]]
        at = end
    return "".join((*pieces, _BARE_AMPERSAND.sub("&amp;", text[at:])))


def _set_up(parser: Any) -> Any:
    # Its cleaning of HTML and its resolving of addresses inside of HTML cost a third of the time for nothing.
    parser.resolve_relative_uris = parser.sanitize_html = False
    parser.contentparams = _Details()
    return parser


def _sax_parser(handler: Any) -> Any:
    reader = _Reader()  # entities that grow were refused before
    reader.setFeature(xml.sax.handler.feature_namespaces, True)
    reader.setFeature(xml.sax.handler.feature_external_ges, False)
    reader.setContentHandler(handler)
    reader.setErrorHandler(handler)
    return reader


class _Reader(xml.sax.expatreader.ExpatParser):
    _parser: Any  # the type stubs leave it out

    def reset(self) -> None:
        super().reset()
        # A text comes in one piece, and not in one for each line and each reference in it.
        self._parser.buffer_text = True


def _source(data: bytes) -> xml.sax.xmlreader.InputSource:
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(data))
    return source


class _Details(dict[str, Any]):
    """What an element says of its text: its type, its language, its base. Feedparser asks for them at every piece of a
    text, and makes a deep copy for every element. A plain dict and a shallow copy are as good, and take a tenth off the
    time of the whole: the keys are no old names, the values are texts."""

    def __deepcopy__(self, _memo: Any) -> FeedParserDict:
        return FeedParserDict(self)


class _Apart:
    """Mixed into feedparser's parsers, which call a method by the name of each element. ``_get_context`` is the record
    of the entry, source or feed that is being read."""

    def unknown_endtag(self: Any, tag: str) -> None:
        super().unknown_endtag(tag)  # type: ignore[misc]
        if self.basestack and not self.basestack[-1]:
            self.baseuri = ""  # feedparser would go on with the base of the element that has ended

    def push_content(self: Any, *arguments: Any) -> None:
        super().push_content(*arguments)  # type: ignore[misc]
        self.contentparams = _Details(self.contentparams)

    def _start_apart(self: Any, name: str) -> None:
        self.push(name, 1)

    def _end_apart(self: Any, name: str) -> None:
        self.pop(name)

    def _is_in_image(self: Any) -> bool:
        return bool(self.inentry and self.inimage)

    def _start_item(self: Any, attributes: Any) -> None:
        super()._start_item(attributes)  # type: ignore[misc]
        self.entry_depth = self.depth

    _start_entry = _start_item

    def _start_guid(self: Any, attributes: Any) -> None:
        if "ispermalink" in attributes:
            attributes["ispermalink"] = attributes["ispermalink"].strip().lower()
        super()._start_guid(attributes)  # type: ignore[misc]

    def _start_link(self: Any, attributes: Any) -> None:
        if self.inentry and self.depth > self.entry_depth + 1:
            attributes["nested"] = "nested"
        # feedparser would take any of these for the address, before that in ``href`` and instead of the text.
        for name in ("url", "uri"):
            if name in attributes and not attributes[name].lower().startswith(("http://", "https://")):
                del attributes[name]
        super()._start_link(attributes)  # type: ignore[misc]

    def _start_title(self: Any, attributes: Any) -> None:
        if self._is_in_image():
            self.push("image_title", 1)
        else:
            super()._start_title(attributes)  # type: ignore[misc]

    def _end_title(self: Any) -> None:
        if self.elementstack and self.elementstack[-1][0] == "image_title":
            self.pop("image_title")
        else:
            super()._end_title()  # type: ignore[misc]

    def _start_description(self: Any, attributes: Any) -> None:
        if self._is_in_image():
            self.push("image_description", 1)
        else:
            super()._start_description(attributes)  # type: ignore[misc]

    def _end_description(self: Any) -> None:
        if self.elementstack and self.elementstack[-1][0] == "image_description":
            self.pop("image_description")
        else:
            super()._end_description()  # type: ignore[misc]

    def _end_author(self: Any) -> None:
        told = self.pop("author")
        self.inauthor = 0
        author = self._get_context()["authors"][-1]
        if not author.get("name"):  # of RSS, where the element itself holds the name
            author["name"] = told or ""


def _apart(name: str) -> dict[str, Any]:
    return {
        f"_start_{name}": lambda self, _attributes: self._start_apart(name),
        f"_end_{name}": lambda self: self._end_apart(name),
    }


_ASIDE: dict[str, Any] = {}
_EXTENSIONS = ("media_title", "media_description", "itunes_summary", "itunes_subtitle", "itunes_author")
for _name in (*_EXTENSIONS, "dc_title", "dc_description"):
    _ASIDE |= _apart(_name)
# Whom to write to about the whole feed: no author of its entries.
_ASIDE |= _apart("managingeditor")


def _decoded(self: Any, element: str, text: str) -> str:
    text = api.LooseFeedParser.decode_entities(self, element, text)
    return unescape(text) if element in ("id", "link", "feedburner_origlink") else text


_Strict: Any = type("_Strict", (_Apart, api.StrictFeedParser), _ASIDE)
_Loose: Any = type("_Loose", (_Apart, api.LooseFeedParser), _ASIDE | {"decode_entities": _decoded})
