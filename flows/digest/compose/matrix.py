"""The figures behind the charts: stories a day against the usual band, and partner by channel. Plain JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from classifiers.topics.active import active
from classifiers.topics.read import OTHER
from flows.digest.compose.inputs import Level
from flows.digest.display_text import channel_name, one_line, partner_name

MOST_PARTNERS = 6
"""Partners that have a chart of their own."""
EARLIER_EDITIONS = 6
"""Editions that the grid adds to this one's stories: a week in all."""


def levels(days: Sequence[date], told: Sequence[Level]) -> dict[str, Any]:
    """Stories a day, of all and of the partners with the most, beside their usual bands."""
    partners = sorted((each for each in told if each.kind == "partner"), key=lambda each: (-sum(each.counts), each.key))
    whole = [each for each in told if each.kind == "all"]
    return {
        "days": [day.isoformat() for day in days],
        "rows": [
            {
                "kind": each.kind,
                "key": each.key,
                "name": "All stories" if each.kind == "all" else partner_name(each.key),
                "counts": list(each.counts),
                "low": None if each.low is None else round(each.low, 1),
                "high": None if each.high is None else round(each.high, 1),
                "mark": each.mark,
            }
            for each in (*whole, *partners[:MOST_PARTNERS])
            if any(each.counts)
        ],
    }


def grid(told: Sequence[Mapping[str, Any]], traces: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Partner × channel: (stories told by this edition and the ones just before it, those of this edition alone)."""
    names = list(dict.fromkeys(each["edition"] for each in traces))[:EARLIER_EDITIONS]
    before = [each for each in traces if each["edition"] in names]
    today = _cells(told)
    week = today + _cells(before)
    partners = _in_order({partner for partner, _ in week}, list(active().partners))
    channels = _in_order({channel for _, channel in week}, [*active().channels, OTHER])
    return {
        "editions": 1 + len(names),
        "partners": [partner_name(each) for each in partners],
        "channels": [channel_name(each) for each in channels],
        "cells": [[[week[one, other], today[one, other]] for other in channels] for one in partners],
    }


def _cells(stories: Sequence[Mapping[str, Any]]) -> Counter[tuple[str, str]]:
    found = Counter(
        chain.from_iterable(
            (
                (partner, channel)
                for partner in story["partner_ids"]
                for channel in story["channels"]
                if channel != OTHER
            )
            for story in stories
        )
    )
    return Counter({pair: count for pair, count in found.items() if pair[1] != OTHER})


def _in_order(found: set[str], known: Sequence[str]) -> list[str]:
    return [each for each in known if each in found] + sorted(found.difference(known))


def in_words(told: Mapping[str, Any]) -> str:
    """The figures of the levels, for those who cannot see the chart."""
    rows = told["rows"]
    if not rows or not told["days"]:
        return ""
    said = "; ".join(f"{row['name']} {row['counts'][-1]}{band(row, ' (usually {})')}" for row in rows)
    before = ", ".join(map(str, rows[0]["counts"][-8:-1]))
    return one_line(f"New stories on {told['days'][-1]}: {said}. {rows[0]['name']} on the days before: {before}.", 900)


def cells_in_words(told: Mapping[str, Any]) -> str:
    """The figures of the grid, for those who cannot see it."""
    said = [
        f"{partner}: "
        + ", ".join(f"{channel} {week}" for channel, (week, _) in zip(told["channels"], row, strict=True) if week)
        for partner, row in zip(told["partners"], told["cells"], strict=True)
    ]
    return one_line("; ".join(said), 900)


def band(row: Mapping[str, Any], form: str = "{}") -> str:
    """The usual band in words; empty where it is not known."""
    if row["low"] is None:
        return ""
    low, high = round(row["low"]), round(row["high"])
    return form.format(low if low == high else f"{low} to {high}")
