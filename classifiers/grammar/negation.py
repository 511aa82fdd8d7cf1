"""Whether a sentence says that what one might give is not given: "does not supply", "liefert keine", "vermiyor"."""

from __future__ import annotations

import re

from classifiers.grammar.items import Act
from classifiers.grammar.sentences import SentenceReading
from classifiers.text.fold import word_end

BEFORE = 30
"""Characters before an act in which a negation may stand."""
_PAUSE = re.compile("[,;:،、，；：]")


def takes_back(reading: SentenceReading, act: Act) -> bool:
    """Whether the sentence takes the verb of an act back: by what stands right before it, by its own form, or by what
    follows it before the next comma. False in a language whose grammar has no ``[negation]``."""
    negation, text = reading.grammar.negation, reading.text
    if negation is None or (negation.unless and negation.unless.search(text[reading.start : reading.end])):
        return False
    if negation.before and negation.before.search(text[max(reading.start, act.start - BEFORE) : act.start]):
        return True
    form = text[act.start : word_end(text, act.end)]
    if (negation.form and negation.form.search(form)) or (negation.ends and negation.ends.match(text, act.end)):
        return True
    behind = negation.behind.search(text, act.end, reading.end) if negation.behind else None
    if behind is None or _PAUSE.search(text, act.end, behind.start()):
        return False
    return reading.one_clause(act.end, behind.start())
