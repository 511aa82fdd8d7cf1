"""Figures and reasons as people read them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from db.whole_file import write_whole
from flows.commands.session import CommandError, out

if TYPE_CHECKING:
    from db.records import Reason

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
    _print_reliability(report["reliability"])


def _print_reliability(reliability: Mapping[str, Any]) -> None:
    out.print(f"\nReliability: Brier score {reliability['brier']}")
    rows = {f"{row['from']:.1f} to {row['from'] + 0.1:.1f}": row for row in reliability["table"]}
    out.print(_table("probability", rows, {key: key for key in ("articles", "promised", "relevant")}))


def write_report(report: Mapping[str, Any], file: Path) -> Path:
    """Every figure as a JSON file, whole or not at all. Raises CommandError where it cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, (json.dumps(report, indent=1, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise CommandError(f"cannot write the report {file}: {error.strerror}; name another with --report") from error
    return file


ABLATION = {
    "english average_precision": "AP",
    "english best_f1": "F1",
    "english weighted_precision_at_recall_95": "P at R .95",
    "other average_precision": "AP",
    "other best_f1": "F1",
    "other weighted_precision_at_recall_95": "P at R .95",
    "own": "AP own",
}
TOLD_APART = ("keyword rule", "n-grams only", "mentions only", "all, without essays", "all")
"""The variants that are shown by stratum and by partner; the report file has them all."""


def print_ablation(table: Mapping[str, Any]) -> None:
    """What each part of the classifier is worth alone: English, the other languages, each language, each stratum,
    each partner."""
    rows = {
        name: {f"{part} {key}": value for part in ("english", "other") for key, value in row[part].items()}
        | {"own": row.get("own_average_precision")}
        for name, row in table.items()
    }
    out.print("\nThe parts of the classifier: English, then the other languages; precision is weighted")
    out.print("AP own: average precision out of fold on our own examples")
    out.print(_table("variant", rows, ABLATION))
    languages = sorted({key for row in table.values() for key, part in row["by_language"].items()})
    by_language = {name: _parts(row["by_language"], "average_precision") for name, row in table.items()}
    out.print("\nAverage precision by language")
    out.print(_table("variant", by_language, {key: key for key in languages}))
    told = {name: table[name] for name in TOLD_APART if name in table}
    for title, part, key in (
        ("Average precision by stratum", "by_stratum", "average_precision"),
        ("Precision at its own threshold by stratum", "by_stratum", "precision"),
        ("Recall at its own threshold by partner", "by_partner", "recall"),
    ):
        names = sorted({name for row in told.values() for name in row[part]})
        turned = {name: {variant: row[part][name][key] for variant, row in told.items()} for name in names}
        turned = {name: row for name, row in turned.items() if any(value is not None for value in row.values())}
        out.print(f"\n{title}")
        out.print(_table(part.removeprefix("by_"), turned, {variant: variant for variant in told}))


def _parts(parts: Mapping[str, Mapping[str, Any]], key: str) -> dict[str, Any]:
    return {name: row.get(key) for name, row in parts.items()}


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
    verdict = "flagged" if probability >= threshold else "not flagged"
    out.print(f"score {probability:.3f}, {verdict} (threshold {threshold:.3f})")
    if not reasons:
        from classifiers.topics.active import active

        out.print(f"it does not name both {active().both}")
    for reason in reasons:
        out.print(f"  {reason.weight:+.2f}  {reason.text}", markup=False)
