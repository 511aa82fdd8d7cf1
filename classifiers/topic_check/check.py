"""All that is wrong with a topic's folder, whichever topic is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from classifiers.lexicon.members import FILE as MEMBERS
from classifiers.lexicon.names.read import FILE as NAMES
from classifiers.lexicon.read import DATED, language_files
from classifiers.lexicon.read import FOLDER as LEXICON
from classifiers.relevance.essay_rows import ESSAYS
from classifiers.relevance.examples import FILE as EXAMPLES
from classifiers.tagging.patterns.read import FOLDER as PATTERNS
from classifiers.tagging.theatres import FILE as PLACES
from classifiers.tagging.watchlist import FILE as CLAIMS
from classifiers.topic_check.examples import example_faults, sample_faults
from classifiers.topic_check.faults import Document, Fault, read, several
from classifiers.topic_check.patterns import claim_faults, pattern_faults
from classifiers.topic_check.roles import Known, actor_faults, known_of, topic_faults
from classifiers.topic_check.words import dated_faults, lexicon_faults, member_faults, name_faults, place_faults
from classifiers.topics.read import ACTORS, TOPIC

SAMPLE = "sample"
OUTLETS, ENTRIES = "outlets.toml", "entries.jsonl"


def check(folder: Path) -> list[Fault]:
    """What is missing or contradictory in the folder: the faults, file by file, then the notes. An empty list, or one
    of notes alone, means that the topic can be watched."""
    if not folder.is_dir():
        return [Fault(folder, 1, "is no folder; name that of a topic")]
    topic, actors, claims = (read(folder / name) for name in (TOPIC, ACTORS, CLAIMS))
    known = known_of(_document(topic), _document(actors))
    known = replace(known, claims=_claim_ids(_document(claims)))
    found = [
        *_of(topic, topic_faults),
        *_of(actors, actor_faults),
        *_words(folder, known),
        *_patterns(folder, claims, known),
        *example_faults(folder / EXAMPLES, known),
        *_optional(folder),
    ]
    return sorted(found, key=lambda fault: fault.is_note)


def _document(found: Document | Fault) -> Document | None:
    return found if isinstance(found, Document) else None


def _of(found: Document | Fault, faults: Callable[[Document], Iterator[Fault]]) -> Iterable[Fault]:
    """The faults of a file that can be read, or what keeps it from being read."""
    return [found] if isinstance(found, Fault) else faults(found)


def _claim_ids(claims: Document | None) -> frozenset[str]:
    rows = claims.told.get("claim") if claims else None
    listed = rows if isinstance(rows, list) else []
    return frozenset(str(row.get("id")) for row in listed if isinstance(row, dict))


def _words(folder: Path, known: Known) -> Iterator[Fault]:
    documents, unread = several(iter(language_files(folder)))
    yield from unread
    if not documents and not unread:
        yield Fault(folder / LEXICON, 1, "holds no language; write one file a language, such as en.toml")
    yield from lexicon_faults(documents, known)
    if (folder / DATED).is_file():
        yield from _of(read(folder / DATED), lambda dated: dated_faults(dated, documents, known))
    if (folder / MEMBERS).is_file():
        yield from _of(read(folder / MEMBERS), lambda members: member_faults(members, documents, known))
    yield from _of(read(folder / NAMES), name_faults)
    yield from _of(read(folder / PLACES), lambda places: place_faults(places, known))


def _patterns(folder: Path, claims: Document | Fault, known: Known) -> Iterator[Fault]:
    documents, unread = several((folder / PATTERNS).glob("*.toml"))
    yield from unread
    for document in documents:
        yield from pattern_faults(document, known)
    english = next((each for each in documents if each.file.stem == "en"), None)
    yield from _of(claims, lambda document: claim_faults(document, known, english))


def _optional(folder: Path) -> Iterator[Fault]:
    """The demo's sample and the essays, which a topic can do without."""
    sample = folder / SAMPLE
    if not sample.is_dir():
        yield Fault(sample, 1, "is missing: axiswatch demo can show this topic only with --site", is_note=True)
    else:
        outlets = read(sample / OUTLETS)
        if isinstance(outlets, Fault):
            yield outlets
        else:
            keys = frozenset(str(each.get("key")) for each in outlets.told.get("outlet", ()))
            yield from sample_faults(sample / ENTRIES, keys)
    if not (folder / ESSAYS).is_file():
        yield Fault(folder / ESSAYS, 1, "is missing: the model learns from the examples alone", is_note=True)
