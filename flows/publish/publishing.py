"""Publishing: what the store's editions tell, brought into the folder of [publish]. No Prefect, no network.

The same store, settings and version of axiswatch make the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path

from sqlite_utils import Database

from classifiers.tagging.watchlist import read_watchlist
from classifiers.topics.active import active
from db import editions
from db.connect import open_store, store_id
from db.file_lock import locked
from flows.config.settings import Config
from flows.digest.content.codec import typed
from flows.digest.read_inputs import names_of
from flows.digest.render.pages import Trail, archive_page
from flows.publish import pages, paths
from flows.publish.archive_views import KnownClaim, archive_view
from flows.publish.atom import atom
from flows.publish.feed_items import FeedFacts, feeds_of
from flows.publish.folder import File, Published, check_owner, key_of, read_list, write_folder
from flows.publish.json_feed import json_feed
from flows.publish.months import AnyDated, parted
from flows.publish.tellings import Telling, ToldEdition, tellings_of, told_editions
from flows.publish.views import ArchiveView, ClaimView, Place

ROOMS = ("flows.publish", "flows.digest.render", "flows.digest.content")
"""Where it is written what pages look like: another version of these makes all pages anew."""
WEEKS = ("weekly", "lookback")
"""Kinds of editions that tell a week."""


def publish(
    current: Config,
    *,
    anew: bool = False,
    force: bool = False,
    on_file: Callable[[int], Callable[[str], None]] | None = None,
) -> Published | None:
    """Bring the folder up to date; None where the settings name none. A call that finds nothing new since the last one
    asks the store for four numbers and ends. ``anew``: make every file, whatever the folder's list says. ``force``:
    take over a folder to which another store has published. ``on_file`` is given the number of files and returns what
    is told of each.

    Raises FolderError for a folder that cannot be written or is another store's, ContentError for an edition that
    cannot be read, ClaimError and LockTakenError.
    """
    folder = current.publish.folder
    if folder is None:
        return None
    claims = _claims(current)
    with locked(current.store.path, "publishing"), closing(open_store(current.store.path)) as store:
        state = _state(store, current, claims)
        known, ours = read_list(folder), store_id(store)
        if not force:
            check_owner(folder, known, ours)
        if known.store == ours and known.state == state and not anew:
            return Published(same=len(known.files))
        wanted = list(_files(store, current, claims))
        told = on_file(len(wanted)) if on_file else lambda _: None
        return write_folder(folder, ours, state, wanted, told, anew=anew)


def _claims(current: Config) -> list[KnownClaim]:
    watchlist = read_watchlist(current.claims.file)
    names = names_of(watchlist)
    return [KnownClaim(each.id, names[each.id], each.text) for each in watchlist.claims]


def _state(store: Database, current: Config, claims: Sequence[KnownClaim]) -> str:
    topic = active()
    names = [(each.id, each.display) for each in topic.partners.values()]
    channels = [(each.id, each.name) for each in topic.channels.values()]
    settings = current.publish.model_dump_json(exclude={"folder"}), _facts(current)
    return key_of(editions.state(store), settings, claims, names, channels, code_key())


def _facts(current: Config) -> FeedFacts:
    settings = current.publish
    authority = settings.authority or current.delivery.sender.rpartition("@")[2].lower()
    return FeedFacts(current.digest.title, settings.address, authority, settings.feed_stories)


def _files(store: Database, current: Config, claims: Sequence[KnownClaim]) -> Iterator[File]:
    """Every file that is wanted, the front page last: whoever opens it finds all that it leads to."""
    told = told_editions(store)
    tellings = tellings_of(store, told)
    facts = _facts(current)
    view = archive_view(facts.title, told, tellings, claims)
    yield from _edition_files(current.store.path, told, tellings)
    yield from _page_files(facts.title, view)
    yield from _older_files(facts.title, view)
    for feed in feeds_of(view, tellings, facts):
        yield _made(feed.place.atom, atom(feed))
        yield _made(feed.place.json, json_feed(feed))
    yield _made(paths.THREADS, pages.threads_page(facts.title, view.threads).encode())
    yield _made(paths.INDEX, pages.index_page(facts.title, view.index).encode())


def _made(path: str, content: bytes) -> File:
    return File(path, key_of(content), lambda: content)


def _page_files(site: str, view: ArchiveView) -> Iterator[File]:
    for thread in view.threads:
        key = key_of(code_key(), site, thread)
        yield File(thread.place.path, key, lambda each=thread: pages.thread_page(site, each).encode())  # type: ignore[misc]
    for claim in view.claims:
        key = key_of(code_key(), site, claim)
        yield File(claim.place.path, key, lambda each=claim: pages.claim_page(site, each).encode())  # type: ignore[misc]
    for pair in view.pairs:
        key = key_of(code_key(), site, pair)
        yield File(pair.place.path, key, lambda each=pair: pages.pair_page(site, each).encode())  # type: ignore[misc]


def _older_files(site: str, view: ArchiveView) -> Iterator[File]:
    """The pages of older months, of every list that is long."""
    yield from _month_files(site, Place("Editions", paths.INDEX), "editions", view.index.editions)
    yield from _month_files(site, Place("Threads", paths.THREADS), "threads", view.threads)
    for thread in view.threads:
        yield from _month_files(site, thread.place, "tellings", thread.tellings)
    for claim in view.claims:
        yield from _month_files(site, claim.place, "stories", claim.stories, claim)
    for pair in view.pairs:
        yield from _month_files(site, pair.place, "stories", pair.stories)


def _month_files(
    site: str, place: Place, kind: pages.ListKind, told: Sequence[AnyDated], claim: ClaimView | None = None
) -> Iterator[File]:
    for month in parted(told, place.path).older:
        key = key_of(code_key(), site, place, kind, month)
        yield File(
            month.path,
            key,
            lambda each=month: pages.month_page(site, place, kind, each, claim).encode(),  # type: ignore[misc]
        )


def _edition_files(store: Path, told: Sequence[ToldEdition], tellings: Sequence[Telling]) -> Iterator[File]:
    threads: dict[str, dict[int, str]] = {}
    for each in tellings:
        of_edition = threads.setdefault(each.told.edition.name, {})
        of_edition[each.content.entry] = f"../{paths.thread_page(each.thread)}"
    every = {entry: page for of_edition in threads.values() for entry, page in of_edition.items()}
    beside = [pair for row in _rows(told) for pair in pairwise(row)]
    earlier, later = {after: name for name, after in beside}, dict(beside)
    for made in told:
        edition, name = made.edition, made.edition.name
        before, after = _beside(earlier.get(name, "")), _beside(later.get(name, ""))
        of_week = {story.entry: every[story.entry] for story in made.stories if story.entry in every}
        pages_of = of_week if edition.kind in WEEKS else threads.get(name, {})
        trail = Trail(f"../{paths.INDEX}", before, after, pages_of)
        key = key_of(code_key(), name, edition.composed_at, trail)
        yield File(paths.edition_page(name), key, _page_of(store, name, trail))


def _rows(told: Sequence[ToldEdition]) -> tuple[list[str], list[str]]:
    """The editions of days in their row, and those of weeks in theirs; alerts tell neither."""
    days = [each.edition.name for each in told if each.edition.kind not in ("alert", *WEEKS)]
    return days, [each.edition.name for each in told if each.edition.kind in WEEKS]


def _beside(name: str) -> str:
    return f"../{paths.edition_page(name)}" if name else ""


def _page_of(path: Path, name: str, trail: Trail) -> Callable[[], bytes]:
    """What makes an edition's page. It reads the edition anew: the pictures of all editions fill no memory."""

    def make() -> bytes:
        with closing(open_store(path)) as store:
            edition = editions.find(store, name)
        assert edition is not None  # editions are never removed
        return archive_page(typed(edition), trail).encode()

    return make


@cache
def code_key() -> str:
    """A key of all that is written about what pages look like."""
    found = hashlib.sha256()
    for room in ROOMS:
        for file in _sources(resources.files(room)):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda file: file.name):
        if each.is_dir() and each.name != "__pycache__":
            yield from _sources(each)
        elif each.name.endswith((".py", ".html", ".css", ".txt")):
            yield each
