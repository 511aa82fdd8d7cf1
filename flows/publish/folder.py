"""The folder that is published: files written whole, only those that changed, and none of anybody else's touched.

``.axiswatch.json`` in it lists every file that was written, each with a key: what its content was made of. A file whose
key is the same and that is there is left alone. Before anything is written the list names all that may be, so that what
a kill leaves behind is known to the next call; a file that is listed and no longer wanted is removed last. The list
names the store too: two stores that wrote here in turns would remove each other's files.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from db.whole_file import write_whole

LIST = ".axiswatch.json"
_DRAFT = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")
"""What `db.whole_file` calls a file that is not whole yet."""
UNKNOWN = ""
"""The key of a file that may be half known: it is made again."""


class FolderError(Exception):
    """The folder cannot be written; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that is wanted: its path in the folder, the key of what it is made of, and what makes it."""

    path: str
    key: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Published:
    """What one publishing came to: how many files were written, removed, and left as they were."""

    written: int = 0
    removed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class FileList:
    """What the folder holds of ours: path → key; ``state`` is what all of it was made of, ``store`` the id of the
    store that wrote it (empty in lists of older versions)."""

    state: str = UNKNOWN
    files: Mapping[str, str] = field(default_factory=dict)
    store: str = ""


def key_of(*parts: object) -> str:
    """A key that is the same for the same parts (records, texts, numbers), and another for others."""
    return hashlib.sha256("\x1f".join(map(repr, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def read_list(folder: Path) -> FileList:
    """The list of the folder; an empty one where there is none, or none that can be read."""
    try:
        told = json.loads((folder / LIST).read_bytes())
        files = {str(path): str(key) for path, key in told["files"].items() if _is_inside(str(path))}
        return FileList(str(told["state"]), files, str(told.get("store", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return FileList()


def _is_inside(path: str) -> bool:
    return not path.startswith("/") and not {"", ".", ".."} & set(path.split("/")) and path != LIST


def check_owner(folder: Path, known: FileList, store: str) -> None:
    """Raise FolderError where another store has published to the folder."""
    if known.store not in ("", store):
        raise FolderError(
            f"cannot publish to {folder}: another store has published there, and its files would be removed; name"
            " another [publish] folder, or take this one over once with: axiswatch publish --force"
        )


def write_folder(
    folder: Path,
    store: str,
    state: str,
    wanted: Sequence[File],
    on_file: Callable[[str], None] = lambda _: None,
    *,
    anew: bool = False,
) -> Published:
    """Bring the folder to what is wanted, in that order; ``on_file`` is told of each file that is made. ``anew``: make
    every one, whatever its key. ``store`` is the id of the store, which the folder is that of from now on. Raises
    FolderError."""
    try:
        return _written(folder, FileList(state, store=store), wanted, on_file, anew=anew)
    except OSError as error:
        where = error.filename or folder
        raise FolderError(
            f"cannot publish to {folder}: {where}: {error.strerror or error}; change [publish] folder or its rights"
        ) from error


def _written(
    folder: Path, ours: FileList, wanted: Sequence[File], on_file: Callable[[str], None], *, anew: bool
) -> Published:
    folder.mkdir(parents=True, exist_ok=True)
    known = read_list(folder).files
    changed = [each for each in wanted if anew or _has_changed(folder, known, each)]
    gone = sorted(set(known) - {each.path for each in wanted})
    if changed or gone:
        _clear_drafts(folder, {*known, *(each.path for each in wanted)})
        begun = {**known, **{each.path: UNKNOWN for each in changed}}
        _write_list(folder, replace(ours, state=UNKNOWN, files=begun))
    written = 0
    for each in changed:
        written += _write(folder / each.path, each.make())
        on_file(each.path)
    for path in gone:
        (folder / path).unlink(missing_ok=True)
    _write_list(folder, replace(ours, files={each.path: each.key for each in wanted}))
    return Published(written, len(gone), len(wanted) - written)


def _clear_drafts(folder: Path, paths: set[str]) -> None:
    """Remove what a killed process had begun to write of these files; no other writes here meanwhile."""
    ours = {folder / path for path in (*paths, LIST)}
    for place in {each.parent for each in ours if each.parent.is_dir()}:
        for draft in place.glob(".*.part"):
            found = _DRAFT.fullmatch(draft.name)
            if found and place / found[1] in ours:
                draft.unlink(missing_ok=True)


def _has_changed(folder: Path, known: Mapping[str, str], wanted: File) -> bool:
    return known.get(wanted.path) != wanted.key or not (folder / wanted.path).is_file()


def _write(path: Path, content: bytes) -> bool:
    """Whether the file held anything else before."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return True


def _write_list(folder: Path, told: FileList) -> None:
    content = json.dumps(asdict(told), indent=0, sort_keys=True).encode()
    if not (folder / LIST).is_file() or (folder / LIST).read_bytes() != content:
        write_whole(folder / LIST, content)
