"""Entries that two blind readers have judged, and what the tags reach on them.

``stream_labels.jsonl`` holds ids and labels of 300 entries that were flagged; their texts lie outside of the project.
``invented_entries.jsonl`` holds 200 invented ones, in sixteen languages, for what the others seldom show. Of both, half
(see `classifiers.tagging.fit_frame_model.is_kept`) was scored once, at the end, and nothing was chosen by it.
``later_labels.jsonl`` holds further entries that were flagged or nearly so: those that are ``scored`` were labelled by
two readers and settled by a third, and scored after everything was chosen; the others by one, for development.
``newest_labels.jsonl`` holds 150 that the model of November 2026 flags, drawn uniformly from those that nobody had
labelled, in the same way; nothing was chosen by them. ``unseen_labels.jsonl`` holds 150 more of the same kind, of a
later draw: scored before and after the last change to what tags read, and nothing was chosen by them either.
``drawn_labels.jsonl`` holds 150 that the model as it is flags, drawn uniformly from all, among 50 of the first 300,
without claims, by two readers who did not know which is which: how much of what is flagged is about the topic.

    python -m tests.support.judged_entries [--scored]
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.evaluation import FLAGS, micro
from classifiers.tagging.fit_frame_model import is_kept
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import Watchlist, read_watchlist
from classifiers.text.fold import entry_text
from db.records.frames import Frame
from db.records.tags import Tags

FOLDER = Path(__file__).resolve().parents[1] / "classifiers" / "tagging"
STREAM = Path(__file__).resolve().parents[3] / "shared" / "eval" / "stream.jsonl.gz"
CORE = 2


@dataclass(frozen=True)
class Judged:
    """An entry with its labels and the tags that it gets."""

    labels: dict[str, Any]
    tags: Tags


def stream_entries(kept: bool) -> list[Judged]:
    """The entries of the stream of one half, of grade 2; none where the stream is not there."""
    return _of_the_stream(row for row in _labels("stream") if is_kept(row["id"]) == kept)


def later_entries(scored: bool) -> list[Judged]:
    """The later entries of the stream that were scored, or those for development, of grade 2; none where the stream is
    not there."""
    return _of_the_stream(row for row in _labels("later") if row["scored"] is scored)


def newest_entries() -> list[Judged]:
    """The newest entries of the stream, which were scored, of grade 2; none where the stream is not there."""
    return _of_the_stream(_labels("newest"))


def unseen_entries() -> list[Judged]:
    """Those of a later draw, of grade 2; none where the stream is not there."""
    return _of_the_stream(_labels("unseen"))


def drawn_entries() -> list[Judged]:
    """Those of the last draw that had not been labelled before, of grade 2; none where the stream is not there."""
    known = {row["id"] for name in ("stream", "later", "newest", "unseen") for row in _labels(name)}
    return _of_the_stream(row for row in _labels("drawn") if row["id"] not in known)


def shares(of: str) -> dict[str, float]:
    """How much is core, and core or touching, of what is flagged ("final") or was ("old")."""
    grades = [row["grade"] for row in _labels("drawn") if row["of"] == of]
    return {
        "entries": len(grades),
        "core": _share((grade, CORE) for grade in grades),
        "core or touching": _share((grade > 0, True) for grade in grades),
    }


def _labels(name: str) -> list[dict[str, Any]]:
    return _rows(FOLDER / f"{name}_labels.jsonl")


def _of_the_stream(rows: Iterable[dict[str, Any]]) -> list[Judged]:
    labels = {row["id"]: row for row in rows}
    if not STREAM.is_file():
        return []
    with gzip.open(STREAM, "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row for row in map(json.loads, lines) if row["id"] in labels}
    return _judged(labels[id_] | texts[id_] for id_ in labels)


def invented_entries(kept: bool) -> list[Judged]:
    """The invented entries of one half, of grade 2."""
    return _judged(row for row in _rows(FOLDER / "invented_entries.jsonl") if is_kept(row["id"]) == kept)


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _judged(rows: Iterable[dict[str, Any]]) -> list[Judged]:
    watchlist = read_watchlist()
    return [Judged(row, _tags(row, watchlist)) for row in rows if row["grade"] == CORE]


def _tags(row: dict[str, Any], watchlist: Watchlist) -> Tags:
    day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    return tagged(analyse(entry_text(row["title"], row.get("summary") or ""), row["lang"], day), watchlist)


def figures(entries: list[Judged]) -> dict[str, float]:
    """Share right (direction, phase, vouching, arrow: giver and receiver both) and F1 (channels, friction, response,
    claims); ``stance`` over the claims that both sides name."""
    found: dict[str, float] = {"entries": len(entries)}
    found["direction"] = _share((e.labels["direction"], _first(e.tags.values("direction"))) for e in entries)
    for name in ("phase", "vouching"):
        found[name] = _share((e.labels[name], getattr(_frame(e), name)) for e in entries if e.labels[name])
    found["arrow"] = _share((_arrow(e.labels), _arrow(_frame(e))) for e in entries if e.labels["giver"])
    found["channels"] = micro((e.labels["channels"], set(e.tags.values("channel"))) for e in entries)["f1"]
    for kind in FLAGS:
        found[kind] = micro((["yes"] * e.labels[kind], set(e.tags.values(kind))) for e in entries)["f1"]
    return found | (_claims(entries) if all("claims" in e.labels for e in entries) else {})


def _claims(entries: list[Judged]) -> dict[str, float]:
    pairs = [(dict(e.labels["claims"]), {link.claim: link.stance for link in e.tags.claims}) for e in entries]
    told = micro((list(true), set(said)) for true, said in pairs)
    stances = ((true[claim], said[claim].replace("_", " ")) for true, said in pairs for claim in true if claim in said)
    return {"claims_precision": told["precision"], "claims_recall": told["recall"], "stance": _share(stances)}


def _arrow(told: Any) -> tuple[str, str]:
    """(giver, receiver) of labels or of a frame."""
    return (told["giver"], told["receiver"]) if isinstance(told, dict) else (told.giver, told.receiver)


def _frame(entry: Judged) -> Frame:
    return entry.tags.frames[0] if entry.tags.frames else Frame("none")


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else "none"


def _share(pairs: Iterable[tuple[object, object]]) -> float:
    listed = list(pairs)
    return round(sum(true == said for true, said in listed) / max(1, len(listed)), 4)


def main() -> None:
    """Print what is reached: on the entries for development, or on those that were scored."""
    kept = "--scored" in sys.argv
    sets = {"stream": stream_entries(kept), "later": later_entries(kept), "invented": invented_entries(kept)}
    held_out = {"newest": newest_entries(), "unseen": unseen_entries(), "drawn": drawn_entries()} if kept else {}
    for name, entries in (sets | held_out).items():
        print(name, figures(entries) if entries else "the stream is not there")
    for of in ("final", "old") if kept else ():
        print(f"of what is flagged ({of})", shares(of))


if __name__ == "__main__":
    main()
