"""How long a feed itself asks to be left alone."""

from __future__ import annotations

_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def stated_interval(ttl: str, period: str, frequency: str) -> int:
    """The seconds between two readings that an RSS document asks for by ``ttl`` (minutes) or by sy:updatePeriod and
    sy:updateFrequency (so many times a period), the longer of the two; 0 where it asks for nothing sensible."""
    minutes = int(ttl.strip()[:6]) if _is_number(ttl) else 0
    times = int(frequency.strip()[:6]) if _is_number(frequency) else 1
    seconds = _PERIODS.get(period.strip().lower(), 0)
    return max(minutes * 60, seconds // max(1, times))


def _is_number(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit()
