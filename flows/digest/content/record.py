"""What the records of an edition's content have in common: how a field stands in JSON, and keys that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

T = TypeVar("T", bound="Record")
KEY, MAY_BE_ABSENT = "key", "may be absent"
ABSENT: Mapping[str, Any] = {MAY_BE_ABSENT: True}
"""Metadata of a field whose key is left out of the JSON where its value is the default: what it tells of does not apply
there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A JSON object as a record. A default is what older editions mean where they lack the key.

    ``extra`` holds the keys that this version does not know, as they were stored: a newer version wrote them. They are
    written again and never shown.
    """

    extra: Mapping[str, Any] = field(default_factory=dict, hash=False, repr=False)

    def told_as(self, kind: type[T], **more: Any) -> T:
        """A record of that kind: the fields that both have are copied, save those that ``more`` gives."""
        shared = {each.name for each in fields(self)} & {each.name for each in fields(kind)}
        return kind(**{name: getattr(self, name) for name in shared - more.keys()}, **more)


def keyed(key: str) -> dict[str, str]:
    """Metadata of a field that stands in the JSON under another key than its name."""
    return {KEY: key}
