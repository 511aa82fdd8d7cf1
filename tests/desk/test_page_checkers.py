"""The desk's pages as others' tools judge them: their markup, and who can read them and press their buttons."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.desk import tokens
from flows.digest.unsubscribe_links import token
from tests.desk.conftest import DeskSite
from tests.support import browser
from tests.support.chrome import visitor
from tests.support.page_checkers import markup_errors, needs_axe, needs_nu, violations


def addresses(site: DeskSite) -> list[str]:
    """Every page that the desk has: the list, two entries (one of a hostile feed), how a reader leaves, a refusal."""
    leaving = f"/unsubscribe/{token(site.desk.secret, site.current.delivery.recipients[0])}"
    judging = [site.path(entry, "relevant") for entry in (1, 2)]
    return [f"/?key={tokens.key(site.desk.secret)}", *judging, leaving, "/nowhere"]


@needs_nu
def test_the_markup_of_every_page_is_without_an_error(site: DeskSite, tmp_path: Path) -> None:
    pages = [tmp_path / f"{number}.html" for number in range(len(addresses(site)))]
    for page, address in zip(pages, addresses(site), strict=True):
        page.write_text(site.ask(address).page, encoding="utf-8")
    assert markup_errors(pages) == []


@needs_axe
@pytest.mark.skipif(browser.find() is None, reason=browser.MISSING)
@pytest.mark.parametrize("dark", [False, True])
def test_whoever_reads_otherwise_than_by_eye_can_use_every_page(site: DeskSite, tmp_path: Path, dark: bool) -> None:
    chromium, wrong = browser.find(), {}
    assert chromium is not None
    with visitor(chromium, tmp_path) as guest:
        guest.dress(360, dark=dark)
        for address in addresses(site):
            guest.go(f"http://127.0.0.1:{site.desk.server_port}{address}")
            wrong[address] = violations(guest)
    assert {page: found for page, found in wrong.items() if found} == {}
