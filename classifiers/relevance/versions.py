"""The versions of what makes a model, raised by hand: a comment in a file never changes a model.

``tests/classifiers/relevance/test_golden_vectors.py`` checks both numbers: it fails where features or a fit come out
differently and the number is still the old one.
"""

from __future__ import annotations

FEATURES_VERSION = 6
"""Raised whenever the same text may become other features: a model fitted on others cannot judge and is fitted again
(see `classifiers.relevance.champion`)."""
TRAINING_VERSION = 3
"""Raised whenever the same features may become another model."""
CODE_OF_THE_FIRST, TRAINING_OF_THE_FIRST = (
    "a399d51b2408",
    "c0e4972d73628cfc606928e496484527662de463f1d3e52b25be259f67b1064c",
)
"""What stood for version 1 of either while versions were hashes of source files. Ids of models are still made of them,
so that a store of that time keeps its champion."""


def features_version(stored: str) -> int:
    """The version that a model file, a row of the store or a file of essay rows names; 0 for one of before version 1,
    which is none of today's."""
    if stored == CODE_OF_THE_FIRST:
        return 1
    return int(stored) if stored.isdecimal() and len(stored) < len(CODE_OF_THE_FIRST) else 0


def features_mark() -> str:
    """What stands for the features in a model's id."""
    return CODE_OF_THE_FIRST if FEATURES_VERSION == 1 else str(FEATURES_VERSION)


def training_mark() -> str:
    """What stands for the training in a model's id."""
    return TRAINING_OF_THE_FIRST if TRAINING_VERSION == 1 else str(TRAINING_VERSION)
