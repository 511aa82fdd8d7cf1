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


CONSENT = (
    "We use cookies and similar technologies to store and access information on your device.",
    "With your consent we and our partners process personal data such as how you browse.",
    "You may withdraw your consent at any time in the privacy settings of this page.",
    "Some vendors process data for a legitimate interest, and you can object to that use.",
    "Cookies for statistics show us which pages are read most often, and by how many.",
)
TERMS = "".join(f"<p>Purpose {number}: {text}</p>" for number in range(5) for text in CONSENT)
STORY = "".join(f"<p>On day {day} {SENTENCE}</p>" for day in range(6))
OVERLAYS = {
    "aside": "<aside>%s</aside>",
    "aside within": "<div><aside class='box'><div>%s</div></aside></div>",
    "dialog": "<dialog open>%s</dialog>",
    "role": "<div role='dialog'>%s</div>",
    "modal": "<section aria-modal='true'>%s</section>",
    "by its name": "<div id='CookieBanner'><div class='inner'>%s</div></div>",
    "by its class": "<div class='qc-cmp2-container'>%s</div>",
}


@pytest.mark.parametrize("overlay", OVERLAYS.values(), ids=OVERLAYS)
@pytest.mark.parametrize("story", [STORY, f"<p>{SENTENCE}</p>"], ids=["article", "teaser"])
def test_what_asks_for_consent_beside_the_article_is_not_the_article(overlay: str, story: str) -> None:
    html = f"<html><body>{overlay % TERMS}<main><h1>Tugs</h1>{story}</main>{overlay % TERMS}</body></html>"
    found = page_text(html.encode(), "text/html", URL)
    assert "consent" not in found.text
    assert "legitimate" not in found.text
    assert bool(found.text) is (story == STORY)
    assert story != STORY or "On day 5 The harbour board" in found.text


@pytest.mark.parametrize(
    "sentence",
    [
        *CONSENT[:3],
        "Wir verarbeiten personenbezogene Daten mit Ihrer Einwilligung.",
        "Avec votre consentement, nous traitons des données personnelles.",
        "Con su consentimiento tratamos datos personales.",
        "Мы используем файлы cookie и обработку персональных данных.",
        "Kişisel verilerinizi çerezlerle işleriz.",
    ],
)
def test_a_page_of_terms_alone_is_a_barrier_however_long(sentence: str) -> None:
    found = page_text(page(*(f"{number}. {sentence} {'Read on. ' * 9}" for number in range(30))), "text/html", URL)
    assert found.is_barrier


def test_a_page_that_is_called_by_cookies_keeps_its_article() -> None:
    html = f"<html><body class='cookie-bar-closed'><div class='has-cookies'><h1>Tugs</h1>{STORY}</div></body></html>"
    assert "On day 5" in page_text(html.encode(), "text/html", URL).text


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
