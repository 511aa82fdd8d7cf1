"""What the desk answers: pages with the headers that guard them, and nothing of Starlette's own."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import Response

from flows.desk import pages

HEADERS = {
    "Cache-Control": "no-store",
    "Connection": "close",  # a connection is for one question: nobody holds one open
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Of every answer, beside the policy that `pages.policy` gives."""


def page(html: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A page of ours."""
    return _guarded(Response(html, status, media_type="text/html"))


def plain(text: str, media_type: str) -> Response:
    """A text for programs."""
    return _guarded(Response(text, headers={"Content-Type": media_type}))


def problem(status: HTTPStatus, heading: str, words: str) -> Response:
    """A page that says what is the matter and what to do."""
    return page(pages.message_page(heading, words), status)


def see_other(location: str) -> Response:
    """Where to look next (303); ``location`` is relative, so that a proxy may publish the desk under a folder."""
    response = _guarded(Response(status_code=HTTPStatus.SEE_OTHER, media_type="text/html"))
    response.headers["Location"] = location
    return response


def _guarded(response: Response) -> Response:
    response.headers.update(HEADERS | {"Content-Security-Policy": pages.policy()})
    return response
