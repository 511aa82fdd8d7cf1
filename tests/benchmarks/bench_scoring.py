"""How fast entries are scored, reasons included, beside the bare pipeline (HashingVectorizer and LogisticRegression).

    python -m tests.benchmarks.bench_scoring [FILE.jsonl[.gz]] [--entries 20000] [--words 60]

Without a file the texts are the project's own examples, repeated: nearly half of them are flagged, which is the
hardest case; a file of real entries shows the natural mix. One core: run it with ``taskset -c 0``.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from classifiers.relevance.champion import train_seed
from classifiers.relevance.examples import seed_examples
from classifiers.tagging.scoring import score_batch
from db.records import Entry

BATCH = 1000
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print entries a second of both, and the ratio of their times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=0, help="make every text this long, by repeating or cutting it")
    options = parser.parse_args()
    rows = _rows(options.file) if options.file else _examples()
    if options.words:
        rows = (_sized(*row, options.words) for row in rows)
    entries = [_entry(number, *row) for number, row in enumerate(itertools.islice(rows, options.entries), 1)]
    words = options.words or sum(len(f"{entry.title} {entry.summary}".split()) for entry in entries) / len(entries)
    bare = _bare(entries)
    (first, flagged), (again, _) = _ours(entries), _ours(entries)
    print(f"{len(entries)} entries of {words:.0f} words, {flagged} flagged")
    print(f"bare pipeline {len(entries) / bare:8.0f} entries/s")
    for ours, when in ((first, "a new process, which reads each language's words"), (again, "once more, all read")):
        print(f"axiswatch     {len(entries) / ours:8.0f} entries/s   time / bare = {ours / bare:5.2f}   ({when})")


def _rows(file: Path) -> Iterator[tuple[str, str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["title"], row.get("summary") or "", row.get("lang") or ""


UNSPACED = ("zh", "ja")
"""Languages without spaces: two of their characters are taken for a word."""


def _sized(title: str, summary: str, language: str, words: int) -> tuple[str, str, str]:
    space = "" if language in UNSPACED else " "
    text = f"{title}. {summary}"
    pieces = text.split() if space else [text[start : start + 2] for start in range(0, len(text), 2)]
    long = ((pieces or ["word"]) * (words // max(1, len(pieces)) + 1))[:words]
    return space.join(long[:10]), space.join(long[10:]), language


def _examples() -> Iterator[tuple[str, str, str]]:
    for example in itertools.cycle(seed_examples()):
        title, _, summary = example.text.partition("\n")
        yield title, summary, example.language


def _entry(number: int, title: str, summary: str, language: str) -> Entry:
    return Entry(number, 1, "", "press", "", title, summary, "", "", "", language, NOW, "stated", NOW)


def _bare(entries: list[Entry]) -> float:
    pipeline = make_pipeline(HashingVectorizer(), LogisticRegression())
    examples = seed_examples()
    pipeline.fit([example.text for example in examples], [example.relevant for example in examples])
    texts = [f"{entry.title}\n{entry.summary}" for entry in entries]
    began = time.perf_counter()
    for start in range(0, len(texts), BATCH):
        pipeline.predict_proba(texts[start : start + BATCH])
    return time.perf_counter() - began


def _ours(entries: list[Entry]) -> tuple[float, int]:
    model = train_seed(0.95).model
    score_batch(model, entries[:10], NOW)  # builds the automata
    flagged = 0
    began = time.perf_counter()
    for start in range(0, len(entries), BATCH):
        flagged += sum(score.flagged for score in score_batch(model, entries[start : start + BATCH], NOW))
    return time.perf_counter() - began, flagged


if __name__ == "__main__":
    main()
