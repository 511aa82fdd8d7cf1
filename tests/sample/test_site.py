"""The sample site: every format and fault, over HTTP and through the parser."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from flows.feeds.parsing.parse import parse_feed
from flows.feeds.parsing.text import plain_text
from flows.sample.formats import SampleOutlet, address, render
from flows.sample.site import SLOW_SECONDS, FolderSite, SampleSite, read_entries, read_outlets

pytestmark = pytest.mark.alone

OUTLETS = {outlet.key: outlet for outlet in read_outlets()}
ENTRIES = read_entries()
END = max(entry.published for entry in ENTRIES) + timedelta(hours=1)


def outlet_with(quirk: str) -> SampleOutlet:
    return next(outlet for outlet in OUTLETS.values() if outlet.quirk == quirk)


def get(url: str) -> httpx.Response:
    return httpx.get(url, trust_env=False)


def test_the_sample_is_as_varied_as_the_demo_needs() -> None:
    assert len(OUTLETS) >= 12
    assert {outlet.format for outlet in OUTLETS.values()} == {"rss2", "rss1", "atom", "json"}
    quirks = {"malformed", "undeclared_latin1", "missing", "redirect", "slow", "no_guid", "html_summary"}
    assert {outlet.quirk for outlet in OUTLETS.values()} >= quirks
    assert any(outlet.encoding == "windows-1251" for outlet in OUTLETS.values())
    assert {outlet.language for outlet in OUTLETS.values()} >= {"en", "ru", "zh", "ko", "fa", "de", "fr"}
    assert len(ENTRIES) >= 250
    assert ENTRIES[0].published - ENTRIES[-1].published > timedelta(days=12)
    assert sum(entry.relevant for entry in ENTRIES) >= 60
    assert all(
        outlet.domain.rsplit(".", 1)[-1] == "example" or ".example." in outlet.domain for outlet in OUTLETS.values()
    )
    assert {entry.outlet for entry in ENTRIES} <= OUTLETS.keys()


@pytest.mark.parametrize("key", sorted({entry.outlet for entry in ENTRIES}))
def test_every_outlet_comes_back_from_its_feed_word_for_word(key: str) -> None:
    outlet = OUTLETS[key]
    shown = [entry for entry in ENTRIES if entry.outlet == key]
    body = render(outlet, shown)
    assert body == render(outlet, shown)
    parsed = parse_feed(body, "", f"http://127.0.0.1/feeds/{key}", END)
    assert (parsed.error, parsed.rejected) == ("", 0)
    assert [
        (entry.title, entry.summary, entry.link, entry.published_at, entry.language) for entry in parsed.entries
    ] == [(one.title, plain_text(one.summary), address(outlet, one), one.published, outlet.language) for one in shown]
    assert len({entry.keys for entry in parsed.entries}) == len(shown)


def test_the_faults_are_real() -> None:
    shown = {quirk: render(outlet_with(quirk), ENTRIES[:3]) for quirk in ("malformed", "no_guid", "html_summary")}
    assert b"</rss>" not in shown["malformed"]
    assert b"News & Views" in shown["malformed"]
    assert b"<guid" not in shown["no_guid"]
    assert b"&lt;script&gt;" in shown["html_summary"]
    french = outlet_with("undeclared_latin1")
    latin = render(french, [entry for entry in ENTRIES if entry.outlet == french.key])
    assert b"encoding" not in latin[:60]
    with pytest.raises(UnicodeDecodeError):
        latin.decode("utf-8")
    russian = next(outlet for outlet in OUTLETS.values() if outlet.encoding == "windows-1251")
    cyrillic = render(russian, [entry for entry in ENTRIES if entry.outlet == russian.key])
    assert b'encoding="windows-1251"' in cyrillic[:60]
    assert "Росси" in cyrillic.decode("windows-1251")


def test_the_site_answers_as_its_outlets_do() -> None:
    with SampleSite(END) as site:
        assert site.root.startswith("http://127.0.0.1:")
        urls = {key: f"{site.root}/feeds/{key}" for key in OUTLETS}
        assert [spec.url for spec in site.feeds()] == list(urls.values())
        assert get(urls[outlet_with("missing").key]).status_code == 404
        assert get(f"{site.root}/feeds/nobody").status_code == 404
        assert get(f"{site.root}/etc/passwd").status_code == 404
        moved = get(urls[outlet_with("redirect").key])
        assert moved.status_code == 301
        assert get(site.root + moved.headers["location"]).status_code == 200
        began = time.monotonic()
        assert get(urls[outlet_with("slow").key]).status_code == 200
        assert time.monotonic() - began >= SLOW_SECONDS


def test_the_site_shows_what_is_published_by_now_and_moves_on() -> None:
    outlet = outlet_with("no_guid")
    middle = ENTRIES[len(ENTRIES) // 2].published
    with SampleSite(ENTRIES[-1].published - timedelta(hours=1)) as site:
        url = f"{site.root}/feeds/{outlet.key}"

        def links() -> list[str]:
            return [entry.link for entry in parse_feed(get(url).content, "", url, END).entries]

        assert links() == []
        site.now = middle
        early = links()
        assert early == [address(outlet, e) for e in ENTRIES if e.outlet == outlet.key and e.published <= middle]
        site.now = END
        assert links()[-len(early) :] == early
        assert len(links()) > len(early)


def test_many_readers_at_once() -> None:
    with SampleSite(END) as site:

        async def read_all() -> list[int]:
            async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as client:
                answers = await asyncio.gather(*(client.get(spec.url) for spec in site.feeds() * 3))
            return [answer.status_code for answer in answers]

        assert sorted(asyncio.run(read_all())) == [200] * (len(OUTLETS) * 3 - 3) + [404] * 3


def test_a_folder_is_served_octet_by_octet(tmp_path: Path) -> None:
    (tmp_path / "b c.xml").write_bytes(b"<rss/>\xff\x00")
    (tmp_path / "a.rdf").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with FolderSite(tmp_path) as site:
        assert [spec.outlet for spec in site.feeds()] == ["a", "b c"]
        answer = get(site.feeds()[1].url)
        assert (answer.content, answer.headers["content-type"]) == (b"<rss/>\xff\x00", "application/xml")
        assert get(f"{site.root}/../{tmp_path.name}/none").status_code == 404


def test_a_site_comes_back_at_the_port_it_is_told() -> None:
    now = datetime(2024, 11, 10, tzinfo=UTC)
    with SampleSite(now) as first:
        port = int(first.root.rpartition(":")[2])
    with SampleSite(now, port) as second:
        assert second.root == first.root
