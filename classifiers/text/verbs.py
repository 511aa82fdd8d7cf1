"""English verbs of the present, as our sentences have them: of the third person, and without their ending."""

from __future__ import annotations

IRREGULAR = {"is": "be", "are": "be", "has": "have"}
HISSING = ("ches", "shes", "sses", "xes", "zzes", "oes")
"""Endings of which "es" is the person's."""


def infinitive(verb: str) -> str:
    """ "sends" made "send", "supplies" "supply", "teaches" "teach", "is" "be"; what has no such ending stays."""
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("ies"):
        return f"{verb.removesuffix('ies')}y"
    return verb.removesuffix("es" if verb.endswith(HISSING) else "s")


def plural(verb: str) -> str:
    """The same where several do it: "are" of "is"."""
    return "are" if verb in ("is", "are") else infinitive(verb)


def conjugated(does: str, subject: str) -> str:
    """What a subject does, its verb ("sends arms") in the number of the subject's name: "armed groups send arms", "a
    port and a city send arms"."""
    verb, _, rest = does.partition(" ")
    last = subject.rpartition(" ")[2]
    several = (last.endswith("s") and last.islower()) or " and " in subject
    return f"{plural(verb) if several else verb} {rest}".rstrip()
