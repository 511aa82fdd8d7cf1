"""The desk's pages by their addresses. GET shows and never changes anything; POST stores.

Guarded against other web pages (a token in every form, Sec-Fetch-Site, no frames), against scanners that open the links
of mails (GET asks first), and against what a feed writes (escaped, CSP). Who is let in at all says `flows.desk.guard`.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from sqlite_utils import Database
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.connect import StoreError, open_store
from db.records import LabelValue
from flows.config.environment import LOOPBACK
from flows.config.settings import Config
from flows.desk import following, pages, tokens, unsubscribing
from flows.desk.items import item_of, sections
from flows.desk.judging import keep
from flows.desk.responses import page, plain, problem, see_other
from flows.digest import follow_links
from flows.digest.judge_links import VERDICTS, token
from flows.digest.unsubscribe_links import PATH
from flows.doctor.health import health_of
from flows.doctor.openmetrics import MEDIA_TYPE, openmetrics

logger = logging.getLogger(__name__)

EDITION = re.compile(r"[^/]{1,120}")
ENTRY = re.compile(r"[0-9]{1,15}")
FOLLOW = f"/{follow_links.PATH}/{{entry}}/{{token}}"
STOP = f"/{follow_links.PATH}/{follow_links.STOP}/{{number}}/{{token}}"
OWN_SITES = ("same-origin", "none")
"""Sec-Fetch-Site of what our own page sends; programs that are no browsers say nothing."""
REFUSED = (
    "This link is not whole, or was signed by another store. Open it from the mail again, or call: axiswatch review"
)
NOBODYS = "This link is not whole, or is no longer anybody's. Answer the mail instead: whoever sends it can do it."


class Asked(NamedTuple):
    """The judgement that an address asks for."""

    edition: str
    entry: int
    verdict: LabelValue


class DeskPages:
    """Answers for one store. Each answer opens the store anew, in a thread of its own: no two share a connection."""

    def __init__(self, current: Config, secret: bytes, clock: Callable[[], datetime]) -> None:
        """``clock`` says when something is stored."""
        self._current = current
        self._secret = secret
        self._clock = clock
        self._wants_metrics = current.desk.metrics

    def application(self) -> Starlette:
        """The pages as an ASGI application."""
        judge = "/judge/{edition}/{entry}/{verdict}"
        metrics = [Route("/metrics", self.metrics, methods=["GET"], name="metrics")] if self._wants_metrics else []
        application = Starlette(
            routes=[
                Route("/", self.list, methods=["GET"], name="list"),
                Route(judge, self.ask, methods=["GET"], name="judge"),
                Route(judge, self.judge, methods=["POST"], name="judge"),
                Route(f"/{PATH}/{{token}}", self.unsubscribe, methods=["GET", "POST"], name="unsubscribe"),
                Route(FOLLOW, self.follow, methods=["GET", "POST"], name="follow"),
                Route(STOP, self.stop, methods=["GET", "POST"], name="stop"),
                *metrics,
            ],
            exception_handlers={
                HTTPStatus.NOT_FOUND: _nothing_here,
                HTTPStatus.METHOD_NOT_ALLOWED: _not_allowed,
                StoreError: _not_now,
                sqlite3.Error: _not_now,
                OSError: _not_now,
                Exception: _broken,
            },
        )
        application.router.redirect_slashes = False
        return application

    def list(self, request: Request) -> Response:
        """The list of what is worth a judgement, for who has its key."""
        if not tokens.same(request.query_params.get("key", ""), tokens.key(self._secret)):
            words = "The list opens with its key alone. Call: axiswatch review"
            return problem(HTTPStatus.FORBIDDEN, "This list is locked", words)
        with self._store() as store:
            return page(pages.list_page(self._secret, sections(store)))

    def metrics(self, request: Request) -> Response:
        """OpenMetrics text for programs on this machine; for others with the key of the list."""
        has_key = tokens.same(request.query_params.get("key", ""), tokens.key(self._secret))
        if not (has_key or is_from_here(request)):
            words = "Figures are for programs on this machine, or for who has the key of the list."
            return problem(HTTPStatus.FORBIDDEN, "Not for everybody", words)
        return plain(openmetrics(health_of(self._current, self._clock())), MEDIA_TYPE)

    def ask(self, request: Request) -> Response:
        """The page that a link of a mail opens."""
        asked = _asked(request)
        if asked is None:
            return _nothing_here(request)
        if not self._allowed(request, asked):
            return problem(HTTPStatus.FORBIDDEN, "This link does not open", REFUSED)
        with self._store() as store:
            item = item_of(store, asked.entry)
        if item is None:
            return _no_such_entry(asked.entry)
        return page(pages.judging_page(self._secret, asked.edition, item, asked.verdict))

    def judge(self, request: Request) -> Response:
        """Store what the press of a button says."""
        asked = _asked(request)
        if asked is None:
            return _nothing_here(request)
        if not is_own(request) or not self._allowed(request, asked):
            return problem(HTTPStatus.FORBIDDEN, "Not judged", REFUSED)
        with self._store() as store:
            if not keep(store, *asked, self._clock()):
                return _no_such_entry(asked.entry)
        # Back to where the button was.
        if asked.edition == tokens.LIST:
            return see_other(f"../../../?key={tokens.key(self._secret)}#e{asked.entry}")
        return see_other(f"?{request.url.query}")

    def unsubscribe(self, request: Request) -> Response:
        """Ask whether the reader wants no more mails; a POST, by its button or by a mail program, makes it so.

        Mail programs look at nothing but the status: 200 (RFC 8058, section 3.2, forbids to lead them elsewhere)."""
        given = request.path_params["token"]
        with self._store() as store:
            address = unsubscribing.reader(store, self._current, self._secret, given)
            if not address or (request.method == "POST" and not is_own(request)):
                return problem(HTTPStatus.FORBIDDEN, "This link does not open", NOBODYS)
            if request.method == "POST":
                unsubscribing.leave(store, address, self._clock())
            left = unsubscribing.has_left(store, address)
        told = unsubscribing.shown(address)
        return page(pages.unsubscribing_page(self._current.digest.title, told, given, left=left))

    def follow(self, request: Request) -> Response:
        """Ask whether the reader follows the thread of that story; a POST makes it so."""
        given, entry = request.path_params["token"], request.path_params["entry"]
        if not ENTRY.fullmatch(entry):
            return _nothing_here(request)
        with self._store() as store:
            found = following.asked(store, self._current, self._secret, int(entry), given)
            if found is None or (request.method == "POST" and not is_own(request)):
                return problem(HTTPStatus.FORBIDDEN, "This link does not open", NOBODYS)
            if request.method == "POST":
                following.begin(store, found, self._clock())
            return self._following(store, found, "../../")

    def stop(self, request: Request) -> Response:
        """Ask whether the reader stops following; a POST, by the button or by a mail program, makes it so."""
        given, number = request.path_params["token"], request.path_params["number"]
        if not ENTRY.fullmatch(number):
            return _nothing_here(request)
        with self._store() as store:
            found = following.asked_to_stop(store, self._secret, int(number), given)
            if found is None or (request.method == "POST" and not is_own(request)):
                return problem(HTTPStatus.FORBIDDEN, "This link does not open", NOBODYS)
            if request.method == "POST":
                following.stop(store, found, self._clock())
            return self._following(store, found, "../../../")

    def _following(self, store: Database, asked: following.Asked, root: str) -> Response:
        view = following.view_of(store, self._current, self._secret, asked)
        if view is None:
            return problem(HTTPStatus.NOT_FOUND, "No such thread", "The store holds no thread of this story.")
        return page(pages.following_page(view, root))

    def _store(self) -> closing[Database]:
        return closing(open_store(self._current.store.path, create=False))

    def _allowed(self, request: Request, asked: Asked) -> bool:
        return tokens.same(request.query_params.get("t", ""), token(self._secret, *asked))


def is_own(request: Request) -> bool:
    """Whether no page of another site sends this."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in OWN_SITES


def is_from_here(request: Request) -> bool:
    """Whether a program on this machine asks by a name of this machine, with no proxy in between: one would let in all
    who reach it."""
    is_passed_on = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"))
    return request.url.hostname in LOOPBACK and not is_passed_on


def _asked(request: Request) -> Asked | None:
    told = request.path_params
    verdict = next((each for each in VERDICTS if each == told["verdict"]), None)
    if verdict is None or not EDITION.fullmatch(told["edition"]) or not ENTRY.fullmatch(told["entry"]):
        return None
    return Asked(told["edition"], int(told["entry"]), verdict)


def _no_such_entry(entry: int) -> Response:
    return problem(HTTPStatus.NOT_FOUND, "No such entry", f"The store holds no entry {entry}.")


def _nothing_here(request: Request, error: Exception | None = None) -> Response:  # noqa: ARG001 - Starlette's shape
    words = "Only entries are judged here." if request.method == "POST" else "Call axiswatch review for the list."
    return problem(HTTPStatus.NOT_FOUND, "Nothing here", words)


def _not_allowed(request: Request, error: Exception) -> Response:
    if request.method in ("GET", "HEAD", "POST"):
        return _nothing_here(request, error)
    return problem(HTTPStatus.NOT_IMPLEMENTED, "Not here", "The desk knows GET and POST alone.")


def _not_now(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the shape of the library
    logger.warning("the desk: %s", error)
    words = "The store cannot be used just now; nothing was stored. Try again, or call: axiswatch models"
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, "Not now", words)


def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the guard logs it
    words = "axiswatch itself is broken here; nothing was stored. Its log says where."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "This went wrong", words)
