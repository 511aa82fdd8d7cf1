"""Fit the weights of `classifiers.stories.pair_model` on days whose events are known, and say what it reaches.

python -m classifiers.stories.fit_pair_model DAYS            # writes pair_model.json
python -m classifiers.stories.fit_pair_model DAYS --check    # only the figures, each span by a fit on the others

DAYS is a file of entries, JSON a line: id, title, summary, date, outlet, lang, event, span, scored. Pairs within a span
are compared; spans that are scored teach nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from classifiers.stories.fingerprint import Fingerprint, fingerprint_of
from classifiers.stories.pair_features import FEATURES, PairFeatures
from classifiers.stories.pair_model import FILE
from classifiers.stories.similarity import cosines
from classifiers.tagging.scoring import analysis_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import Watchlist, read_watchlist
from db.records import Entry

STRENGTH = 1.0
"""The inverse of the L2 penalty: 0.1 and 10 gave the same, span by span, to the second place."""


class SpanPairs(NamedTuple):
    """The pairs across languages of one span: their features, and whether each is one event."""

    rows: Any
    same: Any


def entry_of(row: dict[str, Any], number: int) -> Entry:
    """A row of the file as an entry, published at noon of its day."""
    at = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC, hour=12)
    return Entry(
        id=number,
        feed_id=1,
        outlet=row["outlet"],
        kind="press",
        country="",
        title=row["title"],
        summary=row["summary"],
        body="",
        link=row.get("url", ""),
        author="",
        language=row["lang"],
        published_at=at,
        published_status="stated",
        first_seen_at=at,
    )


def fingerprints_of(rows: Sequence[dict[str, Any]]) -> list[Fingerprint]:
    """The fingerprints of rows, with the tags that their entries get."""
    watchlist = read_watchlist()
    return [_fingerprint(entry_of(row, number), watchlist) for number, row in enumerate(rows)]


def _fingerprint(entry: Entry, watchlist: Watchlist) -> Fingerprint:
    return fingerprint_of(entry, tagged(analysis_of(entry), watchlist))


def span_pairs(rows: Sequence[dict[str, Any]]) -> SpanPairs:
    """The pairs of a span."""
    found = fingerprints_of(rows)
    pairs = [(later, earlier) for earlier, later in combinations(range(len(rows)), 2)]
    across = [pair for pair in pairs if found[pair[0]].language != found[pair[1]].language]
    one, other = np.array(across).T
    same = np.array([rows[a]["event"] == rows[b]["event"] for a, b in across])
    return SpanPairs(PairFeatures(found).of(one, other, cosines(found, one, other)), same)


def fitted(spans: Iterable[SpanPairs]) -> LogisticRegression:
    """The regression over all pairs of the spans. Deterministic."""
    told = list(spans)
    rows, same = np.concatenate([each.rows for each in told]), np.concatenate([each.same for each in told])
    return LogisticRegression(C=STRENGTH, max_iter=3000).fit(rows, same)


def main() -> None:
    """Fit and write, or only check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("days", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing")
    told = parser.parse_args()
    rows = [json.loads(line) for line in told.days.read_text(encoding="utf-8").splitlines()]
    names = dict.fromkeys(row["span"] for row in rows if not row["scored"])
    spans = {name: span_pairs([row for row in rows if row["span"] == name]) for name in names}
    for name, span in spans.items():
        model = fitted(each for other, each in spans.items() if other != name)
        reached = average_precision_score(span.same, model.decision_function(span.rows))
        alone = average_precision_score(span.same, span.rows[:, 0])
        print(f"{name}: {span.same.sum()} of {len(span.same)} pairs are one event; average precision {reached:.3f},")
        print(f"    by the cosine alone {alone:.3f}")
    if not told.check:
        model = fitted(spans.values())
        weights = {name: round(float(weight), 3) for name, weight in zip(FEATURES, model.coef_[0], strict=True)}
        table = {"intercept": round(float(model.intercept_[0]), 3), "weights": weights}
        FILE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {FILE}")


if __name__ == "__main__":
    main()
