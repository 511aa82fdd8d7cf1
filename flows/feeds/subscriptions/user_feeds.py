"""The feeds that a person added or removed by command, kept in a file of their own beside the list.

The list itself (built in, or the file that [feeds] file names) is never written to: it is reviewed by people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from classifiers.text.toml_text import TomlError, read_toml
from db.file_lock import LockTakenError, locked
from db.private import FILE, private_folder
from db.records import FeedSpec
from db.whole_file import write_whole
from flows.config.feeds import PACK_OF_KIND
from flows.config.settings import FeedsSettings
from flows.feeds.parsing.links import identity, web_address
from flows.feeds.subscriptions.catalogue import (
    CatalogueError,
    feed_table,
    quoted,
    read_catalogue,
    read_evidence,
    read_regions,
    specs_of,
)
from flows.feeds.subscriptions.evidence import Evidence

PATIENCE_SECONDS = 30.0
"""How long a command waits for another that is changing the file."""
HEAD = (
    "# Kept by `axiswatch feeds add`, `remove` and `import`, and read after the list of feeds. Comments do not stay.\n"
)


@dataclass(frozen=True, slots=True)
class UserFeeds:
    """``added`` feeds are read after those of the list; ``removed`` are addresses of the list that are not read."""

    added: tuple[FeedSpec, ...] = ()
    removed: tuple[str, ...] = ()


def listed(settings: FeedsSettings) -> list[FeedSpec]:
    """The feeds that are read: the list without what was removed, then what was added. Raises CatalogueError."""
    own = read_user_feeds(settings.added)
    removed = set(map(stored_spelling, own.removed))
    specs = [spec for spec in _listing(settings) if spec.url not in removed] + list(own.added)
    return list({spec.url: spec for spec in reversed(specs)}.values())[::-1]


def to_read(settings: FeedsSettings) -> list[FeedSpec]:
    """The feeds that are read, one at the least: a monitor of nothing would report calm for ever.

    Raises CatalogueError, also where there is none.
    """
    specs = listed(settings)
    if not specs:
        raise CatalogueError("no feed is read: see [feeds] builtin and packs, or axiswatch feeds add ADDRESS")
    return specs


def _listing(settings: FeedsSettings) -> list[FeedSpec]:
    if settings.file is not None:
        return read_catalogue(settings.file)
    return [spec for spec in read_catalogue() if PACK_OF_KIND[spec.kind] in settings.packs] if settings.builtin else []


def evidence_of_listed(settings: FeedsSettings) -> dict[str, Evidence]:
    """How we know that the feeds of the list are served, by their addresses; what a person added has none.

    Raises CatalogueError.
    """
    return read_evidence(settings.file) if settings.file is not None or settings.builtin else {}


def regions_of_listed(settings: FeedsSettings) -> dict[str, str]:
    """Whose region the feeds of the list cover as their own, by their addresses; what a person added has none.

    Raises CatalogueError.
    """
    return read_regions(settings.file) if settings.file is not None or settings.builtin else {}


def read_user_feeds(file: Path) -> UserFeeds:
    """What was added and removed; nothing where there is no such file. Raises CatalogueError."""
    try:
        document = read_toml(file)
    except FileNotFoundError:
        return UserFeeds()
    except (OSError, TomlError) as error:
        raise CatalogueError(f"{file} is not readable as TOML: {error}; mend it or move it away") from error
    if unknown := document.keys() - {"feed", "removed"}:
        raise CatalogueError(f"{file}: unknown key {min(unknown)}; it holds removed and [[feed]] tables")
    removed = document.get("removed", [])
    if not isinstance(removed, list) or not all(isinstance(url, str) for url in removed):
        raise CatalogueError(f"{file}: removed must be a list of addresses in quotation marks")
    return UserFeeds(tuple(specs_of(document.get("feed", []), file)), tuple(removed))


@contextmanager
def changing(file: Path) -> Iterator[UserFeeds]:
    """The file's content, which nobody else changes for as long as the block lasts. Raises CatalogueError."""
    if not file.parent.parent.is_dir():
        raise CatalogueError(f"cannot write {file}: there is no folder {file.parent.parent}; change [feeds] added")
    try:
        private_folder(file.parent)  # var, mostly
        with locked(file, "changing", PATIENCE_SECONDS):
            yield read_user_feeds(file)
    except LockTakenError as error:
        raise CatalogueError(str(error)) from error
    except OSError as error:
        raise CatalogueError(f"cannot write {file}: {error.strerror}; change [feeds] added") from error


def write_user_feeds(file: Path, own: UserFeeds) -> None:
    """Replace the file, at once and as a whole. Raises OSError where its folder cannot be written to."""
    removed = "".join(f"    {quoted(url)},\n" for url in own.removed)
    text = HEAD + (f"removed = [\n{removed}]\n" if removed else "") + "".join(map(feed_table, own.added))
    write_whole(file, text.encode(), FILE)  # an address may hold a key


def add(settings: FeedsSettings, specs: Iterable[FeedSpec]) -> list[FeedSpec]:
    """Add the feeds that are not listed yet, each once; returns those. http or https and ``www`` make no difference.

    Raises CatalogueError.
    """
    with changing(settings.added) as own:
        known = {same_feed(spec.url) for spec in listed(settings)}
        new: list[FeedSpec] = []
        for spec in specs:
            if same_feed(spec.url) not in known:
                known.add(same_feed(spec.url))
                new.append(spec)
        if new:
            back = {spec.url for spec in new}
            removed = tuple(url for url in own.removed if stored_spelling(url) not in back)
            write_user_feeds(settings.added, UserFeeds((*own.added, *new), removed))
    return new


def remove(settings: FeedsSettings, url: str) -> FeedSpec:
    """Remove the feed with that address; what it brought stays. Returns it. Raises CatalogueError."""
    with changing(settings.added) as own:
        spec = find(listed(settings), url)
        if spec is None:
            raise CatalogueError(f"{url} is not listed; see axiswatch feeds list")
        added = tuple(each for each in own.added if each.url != spec.url)
        in_list = any(each.url == spec.url for each in _listing(settings))
        write_user_feeds(settings.added, UserFeeds(added, (*own.removed, spec.url) if in_list else own.removed))
    return spec


def find(specs: Sequence[FeedSpec], url: str) -> FeedSpec | None:
    """The feed with exactly that address, else one that differs in http, https or ``www`` alone, or None."""
    exact = next((spec for spec in specs if spec.url == url), None)
    return exact or next((spec for spec in specs if same_feed(spec.url) == same_feed(url)), None)


def same_feed(url: str) -> str:
    """What two addresses of one feed share."""
    try:
        url = stored_spelling(url)
        return identity(url) or url.rstrip("/").partition("://")[2]
    except ValueError:
        return url


def stored_spelling(url: str) -> str:
    """The address as it is stored; one that is no web address stays as it is."""
    return web_address(url) or url
