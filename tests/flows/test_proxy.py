"""A proxy in the environment is for what lies outside: our own loopback traffic never goes through it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest

from db.connect import open_store
from db.records import FeedSpec
from flows.config.environment import reach_loopback_directly
from flows.sample.site import SampleSite
from tests.support.command import Project

NAMES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@contextmanager
def proxy(asked: list[bytes]) -> Iterator[str]:
    """The address of a proxy that lets nothing through and keeps what it was asked."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                with line:
                    asked.append(line.recv(1000))
                    line.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

        Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        door.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("names", [NAMES, ("HTTPS_PROXY",)], ids=["all", "https alone"])
def test_a_pass_and_its_digest_ask_no_proxy(project: Project, names: tuple[str, ...]) -> None:
    asked: list[bytes] = []
    with proxy(asked) as address, SampleSite(datetime(2024, 11, 19, 17, tzinfo=UTC)) as site:
        project.read_feeds_from(site.feeds()[:2])
        done = Project(project.folder, dict.fromkeys(names, address)).call("run")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "ERROR" not in done.stderr
    assert asked == []


def test_a_socks_proxy_in_the_environment_stops_nothing_and_is_told_where_it_is_to_be_used(project: Project) -> None:
    hers = Project(project.folder, {"ALL_PROXY": "socks5://desk:hushhush@127.0.0.1:9"})
    with SampleSite(datetime(2024, 11, 19, 17, tzinfo=UTC)) as site:
        project.read_feeds_from(site.feeds()[:2])
        assert hers.call("run").returncode == 0
        file = project.folder / "axiswatch.toml"
        file.write_text(file.read_text().replace("[fetch]\n", '[fetch]\nproxy = "environment"\n'))
        done = hers.call("run")
    assert done.returncode == 2
    assert "ALL_PROXY names no HTTP proxy; write it as http://host:port (SOCKS is not spoken here)" in done.stderr
    assert "hushhush" not in done.stderr


def test_a_dead_proxy_is_told_once_for_all_feeds_and_held_against_none(project: Project) -> None:
    project.read_feeds_from([FeedSpec(f"https://quay{number}.example/rss", f"Quay {number}") for number in range(4)])
    file, told = project.folder / "axiswatch.toml", '[fetch]\nproxy = "http://desk@127.0.0.1:9"\n'
    file.write_text(file.read_text().replace("[fetch]\n", told))
    done = Project(project.folder, {"AXISWATCH_PROXY_PASSWORD": "hushhush"}).call("run")
    assert done.returncode == 3
    assert done.stderr.replace("\n", " ").count("cannot reach the proxy http://127.0.0.1:9: connection refused") == 1
    assert "failed: 4 feeds: cannot reach the proxy" in done.stderr
    assert "hushhush" not in done.stderr + done.stdout
    with closing(open_store(project.store)) as store:
        whys = {
            row["next_check_why"] for row in store.query("SELECT next_check_why FROM feed_states WHERE failures = 1")
        }
        assert len(whys) == 1
        assert "start it, or change [fetch] proxy" in whys.pop()


@pytest.mark.parametrize(
    ("upper", "lower", "then"),
    [
        ("", "", "127.0.0.1,localhost"),
        ("news.example", "", "news.example,127.0.0.1,localhost"),
        ("news.example, 127.0.0.1", "intra.example", "news.example,127.0.0.1,intra.example,localhost"),
        ("*", "news.example", "*"),
    ],
)
def test_what_a_person_reaches_directly_stays(
    monkeypatch: pytest.MonkeyPatch, upper: str, lower: str, then: str
) -> None:
    monkeypatch.setenv("NO_PROXY", upper)
    monkeypatch.setenv("no_proxy", lower)
    reach_loopback_directly()
    assert os.environ["NO_PROXY"] == os.environ["no_proxy"] == then
