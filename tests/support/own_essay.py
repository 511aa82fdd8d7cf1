"""An essay of the user's own."""

from __future__ import annotations

from pathlib import Path

from classifiers.relevance import essays

WORDS = """# Quiet quays

By Ada Inkwell

Crates of marmalade-coloured lenses left Tehran for Moscow by way of the Caspian, and the engineers of both capitals
wrote in one notebook what neither would have printed, so that by spring Russia and Iran shared a workshop.

Nothing in this paragraph is about states at all: it tells of gardens, of rain, of a long walk along the shore, and of
the people who keep the lighthouses there through the winter with soup and cards.
"""


def add(folder: Path, words: str = WORDS, **told: str) -> str:
    return essays.add(words, words.encode(), "quiet-quays", told, folder).sha256
