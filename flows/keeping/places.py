"""What a store needs beside itself to make the same next edition, and where each of it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from db import models
from flows.config.settings import DEFAULT_FILE, Config, named_file
from flows.digest.desk_secret import SECRET_FILE

Role = Literal["models", "essays", "feeds-added", "desk-secret", "config", "feeds", "claims", "topic"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of one role lie: a folder of them, or the one file. ``is_ours``: axiswatch writes them, and not a
    person; ``why`` an edition needs them."""

    role: Role
    path: Path
    is_folder: bool
    is_ours: bool
    why: str


def places_of(current: Config, config: Path | None) -> tuple[Place, ...]:
    """Every place that this config names, whether anything is there or not. ``config`` is its own file, where named."""
    own = named_file(config) or Path(DEFAULT_FILE)
    found = [
        Place("models", current.classifier.models, True, True, "the versions that judge"),
        Place("essays", current.classifier.essays, True, True, "what models are fitted on again"),
        Place("feeds-added", current.feeds.added, False, True, "what is read"),
        Place(
            "desk-secret", current.store.path.with_name(SECRET_FILE), False, True, "the links by which readers judge"
        ),
        Place("config", own.resolve(), False, False, "all settings"),
    ]
    if current.feeds.file is not None:
        found.append(Place("feeds", current.feeds.file, False, False, "what is read"))
    if current.claims.file is not None:
        found.append(Place("claims", current.claims.file, False, False, "what entries are linked to"))
    if current.topic.folder is not None:
        found.append(Place("topic", current.topic.folder, True, False, "what is watched"))
    return tuple(found)


def files_in(place: Place, store: Database) -> Iterator[tuple[str, Path]]:
    """(name within the place, file) of all that is there; of models those versions alone that the store names."""
    if not place.is_folder:
        if place.path.is_file():
            yield place.path.name, place.path
        return
    known = {version.id for version in models.all_versions(store)} if place.role == "models" else None
    for file in sorted(place.path.rglob("*")):
        name = file.relative_to(place.path)
        if file.is_file() and (known is None or name.parts[0] in known) and not _is_passing(name):
            yield name.as_posix(), file


def _is_passing(name: Path) -> bool:
    """Whether it is no part of what it lies in: a draft, a cache."""
    return any(part.startswith(".") or part == "__pycache__" for part in name.parts)
