"""The desk's server: the standard library's, on 127.0.0.1 alone. GET shows and never changes anything; POST judges.

Guarded against other web pages (a token in every form, Sec-Fetch-Site, no frames), against DNS rebinding (Host),
against scanners that open the links of mails (GET asks first), and against what a feed writes (escaped, CSP).
"""

from __future__ import annotations

import logging
import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qs, unquote, urlsplit

from db import labels
from db.connect import StoreError, open_store
from db.records import Label, LabelValue
from flows.config.settings import Config
from flows.desk import pages, tokens
from flows.desk.items import item_of, sections
from flows.digest.judge_links import secret_of, token

logger = logging.getLogger(__name__)

JUDGE = re.compile(r"/judge/([^/]{1,120})/([0-9]{1,15})/(relevant|not_relevant|unsure)")
REQUEST_SECONDS = 10.0
POLL_SECONDS = 0.1
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
REFUSED = (
    "This link is not whole, or was signed by another store. Open it from the mail again, or call: axiswatch review"
)


class DeskResponse(NamedTuple):
    """What the desk says: a page, or (303) where to look next."""

    status: HTTPStatus
    page: str = ""
    location: str = ""


class Desk(ThreadingHTTPServer):
    """Listens from the moment it is made. Raises OSError where the port is taken or the secret cannot be used."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, current: Config, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """``clock`` says when a judgement is made."""
        self.current = current
        self.clock = clock
        self.secret = secret_of(current.store.path)  # first: where that fails, nothing has to be closed
        super().__init__(("127.0.0.1", current.desk.port), _DeskHandler)
        named = urlsplit(current.desk.address)
        hosts = [f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")]
        self.hosts = {*(_plain_host(host, "http") for host in hosts), _plain_host(named.netloc, named.scheme)} - {""}

    @property
    def url(self) -> str:
        """Where the list is, with the key that opens it."""
        return f"http://127.0.0.1:{self.server_port}/?key={tokens.key(self.secret)}"

    def wait(self) -> None:
        """Sleep until interrupted; other threads answer."""
        threading.Event().wait()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the shape of the library
        """Log a broken connection, as an error where the network is not at fault; the others go on."""
        level = logging.DEBUG if isinstance(sys.exception(), OSError) else logging.ERROR
        logger.log(level, "the desk: a connection from %s broke", client_address, exc_info=True)


@contextmanager
def open_desk(current: Config) -> Iterator[Desk]:
    """Within the block the desk answers, in a thread of its own. Raises OSError where it cannot listen."""
    with Desk(current) as desk:
        thread = threading.Thread(target=desk.serve_forever, args=(POLL_SECONDS,), name="desk", daemon=True)
        thread.start()
        try:
            yield desk
        finally:
            desk.shutdown()
            thread.join()


@contextmanager
def desk_beside(current: Config) -> Iterator[str]:
    """Within the block the desk answers beside other work; gives the address of its list, empty where there is none.
    A port that is taken is logged and stops nothing."""
    if not current.desk.port:
        yield ""
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(open_desk(current)).url
        except OSError as error:
            logger.warning("no desk: %s", why_closed(current, error))
            url = ""
        yield url


def why_closed(current: Config, error: OSError) -> str:
    """Why `open_desk` could not open it, and the remedy, in one line."""
    if error.filename:
        return f"{error.filename}, which holds its secret, cannot be used ({error.strerror}): remove it"
    remedy = "axiswatch serve or another review may keep the desk open; else change [desk] port"
    return f"127.0.0.1:{current.desk.port} is taken ({error.strerror}): {remedy}"


class _DeskHandler(BaseHTTPRequestHandler):
    timeout = REQUEST_SECONDS
    server_version = "axiswatch"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(self._shown)

    def do_HEAD(self) -> None:
        self._answer(self._shown, body=False)

    def do_POST(self) -> None:
        self.close_connection = True  # its body is not read: all that is asked stands in the address
        self._answer(self._judged)

    def log_message(self, format: str, *args: Any) -> None:
        """Never the address: it holds tokens."""

    @property
    def desk(self) -> Desk:
        return cast(Desk, self.server)

    def _answer(self, work: Callable[[], DeskResponse], *, body: bool = True) -> None:
        if self.headers.get("Host", "").lower() not in self.desk.hosts:
            said = _problem(HTTPStatus.MISDIRECTED_REQUEST, "Not here", "The desk answers under its own address alone.")
        else:
            said = self._guarded(work)
        page = said.page.encode()
        self.send_response(said.status)
        for name, value in (HEADERS | {"Content-Security-Policy": pages.policy()}).items():
            self.send_header(name, value)
        if said.location:
            self.send_header("Location", said.location)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if body:
            self.wfile.write(page)

    def _guarded(self, work: Callable[[], DeskResponse]) -> DeskResponse:
        try:
            return work()
        except (StoreError, sqlite3.Error, OSError) as error:
            logger.warning("the desk: %s", error)
            words = "The store cannot be used just now; nothing was stored. Try again, or call: axiswatch models"
            return _problem(HTTPStatus.SERVICE_UNAVAILABLE, "Not now", words)

    def _shown(self) -> DeskResponse:
        path, _, query = self.path.partition("?")
        if path == "/":
            return self._list(_parameter(query, "key"))
        found = JUDGE.fullmatch(path)
        if found is None:
            return _problem(HTTPStatus.NOT_FOUND, "Nothing here", "Call axiswatch review for the address of the list.")
        edition, entry, verdict = unquote(found[1]), int(found[2]), found[3]
        if not self._allowed(query, edition, entry, verdict):
            return _problem(HTTPStatus.FORBIDDEN, "This link does not open", REFUSED)
        with closing(open_store(self.desk.current.store.path, create=False)) as store:
            item = item_of(store, entry)
        if item is None:
            return _problem(HTTPStatus.NOT_FOUND, "No such entry", f"The store holds no entry {entry}.")
        return DeskResponse(HTTPStatus.OK, pages.judging_page(self.desk.secret, edition, item, verdict))

    def _list(self, key: str) -> DeskResponse:
        if not tokens.same(key, tokens.key(self.desk.secret)):
            words = "The list opens with its key alone. Call: axiswatch review"
            return _problem(HTTPStatus.FORBIDDEN, "This list is locked", words)
        with closing(open_store(self.desk.current.store.path, create=False)) as store:
            return DeskResponse(HTTPStatus.OK, pages.list_page(self.desk.secret, sections(store)))

    def _judged(self) -> DeskResponse:
        path, _, query = self.path.partition("?")
        found = JUDGE.fullmatch(path)
        if found is None:
            return _problem(HTTPStatus.NOT_FOUND, "Nothing here", "Only entries are judged here.")
        edition, entry, verdict = unquote(found[1]), int(found[2]), cast(LabelValue, found[3])
        strange = self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
        if strange or not self._allowed(query, edition, entry, verdict):
            return _problem(HTTPStatus.FORBIDDEN, "Not judged", REFUSED)
        if not self._keep(entry, verdict, edition):
            return _problem(HTTPStatus.NOT_FOUND, "No such entry", f"The store holds no entry {entry}.")
        # Back to where the button was; relative, so that a proxy may publish the desk under a folder of its own.
        back = f"../../../?key={tokens.key(self.desk.secret)}#e{entry}" if edition == tokens.LIST else f"?{query}"
        return DeskResponse(HTTPStatus.SEE_OTHER, location=back)

    def _allowed(self, query: str, edition: str, entry: int, verdict: str) -> bool:
        return tokens.same(_parameter(query, "t"), token(self.desk.secret, edition, entry, verdict))

    def _keep(self, entry: int, verdict: LabelValue, edition: str) -> bool:
        """Store the label; a second press of the same button stores nothing. False where there is no such entry."""
        via, note = ("desk", "") if edition == tokens.LIST else ("mail", f"edition {edition}")
        with closing(open_store(self.desk.current.store.path, create=False)) as store:
            before = labels.newest_of(store, [entry]).get(entry)
            if before is not None and before.value == verdict:
                return True
            try:
                labels.append(store, Label(entry, verdict, self.desk.clock(), via=via, note=note))
            except LookupError:
                return False
        return True


def _plain_host(netloc: str, scheme: str) -> str:
    """As browsers write it into Host: in lower case, without the default port of the scheme."""
    return netloc.lower().removesuffix({"http": ":80", "https": ":443"}.get(scheme, ""))


def _parameter(query: str, name: str) -> str:
    return next(iter(parse_qs(query).get(name, ())), "")


def _problem(status: HTTPStatus, heading: str, words: str) -> DeskResponse:
    return DeskResponse(status, pages.message_page(heading, words))
