"""What judging makes once a process, made when this is imported: for the process that others are forked from."""

from __future__ import annotations

import numpy as np

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import training_examples
from classifiers.stories.similarity import Vocabulary
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist

for _language in sorted({_each.language for _each in training_examples()}):
    tagged(analyse("Iran sends drones to Russia", _language), read_watchlist())
Vocabulary().weights(np.zeros(0), 0)
