"""Content to plain JSON for the store, and back: the only place that knows the keys of stored editions.

The standard library is enough: the annotations of the records say what stands where. A key that is missing means the
default of its field, a key that is not known is kept in ``extra``, and a value of another kind is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from db.records import Edition
from flows.digest.content.edition import EditionContent, TypedEdition
from flows.digest.content.record import KEY, MAY_BE_ABSENT, Record
from flows.digest.content.story import Trace


class ContentError(ValueError):
    """Stored JSON is not the content of an edition; the message names the place."""


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain JSON."""
    told = {_key(each): _plain(getattr(record, each.name)) for each in _fields(type(record)) if _is_told(record, each)}
    return {**record.extra, **told}


def content_of(stored: Mapping[str, Any]) -> EditionContent:
    """The content of a stored edition, of whatever format. Raises ContentError."""
    content: EditionContent = _record(EditionContent, stored, "content")
    return content


def typed(edition: Edition) -> TypedEdition:
    """A stored edition with its content as a record. Raises ContentError."""
    return TypedEdition(edition.name, edition.composed_at, content_of(edition.content))


def traces_of(stored: Iterable[Mapping[str, Any]]) -> list[Trace]:
    """What stored editions remember of their stories, each with the name of its edition. Raises ContentError."""
    return [_record(Trace, each, "trace") for each in stored]


def _fields(kind: type[Record]) -> list[Field[Any]]:
    return [each for each in fields(kind) if each.name != "extra"]


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _key(field: Field[Any]) -> str:
    return str(field.metadata.get(KEY, field.name))


def _is_told(record: Record, field: Field[Any]) -> bool:
    return MAY_BE_ABSENT not in field.metadata or getattr(record, field.name) != field.default


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return to_json(value)
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _record(kind: Any, stored: Any, place: str) -> Any:
    if not isinstance(stored, Mapping):
        raise ContentError(f"{place}: no object")
    known = {_key(each): each for each in _fields(kind)}
    missing = [key for key, each in known.items() if key not in stored and _is_needed(each)]
    if missing:
        raise ContentError(f"{place}: {', '.join(missing)} missing")
    hints = _hints(kind)
    given = {
        each.name: _value(hints[each.name], stored[key], f"{place}.{key}")
        for key, each in known.items()
        if key in stored
    }
    return kind(**given, extra={key: value for key, value in stored.items() if key not in known})


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _value(hint: Any, stored: Any, place: str) -> Any:
    """The value that the annotation ``hint`` asks for, at that place of the JSON."""
    if get_origin(hint) is UnionType:
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        return None if stored is None else _value(inner, stored, place)
    kind = get_origin(hint) or hint
    if kind is not Literal and issubclass(kind, tuple):
        return _tuple(hint, stored, place)
    if kind is not Literal and issubclass(kind, Record):
        return _record(kind, stored, place)
    return _plain_value(hint, stored, place)


def _tuple(hint: Any, stored: Any, place: str) -> Any:
    """``tuple[X, ...]``, or a named tuple, whose fields stand in the JSON as a list."""
    if not isinstance(stored, list | tuple):
        raise ContentError(f"{place}: no list")
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_value(inner, each, f"{place}[{number}]") for number, each in enumerate(stored))
    hints = _hints(hint)
    if len(stored) != len(hints):
        raise ContentError(f"{place}: {len(stored)} values for {', '.join(hints)}")
    return hint(
        *(_value(each, value, f"{place}.{name}") for (name, each), value in zip(hints.items(), stored, strict=True))
    )


def _plain_value(hint: Any, stored: Any, place: str) -> Any:
    if get_origin(hint) is Literal:
        is_sound = stored in get_args(hint)
    else:
        # A whole number stands for a fraction too, and in Python True is a whole number.
        wanted = (int, float) if hint is float else (hint,)
        is_sound = isinstance(stored, wanted) and isinstance(stored, bool) == (hint is bool)
    if not is_sound:
        raise ContentError(f"{place}: {stored!r:.60} is no {getattr(hint, '__name__', hint)}")
    return stored
