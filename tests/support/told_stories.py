"""What earlier editions told, built by hand."""

from __future__ import annotations

from dataclasses import replace

from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import Trace

GIVES = Frame("transfer", "north_korea", "russia", "planned", "alleged")


def traces(content: EditionContent, name: str = "2026-11-20") -> list[Trace]:
    """What an earlier edition remembers."""
    return [replace(each, edition=name) for each in content.trace]


def acting(frame: Frame) -> Tags:
    """Tags with an act."""
    return Tags((Tag("partner", "north_korea"), Tag("channel", "diplomacy")), frames=(frame,))
