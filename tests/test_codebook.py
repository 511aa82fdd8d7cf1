"""The codebook tells of every column, code, mode and context of the export, and of nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from classifiers.tagging.plover import codebook
from classifiers.tagging.plover_words import COOPERATIVE, DEEDS
from classifiers.topics.active import active
from flows.stories.event_export import COLUMNS

PAGE = Path(__file__).parents[1] / "docs" / "codebook.md"


def told(section: str) -> list[str]:
    """What the table of a section defines, in its order."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \| \S", text, re.MULTILINE)


def test_every_column_is_told_in_its_order() -> None:
    assert told("Columns") == list(COLUMNS)


def test_every_code_is_told() -> None:
    assert told("Codes") == list(codebook()["codes"])
    assert set(told("Codes")[:7]) == COOPERATIVE
    assert set(told("Codes")) > DEEDS


def test_every_mode_is_told() -> None:
    modes = [f"{code}: {mode}" for code, modes in codebook()["codes"].items() for mode in modes]
    assert told("Modes") == modes


def test_every_context_is_told_and_channels_have_no_other() -> None:
    assert told("Contexts") == codebook()["contexts"]["names"]
    assert {channel.context for channel in active().channels.values()} <= {"", *told("Contexts")}
    assert {channel.event for channel in active().channels.values()} <= set(told("Codes"))
