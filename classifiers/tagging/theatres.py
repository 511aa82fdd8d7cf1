"""Where a story plays: the theatres of the parties in its headline and lead, and words of places."""

from __future__ import annotations

from typing import Any

from classifiers.lexicon.aliases import alias_of
from classifiers.lexicon.mentions import Matcher
from classifiers.tagging.document_layout import DocumentLayout, Span
from classifiers.text.scripts import has_cjk
from classifiers.text.toml_text import read_toml
from classifiers.topics.active import active, by_topic

LEAD_SENTENCES = 2
FILE = "places.toml"


def theatres_of(layout: DocumentLayout) -> dict[str, list[Span]]:
    """Theatre → where the text names it, in the order of the text."""
    found: dict[str, list[Span]] = {}
    of_actor = _of_actor()
    for sentence in layout.analysis.sentences:
        if sentence.index >= LEAD_SENTENCES:
            break
        for mention in sorted((*sentence.partners, *sentence.thirds, *sentence.opponent)):
            if mention.code in of_actor:
                found.setdefault(of_actor[mention.code], []).append(mention[:2])
    for start, end, alias in _matcher().find(layout.analysis.text, layout.folded):
        if layout.index(start) < LEAD_SENTENCES:
            found.setdefault(alias.codes[0], []).append((start, end))
    return {name: sorted(set(spans)) for name, spans in sorted(found.items(), key=lambda pair: min(pair[1]))}


@by_topic
def _told() -> dict[str, Any]:
    return read_toml(active().folder / FILE)


@by_topic
def _of_actor() -> dict[str, str]:
    return {actor: theatre for theatre, actors in _told()["actors"].items() for actor in actors}


@by_topic
def _matcher() -> Matcher:
    return Matcher(
        alias_of(text, theatre, "", "substring" if has_cjk(text) else "word")
        for theatre, texts in _told()["words"].items()
        for text in texts
    )
