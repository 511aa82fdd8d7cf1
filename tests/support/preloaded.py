"""Imported once by the process that commands are forked from (see `tests.support.forked`): what they all load.

Nothing of Prefect: it reads its settings where it is imported.
"""

from __future__ import annotations

import os

# The consoles of the command ask where they write to when they are imported: to no terminal.
_nowhere = os.open(os.devnull, os.O_RDWR)
for _stream in (0, 1):
    os.dup2(_nowhere, _stream)

import classifiers.relevance.champion  # noqa: E402, F401
import flows.cli  # noqa: E402
import flows.config.settings  # noqa: E402, F401
import tests.support.warm  # noqa: E402, F401
