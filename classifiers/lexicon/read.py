"""The lexicon files of the topic → records: one file a language (``lexicon/en.toml``) and ``dated.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from classifiers.lexicon.aliases import Alias, Term, alias_of
from classifiers.text.toml_text import read_toml
from classifiers.topics.active import active, by_topic
from classifiers.topics.read import Actor

FOLDER, DATED = "lexicon", "dated.toml"
SPECIAL = frozenset(("trap", "war_frame"))


class LexiconError(Exception):
    """A lexicon file is wrong; the message names the file and the alias."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the files hold."""

    actors: Mapping[str, Actor]
    aliases: tuple[Alias, ...]
    languages: tuple[str, ...]


@by_topic
def read_lexicon() -> Lexicon:
    """The lexicon of the topic. Raises LexiconError for a file that does not hold together."""
    topic = active()
    aliases: list[Alias] = []
    languages: list[str] = []
    for file in language_files(topic.folder):
        told = read_toml(file)
        languages.append(told["language"])
        aliases.extend(_aliases(told, file.name, topic.actors))
    terms = _terms(_dated(topic.folder), topic.actors)
    return Lexicon(topic.actors, tuple(with_terms(aliases, terms)), tuple(languages))


def language_files(folder: Path) -> list[Path]:
    """The lexicon files of a topic's folder, by name."""
    return sorted((folder / FOLDER).glob("*.toml"))


def _dated(folder: Path) -> list[dict[str, Any]]:
    file = folder / DATED
    rows: list[dict[str, Any]] = read_toml(file)["dated"] if file.is_file() else []
    return rows


def _aliases(told: dict[str, Any], file: str, actors: Mapping[str, Actor]) -> Iterator[Alias]:
    language, match = told["language"], told["match"]
    for codes, texts in sections(told):
        unknown = [code for code in codes if not code.startswith("cue:") and code not in actors.keys() | SPECIAL]
        if unknown:
            raise LexiconError(f"{file}: {unknown[0]!r} is no actor; add it to actors.toml or correct the key")
        for text in texts:
            try:
                yield alias_of(text, codes, language, match)
            except ValueError:
                raise LexiconError(f"{file}: an empty alias under {codes[0]!r}") from None


def _terms(told: list[dict[str, Any]], actors: Mapping[str, Actor]) -> dict[tuple[str, str], Term]:
    """(actor, alias) → its term."""
    terms: dict[tuple[str, str], Term] = {}
    for row in told:
        actor, outside = row["actor"], row.get("outside", "")
        if actor not in actors or (outside and outside not in actors):
            raise LexiconError(f"{DATED}: {actor!r} or {outside!r} is no actor; correct the row {row['why']!r}")
        if not ("since" in row or "until" in row):
            raise LexiconError(f"{DATED}: the row {row['why']!r} has neither since nor until")
        term = Term(row.get("since"), row.get("until"), outside)
        terms |= {(actor, text): term for text in row["texts"]}
    return terms


def with_terms(aliases: list[Alias], terms: dict[tuple[str, str], Term]) -> Iterator[Alias]:
    """The aliases with their terms. Raises LexiconError for a term whose alias is in no file."""
    unused = set(terms)
    for alias in aliases:
        key = (alias.codes[0], alias.text)
        unused.discard(key)
        yield replace(alias, term=terms[key]) if key in terms else alias
    if unused:
        actor, text = min(unused)
        raise LexiconError(f"{DATED}: no language file has {text!r} under {actor}; add it there or correct it")


def sections(told: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """(what they stand for, the aliases as written) of every section of a lexicon file."""
    for actor, texts in told.get("actors", {}).items():
        yield (actor,), texts
    for pair, texts in told.get("pairs", {}).items():
        yield tuple(dict.fromkeys(pair.split("+"))), texts
    for cue, texts in told.get("cues", {}).items():
        yield (f"cue:{cue}",), texts
    yield ("trap",), told.get("traps", {}).get("words", [])
    yield ("war_frame",), told.get("traps", {}).get("war_frames", [])
