"""The desk in a browser: a link of the mail, a press, a label; no script runs, nothing is too wide or too pale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.desk import tokens
from flows.digest.unsubscribe_links import token
from tests.desk.conftest import DeskSite
from tests.support import browser
from tests.support.chrome import Visitor, visitor

CHROMIUM = browser.find()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=browser.MISSING)


@pytest.fixture
def guest(tmp_path: Path) -> Iterator[Visitor]:
    """The browser."""
    assert CHROMIUM is not None
    with visitor(CHROMIUM, tmp_path) as found:
        yield found


def root(site: DeskSite) -> str:
    return f"http://127.0.0.1:{site.desk.server_port}"


def test_a_click_in_the_mail_and_one_on_the_page_make_a_label(site: DeskSite, guest: Visitor) -> None:
    guest.go(root(site) + site.path(1, "not_relevant"))
    assert site.labels() == []
    guest.until("document.activeElement.textContent === 'Not relevant'")  # autofocus comes with the first frame
    guest.run("document.activeElement.click()")
    guest.until("document.body.innerText.includes('Judged: not relevant')")
    assert [(label.entry_id, label.value, label.via) for label in site.labels()] == [(1, "not_relevant", "mail")]


def test_a_button_of_the_list_judges_and_comes_back_to_its_place(site: DeskSite, guest: Visitor) -> None:
    guest.go(f"{root(site)}/?key={tokens.key(site.desk.secret)}")
    guest.run("document.querySelector('#e4 button').click()")
    guest.until("location.hash === '#e4' && document.body.innerText.includes('Judged: relevant')")
    assert [(label.entry_id, label.value, label.via) for label in site.labels()] == [(4, "relevant", "desk")]


def test_a_reader_leaves_by_one_press(site: DeskSite, guest: Visitor) -> None:
    guest.go(f"{root(site)}/unsubscribe/{token(site.desk.secret, site.current.delivery.recipients[0])}")
    guest.until("document.activeElement.textContent === 'Unsubscribe'")
    assert "a…@axiswatch.example" in guest.run("document.body.innerText")
    guest.run("document.activeElement.click()")
    guest.until("document.body.innerText.includes('You get no more mails')")


@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_a_phone_and_runs_nothing(site: DeskSite, guest: Visitor, tmp_path: Path, dark: bool) -> None:
    guest.dress(360, dark=dark)
    guest.go(f"{root(site)}/?key={tokens.key(site.desk.secret)}")
    assert guest.run("document.documentElement.scrollWidth") == 360
    assert guest.run("document.images.length + document.scripts.length") == 0
    assert guest.run("Math.min(...[...document.querySelectorAll('button')].map((e) => e.offsetHeight))") >= 42
    ground = guest.run("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(18, 17, 16)" if dark else "rgb(243, 240, 233)")
    assert guest.run("getComputedStyle(document.querySelector('#e4 h3')).direction") == "rtl"
    guest.shoot(tmp_path / "list.png")
    assert (tmp_path / "list.png").stat().st_size > 10_000
