"""The text of a page, and what is no text of an article."""

from __future__ import annotations

import time

import pytest

from flows.articles.extract import MAX_TEXT, leads_to_gate, page_text
from flows.articles.worker import extracted
from tests.support.article_pages import SENTENCE, page

pytestmark = pytest.mark.alone

URL = "https://quay.example/tugs"


def test_paragraphs_without_markup_or_hidden_signs() -> None:
    found = page_text(
        page(SENTENCE * 3, "<b>Two</b> &amp; three\u202e " + SENTENCE * 2), "text/html; charset=utf-8", URL
    )
    assert not found.is_barrier
    assert "harbour board" in found.text
    assert "Two & three The harbour" in found.text
    assert not {"<", "\u202e"} & set(found.text)
    assert "Menu" not in found.text


@pytest.mark.parametrize(
    "body",
    [
        page(SENTENCE * 5, head='<script type="application/ld+json">{"isAccessibleForFree": false}</script>'),
        page(
            "Before you continue. We use cookies and data to deliver services. Accept all or manage your choices. " * 4
        ),
        page(SENTENCE * 2 + "Subscribe to continue reading this article. Already a subscriber? Sign in to read. " * 3),
        b"<html><body><h1>Verify you are human</h1><p>Please enable JavaScript.</p></body></html>",
    ],
    ids=["paid", "consent", "subscribe", "captcha"],
)
def test_a_barrier_is_no_article(body: bytes) -> None:
    found = page_text(body, "text/html", URL)
    assert found.is_barrier
    assert found.text == ""


def test_a_long_article_that_mentions_cookies_is_one() -> None:
    assert page_text(
        page(*(f"On day {day}: {SENTENCE * 3}" for day in range(8)), "We use cookies, he said."), "text/html", URL
    ).text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://consent.quay.example/m?continue=x", True),
        ("https://guce.quay.example/copyConsent", True),
        ("https://quay.example/collectConsent?id=1", True),
        ("https://quay.example/login?back=1", True),
        ("https://quay.example/2024/consent-of-the-governed", False),
        ("https://quay.example/news/log-in-the-river", False),
    ],
)
def test_addresses_of_gates(url: str, expected: bool) -> None:
    assert leads_to_gate(url) is expected


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<html></html>", bytes(range(256)) * 50, page("Short.")])
def test_pages_without_an_article_are_empty(body: bytes) -> None:
    assert page_text(body, "text/html", URL).text == ""


async def test_hostile_markup_ends_in_time() -> None:
    deep = b"<div>" * 300_000 + SENTENCE.encode() * 10
    wide = b"<p>" + b"<a href=x>" * 200_000 + SENTENCE.encode() * 30
    for body in (deep, wide, page(SENTENCE * 20_000)):
        began = time.monotonic()
        found = await extracted(body, "text/html", URL, 4)
        assert time.monotonic() - began < 12
        assert isinstance(found, str) or len(found.text) <= MAX_TEXT
