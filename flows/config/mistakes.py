"""What is wrong in a config, in one line that says what to write instead.

No line shows a value that could be a secret: of what was written only words that a setting can do nothing with.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

Place = tuple[int | str, ...]
_WRITE = {
    "string_type": 'write a text in quotes: "…"',
    "path_type": 'write a path in quotes: "…"',
    "int_type": "write a whole number, such as 6",
    "int_parsing": "write a whole number, such as 6",
    "int_from_float": "write a whole number, such as 6",
    "float_type": "write a number, such as 0.5",
    "float_parsing": "write a number, such as 0.5",
    "bool_type": "write true or false, without quotes",
    "bool_parsing": "write true or false, without quotes",
    "missing": "is missing; add it",
}
"""Kind of an error → what to write."""
_NEAR = 0.7
"""So alike (of 1) a known word must be to be taken for what was meant."""


def mistake(error: ValidationError, model: type[BaseModel]) -> str:
    """The first mistake that was found, and how many more there are."""
    # A misspelt word first: where it should have been known, the right one is missing as well.
    found = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
    place, kind = found[0]["loc"], found[0]["type"]
    if kind == "extra_forbidden":
        told = f"unknown setting {_name(place)}; {_meant(place, model)}"
    else:
        told = ": ".join(part for part in (_name(place), _remedy(kind, found[0], model)) if part)
    more = len(found) - 1
    return f"{told} (and {more} more {'mistake' if more == 1 else 'mistakes'})" if more else told


def _name(place: Place) -> str:
    return ".".join(map(str, place))


def _remedy(kind: str, error: Any, model: type[BaseModel]) -> str:
    given = error.get("input")
    if kind == "tuple_type":
        return _as_list(error["loc"], given, model)
    if kind == "model_type":
        section = _name(error["loc"])
        what = "it is one table" if isinstance(given, list) else "it is a table"
        return f"{what}: write [{section}] in a line of its own, and its settings beneath"
    said = str(error["msg"]).removeprefix("Value error, ")
    return _WRITE.get(kind) or said.replace("Input should be", "should be")


def _as_list(place: Place, given: object, model: type[BaseModel]) -> str:
    if isinstance(given, dict) or _model_at(place, model) is not None:
        return f"write [[{_name(tuple(part for part in place if isinstance(part, str)))}]], in two brackets"
    shown = json.dumps(given, ensure_ascii=False) if isinstance(given, str) else '"…"'
    return f"write a list: [{shown}]"


def _meant(place: Place, model: type[BaseModel]) -> str:
    """What was probably meant by an unknown setting or section, or where the known ones stand."""
    *above, last = place
    beside = _model_at(above, model)
    here = _nearest(str(last), list(beside.model_fields) if beside else [])
    if here:
        return f"did you mean {_shown((*above, here), model)}?"
    ends: dict[str, Place] = {}
    for each in _places(model):
        ends.setdefault(str(each[-1]), each)
    if elsewhere := _nearest(str(last), list(ends)):
        return f"did you mean {_shown(ends[elsewhere], model)}?"
    return "axiswatch.example.toml holds the known ones"


def _nearest(word: str, known: Sequence[str]) -> str:
    plain = word.casefold().replace("-", "_").replace(" ", "_")
    return next(iter(difflib.get_close_matches(plain, known, n=1, cutoff=_NEAR)), "")


def _shown(place: Place, model: type[BaseModel]) -> str:
    """A section in its brackets; a setting by its name and the section that it belongs to."""
    if _model_at(place, model) is None:
        return f"{place[-1]} in {_shown(place[:-1], model)}"
    name = ".".join(part for part in place if isinstance(part, str))
    return f"[[{name}]]" if _is_list(place, model) else f"[{name}]"


def _places(model: type[BaseModel], above: Place = ()) -> Iterator[Place]:
    """Every section and setting: those higher up first."""
    yield from ((*above, name) for name in model.model_fields)
    for name in model.model_fields:
        inner = _model_at((name,), model)
        if inner is not None:
            yield from _places(inner, (*above, name))


def _model_at(place: Sequence[int | str], model: type[BaseModel]) -> type[BaseModel] | None:
    """The section at that place; None where a setting is, or nothing."""
    found: type[BaseModel] | None = model
    for part in place:
        if found is None or isinstance(part, int):
            continue
        field = found.model_fields.get(part)
        found = _section(field.annotation) if field else None
    return found


def _section(annotation: Any) -> type[BaseModel] | None:
    kinds = (annotation, *get_args(annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _is_list(place: Place, model: type[BaseModel]) -> bool:
    *above, last = (part for part in place if isinstance(part, str))
    parent = _model_at(above, model)
    field = parent.model_fields.get(last) if parent else None
    return field is not None and Ellipsis in get_args(field.annotation)
