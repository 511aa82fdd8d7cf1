"""The sample's entries rendered as feeds: RSS 2.0, RSS 1.0, Atom and JSON Feed, with the faults that outlets have.

The same entries give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

FeedFormat = Literal["rss2", "rss1", "atom", "json"]
Quirk = Literal["", "malformed", "undeclared_latin1", "missing", "redirect", "slow", "no_guid", "html_summary"]

MEDIA_TYPES: dict[FeedFormat, str] = {
    "rss2": "application/rss+xml",
    "rss1": "application/rdf+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class SampleOutlet:
    """An invented outlet and the way in which its feed is made."""

    key: str
    name: str
    domain: str
    language: str
    country: str
    kind: str
    topic: str
    format: FeedFormat
    encoding: str
    quirk: Quirk


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One report in our own words; ``path`` is that of its article on the outlet's domain."""

    outlet: str
    published: datetime
    title: str
    summary: str
    path: str
    author: str
    story: str
    relevant: bool


def render(outlet: SampleOutlet, entries: Sequence[SampleEntry]) -> bytes:
    """The outlet's feed with these entries, in its format, its encoding and with its fault."""
    renderers = {"rss2": _rss2, "rss1": _rss1, "atom": _atom, "json": _json_feed}
    text = renderers[outlet.format](outlet, entries)
    if outlet.quirk == "malformed":
        text = _malformed(text)
    if outlet.quirk == "undeclared_latin1":
        return text.encode("latin-1", "xmlcharrefreplace")
    return text.encode(outlet.encoding, "xmlcharrefreplace")


def address(outlet: SampleOutlet, entry: SampleEntry) -> str:
    """The address of an entry's article."""
    return f"https://{outlet.domain}{entry.path}"


def _declaration(outlet: SampleOutlet) -> str:
    stated = "" if outlet.quirk == "undeclared_latin1" else f' encoding="{outlet.encoding}"'
    return f'<?xml version="1.0"{stated}?>\n'


def _summary(outlet: SampleOutlet, entry: SampleEntry) -> str:
    if outlet.quirk != "html_summary":
        return escape(entry.summary)
    pixel = f'<img src="https://{outlet.domain}/pixel.gif" width="1" height="1"/><script>count(1)</script>'
    return escape(entry.summary + pixel)  # these summaries are written as HTML


def _rss2(outlet: SampleOutlet, entries: Sequence[SampleEntry]) -> str:
    head = (
        f"<title>{escape(outlet.name)}</title><link>https://{outlet.domain}/</link>"
        f"<description>{escape(outlet.topic)}</description><language>{outlet.language}</language>"
    )
    elements = "".join(_rss2_element(outlet, entry) for entry in entries)
    return (
        f'{_declaration(outlet)}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{head}'
        f"{elements}\n</channel></rss>\n"
    )


def _rss2_element(outlet: SampleOutlet, entry: SampleEntry) -> str:
    link = address(outlet, entry)
    guid = "" if outlet.quirk == "no_guid" else f'<guid isPermaLink="false">{outlet.key}:{escape(entry.path)}</guid>'
    author = f"<dc:creator>{escape(entry.author)}</dc:creator>" if entry.author else ""
    return (
        f"\n<item><title>{escape(entry.title)}</title><link>{escape(link)}</link>{guid}{author}"
        f"<description>{_summary(outlet, entry)}</description><pubDate>{_rfc822(entry.published)}</pubDate></item>"
    )


def _rss1(outlet: SampleOutlet, entries: Sequence[SampleEntry]) -> str:
    links = [address(outlet, entry) for entry in entries]
    order = "".join(f"<rdf:li rdf:resource={quoteattr(link)}/>" for link in links)
    elements = "".join(
        f"\n<item rdf:about={quoteattr(link)}><title>{escape(entry.title)}</title><link>{escape(link)}</link>"
        f"<description>{_summary(outlet, entry)}</description><dc:creator>{escape(entry.author)}</dc:creator>"
        f"<dc:date>{entry.published.isoformat()}</dc:date></item>"
        for link, entry in zip(links, entries, strict=True)
    )
    home = f"https://{outlet.domain}/"
    return (
        f'{_declaration(outlet)}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{home}"><title>{escape(outlet.name)}</title><link>{home}</link>'
        f"<description>{escape(outlet.topic)}</description><dc:language>{outlet.language}</dc:language>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>{elements}\n</rdf:RDF>\n"
    )


def _atom(outlet: SampleOutlet, entries: Sequence[SampleEntry]) -> str:
    updated = max((entry.published for entry in entries), default=None)
    elements = "".join(
        f"\n<entry><id>tag:{outlet.domain},2024:{escape(entry.path)}</id><title>{escape(entry.title)}</title>"
        f'<link rel="alternate" href={quoteattr(address(outlet, entry))}/>'
        f"<published>{entry.published.isoformat()}</published><updated>{entry.published.isoformat()}</updated>"
        f"<author><name>{escape(entry.author or outlet.name)}</name></author>"
        f'<summary type="html">{_summary(outlet, entry)}</summary></entry>'
        for entry in entries
    )
    return (
        f'{_declaration(outlet)}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">'
        f"<id>tag:{outlet.domain},2024:feed</id><title>{escape(outlet.name)}</title>"
        f'<subtitle>{escape(outlet.topic)}</subtitle><link href="https://{outlet.domain}/"/>'
        f"<updated>{'1970-01-01T00:00:00+00:00' if updated is None else updated.isoformat()}</updated>"
        f"{elements}\n</feed>\n"
    )


def _json_feed(outlet: SampleOutlet, entries: Sequence[SampleEntry]) -> str:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": outlet.topic,
        "home_page_url": f"https://{outlet.domain}/",
        "language": outlet.language,
        "items": [
            {
                "id": f"{outlet.key}:{entry.path}",
                "url": address(outlet, entry),
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": entry.published.isoformat(),
                **({"authors": [{"name": entry.author}]} if entry.author else {}),
            }
            for entry in entries
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _malformed(text: str) -> str:
    # What real outlets get wrong: a bare ampersand, an element that is never closed, an end that is missing.
    broken = text.replace("<channel>", "<channel><copyright>News & Views</copyright>", 1)
    return broken.replace("<pubDate>", "<category>reports<pubDate>").replace("</channel></rss>\n", "")


def _rfc822(moment: datetime) -> str:
    # Not strftime: its names of days and months follow the machine's language.
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02d} {month} {moment.year} {moment:%H:%M:%S %z}"
