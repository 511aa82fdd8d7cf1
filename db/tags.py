"""The tables of tags, quantities, claim links and frames: what the newest score of an entry says that it is about."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from db.records.frames import Frame
from db.records.tags import ClaimLink, Quantity, Tag, Tags

TABLES = ("entry_tags", "entry_quantities", "entry_claims", "entry_frames")
Spans = tuple[tuple[int, int], ...]
KEPT = 4096
"""Lists of places that are kept once they are read: most tags of most entries stand in the same few."""
TagRows = Mapping[str, Sequence[Sequence[Any]]]
"""Table → rows to insert, each value plain text or a number."""
_COLUMNS = {
    "entry_tags": "entry_id, kind, value, place, negated, spans",
    "entry_quantities": "entry_id, place, amount, most, unit, counted, negated, spans",
    "entry_claims": "entry_id, claim, stance, strength, reason, spans",
    "entry_frames": "entry_id, place, kind, giver, receiver, phase, vouching, claimant, certainty, spans",
}


def replace(connection: sqlite3.Connection, entry_ids: Sequence[int], rows: TagRows) -> None:
    """Store the rows of these entries in place of what stood there. Part of the transaction that stores a score."""
    ids = json.dumps(list(entry_ids))
    for table in TABLES:
        connection.execute(f"DELETE FROM {table} WHERE entry_id IN (SELECT value FROM json_each(?))", [ids])
        marks = ", ".join("?" * (_COLUMNS[table].count(",") + 1))
        connection.executemany(f"INSERT INTO {table} ({_COLUMNS[table]}) VALUES ({marks})", rows[table])


def rows_of(told: Sequence[tuple[int, Tags]]) -> dict[str, list[list[Any]]]:
    """The tags of entries, by id, as rows of the tables."""
    return {
        "entry_tags": [
            [entry_id, tag.kind, tag.value, place, int(tag.negated), json.dumps(tag.spans)]
            for entry_id, tags in told
            for place, tag in enumerate(tags.tags)
        ],
        "entry_quantities": [
            [entry_id, place, *_quantity_row(each)]
            for entry_id, tags in told
            for place, each in enumerate(tags.quantities)
        ],
        "entry_claims": [
            [entry_id, link.claim, link.stance, link.strength, link.reason, json.dumps(link.spans)]
            for entry_id, tags in told
            for link in tags.claims
        ],
        "entry_frames": [
            [entry_id, place, *_frame_row(each)] for entry_id, tags in told for place, each in enumerate(tags.frames)
        ],
    }


def _quantity_row(each: Quantity) -> list[Any]:
    spans = json.dumps(each.spans)
    return [each.amount, each.most, each.unit, each.counted, int(each.negated), spans]


def _frame_row(frame: Frame) -> list[Any]:
    act = [frame.kind, frame.giver, frame.receiver, frame.phase, frame.vouching, frame.claimant]
    return [*act, frame.certainty, json.dumps(frame.spans)]


def of(store: Database, entry_ids: Sequence[int]) -> dict[int, Tags]:
    """Entry id → its tags, for those that have any."""
    ids = json.dumps(list(entry_ids))
    tags = _rows(store, "entry_tags", ids, "place")
    quantities = _rows(store, "entry_quantities", ids, "place")
    claims = _rows(store, "entry_claims", ids, "strength DESC, claim")
    frames = _rows(store, "entry_frames", ids, "place")
    return {
        entry_id: Tags(
            tuple(_tag(row) for row in tags.get(entry_id, ())),
            tuple(_quantity(row) for row in quantities.get(entry_id, ())),
            tuple(_link(row) for row in claims.get(entry_id, ())),
            tuple(_frame(row) for row in frames.get(entry_id, ())),
        )
        for entry_id in tags.keys() | quantities.keys() | claims.keys() | frames.keys()
    }


def _rows(store: Database, table: str, ids: str, order: str) -> dict[int, list[Mapping[str, Any]]]:
    """Entry id → its rows of that table, in that order, for the entries of ``ids`` (a JSON list) that have any."""
    found = store.query(
        f"SELECT * FROM {table} WHERE entry_id IN (SELECT value FROM json_each(?)) ORDER BY entry_id, {order}", [ids]
    )
    rows: dict[int, list[Mapping[str, Any]]] = {}
    for row in found:
        rows.setdefault(row["entry_id"], []).append(row)
    return rows


@lru_cache(KEPT)
def _spans(text: str) -> Spans:
    return tuple((start, end) for start, end in json.loads(text))


def _tag(row: Mapping[str, Any]) -> Tag:
    return Tag(row["kind"], row["value"], _spans(row["spans"]), bool(row["negated"]))


def _quantity(row: Mapping[str, Any]) -> Quantity:
    spans, negated = _spans(row["spans"]), bool(row["negated"])
    return Quantity(row["amount"], row["unit"], row["counted"], spans, negated, row["most"])


def _link(row: Mapping[str, Any]) -> ClaimLink:
    return ClaimLink(row["claim"], row["stance"], row["strength"], row["reason"], _spans(row["spans"]))


def _frame(row: Mapping[str, Any]) -> Frame:
    return Frame(
        row["kind"],
        row["giver"],
        row["receiver"],
        row["phase"],
        row["vouching"],
        row["claimant"],
        row["certainty"],
        _spans(row["spans"]),
    )
