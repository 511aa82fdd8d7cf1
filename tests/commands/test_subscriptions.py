"""Feeds added, removed, imported and exported by command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.cli import main
from flows.config.settings import FeedsSettings
from flows.feeds.subscriptions.user_feeds import listed
from tests.support.command import environment
from tests.support.feed_pages import HEAD, JSON, RSS
from tests.support.web_site import ServedPage, WebSite

Call = Callable[..., int]


@pytest.fixture
def site() -> Iterator[WebSite]:
    pages = {
        "/": ServedPage(HEAD),
        "/rss": ServedPage(RSS),
        "/deep/notes.json": ServedPage(JSON),
        "/none": ServedPage("<p>none</p>"),
    }
    with WebSite(pages) as site:
        yield site


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the command in a folder with a list of one feed; gives the exit code."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.toml").write_text('[[feed]]\nurl = "https://quay.example/f"\noutlet = "Quay"\n')
    (tmp_path / "axiswatch.toml").write_text(
        '[feeds]\nfile = "list.toml"\n[fetch]\nallow_private = true\nhost_seconds = 0\n'
    )

    def called(*arguments: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        return int(ended.value.code or 0)

    return called


def test_a_page_with_several_feeds_lists_them_and_one_is_added(
    call: Call, site: WebSite, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("feeds", "add", site.url("/")) == 2
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == f"{site.url('/rss')}  Quay & Wire, 1 entries"
    assert "has 2 feeds: add the one you want by its address, or --all" in said.err
    assert call("feeds", "add", site.url("/rss"), "--country", "NL", "--kind", "wire") == 0
    assert f"added: Quay & Wire, 1 entries ({site.url('/rss')})" in capsys.readouterr().out
    assert call("feeds", "add", site.url("/"), "--all") == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["listed already", "added"]
    assert call("feeds", "list") == 0
    assert "3 feeds" in capsys.readouterr().out


def test_what_was_added_is_read_and_what_was_removed_is_not(
    call: Call, site: WebSite, capsys: pytest.CaptureFixture[str]
) -> None:
    call("feeds", "add", site.url("/rss"))
    assert call("feeds", "remove", "https://quay.example/f") == 0
    capsys.readouterr()
    assert call("feeds", "check") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 of 1 feeds answer")
    assert call("feeds", "remove", "https://quay.example/f") == 2
    assert "is not listed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "code", "told"),
    [
        ("javascript:alert(1)", 2, "is no http or https address"),
        ("file:///etc/passwd", 2, "is no http or https address"),
        ("http://127.0.0.1:9/feed", 3, "connection refused"),
        ("/none", 2, "no feed was found from there"),
    ],
)
def test_what_cannot_be_added_is_told_in_one_line(
    call: Call, site: WebSite, capsys: pytest.CaptureFixture[str], url: str, code: int, told: str
) -> None:
    del site.pages["/rss"]
    assert call("feeds", "add", site.url(url) if url.startswith("/") else url) == code
    said = capsys.readouterr().err
    assert told in said
    assert len(said.splitlines()) == 1
    assert not Path("var/feeds.toml").exists()


def test_opml_goes_out_and_comes_in(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.opml").write_text(
        '<opml><body><outline text="Ports"><outline text="Pier" xmlUrl="https://pier.example/f"/>'
        '<outline text="Quay" xmlUrl="http://www.quay.example/f"/><outline xmlUrl="javascript:x"/>'
        "</outline></body></opml>"
    )
    assert call("feeds", "import", "in.opml") == 0
    said = capsys.readouterr()
    assert said.out.strip() == "3 feeds seen = 1 added + 1 listed already + 1 rejected"
    assert "no http or https address (1)" in said.err
    assert call("feeds", "export", "out.opml") == 0
    text = Path("out.opml").read_text()
    assert text.index("https://quay.example/f") < text.index('text="Ports"') < text.index("https://pier.example/f")
    assert call("feeds", "import", "none.opml") == 2
    assert "there is no file none.opml" in capsys.readouterr().err


def test_two_processes_that_change_the_list_at_once_lose_nothing(call: Call, tmp_path: Path) -> None:
    """Each changes it thirty times: one adds, one adds and removes again."""
    script = (
        "import sys; from pathlib import Path; from db.records import FeedSpec\n"
        "from flows.config.settings import FeedsSettings;"
        " from flows.feeds.subscriptions.user_feeds import add, remove\n"
        "settings = FeedsSettings(file=Path('list.toml'), added=Path('var/feeds.toml'))\n"
        "name = sys.argv[1]; sys.stdin.readline()\n"
        "for n in range(30):\n"
        "    add(settings, [FeedSpec(f'https://{name}.example/{n}', name)])\n"
        "    if name == 'pier': remove(settings, f'https://{name}.example/{n}')\n"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", script, name], cwd=tmp_path, stdin=subprocess.PIPE, env=environment({}))
        for name in ("tug", "pier")
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"go\n")
        child.stdin.close()
    assert [child.wait(60) for child in children] == [0, 0]
    urls = [spec.url for spec in listed(FeedsSettings(file=Path("list.toml"), added=Path("var/feeds.toml")))]
    assert sorted(urls) == sorted(["https://quay.example/f", *(f"https://tug.example/{n}" for n in range(30))])
