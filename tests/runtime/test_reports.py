"""What is reported on Prefect's pages, as text and rows."""

from __future__ import annotations

from datetime import UTC, datetime

from db.records import Fetch, FetchOutcome, ModelVersion
from flows.runtime.reports import feed_rows, model_report

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def fetched(outcome: FetchOutcome, new: int = 0, error: str = "") -> Fetch:
    return Fetch(1, NOON, outcome, new=new, seen=new, error=error)


def test_the_ledger_begins_with_what_went_wrong_and_leaves_out_what_is_unchanged() -> None:
    read = [
        ("Quiet", fetched("unchanged")),
        ("Few", fetched("ok", 1)),
        ("Many", fetched("ok", 9)),
        ("Gone", fetched("failed", error="410")),
    ]
    rows = feed_rows(read)
    assert [row["feed"] for row in rows] == ["Gone", "Many", "Few"]
    assert rows[0] == {
        "feed": "Gone",
        "outcome": "failed",
        "seen": 0,
        "new": 0,
        "edited": 0,
        "rejected": 0,
        "error": "410",
    }


def test_the_report_of_a_candidate_says_why_and_by_what_figures() -> None:
    metrics = {"recall": 0.95, "rows": 1200, "folds": [1, 2]}
    version = ModelVersion("v2", "refused", NOON, 0.5, 0.1, "hash", "1", {}, metrics, "no *better*\nthan before")
    text = model_report(version)
    assert text.startswith("# v2: refused\n\nno \\*better\\* than before\n")
    assert "| threshold | 0.5000 |\n| recall | 0.9500 |\n| rows | 1200 |\n" in text
    assert "folds" not in text
