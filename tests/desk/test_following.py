"""Following at the desk: by a button or by a mail program's POST, for who has the link and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import follows, unsubscriptions
from db.connect import open_store
from db.records import Follow
from flows.desk.server import open_desk
from flows.digest.follow_links import stop_path, token
from tests.desk.conftest import DeskSite, free_port
from tests.support import browser
from tests.support.chrome import visitor
from tests.support.edition_records import HtmlPage
from tests.support.followed_threads import DAY, NOON, OPENING, SIGNING, report, settings

READER, OTHER = "Reader@desk.example", "other@desk.example"
PUBLIC = "watch.example"
HOSTILE = 'Iran ships <script>alert(1)</script> {{ 7*7 }} "melons to Russia'


@pytest.fixture
def public(tmp_path: Path) -> Iterator[DeskSite]:
    """The desk of a list with two readers, on a store with two threads, the second with a hostile headline."""
    delivery = {"one_click": f"https://{PUBLIC}/", "recipients": (READER, OTHER), "outbox": tmp_path / "out"}
    current = settings(tmp_path, delivery=delivery, desk={"port": free_port()})
    report(current, OPENING, NOON)
    report(current, (HOSTILE, "Melons of Iran reach Russia by the Caspian."), NOON, "Quay News")
    with open_desk(current) as desk:
        yield DeskSite(desk, current)


def link(site: DeskSite, entry: int = 1, reader: str = READER) -> str:
    """The path of a reader's link, as the digest holds it."""
    return f"/follow/{entry}/{token(site.desk.secret, reader, entry)}"


def kept(site: DeskSite) -> list[Follow]:
    with closing(open_store(site.current.store.path)) as store:
        return follows.standing(store)


def stop_link(site: DeskSite) -> str:
    return f"/{stop_path(site.desk.secret, kept(site)[0])}"


def forms(shown: str) -> list[dict[str, str | None]]:
    return [attributes for tag, attributes in HtmlPage(shown).elements if tag == "form"]


def test_looking_changes_nothing_and_shows_one_button(public: DeskSite) -> None:
    for method in ("GET", "HEAD"):
        assert public.ask(link(public), method, Host=PUBLIC, Sec_Fetch_Site="cross-site").status == 200
    shown = public.ask(link(public)).page
    (form,) = forms(shown)
    assert form["method"] == "post"
    assert form["action"] == f"../..{link(public)}"
    assert OPENING[0] in shown
    assert "R…@desk.example" in shown
    assert READER.casefold() not in shown.casefold()
    assert kept(public) == []


def test_a_press_follows_once_however_often_and_another_stops(public: DeskSite) -> None:
    for _ in range(3):
        done = public.ask(link(public), "POST", Host=PUBLIC)
        assert done.status == 200
        assert "You follow this thread" in done.page
    (follow,) = kept(public)
    assert (follow.address, follow.known) == (READER, frozenset({1}))
    (form,) = forms(public.ask(link(public)).page)
    assert form["action"] == f"../..{stop_link(public)}"
    path = stop_link(public)
    assert "You follow this thread" in public.ask(path).page
    assert len(kept(public)) == 1
    for _ in range(2):
        done = public.ask(path, "POST", Host=PUBLIC, body="List-Unsubscribe=One-Click")
        assert done.status == 200
        assert "You follow it no more" in done.page
    assert kept(public) == []
    (again,) = forms(done.page)
    assert again["action"] == f"../../..{link(public)}"
    assert public.ask(link(public), "POST").status == 200
    assert len(kept(public)) == 1


def test_the_page_shows_the_report_beside_which_the_link_stood(public: DeskSite) -> None:
    report(public.current, SIGNING, NOON + DAY, "Ferry Times")
    shown = public.ask(link(public, 3)).page
    assert OPENING[0] in shown
    assert SIGNING[0] in shown


def test_only_a_readers_own_token_opens(public: DeskSite) -> None:
    secret = public.desk.secret
    made = [token(secret, READER, 2), token(b"x", READER, 1), token(secret, "stranger@x.example", 1), "%ff", "x"]
    public.ask(link(public), "POST")
    paths = [f"/follow/1/{each}" for each in made] + [f"/follow/stop/1/{each}" for each in made] + ["/follow/stop/9/x"]
    for path in paths:
        assert [public.ask(path, method).status for method in ("GET", "POST")] == [403, 403], path
    for path in ("/follow/1/", "/follow/x/y", f"/follow/{'9' * 30}/y", "/follow/stop/x/y", "/follow"):
        assert public.ask(path, "POST").status == 404, path
    assert len(kept(public)) == 1


def test_the_form_of_another_site_changes_nothing(public: DeskSite) -> None:
    assert public.ask(link(public), "POST", Sec_Fetch_Site="cross-site").status == 403
    assert kept(public) == []
    public.ask(link(public), "POST")
    assert public.ask(stop_link(public), "POST", Sec_Fetch_Site="cross-site").status == 403
    assert len(kept(public)) == 1


def test_who_has_unsubscribed_is_told_so_and_follows_nothing(public: DeskSite) -> None:
    with closing(open_store(public.current.store.path)) as store:
        unsubscriptions.add(store, READER, NOON)
    done = public.ask(link(public), "POST")
    assert "You get no mails" in done.page
    assert forms(done.page) == []
    assert kept(public) == []


def test_a_link_to_an_entry_of_no_story_says_so(public: DeskSite) -> None:
    assert public.ask(link(public, 99), "POST").status == 404


def test_a_hostile_headline_is_escaped(public: DeskSite) -> None:
    shown = public.ask(link(public, 2)).page
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "{{ 7*7 }}" in shown


def test_under_the_public_name_only_links_are_answered(public: DeskSite) -> None:
    assert public.ask(link(public), Host=PUBLIC).status == 200
    for path in ("/", "/following", "/judge/2026-11-21/1/relevant"):
        assert public.ask(path, Host=PUBLIC).status == 421


@pytest.mark.skipif(browser.find() is None, reason=browser.MISSING)
def test_a_reader_follows_and_stops_in_a_browser_on_a_phone(public: DeskSite, tmp_path: Path) -> None:
    found = browser.find()
    assert found is not None
    with visitor(found, tmp_path) as guest:
        guest.dress(360, dark=True)
        guest.go(f"http://127.0.0.1:{public.desk.server_port}{link(public)}")
        guest.until("document.activeElement.textContent === 'Follow'")
        assert kept(public) == []
        assert guest.run("document.documentElement.scrollWidth") == 360
        guest.shoot(tmp_path / "follow.png")
        guest.run("document.activeElement.click()")
        guest.until("document.body.innerText.includes('You follow this thread')")
        assert len(kept(public)) == 1
        guest.run("document.querySelector('button').click()")
        guest.until("document.body.innerText.includes('You follow it no more')")
        assert kept(public) == []
        guest.run("document.querySelector('button').click()")
        guest.until("document.body.innerText.includes('You follow this thread')")
        assert len(kept(public)) == 1
