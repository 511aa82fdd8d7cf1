"""From the demo's digest to a label: a link of the mail, `axiswatch review`, one press."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape

import pytest

from tests.desk.conftest import free_port
from tests.support.command import Demo, Project, environment


@contextmanager
def reviewing(project: Project, port: int) -> Iterator[str]:
    """`axiswatch review` in a process of its own; gives the address that it prints."""
    with (project.folder / "axiswatch.toml").open("a", encoding="utf-8") as file:
        file.write(f"[desk]\nport = {port}\n")
    call = [sys.executable, "-m", "flows.cli", "review"]
    process = subprocess.Popen(call, cwd=project.folder, env=environment(project.env), stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().decode().strip()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        process.stdout.close()


def status(url: str, method: str = "GET") -> int:
    """Of one request; a redirect is followed."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.fixture
def link(demo: Demo, project: Project) -> str:
    """A link of the demo's last digest, below the root of the desk; the project has the demo's secret."""
    secret = demo.store.with_name("desk.secret")
    project.store.with_name("desk.secret").write_bytes(secret.read_bytes())
    page = (demo.folder / "var/outbox/2024-11-18.html").read_text(encoding="utf-8")
    found = re.search(r'href="http://127\.0\.0\.1:8737(/judge/2024-11-18/\d+/not_relevant\?t=[^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def test_a_link_of_the_digest_becomes_a_label(project: Project, link: str) -> None:
    port = free_port()
    with reviewing(project, port) as listed:
        assert listed.startswith(f"http://127.0.0.1:{port}/?key=")
        assert status(listed) == 200
        assert status(f"http://127.0.0.1:{port}{link}") == 200
        assert stored(project) == []
        assert status(f"http://127.0.0.1:{port}{link[:-2]}", "POST") == 403
        assert status(f"http://127.0.0.1:{port}{link}", "POST") == 200
        again = project.call("review")
    assert (again.returncode, "is taken" in again.stderr) == (2, True)
    assert stored(project) == [(int(link.split("/")[3]), "not_relevant", "mail", "edition 2024-11-18")]


def test_the_demo_says_how_its_buttons_are_answered(demo: Demo) -> None:
    assert "axiswatch review --config var/demo/axiswatch.toml" in demo.result.stdout


def stored(project: Project) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(project.store)) as connection:
        return connection.execute("SELECT entry_id, value, via, note FROM labels").fetchall()
