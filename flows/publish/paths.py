"""Where each page and feed lies in the archive, by names that lead nowhere else."""

from __future__ import annotations

from flows.config.publishing import THREAD_PAGE
from flows.digest.delivery.outbox import file_name
from flows.publish.views import FeedPlace

INDEX = "index.html"
THREADS = "threads.html"


def edition_page(name: str) -> str:
    """``editions/2026-11-21.html``."""
    return f"editions/{file_name(name)}.html"


def thread_page(thread: str) -> str:
    """``threads/12.html``."""
    return THREAD_PAGE.format(file_name(thread))


def claim_page(claim: str) -> str:
    """``claims/claim-id.html``."""
    return f"claims/{file_name(claim)}.html"


def pair_page(partner: str, channel: str) -> str:
    """``pairs/partner.channel.html``: ids hold no dots, so no two pairs share a page."""
    return f"pairs/{file_name(f'{partner}.{channel}')}.html"


def month_page(page: str, month: str) -> str:
    """``months/claims.claim-id.2026-09.html``: what the list of that page holds of that month."""
    return f"months/{page.removesuffix('.html').replace('/', '.')}.{month}.html"


def feed(key: str, name: str) -> FeedPlace:
    """The two files of a feed: ``feeds/partner-id.atom`` and ``.json``."""
    base = f"feeds/{file_name(key)}"
    return FeedPlace(name, f"{base}.atom", f"{base}.json")
