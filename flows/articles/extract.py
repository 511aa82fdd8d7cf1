"""The text of an article's page, or what stands in its place. The only module that imports trafilatura."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flows.feeds.parsing.encoding import to_utf8
from flows.feeds.parsing.text import plain_text

MAX_PAGE, MAX_TEXT, LEAST_TEXT = 3_000_000, 100_000, 250
"""Bytes of a page that are looked at; characters of a text that are kept; fewer than this are no article."""
BARRIER = "behind a barrier (to agree, to pay or to sign in)"

_GATE_HOST = re.compile(r"(?:^|\.)(?:consent|guce|cmp|login|signin|auth|captcha)\.|^consent-", re.I)
_GATE_PATH = re.compile(r"/(?:consent|collectconsent|cookie-?wall|paywall|sign-?in|log-?in|captcha)(?:[/?.]|$)", re.I)
_PAID = re.compile(rb'"isAccessibleForFree"\s*:\s*"?\s*false', re.I)
_GATE_WORDS = re.compile(
    r"before you continue|accept all|we (?:and our partners )?use cookies|your consent|manage (?:your )?(?:cookies|"
    r"privacy|consent)|subscribe to (?:continue|read|unlock)|(?:log|sign) in to (?:continue|read)|to continue reading|"
    r"already a subscriber|verify (?:that )?you are (?:a )?human|enable javascript|access denied|are you a robot|"
    r"wir verwenden cookies|nous utilisons des cookies|utilizamos cookies|мы используем (?:файлы )?cookie",
    re.I,
)
SHORT = 1500
"""A page whose text is shorter than this (in characters) and speaks of a barrier is taken for one."""
_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent|personal data|privacy (?:policy|settings|choices)|legitimate interest|einwilligung|"
    r"personenbezogen|consentement|données personnelles|consentimiento|datos personales|consenso|dati personali|"
    r"toestemming|persoonsgegevens|\bzgod[aęy]\b|ciasteczk|danych osobowych|файл\w* cookie|куки|персональных данных|"
    r"çerez|kişisel veri|クッキー|쿠키|كوكيز|ملفات تعريف الارتباط|کوکی",
    re.I,
)
"""Of what a text to agree to speaks in every paragraph. One of which they are the larger part is no article."""
_LOWER = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'"
_NAMED_CONSENT = " or ".join(
    f"contains(translate(concat(@id, ' ', @class), {_LOWER}), '{name}')"
    for name in ("consent", "cookie", "gdpr", "onetrust", "didomi", "sp_message", "qc-cmp", "cmpbox")
)
ASIDES = [
    "//aside | //dialog | //*[@role='dialog' or @role='alertdialog' or @aria-modal='true']",
    f"//*[self::div or self::section or self::form or self::footer][{_NAMED_CONSENT}][not(.//article or .//h1)]",
]
"""What is laid beside a page or over it: where the article is short, its text is longer, and would be taken for it."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page (plain, a paragraph a line), or why there is none: a barrier, or nothing to read."""

    text: str = ""
    is_barrier: bool = False


def leads_to_gate(url: str) -> bool:
    """Whether an address is that of a page to agree, pay or sign in."""
    parts = urlsplit(url)
    return bool(_GATE_HOST.search(parts.hostname or "") or _GATE_PATH.search(parts.path))


def page_text(body: bytes, content_type: str, url: str) -> PageText:
    """What an article's page holds. A page that says itself that it is not free to read is not taken."""
    page = body[:MAX_PAGE]
    if leads_to_gate(url) or _PAID.search(page):
        return PageText(is_barrier=True)
    markup = to_utf8(page, content_type).decode("utf-8", "replace")
    # Pages are read in processes of their own: whoever only starts them need not import what reads.
    import trafilatura

    found = trafilatura.extract(
        markup,
        url=url,
        include_comments=False,
        include_tables=False,
        deduplicate=False,
        with_metadata=False,
        prune_xpath=ASIDES,
    )
    lines = [line for raw in (found or "").splitlines() if (line := plain_text(raw))]
    text = "\n".join(lines)[:MAX_TEXT].rstrip()
    is_gate = len(text) < SHORT and _GATE_WORDS.search(text or plain_text(markup)[:SHORT])
    if is_gate or _asks_for_consent(text):
        return PageText(is_barrier=True)
    return PageText(text) if len(text) >= LEAST_TEXT else PageText()


def _asks_for_consent(text: str) -> bool:
    return 2 * sum(len(line) for line in text.splitlines() if _CONSENT.search(line)) > len(text)
