"""The desk's pages as HTML, by Jinja: everything is escaped, nothing is loaded from elsewhere, no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from flows.desk.following import FollowView
from flows.desk.items import Item, Section
from flows.desk.tokens import LIST
from flows.digest.display_text import focus_name, one_line
from flows.digest.judge_links import VERDICTS, path_of, token


def judging_page(secret: bytes, edition: str, item: Item, chosen: str) -> str:
    """The page that asks whether the entry is to be judged so; a press of its buttons does it."""
    buttons = [
        {"name": name, "value": value, "chosen": value == chosen, "t": token(secret, edition, item.id, value)}
        for value, name in VERDICTS.items()
    ]
    return _render("judge.html", item=item, buttons=buttons, focus=focus_name())


def list_page(secret: bytes, found: Sequence[Section]) -> str:
    """The list of what is worth a judgement, with buttons that do it at once."""

    def action(entry: int, verdict: str) -> str:
        return path_of(LIST, entry, verdict, token(secret, LIST, entry, verdict))

    return _render("list.html", sections=found, action=action)


def unsubscribing_page(title: str, address: str, token: str, *, left: bool) -> str:
    """The page that asks whether that reader wants no more mails, or (``left``) says that it is so."""
    return _render("unsubscribe.html", title=one_line(title, 80), address=address, token=token, left=left)


def following_page(view: FollowView, root: str) -> str:
    """The page that asks whether that reader follows the thread, or stops, and says what is so. ``root`` is where the
    desk lies, relative to the page."""
    return _render("follow.html", view=view, root=root)


def message_page(heading: str, words: str) -> str:
    """A page that says what is the matter and what to do."""
    return _render("message.html", heading=heading, words=words)


@cache
def policy() -> str:
    """The Content-Security-Policy of every page: our one style sheet, forms to ourselves, nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def _render(template: str, **more: Any) -> str:
    page = _environment().get_template(template)
    return page.render(style=_style(), verdicts=VERDICTS, **more)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("flows.desk"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), "desk.css")[0]
