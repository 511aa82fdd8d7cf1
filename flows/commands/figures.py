"""Figures and reasons as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from flows.commands.session import out

if TYPE_CHECKING:
    from db.types import Reason

COLUMNS = {
    "articles": "articles",
    "relevant": "relevant",
    "average_precision": "average precision",
    "best_f1": "best F1",
    "recall_at_precision_90": "R at P .9",
    "weighted_precision_at_recall_90": "P at R .9, weighted",
    "weighted_precision_at_recall_95": "P at R .95, weighted",
}


def print_report(report: Mapping[str, Any]) -> None:
    """The figures of English and of the other languages, then what the threshold does, by language and partner."""
    out.print(f"model {report['model']}, threshold {report['threshold']:.3f}", markup=False)
    out.print(f"grade 2 against grade 0; {report['left_out']} of grade 1 left out")
    out.print(_table("set", {name: report[name] for name in ("english", "other")}, COLUMNS))
    out.print("\nAt the threshold")
    sets = {**report["at_threshold"], **{f"  {name}": row for name, row in report["by_language"].items()}}
    names = ("articles", "relevant", "precision", "weighted_precision", "recall")
    out.print(_table("set", sets, {name: name.replace("_", " ") for name in names}))
    out.print("\nRecall by partner")
    out.print(_table("partner", report["by_partner"], {"relevant": "relevant", "recall": "recall"}))
    out.print(f"\nBrier score {report['reliability']['brier']}; every other figure with --json")


def print_ablation(table: Mapping[str, Any]) -> None:
    """What each part of the classifier is worth alone."""
    out.print("\nThe parts of the classifier (English, then the other languages)")
    rows = {
        name: {
            **{f"english {key}": value for key, value in row["english"].items()},
            **{f"other {key}": value for key, value in row["other"].items()},
            "own": row.get("own_average_precision"),
        }
        for name, row in table.items()
    }
    columns = {
        "english average_precision": "AP",
        "english best_f1": "F1",
        "english weighted_precision_at_recall_90": "P at R .9, weighted",
        "other average_precision": "AP, other",
        "own": "AP out of fold on our examples",
    }
    out.print(_table("variant", rows, columns))


def _table(first: str, rows: Mapping[str, Mapping[str, Any]], columns: Mapping[str, str]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first)
    for heading in columns.values():
        table.add_column(heading, justify="right")
    for name, row in rows.items():
        table.add_row(name, *(_cell(row.get(key)) for key in columns))
    return table


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "" if value is None else str(value)


def print_reasons(text: str, probability: float, threshold: float, reasons: Sequence[Reason]) -> None:
    """The text with the places that counted, its score, and the reasons, the heaviest first."""
    shown = Text(text)
    for reason in reasons:
        for start, end in reason.spans:
            shown.stylize("bold green" if reason.weight > 0 else "bold red", start, end)
    out.print(shown)
    out.print(
        f"score {probability:.3f}, {'flagged' if probability >= threshold else 'not flagged'} (line {threshold:.3f})"
    )
    if not reasons:
        out.print("it does not name both Russia and a partner")
    for reason in reasons:
        out.print(f"  {reason.weight:+.2f}  {reason.text}", markup=False)
