"""What became of a run, in one line."""

from __future__ import annotations

from typing import Any

import pytest

from db.records import RunOutcome
from flows.runtime.run_lines import outcome_line
from flows.runtime.run_log import ENDED

READ = {"seen": 412, "new": 12, "failed": 2, "feeds": 198}


@pytest.mark.parametrize(
    ("flow", "detail", "line"),
    [
        ("monitor", READ | {"flagged": 3}, "412 entries read, 12 new, 3 flagged; 2 of 198 feeds failed; 4.1 s"),
        ("ingest", READ, "412 entries read, 12 new; 2 of 198 feeds failed; 4.1 s"),
        ("classify", {"scored": 9, "flagged": 1}, "9 entries scored, 1 flagged; 4.1 s"),
        (
            "digest",
            {"edition": "2024-11-18", "deliveries": {"sent": 2, "deferred": 1}},
            "edition 2024-11-18: 1 deferred, 2 sent; 4.1 s",
        ),
        ("retrain", {"model_version": "v2", "status": "refused", "note": "no\nbetter"}, "v2 refused. no better; 4.1 s"),
        (
            "backup",
            {"folder": "var/backups/2024-11-18", "bytes": 2_500_000, "removed": 1},
            "2024-11-18, 2.5 MB, 1 older removed; 4.1 s",
        ),
        (
            "prune",
            {"rows": 7, "store_bytes": 4096, "prefect_bytes": 1_000_000, "troubles": ()},
            "gave up 7 rows or bodies, 1.0 MB freed, 0 not done; 4.1 s",
        ),
        (
            "rescore",
            {"scored": 9, "flagged": 2, "newly": 1},
            "9 entries scored, 2 flagged, 1 newly and 0 no longer; 4.1 s",
        ),
        ("post", {"alerts": ["a", "b"], "retried": []}, "alerts 2; 4.1 s"),
        ("monitor", {}, "0 entries read, 0 new; 0 of 0 feeds failed; 4.1 s"),
    ],
)
def test_a_completed_run_tells_its_counts(flow: str, detail: dict[str, Any], line: str) -> None:
    assert outcome_line(flow, "completed", detail, 4.06) == line


@pytest.mark.parametrize(
    ("outcome", "detail", "line"),
    [
        ("failed", {"error": "StoreError: it is\nfull"}, "failed after 4.1 s: StoreError: it is full"),
        ("failed", {"crashed": True, "error": "cut off"}, "crashed after 4.1 s: cut off"),
        ("failed", {"error": ENDED}, "asked to stop after 4.1 s; the next run goes on from there"),
        ("failed", {"error": "TerminationSignal: 15"}, "asked to stop after 4.1 s; the next run goes on from there"),
        ("failed", {}, "failed after 4.1 s: no reason is known"),
        ("skipped", {"late_seconds": 3000}, "stepped aside: it was due 3000 s ago"),
        ("skipped", {"beside": "another process"}, "stepped aside: another process"),
    ],
)
def test_any_other_run_tells_why(outcome: RunOutcome, detail: dict[str, Any], line: str) -> None:
    assert outcome_line("monitor", outcome, detail, 4.06) == line
