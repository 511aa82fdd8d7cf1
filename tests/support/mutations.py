"""Documents spoilt at random, and what must hold of every document however spoilt.

By hand, over files of any folder, such as the test feeds in feedparser's source archive:
``python -m tests.support.mutations FOLDER --count 2000``.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from flows.feeds.parsing.normalise import MAX_AUTHOR, MAX_BODY, MAX_GUID, MAX_SUMMARY, MAX_TITLE
from flows.feeds.parsing.parse import parse_feed
from flows.feeds.parsing.records import ParsedFeed

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://quay.example/feed"
SECONDS = 20
"""What takes longer hangs."""
WORDS = b"""< > & ]]> <![CDATA[ <!-- --> &#x202e; &#0; &lt;script&gt;alert(1)&lt;/script&gt; <script>x</script>
&amp;lt;b&amp;gt; &nbsp; &#xD800; <item> </item> <entry> </channel> <title> </title> <br/> " ' \\u0000 { } [ null 1e999
encoding="koi8-r" &a; 9999-12-31T23:59:59-23:59 0000-00-00 javascript:alert(1) http://[::1 http://a@b/"""
TOKENS = (
    *WORDS.split(),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd8\x00", "\u202e\u200b\ufeff".encode(), b"A" * 5000),
    *(b'<?xml version="1.0" encoding="utf-16"?>', b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"xml:base='http://['"),
    b"Mon, 32 Foo 99999 99:99:99 +9999",
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def spoilt(document: bytes, random: Random) -> bytes:
    """The document after one to six accidents."""
    for _ in range(random.randint(1, 6)):
        document = random.choice(_ACCIDENTS)(document, random)
    return document[:3_000_000]


def _place(document: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(document))
    return start, min(len(document), start + int(random.expovariate(1 / 200)))


def _insert(document: bytes, random: Random) -> bytes:
    at, _ = _place(document, random)
    return document[:at] + random.choice(TOKENS) * random.choice((1, 1, 1, 2, 50)) + document[at:]


def _delete(document: bytes, random: Random) -> bytes:
    start, end = _place(document, random)
    return document[:start] + document[end:]


def _repeat(document: bytes, random: Random) -> bytes:
    start, end = _place(document, random)
    return document[:end] + document[start:end] * random.choice((1, 2, 100)) + document[end:]


def _swap(document: bytes, random: Random) -> bytes:
    start, end = _place(document, random)
    to, _ = _place(document, random)
    return document[:to] + document[start:end] + document[to:]


def _flip(document: bytes, random: Random) -> bytes:
    changed = bytearray(document)
    for _ in range(random.randint(1, 20)):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(document: bytes, random: Random) -> bytes:
    return document[: _place(document, random)[0]]


def _recode(document: bytes, random: Random) -> bytes:
    return document.decode("utf-8", "replace").encode(
        random.choice(("utf-16", "utf-16-be", "cp1251", "utf-7")), "ignore"
    )


_ACCIDENTS = (_insert, _insert, _insert, _delete, _repeat, _swap, _flip, _flip, _cut, _recode)


def faults(parsed: ParsedFeed) -> list[str]:
    """What does not hold of a parsed document; empty where all is well."""
    found = []
    if parsed.seen != len(parsed.entries) + parsed.capped + parsed.rejected:
        found.append(f"seen {parsed.seen} is not entries + capped + rejected")
    if parsed.rejected != sum(parsed.reasons.values()):
        found.append("rejected is not the sum of its reasons")
    for entry in parsed.entries:
        texts = (entry.title, entry.summary, entry.body, entry.author)
        found += [f"markup in {text[:80]!r}" for text in texts if _TAG.search(text)]
        found += [f"hidden signs in {text[:80]!r}" for text in (*texts, entry.guid, entry.link) if _HIDDEN.search(text)]
        most = (MAX_TITLE, MAX_SUMMARY, MAX_BODY, MAX_AUTHOR)
        found += [f"too long: {text[:40]!r}" for text, size in zip(texts, most, strict=True) if len(text) > size]
        if not entry.title or not entry.keys or len(entry.guid) > MAX_GUID:
            found.append(f"no title or no keys: {entry!r}"[:200])
        if entry.link and not entry.link.startswith(("http://", "https://")):
            found.append(f"link {entry.link[:80]!r}")
        if (entry.published_at is None) == (entry.published_status == "stated"):
            found.append(f"date {entry.published_at} is {entry.published_status}")
        if entry.published_at is not None and entry.published_at.tzinfo is not UTC:
            found.append(f"date {entry.published_at!r} is not in UTC")
    return found


def tried(document: bytes, content_type: str = "") -> list[str]:
    """The faults of a document, with what its parsing raised; a hang ends the process by SIGALRM."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return faults(parse_feed(document, content_type, URL, NOW))
    except Exception as error:  # any is a fault: that is what is being looked for
        return [f"{type(error).__name__}: {error}"]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main(arguments: list[str] | None = None) -> int:
    """Spoil files of a folder so many times (0: try each as it is) and say what came of it; 1 where any is at fault."""
    asked = _arguments(arguments)
    files: Sequence[Path] = sorted(file for file in asked.folder.rglob("*") if file.is_file())
    random = Random(asked.seed)
    tally, slowest = Counter[str](), (0.0, "")
    chosen = [random.choice(files) for _ in range(asked.count)]
    for number, file in enumerate(chosen or files):
        document = spoilt(file.read_bytes(), random) if chosen else file.read_bytes()
        began = time.process_time()
        wrong = tried(document)
        slowest = max(slowest, (time.process_time() - began, file.name))
        tally["sound" if not wrong else "at fault"] += 1
        for fault in wrong[:3]:
            print(f"{number} {file.name}: {fault}")
    print(f"{dict(tally)} of {tally.total()} (seed {asked.seed}); the slowest took {slowest[0]:.2f} s ({slowest[1]})")
    return int(tally["at fault"] > 0)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.support.mutations", epilog="Example: python -m tests.support.mutations feeds --count 2000"
    )
    parser.add_argument("folder", type=Path, help="of documents: feeds, a checkout of another reader's tests")
    parser.add_argument("--count", type=int, default=1000, help="documents to spoil; 0 tries every file once as it is")
    parser.add_argument("--seed", default="4", help="another one spoils otherwise")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
