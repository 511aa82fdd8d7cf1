"""Long lists in parts: a page shows the newest months whole, and each older month has a page of its own.

A page that held all would grow for ever, and be written and loaded anew with every edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from flows.publish import paths

RECENT = 60
"""What a page shows at the least, where there is so much: about two months of daily editions, 60 KB of stories."""


class Dated(Protocol):
    """What lists show under the heading of its month."""

    @property
    def dated(self) -> datetime:
        """The moment by which it is listed."""
        ...


AnyDated = TypeVar("AnyDated", bound=Dated)


@dataclass(frozen=True, slots=True)
class Month(Generic[AnyDated]):
    """A month: its name (``November 2026``), where its own page lies, what the list holds of it, the newest first."""

    name: str
    path: str
    told: tuple[AnyDated, ...]


@dataclass(frozen=True, slots=True)
class Parted(Generic[AnyDated]):
    """A list by months, the newest first: those that its page shows, and the older ones."""

    shown: tuple[Month[AnyDated], ...]
    older: tuple[Month[AnyDated], ...]


def parted(told: Iterable[AnyDated], page: str) -> Parted[AnyDated]:
    """The list, the newest first, in parts; ``page`` is where the list's own page lies in the archive."""
    together: dict[str, list[AnyDated]] = {}
    for each in told:
        together.setdefault(f"{each.dated:%Y-%m}", []).append(each)
    months = [
        Month(f"{inside[0].dated:%B %Y}", paths.month_page(page, month), tuple(inside))
        for month, inside in together.items()
    ]
    kept, count = 0, 0
    while kept < len(months) and count < RECENT:
        count += len(months[kept].told)
        kept += 1
    return Parted(tuple(months[:kept]), tuple(months[kept:]))
