"""XML that is made to blow up its parser, or to have it open files and connections."""

from __future__ import annotations

import socket
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.feeds.parsing.entities import are_hostile
from flows.feeds.parsing.parse import parse_feed
from flows.feeds.parsing.records import ParsedFeed

pytestmark = pytest.mark.alone

NOW = datetime(2026, 11, 20, tzinfo=UTC)
LAUGHS = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "billion laughs": (LAUGHS, "&l11;"),
    "behind a comment": (f"<!-- <rss> -->{LAUGHS}", "&l11;"),
    "in single quotes": (LAUGHS.replace('"', "'"), "&l11;"),
    "one long entity": (f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000),
    "a short one many times": (f'<!ENTITY a "{"a" * 90}">', "&a;" * 300_000),
    "very many": ("".join(f'<!ENTITY e{n} "x">' for n in range(5000)), "&e1;"),
    "parameter entities": ('<!ENTITY % a "xx"><!ENTITY % b "%a;%a;%a;">%b;', ""),
}


def document(declared: str, title: str) -> bytes:
    item = f"<item><title>T {title}</title><link>https://quay.example/1</link></item>"
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]><rss version="2.0"><channel>{item}</channel></rss>'.encode()
    )


def parsed(body: bytes) -> ParsedFeed:
    return parse_feed(body, "text/xml", "https://quay.example/f", NOW)


@pytest.mark.parametrize("name", HOSTILE)
def test_bombs_are_refused_at_once(name: str) -> None:
    body = document(*HOSTILE[name])
    tracemalloc.start()
    began = time.monotonic()
    result = parsed(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.monotonic() - began < 3
    assert most < 40_000_000
    assert "declares XML entities" in result.error


def test_declared_signs_are_fine() -> None:
    declared = '<!ENTITY nbsp "&#160;"><!ENTITY eacute "&#233;"><!ENTITY euro "€">'
    (entry,) = parsed(document(declared, "caf&eacute; 3&euro;")).entries
    assert "caf" in entry.title


def test_an_article_about_bombs_is_read() -> None:
    body = f"<rss version='2.0'><channel><item><title><![CDATA[How {LAUGHS} works]]></title></item></channel></rss>"
    assert not are_hostile(body.encode())
    assert parsed(body.encode()).seen == 1


def test_no_file_is_opened_and_no_connection_made(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the harbour's own secret")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        for declared, title in (
            (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"),
            (f'<!ENTITY x SYSTEM "{address}">', "&x;"),
            (f'<!ENTITY x PUBLIC "p" "{address}">', "&x;"),
            (f'<!ENTITY % x SYSTEM "{address}"> %x;', ""),
        ):
            result = parsed(document(declared, title))
            assert all("secret" not in entry.title for entry in result.entries)
        outside = document("", "").replace(b"DOCTYPE rss []", f'DOCTYPE rss SYSTEM "{address}"'.encode())
        assert parsed(outside).seen == 1
        with pytest.raises(TimeoutError):
            listening.accept()
