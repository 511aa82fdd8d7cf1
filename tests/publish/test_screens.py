"""The archive opened from disk in a browser: nothing is too wide for a phone, nothing runs, nothing is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.config.settings import Config
from flows.publish.publishing import publish
from tests.support import browser
from tests.support.chrome import Visitor, visitor

CHROMIUM = browser.find()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=browser.MISSING)
PAGES = ("index.html", "threads.html", "threads/1.html", "claims/drones-ir.html", "editions/2026-11-21.html")
FAINTEST = """Math.min(...[...document.querySelectorAll('main *, header *, footer *')].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length).map((e) => {
  const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const f = rgb(c).slice(0, 3).map((v) => v / 255).map((v) =>
    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; };
  let behind = e; while (rgb(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const both = [getComputedStyle(e).color, getComputedStyle(behind).backgroundColor];
  const [a, b] = both.map(light).sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05); }))"""
"""The least contrast of any text (WCAG 2.2, 1.4.3: 4.5 at the least)."""


@pytest.fixture
def guest(tmp_path: Path) -> Iterator[Visitor]:
    """The browser."""
    assert CHROMIUM is not None
    with visitor(CHROMIUM, tmp_path) as found:
        yield found


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_fits_a_phone_can_be_read_and_runs_nothing(archive: Config, guest: Visitor, dark: bool) -> None:
    publish(archive)
    assert archive.publish.folder is not None
    for name in PAGES:
        guest.dress(360, dark=dark)
        guest.go((archive.publish.folder / name).as_uri())
        assert guest.run("document.documentElement.scrollWidth") == 360, name
        assert guest.run("document.scripts.length + document.forms.length") == 0, name
        loaded = guest.run("performance.getEntriesByType('resource').filter((e) => !e.name.startsWith('data:')).length")
        assert loaded == 0, name
        assert guest.run(FAINTEST) >= 4.5, name


def test_one_gets_from_the_front_page_to_a_thread_and_to_its_edition(archive: Config, guest: Visitor) -> None:
    publish(archive)
    assert archive.publish.folder is not None
    guest.go((archive.publish.folder / "index.html").as_uri())
    follow(guest, "A reaction", "threads/1.html")
    assert guest.run("getComputedStyle(document.querySelector('.orig')).direction") == "rtl"
    follow(guest, "the edition of Sat 21 Nov", "editions/2026-11-21.html")
    follow(guest, "All that was told of it", "threads/1.html")
    follow(guest, "Claims", "index.html#claims")


def follow(guest: Visitor, words: str, page: str) -> None:
    """Go where the link of these words leads: a press would not say when the browser has left."""
    address = guest.run(f"[...document.links].find((each) => each.textContent === {json.dumps(words)}).href")
    assert address.endswith(page)
    guest.go(address)
