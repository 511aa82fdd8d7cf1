"""Trying the feeds by hand, what the list says of them, and where the results are found again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.cli import main
from tests.support.feed_pages import RSS
from tests.support.web_site import ServedPage, WebSite

Call = Callable[..., int]


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite({"/rss": ServedPage(RSS)}) as site:
        yield site


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: WebSite) -> Call:
    """Call the command in a folder with a list of one sound feed and one that is not there; gives the exit code."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.toml").write_text(
        f'[[feed]]\nurl = "{site.url("/rss")}"\noutlet = "Quay"\nevidence = "proven"\nfound = "a report"\n'
        f'seen = "2026-02-26"\nformat = "rss"\nregion = "quayland"\n[[feed]]\nurl = "{site.url("/gone")}"\n'
        f'outlet = "Pier"\nregion = "pierland"\n'
    )
    (tmp_path / "axiswatch.toml").write_text(
        '[feeds]\nfile = "list.toml"\n[fetch]\nallow_private = true\nhost_seconds = 0\n'
    )

    def called(*arguments: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        return int(ended.value.code or 0)

    return called


def test_the_result_of_a_check_is_found_by_health(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("feeds", "check") == 0
    assert "1 of 2 feeds answer" in capsys.readouterr().out
    assert call("feeds", "health") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "2 feeds: 1 failing, 1 unread" in told
    assert "404" in told
    assert "tried by hand" in told
    assert call("feeds", "health", "--at", "2024-11-18T12:00+00:00") == 0
    assert "tried by hand" not in capsys.readouterr().out


def test_a_newer_check_takes_the_place_of_an_older_one(
    call: Call, site: WebSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("feeds", "check") == 0
    site.pages["/gone"] = ServedPage(RSS)
    assert call("feeds", "check") == 0
    capsys.readouterr()
    assert call("feeds", "health") == 0
    assert "2 feeds: 2 unread" in capsys.readouterr().out


def test_the_list_shows_the_evidence_also_as_json(
    call: Call, site: WebSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("feeds", "list") == 0
    told = capsys.readouterr().out
    assert "2 feeds: 1 proven, 1 unproven" in told
    assert "proven, from a partner's own region: quayland 1, pierland 0" in told
    site.pages["/added"] = ServedPage(RSS)
    assert call("feeds", "add", site.url("/added")) == 0
    capsys.readouterr()
    assert call("feeds", "list", "--json") == 0
    proven, unproven, added = map(json.loads, capsys.readouterr().out.splitlines())
    assert (proven["outlet"], proven["evidence"], proven["found"]) == ("Quay", "proven", "a report")
    assert (proven["seen"], proven["format"]) == ("2026-02-26", "rss")
    assert (unproven["evidence"], added["evidence"]) == ("unproven", "")
    assert (proven["region"], unproven["region"]) == ("quayland", "pierland")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('packs = ["state_media"]', "there is no pack 'state_media'; did you mean 'state-media'?"),
        ('packs = ["wires", "thinktanks"]', "did you mean 'think-tanks'?"),
        ('packs = ["xyzzy"]', "there is no pack 'xyzzy'; the packs are wires, press"),
    ],
)
def test_a_pack_that_there_is_not_is_named(
    call: Call, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    Path("axiswatch.toml").write_text(f"[feeds]\n{line}\n")
    assert call("feeds", "list") == 2
    assert told in capsys.readouterr().err


def test_a_list_without_any_feed_is_said_to_be_empty_and_nothing_is_run(
    call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("axiswatch.toml").write_text("[feeds]\nbuiltin = false\n")
    assert call("feeds", "list") == 0
    assert capsys.readouterr().out.strip().endswith("0 feeds")
    for command in (["feeds", "check"], ["run"]):
        assert call(*command) == 2
        assert "no feed is read: see [feeds] builtin and packs" in capsys.readouterr().err
