"""The validator of the W3C: a comment names the message that a document must bring about, or (``!``) must not.

A reader must take what the validator finds no error in, and understand the dates that it calls valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.suites.cases import Case

_EXPECT = re.compile(r"Description:\s*(.*?)\s*(?:Expect|Message):\s*(!?)(\w*)(?:\{(.*?)\})?\s*-->", re.DOTALL)
_SOUND = {"Error", "Message", "Warning"}
_DATES = {"ValidRFC2822Date", "ValidW3CDTFDate", "ValidW3DTFDate"}
_OF_ENTRIES = re.compile(r"parent:(?:item|entry)\b")
_KEPT = re.compile(r"element:(?:pubDate|published|updated|issued|modified|created|dc:date|dcterms:\w+)(?:[,}]|$)")
_NO_FEEDS = ("opml", "opensearch", "kml", "app", "xrd")


def cases(root: Path) -> Iterator[Case]:
    """Its documents that are feeds, with what their comments say."""
    for file in sorted((root / "testcases").rglob("*.xml")):
        if not set(_NO_FEEDS) & set(file.relative_to(root).parts):
            yield _case(file, root)


def _case(file: Path, root: Path) -> Case:
    body = file.read_bytes()
    told = _EXPECT.search(body.decode("utf-8", "replace"))
    negated, message, of = (each or "" for each in (told.group(2, 3, 4) if told else ("", "", "")))
    is_sound = bool(negated) and message in _SOUND
    is_dated = not negated and message in _DATES and bool(_OF_ENTRIES.search(of) and _KEPT.search(of))
    return Case(file.relative_to(root).as_posix(), body, must_read=is_sound, must_date=is_dated)
