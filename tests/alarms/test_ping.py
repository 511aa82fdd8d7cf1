"""The dead-man ping, to a site of our own that is asked as healthchecks.io is."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from flows.alarms import watch
from flows.alarms.ping import address_of, ping
from flows.config.settings import Config
from tests.support.hook_site import Answer, HookSite
from tests.support.watched_store import CASES, NOON, damaged, watched

SECRET = "0f3a9c1e-secret-uuid"


def pinging(site: HookSite, **more: Any) -> dict[str, Any]:
    return {"ping": site.url(f"/{SECRET}"), "ping_private": True, "disk_percent": 0, "ping_seconds": 1} | more


@pytest.mark.parametrize(
    ("address", "signal", "asked"),
    [
        ("https://hc.example/u-u", "success", "https://hc.example/u-u"),
        ("https://hc.example/u-u", "fail", "https://hc.example/u-u/fail"),
        ("https://hc.example/u-u/", "start", "https://hc.example/u-u/start"),
        ("https://hc.example/key/watch?create=1", "fail", "https://hc.example/key/watch/fail?create=1"),
    ],
)
def test_where_each_signal_goes(address: str, signal: Any, asked: str) -> None:
    assert address_of(address, signal) == asked


def test_it_says_whether_the_monitor_does_its_work(tmp_path: Path) -> None:
    with HookSite() as site:
        current = watched(tmp_path, watch=pinging(site))
        assert ping(current, "start")
        watch.look_and_ping(current, NOON)
        CASES["labels refused"][0](current)
        watch.look_and_ping(current, NOON)
        watch.failed(current, "digest", ["no"], NOON)
        watch.failed(current, "monitor", ["StoreError: the address ann@x.example"], NOON)
        damaged(current)
        watch.look_and_ping(current, NOON)
    assert [post.path.removeprefix(f"/{SECRET}") for post in site.posts] == ["/start", "", "", "/fail", "/fail"]
    # What is told there are headlines alone: that site is a stranger.
    said = [post.body.decode().splitlines() for post in site.posts]
    assert said[2:4] == [["retrain refused the labels"], ["monitor failed"]]
    assert "the store is damaged" in said[4]


@pytest.mark.parametrize("answer", [Answer(404), Answer(500), Answer(None), Answer(302), Answer(200, seconds=3)])
def test_one_that_is_not_taken_costs_a_line_that_does_not_show_its_address(
    answer: Answer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with HookSite(answer) as site, caplog.at_level(logging.WARNING):
        current = watched(tmp_path, watch=pinging(site))
        assert watch.look_and_ping(current, NOON) == []
    assert "the ping of [watch]: 127.0.0.1" in caplog.text
    assert SECRET not in caplog.text


def test_a_private_address_is_refused_unless_it_is_allowed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with HookSite() as site:
        assert not ping(watched(tmp_path, watch=pinging(site, ping_private=False)), "success")
        assert site.posts == []
    assert "set ping_private = true in [watch]" in caplog.text


def test_without_an_address_nobody_is_asked() -> None:
    assert not ping(Config(), "success")


def test_a_proxy_that_does_not_answer_fails_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    current = watched(tmp_path, watch={"ping": f"http://hc.example/{SECRET}"}, fetch={"proxy": "http://127.0.0.1:9"})
    assert not ping(current, "success")
    assert "the ping of [watch]" in caplog.text
    assert SECRET not in caplog.text
