"""The essays that training takes: those the project ships and the user's own, which `add` puts beside them.

An own essay is three files in the user's folder: ``<sha12>.npz`` (hashed rows), its manifest ``<sha12>.npz.json``
(title, author, date, address, checksum), and ``<sha12>.txt`` (its text, readable by its owner alone), from which the
rows are made anew when features change. The shipped essays travel as rows alone.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from classifiers.relevance.essay_rows import (
    DRAFT,
    SHORTEST,
    Essay,
    SeedError,
    describe,
    list_essays,
    manifest_of,
    read_essays,
    replace_file,
    rows_of,
    shipped,
    split_passages,
    without_zeros,
    write,
)
from classifiers.relevance.pipeline import Rows, stack
from classifiers.topics.active import active

SHIPPED = "shipped"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ListedEssay:
    """An essay as `list_all` lists it. ``own``: the user's; ``fresh``: its rows are of today's features; ``kept``: its
    text is there, so that they can be made anew."""

    essay: Essay
    own: bool
    fresh: bool
    kept: bool


def add(text: str, content: bytes, stem: str, told: Mapping[str, str], folder: Path) -> Essay:
    """Build the rows of an essay into ``folder`` and keep its text there. ``content`` are the bytes of its file,
    ``stem`` the file's name; ``told`` holds those of title, author, date and address that the user gave: they go before
    what is found in the text.

    Raises SeedError where it is there already, or no passage names the focus and a partner.
    """
    checksum = hashlib.sha256(content).hexdigest()
    for shelved in list_all(folder):
        if shelved.essay.sha256 == checksum and ((shelved.fresh and shelved.kept) or not shelved.own):
            raise SeedError(f"{shelved.essay.title!r} is among the essays already; axiswatch seeds list shows them")
    passages = split_passages(text)
    rows = rows_of(passages)
    if rows is None:
        raise SeedError(f"no passage of {SHORTEST} words in {stem} names {active().both}: nothing to learn from it")
    given = {key: value for key, value in told.items() if value}
    essay = Essay(**{**describe(stem, text, checksum), **given}, sha256=checksum, passages=len(passages))
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    # The text first, for its owner alone: rows without it could not be made anew.
    replace_file(_text(_file(folder, checksum)), text.encode(), 0o600)
    write(_file(folder, checksum), rows, [essay])
    return essay


def _text(file: Path) -> Path:
    """Where the text of an own essay lies whose rows are in ``file``."""
    return file.with_suffix(".txt")


def _file(folder: Path, checksum: str) -> Path:
    return folder / f"{checksum[:12]}.npz"


def list_all(folder: Path | None) -> list[ListedEssay]:
    """The shipped essays, then the user's own by title; own files that cannot be read are warned of and left out."""
    listed: list[ListedEssay] = []
    for file in _files(folder):
        try:
            essays, fresh = list_essays(file)
        except SeedError as error:
            log.warning("left out: %s", error)
            continue
        own = file != shipped()
        listed += [ListedEssay(essay, own, fresh, own and _text(file).exists()) for essay in essays]
    return sorted(listed, key=lambda shelved: (shelved.own, shelved.essay.title if shelved.own else ""))


def _files(folder: Path | None) -> list[Path]:
    """The files of essay rows: that of the topic, where it has one, then the user's own."""
    return [*filter(Path.is_file, [shipped()]), *_own(folder)]


def _own(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.npz")) if folder else []


def leftovers(folder: Path | None) -> list[str]:
    """The twelve digits of kept texts without rows: adding these was interrupted."""
    texts = folder.glob("*.txt") if folder else ()
    return sorted(text.stem for text in texts if not text.with_suffix(".npz").exists())


def is_there(name: str, folder: Path | None) -> bool:
    """Whether anything of the essay of that name (see `rows_by_source`) is there, sound or not."""
    return name == SHIPPED or (folder is not None and any(folder.glob(f"{name}.*")))


def remove(name: str, folder: Path) -> Essay:
    """Take an own essay away, by its title or the beginning of its checksum. Raises SeedError where that names none,
    several, or one that the project ships."""
    found = [shelved for shelved in list_all(folder) if _is(shelved.essay, name)]
    own = [shelved.essay for shelved in found if shelved.own]
    if found and not own:
        raise SeedError(f"{found[0].essay.title!r} ships with the project and stays; only essays you added can go")
    if len(own) != 1:
        told = f"{len(own)} essays of yours are" if own else "no essay of yours is"
        raise SeedError(f"{told} called {name!r}; axiswatch seeds list shows titles and checksums")
    _take_away(_file(folder, own[0].sha256))
    return own[0]


def remove_leftover(name: str, folder: Path) -> bool:
    """Take away what is left of an essay that is not listed, since its adding was cut short or its manifest is damaged:
    ``name`` is the beginning of its checksum, four digits at the least. Returns whether there was anything."""
    _sweep(folder)
    stems = {file.name.split(".")[0] for file in folder.glob("*") if not file.name.startswith(".")}
    found = [stem for stem in stems if len(name) >= 4 and stem.startswith(name.casefold())]
    if len(found) == 1:
        _take_away(_file(folder, found[0]))
    return len(found) == 1


def _take_away(file: Path) -> None:
    # The text first: it is what nobody else should find.
    for each in (_text(file), file, manifest_of(file)):
        each.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove the drafts that a killed process left behind."""
    for draft in folder.glob(f"{DRAFT}*"):
        draft.unlink(missing_ok=True)


def _is(essay: Essay, name: str) -> bool:
    short = name.casefold().strip()
    return essay.title.casefold() == short or (len(short) >= 4 and essay.sha256.startswith(short))


def rows_by_source(folder: Path | None) -> dict[str, Rows]:
    """The rows to train on, by where they come from: "shipped", or an own essay's twelve digits. Rows of other features
    are made anew where the text is kept. Files that cannot be read are warned of and left out: training goes on
    without them."""
    rows: dict[str, Rows] = {}
    for file in _files(folder):
        try:
            rows[SHIPPED if file == shipped() else file.stem] = _rows(file)
        except (SeedError, OSError) as error:
            log.warning("training without these essays: %s", error)
    return rows


def _rows(file: Path) -> Rows:
    essays, fresh = list_essays(file)
    if fresh:
        return read_essays(file)
    titles = ", ".join(repr(essay.title) for essay in essays)
    if file == shipped():
        raise SeedError(f"{titles} of the project: their rows are of other features; install a build that renewed them")
    if not _text(file).exists():
        raise SeedError(
            f"{titles}: its rows are of other features and its text was not kept;"
            " add its file again with: axiswatch seeds add FILE"
        )
    rows = rows_of(split_passages(_read(_text(file))))
    if rows is None:
        raise SeedError(f"{titles}: none of its passages names {active().both} any more")
    try:
        write(file, rows, essays)
    except OSError as error:
        log.warning("the rows of %s cannot be kept: %s", titles, error)
    return without_zeros(rows)


def _read(text: Path) -> str:
    try:
        return text.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"cannot read {text}: {error}; add the file of that essay again") from error


def stacked(rows: Iterable[Rows]) -> Rows | None:
    """All rows as one, or None where there are none."""
    every = list(rows)
    return stack(every) if every else None
