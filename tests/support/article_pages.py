"""Web pages with an article's text."""

from __future__ import annotations

SENTENCE = "The harbour board said that two tugs had been bought and would arrive before the winter sets in. "


def page(*paragraphs: str, head: str = "") -> bytes:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    body = f"<nav>Menu</nav><article><h1>Tugs</h1>{told}</article><footer>About us</footer>"
    return f"<!DOCTYPE html><html><head>{head}<title>T</title></head><body>{body}</body></html>".encode()
