"""What the records of an edition's content have in common: how a field stands in JSON, and keys that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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


def keyed(key: str) -> dict[str, str]:
    """Metadata of a field that stands in the JSON under another key than its name."""
    return {KEY: key}
