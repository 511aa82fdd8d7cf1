"""One post to a real server: what is an outcome, and when the body leaves."""

from __future__ import annotations

import pytest

from flows.config.settings import FetchSettings
from flows.feeds.http.post import MAX_ANSWER, post
from tests.support.hook_site import Answer, HookSite

HERE = FetchSettings(allow_private=True, timeout_seconds=5)


def test_the_body_leaves_when_it_may_and_not_before() -> None:
    with HookSite() as site:
        held = post(HERE, site.secret, {}, b"{}", lambda: False)
        assert (held.held, held.left, site.posts) == (True, False, [])
        done = post(HERE, site.secret, {"X-A": "b"}, b"{}", lambda: True)
    assert (done.status, done.said, done.left, done.held) == (200, "ok", True, False)
    assert [(each.body, each.headers["x-a"]) for each in site.posts] == [(b"{}", "b")]


def test_nobody_is_asked_where_nobody_listens() -> None:
    asked: list[int] = []

    def may_leave() -> bool:
        asked.append(1)
        return True

    with HookSite() as gone:
        url = gone.secret
    done = post(HERE, url, {}, b"{}", may_leave)
    assert (asked, done.left, done.error) == ([], False, "connection refused")


def test_a_fault_of_our_own_is_no_outcome() -> None:
    def broken() -> bool:
        raise KeyError("the store is broken")

    with HookSite() as site, pytest.raises(KeyError, match="the store is broken"):
        post(HERE, site.secret, {}, b"{}", broken)
    assert site.posts == []


def test_a_line_that_is_cut_says_so() -> None:
    with HookSite(Answer(None)) as site:
        done = post(HERE, site.secret, {}, b"{}", lambda: True)
    assert (done.status, done.left) == (None, True)
    assert done.error == "the server closed the connection without an answer"


def test_of_a_long_answer_the_beginning_is_read() -> None:
    with HookSite(Answer(500, body=b"x" * 1_000_000)) as site:
        done = post(HERE, site.secret, {}, b"{}", lambda: True)
    assert (done.status, done.said) == (500, "x" * MAX_ANSWER)


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with HookSite() as other, HookSite(Answer(307, {"Location": other.secret})) as site:
        done = post(HERE, site.secret, {}, b"{}", lambda: True)
    assert (done.status, len(site.posts), other.posts) == (307, 1, [])


def test_a_private_address_is_never_connected_to() -> None:
    with HookSite() as site:
        done = post(FetchSettings(), site.secret, {}, b"{}", lambda: True)
    assert (done.error, done.left, site.posts) == ("127.0.0.1 is a private address", False, [])
