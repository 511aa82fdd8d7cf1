"""The archive's pages as HTML, by Jinja: all is escaped, nothing is loaded from elsewhere, no script, no form."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from flows.digest.display_text import counted
from flows.publish import paths
from flows.publish.views import ClaimView, IndexView, PairView, StoryView, ThreadView

RECENT = 60
"""Editions of the front page that stand open; older ones are folded in."""


class Dated(Protocol):
    """What lists show under the heading of its month."""

    @property
    def month(self) -> str:
        """``November 2026``."""
        ...


AnyDated = TypeVar("AnyDated", bound=Dated)


def index_page(site: str, view: IndexView) -> str:
    """The front page."""
    return _render("index.html", site, "", view=view, recent=RECENT, front=True)


def threads_page(site: str, view: Sequence[ThreadView]) -> str:
    """The list of all threads."""
    return _render("threads.html", site, "", view=view)


def thread_page(site: str, view: ThreadView) -> str:
    """One development with all its tellings."""
    return _render("thread.html", site, "../", view=view)


def claim_page(site: str, view: ClaimView) -> str:
    """One claim with the stories that bear on it."""
    return _render("claim.html", site, "../", view=view, feed=paths.feed(f"claim-{view.id}", view.place.name))


def pair_page(site: str, view: PairView) -> str:
    """A partner and a channel with their stories."""
    return _render("pair.html", site, "../", view=view)


def feed_entry(story: StoryView, page: str) -> str:
    """What a feed says of a story, as HTML; ``page`` is the address of its page on the web, or empty."""
    return _environment().get_template("feed_entry.html").render(story=story, page=page).strip()


def _render(template: str, site: str, up: str, *, front: bool = False, **more: Any) -> str:
    """``up`` leads from the page to the root of the archive."""
    page = _environment().get_template(template)
    return page.render(site=site, up=up, front=front, style=_style(), policy=_policy(), **more) + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("flows.publish"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"counted": counted, "in_months": in_months, "href": quote}
    return environment


def in_months(told: Iterable[AnyDated]) -> Iterator[tuple[str, list[AnyDated]]]:
    """What comes the newest first, by month."""
    for month, inside in groupby(told, key=lambda each: each.month):
        yield month, list(inside)


@cache
def _policy() -> str:
    """What the browser may do: show our one style sheet, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'"


@cache
def _style() -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), "site.css")[0]
