"""The pattern files and the claims: what they name is known, and every pattern can be compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from classifiers.tagging.claim_measures import measure_faults
from classifiers.tagging.claim_roles import ALL, role_faults
from classifiers.tagging.direction import OUTRIGHT_LIST
from classifiers.tagging.partners import SETTING, TOPIC
from classifiers.tagging.role_text import compile_roles
from classifiers.tagging.stances import STANCES
from classifiers.tagging.status import NEGATION
from classifiers.tagging.watchlist import KEYS, needed_of
from classifiers.topic_check.faults import Document, Fault
from classifiers.topic_check.roles import Known
from db.records.tags import Status

Words = tuple[tuple[str, str], ...]


def pattern_faults(document: Document, known: Known) -> Iterator[Fault]:
    """What a language's file of patterns names wrongly, and patterns that cannot be compiled."""
    for channel in document.table("channels"):
        if channel not in known.channels:
            what = f"{channel!r} is no channel; add it to topic.toml or correct it"
            yield document.fault(what, f"[channels.{channel}]")
    for status in document.table("status"):
        if status not in (*get_args(Status), NEGATION):
            what = f"{status!r} is no status; take one of {', '.join((*get_args(Status), NEGATION))}"
            yield document.fault(what, "[status]", f"{status} =")
    lists = {*known.directions, OUTRIGHT_LIST, *STANCES, TOPIC, SETTING}
    for name, patterns in document.table("roles").items():
        if name not in lists:
            what = f"{name!r} is no list of patterns; known are {', '.join(sorted(lists))}"
            yield document.fault(what, "[roles]", f"{name} =")
        yield from _uncompiled(document, patterns, words_of(document), "[roles]", f"{name} =")
    yield from _wording_faults(document, known)


def _wording_faults(document: Document, known: Known) -> Iterator[Fault]:
    """What is wrong with the wordings by which sentences call an act."""
    for row in document.told.get("wording", ()):
        if not (row.get("says") and row.get("patterns")):
            yield document.fault("a wording needs says and patterns; add them or take it out", "[[wording]]")
        if row.get("channel", "") not in ("", *known.channels):
            what = f"{row['channel']!r} is no channel; add it to topic.toml or correct it"
            yield document.fault(what, "[[wording]]", f'channel = "{row["channel"]}"')
        yield from _uncompiled(document, row.get("patterns", ()), words_of(document), "[[wording]]")


def words_of(document: Document | None) -> Words:
    """The named lists of words of a file."""
    return tuple(document.table("words").items()) if document else ()


def _uncompiled(document: Document, patterns: Iterable[str], words: Words, *where: str) -> Iterator[Fault]:
    for pattern in patterns:
        try:
            _ = compile_roles(pattern, words).compiled
        except KeyError as error:
            what = f"the pattern {pattern!r} uses the list {error.args[0]!r}, which [words] lacks; add or correct it"
            yield document.fault(what, *where, _written(document, pattern))
        except (re.error, OverflowError) as error:
            what = f"the pattern {pattern!r} cannot be compiled: {getattr(error, 'msg', error)}; correct it"
            yield document.fault(what, *where, _written(document, pattern))


def _written(document: Document, pattern: str) -> str:
    """The pattern as the file writes it: as it is, or with its backslashes doubled."""
    doubled = pattern.replace("\\", "\\\\")
    return pattern if any(pattern in line for line in document.lines) else doubled


def claim_faults(claims: Document, known: Known, english: Document | None) -> Iterator[Fault]:
    """What is wrong with each claim of the topic."""
    seen: set[str] = set()
    rows = claims.told.get("claim", [])
    if not isinstance(rows, list) or not rows:
        yield claims.fault("holds no claim; write each as a [[claim]] table")
        return
    for row in rows:
        id_ = str(row.get("id", ""))
        where = f'id = "{id_}"'
        if id_ in seen:
            yield claims.fault(f"the claim {id_!r} stands there twice; give one of them another id", where)
        seen.add(id_)
        yield from _claim(claims, row, known, where)
        yield from _roles_and_measures(claims, row, known, where)
        for key in ("patterns", "not", "needs", "sure", "cuts", "bars", "unless"):
            yield from _uncompiled(claims, row.get(key, ()), words_of(english), where)


def _claim(claims: Document, row: Mapping[str, Any], known: Known, where: str) -> Iterator[Fault]:
    name = f"the claim {row.get('id', '')!r}"
    for key in (*needed_of(row), "name"):
        if not row.get(key):
            yield claims.fault(f"{name} says no {key}; add one", where)
    for key in sorted(set(row) - KEYS):
        yield claims.fault(f"{name} has the unknown key {key!r}; take it out or correct it", where, key)
    for key, allowed in (("partners", known.partners), ("channels", known.channels)):
        for value in row.get(key, ()):
            if value not in allowed and value != ALL:
                yield claims.fault(f"{name}: {value!r} is none of the {key}; correct it", where, f"{key} =")
    ways = (*known.directions[:3], *STANCES, ALL)
    if row.get("direction") not in (None, *ways):
        what = f"{name}: {row['direction']!r} is no direction; take one of {', '.join(ways)}"
        yield claims.fault(what, where, "direction =")


def _roles_and_measures(claims: Document, row: Mapping[str, Any], known: Known, where: str) -> Iterator[Fault]:
    name = f"the claim {row.get('id', '')!r}"
    for key, what in role_faults(row, known.actors):
        yield claims.fault(f"{name}: {what}; correct it", where, f"{key} =")
    for what in measure_faults(row):
        yield claims.fault(f"{name}: {what}; correct it", where, "measures")
