"""A clause of ours, which stands in the present as glosses do, as what is to be or may be: of "A sends arms to B" comes
"A is to send arms to B", "A may send arms to B"."""

from __future__ import annotations

from classifiers.tagging.gloss import ACT_TOGETHER, HELPS
from classifiers.tagging.patterns.read import wordings_of
from classifiers.text.verbs import infinitive, plural
from classifiers.topics.active import active, by_topic

PLANNED, SOUGHT, UNDER_WAY = "planned", "sought", "under way"
"""What a gloss says of how far its act has come; what goes on is told by the present itself."""


def in_tense(clause: str, details: list[str], language: str) -> tuple[str, list[str]]:
    """The clause in the tense of the phase that is among its details, and the details without it; both as they are
    where no phase is told or the clause has no verb. ``language`` is that of the entry."""
    phase = next((each for each in details if each in (PLANNED, SOUGHT, UNDER_WAY)), "")
    subject, verb, rest = _parted(clause, language) if phase else ("", "", "")
    if not verb:
        return clause, details
    left = [each for each in details if each != phase]
    if phase == UNDER_WAY:
        return clause, left
    becomes = "may" if phase == SOUGHT else "are to" if verb == plural(verb) else "is to"
    return f"{subject} {becomes} {_verbs(language)[verb]} {rest}".rstrip(), left


def _parted(clause: str, language: str) -> tuple[str, str, str]:
    """(subject, verb, rest), all empty where the clause has none of our verbs."""
    verbs, words = _verbs(language), clause.split()
    at = next((place for place, word in enumerate(words) if place and word in verbs), 0)
    return (" ".join(words[:at]), words[at], " ".join(words[at + 1 :])) if at else ("", "", "")


@by_topic
def _verbs(language: str) -> dict[str, str]:
    """Form → infinitive of the verbs with which channels, and the wordings of a language, say what is done."""
    channels = active().channels.values()
    said = [HELPS, ACT_TOGETHER]
    said += [told for each in channels for told in (each.gives, each.together, each.naming) if told]
    said += [each.says for each in wordings_of(language) if each.channel]
    found: dict[str, str] = {}
    for verb in {told.split()[0] for told in said}:
        found |= {verb: infinitive(verb), plural(verb): infinitive(verb)}
    return found
