"""What a reader sees before opening the mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PREHEADER_CHARACTERS = 140


def preheader(content: Mapping[str, Any]) -> str:
    """What a mail client shows beside the subject: the headlines that lead the edition."""
    told = [story for group in content["groups"] for story in group["stories"]]
    if not any(group.get("leads") for group in content["groups"]):
        told.sort(key=lambda story: (-story["outlets"], -story["percent"], story["entry"]))
    headlines = " · ".join(story["headline"] for story in told[:3])
    text = headlines or _without_stories(content["coverage"], is_view="view" in content)
    return text if len(text) <= PREHEADER_CHARACTERS else text[: PREHEADER_CHARACTERS - 1].rstrip() + "…"


def _without_stories(coverage: Mapping[str, Any], *, is_view: bool) -> str:
    if is_view and (coverage["read"] or coverage.get("archived")):
        return "Nothing in your part today."
    if not coverage["read"] and coverage.get("archived"):
        return f"Nothing flagged among {coverage['archived']} entries from archives."
    if not coverage["read"]:
        return "No feed could be read."
    return f"A quiet day: {coverage['read']} of {coverage['feeds']} feeds were read."
