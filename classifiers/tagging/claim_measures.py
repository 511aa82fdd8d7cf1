"""The figures that a claim carries: what an essay said once, and what entries say of the same since."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from classifiers.text.fold import fold
from db.records.tags import Tags

PERIODS = ("month", "year", "once")
NEEDED = ("name", "counted", "per", "value", "date", "essay", "low", "high")
KEYS = {*NEEDED, "unit", "most", "near", "also"}
REACH = 60
"""Characters between a number and a word that tells what it measures, at the most."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of an essay. ``counted`` is a class of ``classifiers/text/numbers/numbers.toml`` ("" for money),
    ``unit`` a code of that table or ""; ``per`` says over what time. ``value`` to ``most`` is what the essay
    of ``date`` says (``most`` None where it says one number). Values outside ``low`` to ``high`` are taken for other
    things.
    ``near``: folded words, one of which must stand beside the number; none asks for none. ``also``: wider classes
    ("people") that a headline may count the same by.
    """

    name: str
    counted: str
    unit: str
    per: str
    value: float
    most: float | None
    date: str
    essay: str
    low: float
    high: float
    near: tuple[str, ...]
    also: tuple[str, ...] = ()

    def reported(self, amount: float, unit: str, counted: str, text: str, span: tuple[int, int]) -> bool:
        """Whether a number at ``span`` of a text reports this figure."""
        if unit != self.unit or not self.low <= amount <= self.high or not self._counts(counted, text, span):
            return False
        around = fold(text[max(0, span[0] - REACH) : span[1] + REACH])
        return not self.near or any(word in around for word in self.near)

    def _counts(self, counted: str, text: str, span: tuple[int, int]) -> bool:
        """Whether that is what is counted; a wider class says it in a headline alone, which is the first line."""
        if not self.counted or counted == self.counted:
            return True
        return counted in self.also and span[1] <= len(text.partition("\n")[0])


def measures_of(row: Mapping[str, Any]) -> tuple[Measure, ...]:
    """The measures of a claim of the file, which has no `measure_faults`."""
    return tuple(_measure(told) for told in row.get("measures", ()))


def measure_faults(row: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the measures of a claim."""
    told = row.get("measures", [])
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        yield "write every measure as a [[claim.measures]] table"
        return
    for each in told:
        name = f"measure {each.get('name', '')!r}"
        missing = [key for key in NEEDED if key not in each]
        unknown = sorted(set(each) - KEYS)
        if missing or unknown:
            yield f"{name} says no {missing[0]}" if missing else f"{name} has the unknown key {unknown[0]!r}"
        else:
            yield from (f"{name}: {what}" for what in _value_faults(each))


def _value_faults(each: Mapping[str, Any]) -> Iterator[str]:
    for key in ("value", "low", "high", "most"):
        if key in each and not _is_number(each[key]):
            yield f"{key} must be a number"
            return
    if each["per"] not in PERIODS:
        yield f"per must be one of {', '.join(PERIODS)}"
    if not each["counted"] and not each.get("unit"):
        yield "name what is counted, or a unit"
    if not each["low"] <= each["value"] <= each.get("most", each["value"]) <= each["high"]:
        yield "low, value, most and high must rise in this order"
    for key in ("near", "also"):
        told = each.get(key, [])
        if not isinstance(told, list) or not all(isinstance(word, str) and word for word in told):
            yield f"{key} must be a list of texts"


def _is_number(told: object) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool) and math.isfinite(told)


def _measure(told: Mapping[str, Any]) -> Measure:
    return Measure(
        name=told["name"],
        counted=told["counted"],
        unit=told.get("unit", ""),
        per=told["per"],
        value=float(told["value"]),
        most=float(told["most"]) if "most" in told else None,
        date=str(told["date"]),
        essay=told["essay"],
        low=float(told["low"]),
        high=float(told["high"]),
        near=tuple(map(fold, told.get("near", ()))),
        also=tuple(told.get("also", ())),
    )


def may_measure(tags: Tags) -> bool:
    """Whether an entry's figures measure something: those of an act only sought or possible do not."""
    return not any(frame.phase == "sought" for frame in tags.frames[:1])
