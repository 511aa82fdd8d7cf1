"""Entries built by hand for the tests of stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from db.records import Entry

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def entry(number: int, title: str, summary: str = "", hours: float = 0, **changes: Any) -> Entry:
    """An entry of an outlet of its own, published so many hours after noon."""
    at = NOON + timedelta(hours=hours)
    plain = Entry(
        id=number,
        feed_id=number,
        outlet=f"Outlet {number}",
        kind="press",
        country="",
        title=title,
        summary=summary,
        body="",
        link=f"https://{number}.example/",
        author="",
        language="",
        published_at=at,
        published_status="stated",
        first_seen_at=at,
    )
    return replace(plain, **changes)
