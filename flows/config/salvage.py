"""As much of a broken config as can be read: the operator's alarm must find its ways even then."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from classifiers.text.toml_text import decoded
from flows.config.settings import DEFAULT_FILE, Config, anchored, named_file

SectionCheck = Callable[[dict[str, Any]], bool]
_SECTIONS = re.compile(r"(?m)^(?=[ \t]*\[)")


def readable_part(path: Path | None = None) -> Config:
    """The config with a default in the place of every wrong setting; without a readable file, the defaults, their paths
    taken from the folder where the file would be. Never raises."""
    file = named_file(path) or Path(DEFAULT_FILE)
    try:
        raw = _tables(decoded(file.read_bytes(), "replace"))
    except (OSError, ValueError):
        raw = {}
    # [alarm] may need [delivery]: it comes last.
    ordered = dict(sorted(raw.items(), key=lambda section: section[0] == "alarm"))
    return anchored(Config.model_validate(_sound(ordered, _is_valid)), file.parent.resolve())


def _tables(text: str) -> dict[str, Any]:
    """The tables of a TOML file; where it is broken, those that can be read alone."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found: dict[str, Any] = {}
        for part in _SECTIONS.split(text):
            try:
                _merge(found, tomllib.loads(part))
            except tomllib.TOMLDecodeError:
                continue
        return found


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        known = into.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            known += value
        else:
            into[key] = value


def _is_valid(raw: dict[str, Any]) -> bool:
    try:
        Config.model_validate(raw)
    except ValidationError:
        return False
    return True


def _sound(raw: dict[str, Any], is_valid: SectionCheck) -> dict[str, Any]:
    """The largest part that is valid, key by key; tables within first, since other keys may need them."""
    if is_valid(raw):
        return raw
    kept: dict[str, Any] = {}
    for key, value in sorted(raw.items(), key=lambda item: not isinstance(item[1], dict)):
        part = _sound(value, _within(key, kept, is_valid)) if isinstance(value, dict) else value
        if is_valid({**kept, key: part}):
            kept[key] = part
    return kept


def _within(key: str, kept: dict[str, Any], is_valid: SectionCheck) -> SectionCheck:
    return lambda inner: is_valid({**kept, key: inner})
