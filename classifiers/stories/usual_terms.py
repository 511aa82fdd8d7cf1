"""How many of a topic's examples hold each term: what is usual to write of it.

python -m classifiers.stories.usual_terms            # counts anew for the topic that is watched, and writes its file

Counting takes seconds, which every pass would spend. So the topic that the project ships has the counts in a file
beside its examples; a topic without one, or whose examples have changed since, is counted when it is asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from classifiers.relevance.examples import FILE as EXAMPLES
from classifiers.relevance.examples import seed_examples
from classifiers.stories.fingerprint import marks, terms
from classifiers.text.fold import fold
from classifiers.topics.active import active, by_topic

FILE = "usual_terms.json"


@by_topic
def usual_terms() -> tuple[Counter[str], int]:
    """Term → how many of our own examples hold it, and how many examples there are."""
    told = _written()
    if told.get("examples") != _digest():
        return count_terms()
    return Counter(told["terms"]), int(told["size"])


def count_terms() -> tuple[Counter[str], int]:
    """The same, counted."""
    counts: Counter[str] = Counter()
    examples = seed_examples()
    for example in examples:
        folded = fold(example.text)
        counts.update(terms(example.text, folded) | marks(example.text, folded, example.language))
    return counts, len(examples)


def _written() -> dict[str, Any]:
    file = active().folder / FILE
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return told


def _digest() -> str:
    return hashlib.sha256((active().folder / EXAMPLES).read_bytes()).hexdigest()


def main() -> None:
    """Write the file of the topic."""
    counts, size = count_terms()
    told = {"examples": _digest(), "size": size, "terms": dict(sorted(counts.items()))}
    file = active().folder / FILE
    file.write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(counts)} terms of {size} examples: {file}")


if __name__ == "__main__":
    main()
