"""Lexicon, dated names, names of stories and places: every word belongs to somebody, and to one alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from classifiers.lexicon.aliases import alias_of
from classifiers.lexicon.members import UNNAMED
from classifiers.lexicon.names.read import CAPITALS, WITH_ARTICLE
from classifiers.lexicon.read import SPECIAL, sections
from classifiers.text.fold import fold
from classifiers.topic_check.faults import Document, Fault
from classifiers.topic_check.roles import Known

MATCHES = ("word", "substring", "proclitic")
EVERYWHERE = "en"
"""The language whose aliases are looked for in texts of every other."""


def lexicon_faults(documents: Sequence[Document], known: Known) -> Iterator[Fault]:
    """What the files of the languages lack or contradict, then notes on partners that a language cannot name."""
    everywhere = next((each for each in documents if each.told.get("language") == EVERYWHERE), None)
    for document in documents:
        yield from _head(document)
        yield from _unknown(document, known)
        yield from _empty(document)
        yield from _of_two(document, everywhere)
        if not document.table("cues"):
            yield document.fault("has no cues; add [cues] with the words of this language", "[cues]")
    for document in documents:
        yield from _unnamed(document, known)


def _head(document: Document) -> Iterator[Fault]:
    if document.told.get("language") != document.file.stem:
        yield document.fault(f"must say language = {document.file.stem!r}, as the file is called", "language")
    if document.told.get("match") not in MATCHES:
        yield document.fault(f"must say match as one of {', '.join(MATCHES)}", "match")


def _unknown(document: Document, known: Known) -> Iterator[Fault]:
    for codes, _ in sections(document.told):
        for code in codes:
            if not code.startswith("cue:") and code not in known.actors and code not in SPECIAL:
                what = f"{code!r} is no actor; add it to actors.toml or correct the key"
                yield document.fault(what, "[actors]", f"{'+'.join(codes)}")


def _empty(document: Document) -> Iterator[Fault]:
    for codes, texts in sections(document.told):
        for text in texts:
            try:
                alias_of(text, codes)
            except ValueError:
                key = codes[0].removeprefix("cue:")
                yield document.fault(f"an empty alias under {key!r}; take it out", f"{key} =", f'"{text}"')


def _aliases(document: Document) -> dict[str, list[str]]:
    """What stands for one actor alone: (alias as looked for) → the actors that claim it."""
    found: dict[str, list[str]] = {}
    for actor, texts in document.table("actors").items():
        for text in texts:
            key = text.removesuffix("*")
            found.setdefault(key if key.startswith("=") else key.lower(), []).append(actor)
    return found


def _of_two(document: Document, everywhere: Document | None) -> Iterator[Fault]:
    """An alias that names two actors: in one file, or in this one and in English, which is looked for everywhere."""
    beside = _aliases(everywhere) if everywhere is not None and everywhere is not document else {}
    for alias, actors in _aliases(document).items():
        named = list(dict.fromkeys([*beside.get(alias, ())[:1], *actors]))
        if len(named) > 1:
            what = f"{alias!r} is an alias of {named[0]} and of {named[1]}; leave it to one of them"
            yield document.fault(what, "[actors]", f"{actors[-1]} =", f'"{alias}')


def _unnamed(document: Document, known: Known) -> Iterator[Fault]:
    named = {actor for codes, texts in sections(document.told) for actor in codes if texts}
    for partner in sorted(known.partners - named):
        what = f"has no alias of the partner {partner}: texts in this language cannot name it"
        yield document.note(what, "[actors]")


def dated_faults(dated: Document, lexicon: Iterable[Document], known: Known) -> Iterator[Fault]:
    """Names of people who changed office: each stands in a language file, for an actor that there is."""
    named = (pair for each in lexicon for pair in _aliases(each).items())
    held = {(actor, alias.lstrip("=")) for alias, actors in named for actor in actors}
    for row in dated.told.get("dated", []):
        why = str(row.get("why", ""))
        for actor in (row.get("actor", ""), row.get("outside", "") or row.get("actor", "")):
            if actor not in known.actors:
                yield dated.fault(f"{actor!r} is no actor; correct the row {why!r}", f'"{actor}"')
        if "since" not in row and "until" not in row:
            yield dated.fault(f"the row {why!r} has neither since nor until; add one", why)
        for text in row.get("texts", []):
            if (row.get("actor", ""), text) not in held:
                what = f"no language file has {text!r} under {row.get('actor')}; add it there or correct it"
                yield dated.fault(what, why, f'"{text}"')


def name_faults(names: Document) -> Iterator[Fault]:
    """The table of names: no piece between two bars is empty, and it holds what is shown in a way of its own."""
    listed = {name for section in names.told.values() if isinstance(section, dict) for name in section}
    for key, how in ((CAPITALS, "in capitals"), (WITH_ARTICLE, "with an article")):
        for name in names.told.get(key, []):
            if name not in listed:
                yield names.fault(f"{name!r} is shown {how} and is no name of the table", key)
    for section, told in names.told.items():
        for name, texts in told.items() if isinstance(told, dict) else ():
            if not all(piece.strip().strip("=*") for piece in texts.split("|")):
                yield names.fault(f"an empty alias of {name!r}; take out the bar too many", f"[{section}]", f"{name} =")


def place_faults(places: Document, known: Known) -> Iterator[Fault]:
    """The theatres: their actors are known."""
    for theatre, actors in places.table("actors").items():
        for actor in actors:
            if actor not in known.actors:
                what = f"{actor!r} of {theatre} is no actor; add it to actors.toml or correct it"
                yield places.fault(what, "[actors]", f"{theatre} =", f'"{actor}"')


def member_faults(members: Document, lexicon: Sequence[Document], known: Known) -> Iterator[Fault]:
    """Members of groups: each group is a partner, no piece is empty; then notes on members that no word stands for."""
    for group, told in members.told.items():
        groups = told if group == UNNAMED else (group,)
        for each in groups:
            if each not in known.partners:
                what = f"{each!r} is no partner; add it to actors.toml or correct the key"
                yield members.fault(what, f"[{group}]", *([f"{each} ="] if group == UNNAMED else []))
        if group != UNNAMED:
            yield from _pieces(members, group, _words_of(group, lexicon))


def _words_of(group: str, lexicon: Sequence[Document]) -> list[str]:
    found = (texts for each in lexicon for codes, texts in sections(each.told) if group in codes)
    return [fold(text) for texts in found for text in texts]


def _pieces(members: Document, group: str, words: Sequence[str]) -> Iterator[Fault]:
    for name, told in members.table(group).items():
        pieces = str(told).split("|")
        if not all(pieces):
            what = f"an empty piece of {name!r}; take out the bar too many"
            yield members.fault(what, f"[{group}]", f'{name}" =')
        elif not any(fold(piece) in word for piece in pieces for word in words):
            what = f"no language's word for {group} holds a piece of {name!r}: it is never told; add one to the lexicon"
            yield members.note(what, f"[{group}]", f'{name}" =')
