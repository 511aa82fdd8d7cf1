"""Pairs of real articles that tell the same story, judged by reading before anything was tuned on them.

Ids only are kept here; the articles are no part of the project. "unclear" groups hold pairs that may be seen either
way: they count neither for nor against.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from classifiers.clusters import assign
from classifiers.registry import train_seed
from classifiers.scoring import score_batch
from db.types import Entry
from tests.classifiers.entries import NOON, entry

STREAM = Path(__file__).parents[3] / "shared/eval/stream.jsonl.gz"
LABELS = json.loads((Path(__file__).parent / "cluster_pairs.json").read_text(encoding="utf-8"))
Pairs = set[frozenset[str]]


def pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def article(number: int, row: dict[str, Any]) -> Entry:
    at = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) if row["date"] else NOON
    made = entry(number, row["title"], row["summary"], outlet=row["outlet"], link=row["url"], language=row["lang"])
    return Entry(**{name: getattr(made, name) for name in made.__slots__} | {"published_at": at, "first_seen_at": at})


@pytest.mark.skipif(not STREAM.exists(), reason=f"the stream of articles is not here: {STREAM}")
def test_pairs_of_the_same_story_are_found() -> None:
    """All flagged articles are clustered; the judged ones among them are counted."""
    rows = [json.loads(line) for line in gzip.decompress(STREAM.read_bytes()).splitlines()]
    articles = [article(number, row) for number, row in enumerate(rows)]
    model = train_seed(0.95).model
    flagged = {score.entry_id for score in score_batch(model, articles, NOON) if score.flagged}
    judged = set(LABELS["items"])
    kept = [each for each in articles if each.id in flagged or rows[each.id]["id"] in judged]
    groups = [[rows[each.id]["id"] for each in group.entries] for group in assign(kept, [])]
    same, unclear = pairs(LABELS["stories"]), pairs(LABELS["unclear"])
    found = pairs([each for each in group if each in judged] for group in groups) - (unclear - same)
    precision, recall = len(found & same) / len(found), len(found & same) / len(same)
    print(f"precision {precision:.3f}, recall {recall:.3f} of {len(same)} pairs; {len(kept)} articles clustered")
    assert precision >= 0.85
    assert recall >= 0.65
