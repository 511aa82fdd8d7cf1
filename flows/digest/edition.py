"""Composition: the store's facts in, the content of an edition out. Pure; plain JSON; frozen by `db.editions`.

The content holds everything that a rendering shows, already chosen, ordered, cut and cleaned, so that the web page,
the HTML mail and the text mail say the same and the same edition gives the same bytes for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db.types import Coverage, ModelVersion, ScoredEntry
from flows.digest import ledger
from flows.digest.story import Story, gather, is_late, tell
from flows.digest.window import Window
from flows.digest.wording import PARTNER_NAMES, day_and_time, long_date, one_line, partner_name

FORMAT = 1
"""Raised when the shape of the content changes, so that templates can tell old editions."""
MAX_LATE = 12
MAX_NEAR = 3
NEVER = datetime.min.replace(tzinfo=UTC)
UNIDENTIFIED = "Partner not identified"


def compose(
    *,
    name: str,
    title: str,
    window: Window,
    time_zone: str,
    entries: Sequence[ScoredEntry],
    clusters: Mapping[int, int],
    coverage: Coverage,
    model: ModelVersion | None,
    max_stories: int,
    late_hours: int | None = 96,
    unknown_languages: Mapping[str, int] | None = None,
    near: Sequence[ScoredEntry] = (),
) -> dict[str, Any]:
    """The content of the edition ``name``.

    ``entries`` are the flagged entries first seen in the window; ``clusters`` maps entry id → story cluster id (an
    entry without one stands alone, or beside those with the very same headline). What was published more than
    ``late_hours`` before the window is kept apart as late (None: nothing is, as for a site of old captures).
    ``unknown_languages`` counts, by language, the window's entries that no model can judge; ``near`` are entries
    just below the threshold, shown as such, three at most. A name that begins with a date dates the edition.
    Every cap is counted: flagged entries = those of the stories shown + those held back + late ones.
    """
    zone = ZoneInfo(time_zone)
    late_before = NEVER if late_hours is None else window.start - timedelta(hours=late_hours)
    late = gather([each for each in entries if is_late(each, late_before)], clusters)
    stories = gather([each for each in entries if not is_late(each, late_before)], clusters)
    shown, held = stories[:max_stories], stories[max_stories:]
    return {
        "format": FORMAT,
        "name": name,
        "title": one_line(title, 80),
        "day": long_date(_day(name, window, zone)),
        "time_zone": time_zone,
        "window": _window(window, zone),
        "counts": {
            "flagged": len(entries),
            "stories": len(stories),
            "shown": len(shown),
            "held_back": len(held),
            "held_back_entries": sum(len(story.members) for story in held),
            "outlets": len({each.entry.outlet for story in stories for each in story.members}),
            "max_stories": max_stories,
        },
        "groups": _groups(shown, window, zone),
        "late": {
            "hours": late_hours,
            "stories": [tell(story, window, zone) for story in late[:MAX_LATE]],
            "total": len(late),
            "entries": sum(len(story.members) for story in late),
        },
        "near": [tell(story, window, zone) for story in gather(near, {})[:MAX_NEAR]],
        "languages": ledger.languages(entries, unknown_languages or {}),
        "coverage": ledger.coverage(coverage),
        "model": ledger.model(model),
    }


def _day(name: str, window: Window, zone: ZoneInfo) -> date:
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return (window.end - timedelta(seconds=1)).astimezone(zone).date()


def _window(window: Window, zone: ZoneInfo) -> dict[str, str]:
    return {
        "start": _iso(window.start),
        "end": _iso(window.end),
        "from": day_and_time(window.start.astimezone(zone)),
        "to": day_and_time(window.end.astimezone(zone)),
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _groups(shown: Sequence[Story], window: Window, zone: ZoneInfo) -> list[dict[str, Any]]:
    by_partner: dict[str, list[Story]] = {}
    for story in shown:
        by_partner.setdefault(story.partner, []).append(story)
    return [
        {
            "partner": partner,
            "name": partner_name(partner) if partner else UNIDENTIFIED,
            "stories": [tell(story, window, zone) for story in by_partner[partner]],
        }
        for partner in sorted(by_partner, key=_place)
    ]


def _place(partner: str) -> tuple[int, str]:
    """Known partners in their order, then ids that the table lacks, then stories without any partner."""
    order = list(PARTNER_NAMES)
    if partner in PARTNER_NAMES:
        return order.index(partner), ""
    return len(order) + (not partner), partner
