"""The archive's pages as HTML, by Jinja: all is escaped, nothing is loaded from elsewhere, no script, no form."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from flows.digest.display_text import counted
from flows.publish import paths
from flows.publish.months import Month, parted
from flows.publish.views import ClaimView, IndexView, PairView, Place, StoryView, ThreadView

ListKind = Literal["editions", "threads", "tellings", "stories"]
"""What a list that has pages of older months is of."""


def index_page(site: str, view: IndexView) -> str:
    """The front page."""
    return _render("index.html", site, "", view=view, list=parted(view.editions, paths.INDEX), front=True)


def threads_page(site: str, view: Sequence[ThreadView]) -> str:
    """The list of all threads."""
    return _render("threads.html", site, "", view=view, list=parted(view, paths.THREADS))


def thread_page(site: str, view: ThreadView) -> str:
    """One development with all its tellings."""
    return _render("thread.html", site, "../", view=view, list=parted(view.tellings, view.place.path))


def claim_page(site: str, view: ClaimView) -> str:
    """One claim with the stories that bear on it."""
    feed = paths.feed(f"claim-{view.id}", view.place.name)
    return _render("claim.html", site, "../", view=view, feed=feed, list=parted(view.stories, view.place.path))


def pair_page(site: str, view: PairView) -> str:
    """A partner and a channel with their stories."""
    return _render("pair.html", site, "../", view=view, list=parted(view.stories, view.place.path))


def month_page(site: str, place: Place, kind: ListKind, month: Month[Any], claim: ClaimView | None = None) -> str:
    """An older month of the list whose page lies at ``place``; ``claim``: what its stories bear on."""
    return _render("month.html", site, "../", place=place, kind=kind, month=month, claim=claim)


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
    environment.filters |= {"counted": counted, "href": quote}
    return environment


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
