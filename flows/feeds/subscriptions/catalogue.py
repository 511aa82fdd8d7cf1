"""The list of feeds: [[feed]] tables in TOML, the built-in list or a person's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from classifiers.text.toml_text import TomlError, read_toml
from db.records import FeedKind, FeedSpec
from flows.feeds.parsing.links import web_address
from flows.feeds.subscriptions.evidence import EVIDENCE_KEYS, Evidence, evidence_of
from flows.feeds.subscriptions.state_media import kind_of

BUILT_IN = Path(__file__).with_name("default_feeds.toml")
"""The list that is read when the config names none."""

_ABOUT_KEYS = EVIDENCE_KEYS | {"region"}
"""What a table tells of its feed that no store keeps."""
_KEYS = {field.name for field in fields(FeedSpec)} | _ABOUT_KEYS
_REQUIRED = ("url", "outlet")


class CatalogueError(Exception):
    """The feed list cannot be used; the message names the file, the entry and the key in one line."""


def read_catalogue(path: Path | None = None) -> list[FeedSpec]:
    """The feeds listed in the file (None: the built-in list), in its order.

    Raises CatalogueError where the file is missing, is no TOML, lists nothing, or a table has an unknown or
    missing key, a bad address, kind or evidence, or an address that stands twice.
    """
    file = path or BUILT_IN
    return specs_of(_tables(file), file)


def read_evidence(path: Path | None = None) -> dict[str, Evidence]:
    """How we know that the feeds of the file (None: the built-in list) are served, by their addresses.

    Raises CatalogueError.
    """
    file = path or BUILT_IN
    tables = _tables(file)
    return {spec.url: evidence_of(table) for spec, table in zip(specs_of(tables, file), tables, strict=True)}


def read_regions(path: Path | None = None) -> dict[str, str]:
    """Whose region the feeds of the file (None: the built-in list) cover as their own, by their addresses: the id of a
    partner. Feeds without one are left out. Raises CatalogueError.
    """
    file = path or BUILT_IN
    tables = _tables(file)
    named = zip(specs_of(tables, file), tables, strict=True)
    return {spec.url: table["region"].strip() for spec, table in named if table.get("region", "").strip()}


def _tables(file: Path) -> list[dict[str, Any]]:
    try:
        document = read_toml(file)
    except FileNotFoundError:
        raise CatalogueError(f"there is no feed list at {file}; write one or drop [feeds] file") from None
    except (OSError, TomlError) as error:
        raise CatalogueError(f"{file} is not readable as TOML: {error}") from error
    tables = document.get("feed")
    if not isinstance(tables, list) or not tables:
        raise CatalogueError(f"{file} lists no feed: each stands in a [[feed]] table with url and outlet")
    if unknown := document.keys() - {"feed"}:
        raise CatalogueError(f"{file}: unknown key {min(unknown)}; feeds stand in [[feed]] tables")
    return tables


def specs_of(tables: Any, file: Path) -> list[FeedSpec]:
    """The [[feed]] tables of a file as feeds. Raises CatalogueError."""
    if not isinstance(tables, list):
        raise CatalogueError(f"{file}: feed is no table; write [[feed]] above its keys")
    specs = [_spec(table, f"{file}: feed {number}") for number, table in enumerate(tables, 1)]
    _refuse_repeats(specs, file)
    return specs


def _spec(table: Mapping[str, Any], where: str) -> FeedSpec:
    if not isinstance(table, dict):  # an array of anything, as TOML allows
        raise CatalogueError(f"{where}: not a table; write [[feed]] above its keys")
    where = f"{where} ({table.get('outlet') or table.get('url') or 'unnamed'})"
    _check_keys(table, where)
    url = web_address(table["url"])
    if not url:
        raise CatalogueError(f"{where}: url must begin with http:// or https:// and name a host, not {table['url']!r}")
    if table.get("kind", "press") not in get_args(FeedKind):
        raise CatalogueError(f"{where}: kind must be one of {', '.join(get_args(FeedKind))}, not {table['kind']!r}")
    try:
        evidence_of(table)
    except ValueError as error:
        raise CatalogueError(f"{where}: {error}") from None
    told = {key: value.strip() for key, value in table.items() if key not in _ABOUT_KEYS}
    # In the one spelling in which the store knows feeds, lest one of them become two.
    return FeedSpec(**{"kind": kind_of(url), **told, "url": url})


def _check_keys(table: Mapping[str, Any], where: str) -> None:
    for key, value in table.items():
        if key not in _KEYS:
            raise CatalogueError(f"{where}: unknown key {key}; the known ones are {', '.join(sorted(_KEYS))}")
        if not isinstance(value, str):
            raise CatalogueError(f"{where}: {key} must be text in quotation marks")
    for key in _REQUIRED:
        if not table.get(key, "").strip():
            raise CatalogueError(f"{where}: {key} is missing")


def _refuse_repeats(specs: list[FeedSpec], file: Path) -> None:
    first: dict[str, int] = {}
    for number, spec in enumerate(specs, 1):
        earlier = first.setdefault(spec.url, number)
        if earlier != number:
            raise CatalogueError(f"{file}: feed {number} ({spec.outlet}): url stands already in feed {earlier}")


def feed_table(spec: FeedSpec) -> str:
    """The feed as a [[feed]] table."""
    lines = [f"{field.name} = {quoted(getattr(spec, field.name))}\n" for field in fields(spec)]
    return "\n[[feed]]\n" + "".join(lines)


def quoted(text: str) -> str:
    """The text as a TOML string: JSON's are TOML's, but for one character that TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
