"""Visitors that hold the desk up, send too much, or ask in no known way: the others are served."""

from __future__ import annotations

import logging
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flows.desk import guard, server
from flows.desk.server import Desk, open_desk
from tests.desk.conftest import TITLES, DeskSite, filled

SECONDS = 0.4


@pytest.fixture
def hasty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskSite]:
    """A desk of little patience."""
    monkeypatch.setattr(server, "REQUEST_SECONDS", SECONDS)
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 8)
    current = filled(tmp_path)
    with open_desk(current) as desk:
        yield DeskSite(desk, current)


def wire(site: DeskSite) -> socket.socket:
    return socket.create_connection(("127.0.0.1", site.desk.server_port), timeout=20)


def is_ended(held: socket.socket) -> bool:
    try:
        return held.recv(1) == b""
    except ConnectionResetError:
        return True


def test_a_request_that_does_not_come_to_its_end_is_cut_off(hasty: DeskSite) -> None:
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{hasty.desk.server_port}\r\n"
    for begun in ("", "GET / HT", head, f"{head}Content-Len"):
        with wire(hasty) as held:
            held.sendall(begun.encode())
            assert is_ended(held), begun


def test_dribbling_buys_no_time(hasty: DeskSite) -> None:
    with wire(hasty) as held:
        assert any(map(is_cut, [held] * 400))


def is_cut(held: socket.socket) -> bool:
    """Whether one more line of a head, a little later, no longer reaches the desk."""
    time.sleep(SECONDS / 20)
    try:
        held.sendall(b"X-A: b\r\n")
    except OSError:
        return True
    return False


def test_others_are_served_meanwhile_and_too_many_are_told_to_come_again(hasty: DeskSite) -> None:
    held = [wire(hasty) for _ in range(3)]
    assert hasty.ask("/").status == 403
    held += [wire(hasty) for _ in range(12)]
    assert hasty.ask("/").status == 503
    assert all(map(is_ended, held))
    for each in held:
        each.close()
    assert hasty.ask("/").status == 403


def test_a_large_body_and_a_large_head_are_not_taken(site: DeskSite) -> None:
    path = site.path(1, "relevant")
    assert site.ask(path, "POST", Content_Length=str(guard.MOST_BYTES + 1)).status == 413
    assert site.ask(path, X_Much="y" * guard.MOST_BYTES).status in (400, 431)
    assert site.labels() == []


def posted(site: DeskSite, how: str) -> bytes:
    """The head of a POST that judges, its body told of in that header."""
    host = f"127.0.0.1:{site.desk.server_port}"
    return f"POST {site.path(1, 'relevant')} HTTP/1.1\r\nHost: {host}\r\n{how}\r\n\r\n".encode()


def test_a_body_without_end_stores_nothing_and_is_cut_off(hasty: DeskSite) -> None:
    with wire(hasty) as held:
        held.sendall(posted(hasty, "Transfer-Encoding: chunked") + b"4\r\nabcd\r\n")
        assert is_ended(held)
    with wire(hasty) as held:
        held.sendall(posted(hasty, "Transfer-Encoding: chunked") + b"5000\r\n" + b"z" * 0x5000 + b"\r\n")
        assert held.recv(65_536).startswith(b"HTTP/1.1 413")
    assert hasty.labels() == []


def test_a_body_that_comes_after_its_head_is_waited_for(site: DeskSite) -> None:
    body = b"List-Unsubscribe=One-Click"
    with wire(site) as held:
        held.sendall(posted(site, f"Content-Length: {len(body)}"))
        time.sleep(SECONDS / 2)
        held.sendall(body)
        assert held.recv(65_536).startswith(b"HTTP/1.1 303")
    assert [label.value for label in site.labels()] == ["relevant"]


def test_each_connection_is_for_one_question(site: DeskSite) -> None:
    assert site.ask("/").headers["Connection"] == "close"


def test_what_is_no_http_is_refused_in_a_line(site: DeskSite, caplog: pytest.LogCaptureFixture) -> None:
    with wire(site) as held:
        held.sendall(b"\x16\x03\x01\x02\x00\r\n\r\n")
        assert held.recv(65_536).startswith(b"HTTP/1.1 400")
    assert all("\n" not in record.getMessage() and not record.exc_info for record in caplog.records)


def test_no_log_holds_a_token_or_a_key(site: DeskSite, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    judged = site.path(1, "relevant")
    site.ask(judged)
    site.ask(judged, "POST")
    site.ask(site.desk.url.partition("/?")[2].join(("/?", "")))
    site.ask("/nothing?t=secretive")
    site.ask("/")  # an answer is read before its line is written
    lines = [record.getMessage() for record in caplog.records if record.name.startswith(("flows.", "uvicorn"))]
    assert {"GET ask: 200", "POST judge: 303", "GET list: 200", "GET nothing: 404"} <= set(lines)
    secrets = (judged.partition("t=")[2], site.desk.url.partition("key=")[2], "secretive")
    assert not any(secret in line for line in lines for secret in secrets)


def test_what_nobody_foresaw_is_a_page_and_a_line(site: DeskSite, caplog: pytest.LogCaptureFixture) -> None:
    with closing(sqlite3.connect(site.current.store.path)) as store:
        store.execute("UPDATE entries SET first_seen_at = 'never' WHERE id = 1")
        store.commit()
    answer = site.ask(site.path(1, "relevant"))
    assert answer.status == 500
    assert "nothing was stored" in answer.page
    assert "Traceback" not in answer.page
    assert TITLES[0] not in answer.page
    assert answer.headers["Content-Security-Policy"]
    assert site.ask(site.path(2, "relevant")).status == 200
    (line,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert line.getMessage().startswith("the desk is broken: ValueError")
    assert not line.exc_info


def test_a_desk_that_is_closed_leaves_its_port_at_once(tmp_path: Path) -> None:
    current = filled(tmp_path)
    for _ in range(3):
        with open_desk(current) as desk, wire(DeskSite(desk, current)):
            assert DeskSite(desk, current).ask("/").status == 403
    with socket.create_server(("127.0.0.1", current.desk.port)), pytest.raises(OSError, match="in use"):
        Desk(current)
