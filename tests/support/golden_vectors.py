"""Golden vectors: what features and training gave when their versions were last raised.

``python -m tests.support.golden_vectors`` writes them anew. It refuses where what came out is different and the
number in `classifiers.relevance.versions` is still the old one: then stored champions would judge by features they
never saw.

The texts are every example that a model learns from and, since these are short and undated, a long article of each
language made of them, as of two days: what is cut off, and who held an office, are features too. A change of the
lexicon that alters none of these rows alters no model, and needs no new version.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from classifiers.lexicon.analysis import Analysis
from classifiers.relevance.champion import train_seed
from classifiers.relevance.examples import Example, training_examples
from classifiers.relevance.logistic_regression import LogisticRegressionModel
from classifiers.relevance.pipeline import make_rows
from classifiers.relevance.spec import Spec
from classifiers.relevance.training import Trained
from classifiers.relevance.versions import FEATURES_VERSION, TRAINING_VERSION
from classifiers.text.fold import entry_text

FILE = Path(__file__).with_name("golden_vectors.json")
DAYS = (date(2024, 6, 1), date(2025, 6, 1))
"""Before and after names of the lexicon changed sides."""
TOLERANCE = 1e-4
"""Relative: another processor adds up in another order."""


def vectors() -> dict[str, str]:
    """Language → the hash of all that the examples in it become: which sides they name, and their features."""
    by_language: dict[str, list[Example]] = defaultdict(list)
    for example in training_examples():
        by_language[example.language].append(example)
    return {language: _hash([*examples, *_articles(examples)]) for language, examples in sorted(by_language.items())}


def _articles(examples: list[Example]) -> list[Example]:
    """All texts of a language as the body of one article, longer than what is read of one, on each of `DAYS`."""
    texts = [each.text for each in examples]
    whole = entry_text(texts[0], texts[1], " ".join(texts[2:400]))
    return [Example(f"article-{day}", whole, examples[0].language, True, "articles", day=day) for day in DAYS]


def _hash(examples: list[Example]) -> str:
    analyses = [each.analysed() for each in examples]
    digest = hashlib.sha256()
    for analysis in analyses:
        digest.update(repr((analysis.joins, analysis.names_focus, analysis.names_partner)).encode())
    _add_rows(digest, [analysis for analysis in analyses if analysis.joins])
    return digest.hexdigest()[:16]


def _add_rows(digest: Any, analyses: list[Analysis]) -> None:
    rows = make_rows(analyses, Spec().hash_bits)
    for mentions in rows.mentions:
        digest.update(repr(sorted((name, round(value, 9)) for name, value in mentions.items())).encode())
    for block in (rows.words, rows.characters):
        block.sort_indices()
        digest.update(block.indices.astype(np.int64).tobytes() + block.indptr.astype(np.int64).tobytes())
        digest.update(np.round(block.data, 9).tobytes())


def fit_of(trained: Trained) -> dict[str, float]:
    """What a fit comes to in a few numbers."""
    model, fitted = trained.model, trained.model.fitted
    assert isinstance(fitted, LogisticRegressionModel)
    return {
        "threshold": model.threshold,
        "review_floor": model.review_floor,
        "intercept": fitted.intercept,
        "slope": model.slope,
        "offset": model.offset,
        "coefficients": float(np.abs(fitted.coefficients).sum()),
    }


def golden() -> dict[str, Any]:
    """What was written down."""
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def complaint(vectors_now: dict[str, str], fit_now: dict[str, float], written: dict[str, Any]) -> str:
    """What is wrong with the versions, in one line; an empty string where nothing is."""
    changed = vectors_now != written["vectors"]
    if changed and written["features_version"] == FEATURES_VERSION:
        return f"features came out differently: raise FEATURES_VERSION above {FEATURES_VERSION} and write them anew"
    fitted = {name: abs(fit_now[name] - value) > TOLERANCE * abs(value) for name, value in written["fit"].items()}
    versions = (written["features_version"], written["training_version"])
    if any(fitted.values()) and versions == (FEATURES_VERSION, TRAINING_VERSION):
        return f"a fit came out differently: raise TRAINING_VERSION above {TRAINING_VERSION} and write them anew"
    return ""


def main() -> None:
    """Write the golden vectors anew, where the versions allow it."""
    now, fit = vectors(), fit_of(train_seed(0.95))
    if FILE.exists() and (wrong := complaint(now, fit, golden())):
        raise SystemExit(wrong)
    told = {"features_version": FEATURES_VERSION, "training_version": TRAINING_VERSION, "vectors": now, "fit": fit}
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
