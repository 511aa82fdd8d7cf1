"""Events as JSON lines or as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TextIO

COLUMNS = (
    "event_id", "story", "event", "mode", "context", "event_rule", "source", "target", "partners", "channels",
    "direction", "friction", "response", "phase", "vouching", "claimant", "certainty", "theatres", "quantities",
    "gloss", "claims", "claim_names", "time", "last", "headline", "language", "entries", "independent_origins",
    "only_state_media", "outlets", "links", "probability",
)  # fmt: skip
"""What each holds is told in docs/codebook.md, which a test holds against this list."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell must not begin with: a spreadsheet would compute it."""
JOINT = " | "


class ExportFormat(StrEnum):
    """What an export is written as."""

    jsonl = "jsonl"
    csv = "csv"


def write_events(rows: Iterable[Mapping[str, Any]], form: ExportFormat, out: TextIO) -> None:
    """Write the rows (see `flows.stories.account.event_rows`) in that form."""
    if form is ExportFormat.jsonl:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([cell(row[column]) for column in COLUMNS])


def cell(value: object) -> str:
    """The value as a cell: lists joined, lines unbroken, and an apostrophe before what would be computed."""
    text = JOINT.join(str(each) for each in value) if isinstance(value, list) else str(value)
    flat = " ".join(text.replace("\x00", " ").splitlines())
    return f"'{flat}" if flat.lstrip().startswith(FORMULA) and not _is_number(value) else flat


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
