"""Times as the store writes them: aware, UTC, one fixed width, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=1024)
def to_text(moment: datetime) -> str:
    """The moment as ``2024-11-05T06:30:00+00:00`` (seconds; 25 characters).

    Raises ValueError for a naive moment: guessing its zone would shift the news by hours. The last ones are kept: what
    is scored or read together bears one moment.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"a time without a zone: {moment!r}; give it one (UTC) before storing it")
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def to_moment(text: str) -> datetime:
    """The aware UTC moment that `to_text` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)
